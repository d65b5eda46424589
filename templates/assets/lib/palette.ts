// The command palette: the search page in a dialog. Results are the same fragment the page shows.

let box: HTMLDialogElement | null = null;
let pending: AbortController | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function palette(): void {
  const found = document.getElementById("palette");
  if (!(found instanceof HTMLDialogElement)) return;
  box = found;
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest("a[data-palette]");
    if (!opener || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    openPalette();
  });
  const input = field();
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(input.value), 120);
  });
  box.addEventListener("keydown", move);
  box.querySelector("form")?.addEventListener("submit", (event) => {
    const chosen = active();
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  });
}

export function openPalette(): void {
  if (!box || box.open) return;
  box.showModal();
  field().select();
  void search(field().value);
}

function field(): HTMLInputElement {
  return box!.querySelector<HTMLInputElement>("input[type=search]")!;
}

function results(): HTMLElement[] {
  return [...box!.querySelectorAll<HTMLElement>(".result")];
}

function active(): HTMLElement | undefined {
  return results().find((result) => "active" in result.dataset);
}

async function search(words: string): Promise<void> {
  if (!box) return;
  pending?.abort();
  pending = new AbortController();
  const address = new URL(box.dataset.results!, location.href);
  address.searchParams.set("q", words);
  try {
    const answer = await fetch(address, { signal: pending.signal, headers: { accept: "text/html" } });
    if (!answer.ok) return;
    box.querySelector(".palette-results")!.innerHTML = await answer.text();
    mark(results()[0]);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
  }
}

function mark(result: HTMLElement | undefined): void {
  for (const other of results()) {
    delete other.dataset.active;
    other.removeAttribute("aria-selected");
  }
  if (!result) return;
  result.dataset.active = "";
  result.scrollIntoView({ block: "nearest" });
}

function move(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const all = results();
  const here = all.findIndex((result) => "active" in result.dataset);
  const next = event.key === "ArrowDown" ? here + 1 : here - 1;
  mark(all[Math.min(all.length - 1, Math.max(0, next))]);
}
