// Places over time by key: one tab stop, arrows within a place and from place to place. Without this file the same is
// there as a table, and each task is a link in it.

import { type Stop, rove, tellKeys } from "../lib/rove";

function begin(root: HTMLElement): void {
  const bars = [...root.querySelectorAll<SVGAElement>(".space-task")];
  const left = (stop: Stop) => Number(stop.querySelector("rect")?.getAttribute("x") ?? 0);
  const rows: SVGAElement[][] = [];
  for (const bar of bars) {
    const row = rows.at(-1);
    if (row?.[0]?.dataset.row === bar.dataset.row) row?.push(bar);
    else rows.push([bar]);
  }
  // Lanes are only for room; the order within a place is that of time.
  for (const row of rows) row.sort((a, b) => left(a) - left(b));
  const stops = rows.flat();
  const places = rows.flatMap((row, at) => row.map(() => at));

  /** In the place above or below, the bar that begins nearest. */
  function across(from: number, by: number): number {
    const stop = stops[from];
    const row = rows[(places[from] ?? 0) + by];
    if (!stop || !row) return from;
    const nearest = row.reduce((best, bar) => (Math.abs(left(bar) - left(stop)) < Math.abs(left(best) - left(stop)) ? bar : best));
    return stops.indexOf(nearest);
  }

  rove(root, {
    stops,
    stopOf: (element) => stops.findIndex((stop) => stop.contains(element)),
    next(from, key) {
      const row = rows[places[from] ?? 0] ?? [];
      const first = stops.indexOf(row[0] as SVGAElement);
      const last = first + row.length - 1;
      if (key === "ArrowLeft") return Math.max(first, from - 1);
      if (key === "ArrowRight") return Math.min(last, from + 1);
      if (key === "ArrowUp") return across(from, -1);
      if (key === "ArrowDown") return across(from, 1);
      if (key === "Home") return first;
      if (key === "End") return last;
      return undefined;
    },
  });
  tellKeys();
}

const chart = document.getElementById("space-chart");
if (chart) begin(chart);
