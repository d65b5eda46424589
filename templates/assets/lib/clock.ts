// Clocks that run by the server's time: <… data-clock data-now data-until|data-since> with a face inside. The
// difference between this device's clock and the server's is taken once, from data-now.

const started = Date.now();

export function clocks(): void {
  const tick = (): void => {
    for (const clock of document.querySelectorAll<HTMLElement>("[data-clock]")) show(clock);
  };
  if (!document.querySelector("[data-clock]")) return;
  tick();
  setInterval(tick, 1000);
}

function show(clock: HTMLElement): void {
  const face = clock.querySelector<HTMLElement>("[data-clock-face]");
  const { now, until, since } = clock.dataset;
  if (!face || !now || !since) return;
  // A clock that came with a later answer brings its own difference.
  clock.dataset.offset ??= String(Date.parse(now) - (clock.isConnected && performance.now() < 4000 ? started : Date.now()));
  const here = Date.now() + Number(clock.dataset.offset);
  const seconds = Math.trunc(((until ? Date.parse(until) - here : here - Date.parse(since)) || 0) / 1000);
  face.textContent = read(seconds);
  if (until && seconds < 0) {
    clock.classList.remove("tone-accent");
    clock.classList.add("tone-bad");
  }
}

function read(seconds: number): string {
  const all = Math.abs(seconds);
  const two = (n: number): string => String(n).padStart(2, "0");
  const [hours, minutes, rest] = [Math.trunc(all / 3600), Math.trunc(all / 60) % 60, all % 60];
  const sign = seconds < 0 ? "\u2212" : "";
  return hours > 0 ? `${sign}${hours}:${two(minutes)}:${two(rest)}` : `${sign}${minutes}:${two(rest)}`;
}
