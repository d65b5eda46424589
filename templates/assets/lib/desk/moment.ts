// Instants as the venue's clocks show them, wherever the device thinks it is.

import type { Moment } from "./decide";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(zone, found);
  }
  return found;
}

/** The moment at the venue. */
export function momentOf(at: number, zone: string): Moment {
  const parts: Record<string, string> = {};
  for (const { type, value } of format(zone).formatToParts(at)) parts[type] = value;
  return {
    at,
    day: `${parts.year.padStart(4, "0")}-${parts.month}-${parts.day}`,
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  };
}
