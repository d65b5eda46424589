// Keys: Ctrl/⌘ K palette, / search of the list, ? this list, j and k rows, g + letter goes places.
import { walkRows } from "./lists";
import { openPalette } from "./palette";

let waiting = false;

export function shortcuts(): void {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (press(event.key)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-shortcuts]")) showList();
  });
  if (/Mac|iPhone|iPad/.test(navigator.userAgent)) {
    for (const key of document.querySelectorAll(".search-button kbd")) key.textContent = "⌘ K";
  }
}

function press(key: string): boolean {
  if (waiting) {
    waiting = false;
    const link = document.querySelector<HTMLAnchorElement>(`a[data-go="${CSS.escape(key)}"]`);
    link?.click();
    return link !== null;
  }
  switch (key) {
    case "/":
      return focusSearch();
    case "?":
      showList();
      return true;
    case "j":
    case "k":
      walkRows(key === "j" ? 1 : -1);
      return true;
    case "g":
      waiting = true;
      setTimeout(() => (waiting = false), 1_200);
      return true;
    default:
      return false;
  }
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("[data-list-search]");
  if (field) field.focus();
  else openPalette();
  return true;
}

function showList(): void {
  const list = document.getElementById("shortcuts");
  // A page may have keys of its own; they join the list.
  for (const own of document.querySelectorAll<HTMLElement>("[data-page-keys][hidden]")) {
    own.hidden = false;
    list?.querySelector(".dialog-body")?.append(own);
  }
  if (list instanceof HTMLDialogElement && !list.open) list.showModal();
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
