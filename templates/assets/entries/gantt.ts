// The Gantt by hand: neighbours light up, bars are dragged or moved by key. Nothing is saved here: a moved bar asks
// the server what that would move, and the dialog asks whether to save it. Without this file the same is a form.

import { neighbours } from "../lib/neighbours";
import { type Walk, rove, tellKeys } from "../lib/rove";

const DAY = 1440;

interface Span {
  start: number;
  finish: number;
}

class Gantt {
  private readonly status = document.getElementById("gantt-status");
  private readonly perMinute: number;
  private readonly step: number;
  private readonly days: Intl.DateTimeFormat;
  private readonly times: Intl.DateTimeFormat;
  /** The bar under the hand or the keys, and where it would lie. */
  private moved: { task: SVGAElement; was: Span; now: Span; ghost: SVGRectElement } | null = null;
  /** `x` is a place in the picture, not in the window: the picture may scroll under the hand. */
  private dragging: { pointer: number; x: number; end: boolean; started: boolean } | null = null;
  /** The server has been asked and has not answered: the bar waits where it is. */
  private asking = false;

  constructor(private readonly root: HTMLElement) {
    this.perMinute = Number(root.dataset.perDay) / DAY;
    this.step = Number(root.dataset.step);
    // Day before month, as everywhere on the page.
    const lang = root.dataset.lang === "zh-CN" ? "zh-CN" : "en-GB";
    this.days = new Intl.DateTimeFormat(lang, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
    this.times = new Intl.DateTimeFormat(lang, { timeZone: "UTC", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  }

  begin(): void {
    neighbours(this.root);
    this.root.addEventListener("click", (event) => this.keepScroll(event.target as Element));
    this.restoreScroll();
    rove(this.root, this.walk());
    tellKeys();
    if (!this.root.dataset.move) return;
    this.root.addEventListener("keydown", (event) => this.key(event));
    // Who walks on to another bar has let go of the first.
    this.root.addEventListener("focusin", (event) => {
      const at = (event.target as Element).closest<HTMLElement>("[data-at]")?.dataset.at;
      if (this.moved && !this.dragging && !this.asking && at !== this.moved.task.dataset.at) this.putBack();
    });
    this.root.addEventListener("pointerdown", (event) => this.grab(event));
    this.root.addEventListener("pointermove", (event) => this.drag(event));
    this.root.addEventListener("pointerup", (event) => this.drop(event));
    this.root.addEventListener("pointercancel", () => this.putBack());
    this.root.addEventListener("scroll", () => this.follow(), { passive: true });
    // A drag that ends on the link must not follow it.
    this.root.addEventListener("click", (event) => this.swallow(event), true);
    this.root.addEventListener("dragstart", (event) => event.preventDefault());
    document.getElementById("gantt-move")?.addEventListener("close", () => this.putBack());
  }

  // Folding reloads the page; where one was stays.

  private keepScroll(element: Element): void {
    if (!element.closest("[data-keep-scroll]")) return;
    sessionStorage.setItem("gantt-scroll", JSON.stringify([this.root.scrollLeft, this.root.scrollTop, scrollY]));
  }

  private restoreScroll(): void {
    const kept = sessionStorage.getItem("gantt-scroll");
    if (!kept) return;
    sessionStorage.removeItem("gantt-scroll");
    const [left, top, page] = JSON.parse(kept) as [number, number, number];
    this.root.scrollTo(left, top);
    scrollTo(0, page);
  }

  // Walking: one stop a row, which is its bar, or its name where the bar is out of the picture.

  private walk(): Walk {
    const names = [...this.root.querySelectorAll<HTMLAnchorElement>(".gantt-names li > a")];
    const bars = new Map([...this.root.querySelectorAll<SVGAElement>(".gantt-task")].map((bar) => [bar.dataset.at, bar]));
    const at = (name: Element) => name.closest<HTMLElement>("[data-at]")?.dataset.at;
    const stops = names.map((name) => bars.get(at(name)) ?? name);
    const rows = new Map<string, number>();
    for (const [row, name] of names.entries()) {
      const task = at(name);
      if (task !== undefined) rows.set(task, row);
    }
    /** Along a link: what this waits for, or what waits for it; the driving one where there are several. */
    const along = (row: number, to: "a" | "b"): number => {
      const here = names[row] && at(names[row]);
      if (here === undefined) return row;
      const paths = [...this.root.querySelectorAll<SVGPathElement>(`path[data-${to === "a" ? "b" : "a"}="${here}"]`)];
      const path = paths.find((one) => one.matches(".is-path, .is-driving")) ?? paths[0];
      return rows.get(path?.dataset[to] ?? "") ?? row;
    };
    return {
      stops,
      // A name was clicked: its bar is where the keys go on from.
      stopOf: (element) => rows.get(at(element) ?? "") ?? stops.findIndex((stop) => stop.contains(element)),
      next(row, key) {
        if (key === "ArrowUp") return row - 1;
        if (key === "ArrowDown") return row + 1;
        if (key === "ArrowLeft") return along(row, "a");
        if (key === "ArrowRight") return along(row, "b");
        return undefined;
      },
      others: names,
      first: Math.max(0, stops.findIndex((stop) => stop instanceof SVGAElement && !stop.querySelector(".is-done"))),
    };
  }

  // Moving

  private task(at: string | undefined): SVGAElement | null {
    return at === undefined ? null : this.root.querySelector<SVGAElement>(`.gantt-task[data-at="${at}"]`);
  }

  private span(task: SVGAElement): Span {
    return { start: Number(task.dataset.start), finish: Number(task.dataset.finish) };
  }

  private take(task: SVGAElement): void {
    if (this.moved?.task === task || this.asking) return;
    this.putBack(true);
    const was = this.span(task);
    const ghost = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const shape = task.querySelector<SVGGraphicsElement>(".gantt-bar")?.getBBox();
    ghost.setAttribute("class", "gantt-ghost");
    ghost.setAttribute("x", String(shape?.x ?? 0));
    ghost.setAttribute("y", String(shape?.y ?? 0));
    ghost.setAttribute("width", String(Math.max(shape?.width ?? 0, 4)));
    ghost.setAttribute("height", String(shape?.height ?? 0));
    ghost.setAttribute("rx", "3");
    task.append(ghost);
    this.moved = { task, was, now: { ...was }, ghost };
  }

  private place(now: Span, end: boolean): void {
    if (!this.moved) return;
    const { was, ghost, task } = this.moved;
    this.moved.now = now;
    const shape = task.querySelector<SVGGraphicsElement>(".gantt-bar")?.getBBox();
    if (!shape) return;
    ghost.setAttribute("x", String(shape.x + (now.start - was.start) * this.perMinute));
    const grown = (now.finish - now.start - (was.finish - was.start)) * this.perMinute;
    ghost.setAttribute("width", String(Math.max(shape.width + grown, 4)));
    this.say(end);
  }

  private say(end: boolean): void {
    if (!this.moved) return;
    const { was, now, task } = this.moved;
    const by = end ? now.finish - was.finish : now.start - was.start;
    const words = (end ? this.root.dataset.stretched : this.root.dataset.moved) ?? "";
    this.tell(
      words
        .replace("{code}", this.code(task))
        .replace("{from}", this.day(now.start))
        .replace("{until}", this.day(now.finish > now.start && now.finish % DAY === 0 ? now.finish - 1 : now.finish))
        .replace("{shift}", this.shift(by)),
    );
  }

  private tell(words: string): void {
    if (this.status) this.status.textContent = words;
  }

  private day(minute: number): string {
    const at = new Date(minute * 60_000);
    return minute % DAY === 0 || this.step >= DAY ? this.days.format(at) : this.times.format(at);
  }

  private shift(minutes: number): string {
    const whole = Math.abs(minutes);
    const days = Math.floor(whole / DAY);
    const hours = (whole % DAY) / 60;
    const parts = [];
    if (days > 0 || hours === 0) parts.push((this.root.dataset.days ?? "").replace("{n}", String(days)));
    if (hours > 0) parts.push((this.root.dataset.hours ?? "").replace("{n}", String(Math.round(hours * 10) / 10)));
    const words = minutes < 0 ? this.root.dataset.earlier : this.root.dataset.later;
    return (words ?? "").replace("{time}", parts.join(" "));
  }

  private code(task: SVGAElement): string {
    const path = new URL(task.href.baseVal, location.href).pathname;
    return decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
  }

  private putBack(silent = false): void {
    this.root.classList.remove("is-stretching");
    this.dragging = null;
    if (!this.moved) return;
    this.moved.ghost.remove();
    this.moved.task.classList.remove("is-moving");
    this.moved = null;
    this.tell(silent ? "" : (this.root.dataset.back ?? ""));
  }

  // By key

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.moved) {
      this.putBack();
      event.preventDefault();
      return;
    }
    if (event.key === "Enter" && this.moved) {
      event.preventDefault();
      void this.ask();
      return;
    }
    const steps = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (steps === 0 || !event.shiftKey || event.altKey || event.metaKey) return;
    const task = this.task((event.target as Element).closest<HTMLElement>("[data-at]")?.dataset.at);
    if (!task) return;
    event.preventDefault();
    this.move(task, steps * this.step, event.ctrlKey);
  }

  private move(task: SVGAElement, by: number, end: boolean): void {
    if (this.asking) return;
    const may = task.dataset.may;
    if (!may || (end && may === "move") || (!end && may === "end")) {
      this.tell(this.root.dataset.fixed ?? "");
      return;
    }
    this.take(task);
    if (!this.moved) return;
    const { start, finish } = this.moved.now;
    if (end) this.place({ start, finish: Math.max(finish + by, start + Math.min(this.step, DAY)) }, true);
    else this.place({ start: start + by, finish: finish + by }, false);
  }

  // By hand

  private grab(event: PointerEvent): void {
    const task = (event.target as Element).closest<SVGAElement>(".gantt-task[data-may]");
    // Fingers scroll; they have the form.
    if (!task || event.button !== 0 || event.pointerType === "touch" || this.asking) return;
    const box = task.querySelector(".gantt-bar")?.getBoundingClientRect();
    const may = task.dataset.may;
    const end = may !== "move" && (may === "end" || (box !== undefined && box.width > 14 && event.clientX > box.right - 6));
    this.take(task);
    this.hand = event.clientX;
    this.dragging = { pointer: event.pointerId, x: this.hand + this.root.scrollLeft, end, started: false };
    event.preventDefault();
  }

  /** Where the hand is in the window. */
  private hand = 0;

  private follow(): void {
    if (this.dragging?.started) this.pull(this.dragging);
  }

  private drag(event: PointerEvent): void {
    const drag = this.dragging;
    if (!drag || !this.moved || event.pointerId !== drag.pointer) return;
    this.hand = event.clientX;
    if (!drag.started && Math.abs(this.hand + this.root.scrollLeft - drag.x) < 4) return;
    if (!drag.started) {
      drag.started = true;
      this.root.setPointerCapture(drag.pointer);
      this.root.classList.toggle("is-stretching", drag.end);
      this.moved.task.classList.add("is-moving");
    }
    this.pull(drag);
  }

  /** The bar goes with the hand, by whole steps. */
  private pull(drag: { x: number; end: boolean }): void {
    if (!this.moved) return;
    const pixels = this.hand + this.root.scrollLeft - drag.x;
    const by = Math.round(pixels / this.perMinute / this.step) * this.step;
    const { start, finish } = this.moved.was;
    if (drag.end) this.place({ start, finish: Math.max(finish + by, start + this.step) }, true);
    else this.place({ start: start + by, finish: finish + by }, false);
  }

  private dropped = 0;

  private drop(event: PointerEvent): void {
    const drag = this.dragging;
    if (!drag || event.pointerId !== drag.pointer) return;
    this.dragging = null;
    this.root.classList.remove("is-stretching");
    if (!drag.started) {
      this.putBack(true);
      return;
    }
    this.dropped = event.timeStamp;
    const { was, now } = this.moved ?? { was: { start: 0, finish: 0 }, now: { start: 0, finish: 0 } };
    if (was.start === now.start && was.finish === now.finish) this.putBack();
    else void this.ask();
  }

  private swallow(event: MouseEvent): void {
    if (event.timeStamp - this.dropped > 50 || this.dropped === 0) return;
    event.preventDefault();
    event.stopPropagation();
  }

  // The question

  private async ask(): Promise<void> {
    const box = document.getElementById("gantt-move");
    const place = document.getElementById("gantt-effect");
    const moved = this.moved;
    if (!moved || this.asking || !(box instanceof HTMLDialogElement) || !place) return;
    const { task, was, now } = moved;
    const code = this.code(task);
    const address = (this.root.dataset.move ?? "").replace("CODE", encodeURIComponent(code));
    const asked = new URLSearchParams({ act: "preview", fragment: "1", starts_at: moment(now.start), back: location.pathname + location.search });
    const length = Number(task.dataset.length) + (now.finish - now.start - (was.finish - was.start)) * Number(task.dataset.share);
    asked.set("duration_days", String(Math.max(0, Math.round((length / DAY) * 10_000) / 10_000)));
    this.asking = true;
    const html = await effect(address, asked);
    this.asking = false;
    if (html === undefined) {
      location.href = address;
      return;
    }
    // Put back with Escape while the question was on its way: nobody wants the answer any more.
    if (this.moved !== moved) return;
    place.innerHTML = html;
    for (const button of place.querySelectorAll<HTMLButtonElement>("[data-close-dialog]")) {
      button.hidden = false;
      button.addEventListener("click", () => box.close());
    }
    this.tell("");
    box.showModal();
    place.querySelector<HTMLElement>("button[name=act]")?.focus({ preventScroll: true });
  }
}

/** What a move would do, as the server tells it; nothing where it cannot say, and the form is the way. */
async function effect(address: string, asked: URLSearchParams): Promise<string | undefined> {
  try {
    const answer = await fetch(address, { method: "POST", body: asked, headers: { accept: "text/html" } });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

/** A minute of the plan's axis as the venue's clock shows it. */
function moment(minute: number): string {
  const text = new Date(minute * 60_000).toISOString();
  return minute % DAY === 0 ? text.slice(0, 10) : text.slice(0, 16);
}

const chart = document.getElementById("gantt");
if (chart) new Gantt(chart).begin();
