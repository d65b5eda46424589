// Toasts leave by themselves when they are good news; bad news waits to be dismissed.

export function toasts(): void {
  for (const toast of document.querySelectorAll<HTMLElement>("[data-toast]")) {
    if (!toast.classList.contains("tone-bad")) later(toast);
  }
  document.addEventListener("click", (event) => {
    (event.target as Element).closest("[data-dismiss]")?.closest("[data-toast]")?.remove();
  });
}

/** Shows a toast from a script; the words come from the page. */
export function toast(text: string, tone: "good" | "bad" | "info" = "info"): void {
  const place = document.querySelector(".toasts");
  if (!place) return;
  const box = document.createElement("div");
  box.className = `toast tone-${tone}`;
  box.dataset.toast = "";
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  place.append(box);
  if (tone !== "bad") later(box);
}

function later(toast: HTMLElement): void {
  let timer = setTimeout(() => toast.remove(), 6_000);
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => (timer = setTimeout(() => toast.remove(), 2_000)));
}
