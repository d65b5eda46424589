// One tab stop for a whole picture: Tab enters it at one mark, arrows go from mark to mark, Tab leaves it. Marks are
// links, so Enter opens them without a word from here. Without this file the list beside the picture is the way in.

export type Stop = HTMLElement | SVGElement;

export interface Walk {
  /** Everything the keys can stand on, in reading order. */
  stops: Stop[];
  /** Which stop an element belongs to; -1 for none. */
  stopOf(element: Element): number;
  /** Where a key leads from a stop; nothing for a key that is not one of the picture's. */
  next(from: number, key: string): number | undefined;
  /** Links that say the same as a stop and must not be stops of their own. */
  others?: Stop[];
  /** Where Tab enters at first. */
  first?: number;
}

const PAGE = 10;

export function rove(root: HTMLElement, walk: Walk): void {
  const { stops } = walk;
  if (stops.length === 0) return;
  for (const one of [...(walk.others ?? []), ...stops]) one.setAttribute("tabindex", "-1");
  let here = stops[walk.first ?? 0] ? (walk.first ?? 0) : 0;
  stops[here]?.setAttribute("tabindex", "0");

  function stand(at: number): void {
    stops[here]?.setAttribute("tabindex", "-1");
    here = at;
    stops[here]?.setAttribute("tabindex", "0");
  }

  function end(key: string, from: number): number | undefined {
    if (key === "Home") return 0;
    if (key === "End") return stops.length - 1;
    if (key === "PageUp") return from - PAGE;
    if (key === "PageDown") return from + PAGE;
    return undefined;
  }

  root.addEventListener("focusin", (event) => {
    const at = walk.stopOf(event.target as Element);
    if (at >= 0) stand(at);
  });
  root.addEventListener("keydown", (event) => {
    // With Shift the same keys move what is there; with the others they are the browser's.
    if (event.shiftKey || event.altKey || event.metaKey || event.ctrlKey) return;
    const from = walk.stopOf(event.target as Element);
    if (from < 0) return;
    const to = walk.next(from, event.key) ?? end(event.key, from);
    if (to === undefined) return;
    event.preventDefault();
    stand(Math.min(stops.length - 1, Math.max(0, to)));
    const stop = stops[here];
    stop?.focus({ preventScroll: true });
    stop?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

/** The keys work, so the page says which there are. */
export function tellKeys(): void {
  for (const words of document.querySelectorAll<HTMLElement>("[data-chart-keys]")) words.hidden = false;
}
