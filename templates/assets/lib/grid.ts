// Writing into the overview like into a spreadsheet. Every cell is a link to a small form; here the form opens in
// place. Enter or F2 writes, Enter saves and goes down, Tab saves and goes right, Esc leaves the cell as it was.
// What a change moves comes back with the answer; what would hurt is asked first; nothing typed is ever lost.
import { toast } from "./toasts";

interface Written {
  outcome: "saved" | "ask" | "clash" | "refused";
  words: string;
  html: string;
  revision: number;
  theirs: string;
  rows: Record<string, string[]>;
  reload: boolean;
}

type Way = "down" | "right" | "left" | "stay";

const LISTS: Record<string, string> = {
  owner: "cell-people",
  checker: "cell-people",
  confirmer: "cell-people",
  place: "cell-places",
  calendar: "cell-calendars",
};

export function grid(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-grid]");
  if (form) new Grid(form);
}

class Grid {
  private editing: Editor | null = null;

  constructor(private readonly form: HTMLFormElement) {
    form.addEventListener("click", (event) => this.click(event));
    form.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("change", () => this.count());
    document.addEventListener("keydown", (event) => this.pageKey(event));
    this.count();
  }

  private click(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const cell = (event.target as Element).closest<HTMLAnchorElement>("a.cell");
    if (!cell) return;
    event.preventDefault();
    this.open(cell);
  }

  private key(event: KeyboardEvent): void {
    if (this.editing || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = event.target as HTMLElement;
    const cell = here.closest<HTMLAnchorElement>("a.cell");
    const name = here.closest<HTMLAnchorElement>("a[data-cell-name]");
    if (!cell && !name) return;
    if (event.key === "F2" || (event.key === "Enter" && cell)) {
      event.preventDefault();
      this.open(cell ?? name?.parentElement?.querySelector<HTMLAnchorElement>("a.cell") ?? null);
    } else if (event.key === " ") {
      const box = here.closest("tr")?.querySelector<HTMLInputElement>("input[name=tasks]");
      if (box) {
        event.preventDefault();
        box.click();
      }
    } else if (event.key.startsWith("Arrow")) {
      const next = this.beside(here, event.key);
      if (next) {
        event.preventDefault();
        next.focus();
      }
    }
  }

  /** Ctrl Z and Ctrl Y anywhere but in a box. */
  private pageKey(event: KeyboardEvent): void {
    const box = event.target instanceof HTMLElement && event.target.matches("input:not([type=checkbox]), textarea, select");
    if (box || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const which = key === "z" && !event.shiftKey ? "[data-undo]" : key === "y" || key === "z" ? "[data-redo]" : "";
    if (!which) return;
    event.preventDefault();
    document.querySelector<HTMLFormElement>(`form${which}`)?.requestSubmit();
  }

  private cells(row: HTMLTableRowElement): HTMLElement[] {
    return [...row.querySelectorAll<HTMLElement>("a.cell, a[data-cell-name]")].filter((one) => !one.matches(".cell-pencil"));
  }

  private column(row: HTMLTableRowElement, cell: HTMLElement): number {
    return [...row.cells].indexOf(cell.closest("td") as HTMLTableCellElement);
  }

  /** The next cell in a direction; rows without one in this column are passed over. */
  private beside(from: HTMLElement, key: string): HTMLElement | null {
    const row = from.closest("tr") as HTMLTableRowElement;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const all = this.cells(row);
      const at = all.findIndex((one) => one === from || one.parentElement === from.parentElement);
      return all[at + (key === "ArrowRight" ? 1 : -1)] ?? null;
    }
    const column = this.column(row, from);
    let next: Element | null = row;
    while ((next = key === "ArrowDown" ? next.nextElementSibling : next.previousElementSibling)) {
      const cell = (next as HTMLTableRowElement).cells?.[column]?.querySelector<HTMLElement>("a.cell, a[data-cell-name]");
      if (cell) return cell;
    }
    return null;
  }

  open(cell: HTMLAnchorElement | null): void {
    if (!cell || this.editing) return;
    this.editing = new Editor(cell, this.form, (way) => {
      this.editing = null;
      this.leave(cell, way);
    });
  }

  /** After writing: to the next cell, the one whose row may have been drawn anew. */
  private leave(cell: HTMLAnchorElement, way: Way): void {
    const here = cell.isConnected ? cell : this.again(cell);
    if (!here) return;
    const keys: Record<Way, string> = { down: "ArrowDown", right: "ArrowRight", left: "ArrowLeft", stay: "" };
    const next = way === "stay" ? null : this.beside(here, keys[way]);
    (next ?? here).focus();
  }

  private again(cell: HTMLAnchorElement): HTMLElement | null {
    return this.form.querySelector<HTMLElement>(`a.cell[href="${CSS.escape(cell.getAttribute("href") ?? "")}"]`);
  }

  /** The bar says how many rows are chosen, and opens when there is one. */
  private count(): void {
    const chosen = this.form.querySelectorAll("input[name=tasks]:checked").length;
    const bar = this.form.querySelector<HTMLDetailsElement>("[data-bulk-bar]");
    const count = bar?.querySelector<HTMLElement>("[data-bulk-count]");
    if (!bar || !count) return;
    count.hidden = chosen === 0;
    count.textContent = String(chosen);
    bar.classList.toggle("is-chosen", chosen > 0);
  }
}

/** One open cell. */
class Editor {
  private readonly box: HTMLElement;
  private readonly field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  private readonly note: HTMLElement;
  private opened: string;
  private busy = false;

