// Keeps "5 minutes ago" true: every <time datetime data-ago> younger than a day, in the page's language.
const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["hour", 3600],
  ["minute", 60],
];

export function relativeTimes(): void {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto", style: "long" });
  const tick = (): void => {
    for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-ago]")) {
      const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
      if (Number.isNaN(seconds) || Math.abs(seconds) > 86_400) continue;
      // The exact time stays within reach of the pointer.
      time.title ||= time.textContent ?? "";
      const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["minute", 60];
      time.textContent = format.format(Math.trunc(seconds / size), unit);
    }
  };
  tick();
  setInterval(tick, 30_000);
}
