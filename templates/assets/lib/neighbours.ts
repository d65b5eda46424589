// What hangs together lights up: things carry data-at, the lines between them data-a and data-b.

export function neighbours(root: HTMLElement): void {
  for (const event of ["pointerover", "focusin"]) root.addEventListener(event, (e) => light(root, e.target as Element));
  root.addEventListener("pointerleave", () => light(root, null));
  root.addEventListener("focusout", () => light(root, null));
}

function light(root: HTMLElement, element: Element | null): void {
  const at = element?.closest<HTMLElement>("[data-at]")?.dataset.at;
  for (const lit of root.querySelectorAll(".is-here, .is-before, .is-after, .is-lit")) {
    lit.classList.remove("is-here", "is-before", "is-after", "is-lit");
  }
  root.classList.toggle("has-here", at !== undefined);
  if (at === undefined) return;
  mark(root, at, "is-here");
  for (const link of root.querySelectorAll<SVGPathElement>(`path[data-a="${at}"], path[data-b="${at}"]`)) {
    link.classList.add("is-lit");
    if (link.dataset.a === at) mark(root, link.dataset.b ?? "", "is-after");
    else mark(root, link.dataset.a ?? "", "is-before");
  }
}

function mark(root: HTMLElement, at: string, name: string): void {
  for (const part of root.querySelectorAll(`[data-at="${at}"]`)) part.classList.add(name);
}