  constructor(
    private readonly cell: HTMLAnchorElement,
    private readonly form: HTMLFormElement,
    private readonly done: (way: Way) => void,
  ) {
    this.opened = cell.dataset.value ?? "";
    this.field = this.control();
    this.note = document.createElement("span");
    this.note.className = "cell-note";
    this.note.setAttribute("role", "status");
    this.box = document.createElement("span");
    this.box.className = "cell-editor";
    this.box.append(this.field, this.note);
    cell.hidden = true;
    cell.after(this.box);
    this.box.addEventListener("keydown", (event) => this.key(event as KeyboardEvent));
    this.field.addEventListener("blur", () => this.blur());
    if (this.field instanceof HTMLSelectElement) this.field.addEventListener("change", () => void this.save("stay"));
    this.field.focus();
    if (this.field instanceof HTMLInputElement && this.field.type === "text") this.field.select();
  }

  private control(): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
    const name = this.cell.dataset.field ?? "";
    const list = LISTS[name] ? document.getElementById(LISTS[name]) : null;
    let field: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
    if (list instanceof HTMLTemplateElement) {
      field = document.createElement("select");
      field.append(list.content.cloneNode(true));
    } else if (name === "objective" || name === "done_when") {
      field = document.createElement("textarea");
      field.rows = 3;
    } else {
      field = document.createElement("input");
      field.type = name === "start" || name === "deadline" ? "date" : "text";
      if (name === "percent" || name === "priority" || name === "duration") field.inputMode = "decimal";
    }
    field.value = this.opened;
    field.setAttribute("aria-label", this.cell.querySelector(".sr-only")?.textContent?.trim() || name);
    return field;
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      this.close("stay");
    } else if (event.key === "Enter" && !(event.shiftKey && this.field instanceof HTMLTextAreaElement)) {
      event.preventDefault();
      void this.save("down");
    } else if (event.key === "Tab") {
      event.preventDefault();
      void this.save(event.shiftKey ? "left" : "right");
    }
  }

  /** Leaving with the mouse saves, as spreadsheets do; a refused text stays open. */
  private blur(): void {
    setTimeout(() => {
      const open = this.box.isConnected && !this.box.contains(document.activeElement) && !this.asking();
      if (open && !this.note.textContent) void this.save("stay");
    }, 120);
  }

  private asking(): boolean {
    return document.querySelector<HTMLDialogElement>("#grid-ask")?.open ?? false;
  }

  private close(way: Way): void {
    if (!this.box.isConnected) return;
    this.box.remove();
    this.cell.hidden = false;
    this.done(way);
  }

  private async save(way: Way, more: Record<string, string> = {}): Promise<void> {
    if (this.busy) return;
    if (this.field.value.trim() === this.opened.trim() && !more.act) return this.close(way);
    this.busy = true;
    this.box.setAttribute("aria-busy", "true");
    const body = new URLSearchParams({
      value: this.field.value,
      opened: this.opened,
      query: this.form.dataset.query ?? "",
      act: "save",
      ...more,
    });
    const words = document.getElementById("grid-words")?.dataset ?? {};
    try {
      const response = await fetch(this.cell.href, { method: "POST", headers: { accept: "application/json" }, body });
      if (!response.ok) throw new Error(String(response.status));
      await this.take((await response.json()) as Written, way);
    } catch (error) {
      console.error(error);
      this.say(words.lost ?? "");
    } finally {
      this.busy = false;
      this.box.removeAttribute("aria-busy");
    }
  }

  private async take(written: Written, way: Way): Promise<void> {
    switch (written.outcome) {
      case "saved":
        return this.saved(written, way);
      case "ask":
        if (await this.ask(written)) {
          this.busy = false;
          return this.save(way, { act: "accept", revision: String(written.revision) });
        }
        this.field.focus();
        return;
      case "clash":
        return this.clash(written, way);
      case "refused":
        this.say(written.words);
        this.field.focus();
    }
  }

  private saved(written: Written, way: Way): void {
    if (written.reload) return location.reload();
    const status = document.getElementById("grid-status");
    if (status) status.textContent = written.words;
    toast(written.words, "good");
    this.box.remove();
    this.cell.hidden = false;
    for (const [code, cells] of Object.entries(written.rows)) {
      const row = document.getElementById(`task-${code}`) as HTMLTableRowElement | null;
      if (!row) continue;
      // The first cell chooses the row and stays.
      cells.forEach((html, at) => {
        const cell = row.cells[at + 1];
        if (cell) cell.innerHTML = html;
      });
      row.classList.add("is-moved");
      setTimeout(() => row.classList.remove("is-moved"), 2_500);
    }
    this.done(way);
  }

  private clash(written: Written, way: Way): void {
    const words = document.getElementById("grid-words")?.dataset ?? {};
    this.say(`${written.words} ${shown(this.field, written.theirs)}`);
    const button = (text: string, act: () => void) => {
      const one = document.createElement("button");
      one.type = "button";
      one.className = "button small";
      one.textContent = text;
      one.addEventListener("click", act);
      this.note.append(" ", one);
    };
    button(words.theirs ?? "", () => {
      this.cell.dataset.value = written.theirs;
      location.reload();
    });
    button(words.mine ?? "", () => {
      this.opened = written.theirs;
      this.note.textContent = "";
      void this.save(way);
    });
  }

  private say(text: string): void {
    this.note.textContent = text;
    this.box.classList.toggle("is-refused", text !== "");
  }

  private ask(written: Written): Promise<boolean> {
    const dialog = document.getElementById("grid-ask") as HTMLDialogElement | null;
    const body = dialog?.querySelector("[data-ask-body]");
    if (!dialog || !body) return Promise.resolve(false);
    body.innerHTML = written.html;
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((answer) => {
      dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
    });
  }
}

/** A choice by its words, a text as it is. */
function shown(field: Element, value: string): string {
  if (field instanceof HTMLSelectElement) {
    return [...field.options].find((option) => option.value === value)?.text ?? value;
  }
  return value;
}
