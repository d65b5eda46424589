// Runs the tables of `fixtures/admission` through the browser client's rules. Bundled twice: for Node and for Chromium.
import { read } from "../../../templates/assets/lib/desk/badge.ts";
import { decide } from "../../../templates/assets/lib/desk/decide.ts";
import { momentOf } from "../../../templates/assets/lib/desk/moment.ts";
import { handle, hex, open } from "../../../templates/assets/lib/desk/seal.ts";

/** The instant at which the venue's clocks show this. */
function instant(text, zone) {
  const wanted = Date.parse(`${text.replace(" ", "T")}:00Z`);
  let at = wanted;
  // Twice: the first step may land on the other side of a change of clocks.
  for (let step = 0; step < 2; step += 1) {
    const shown = momentOf(at, zone);
    at += wanted - (Date.parse(`${shown.day}T00:00:00Z`) + shown.minute * 60_000);
  }
  return at;
}

function gateOf(file, name) {
  const given = file.gates[name];
  const zones = [];
  for (let zone = given.zone ?? null; zone !== null; zone = file.zones[zone]) zones.push(zone);
  return { id: name, direction: given.direction ?? "both", zones, open: given.open ?? true };
}

function minute(text) {
  if (text === undefined) return null;
  const [hours, minutes] = text.split(":").map(Number);
  return hours * 60 + minutes;
}

function rulesOf(given) {
  return given.map((rule, index) => ({
    id: String(index),
    category: rule.category ?? null,
    place: rule.place ?? null,
    days: rule.days ?? [],
    from: minute(rule.from),
    until: minute(rule.until),
    limit: rule.limit ?? "unlimited",
    allow: rule.effect === "allow",
  }));
}

function answer(file, one) {
  const zone = file.time_zone;
  const badge = one.badge === null ? null : { valid_from: null, valid_until: null, valid_reprint: null, ...file.badge, ...one.badge };
  const passage = (given) => {
    const gate = gateOf(file, given.gate);
    const moment = momentOf(instant(given.at, zone), zone);
    return { at: moment.at, day: moment.day, gate: gate.id, zones: gate.zones, direction: given.direction };
  };
  const facts = {
    reading: one.reading ?? badge.reading,
    credential: badge,
    gate: gateOf(file, one.gate),
    passages: (one.passages ?? []).map(passage),
    quota: one.quota ?? null,
    zone: one.zone ?? null,
  };
  const scan = { direction: one.direction ?? "in", moment: momentOf(instant(one.at, zone), zone), overriding: one.overriding ?? false };
  return decide(facts, rulesOf(one.rules ?? file.rules), scan);
}

function told(verdict, key, zone) {
  const { reason } = verdict;
  switch (key) {
    case "verdict":
      return verdict.kind;
    case "reason":
      return reason?.code ?? null;
    case "notice":
      return verdict.notice;
    case "malformed":
    case "wrong_direction":
      return reason?.[key] ?? false;
    case "used_gate":
      return reason?.used?.gate ?? null;
    case "used_at": {
      if (!reason?.used) return null;
      const { day, minute } = momentOf(reason.used.at, zone);
      return `${day} ${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    }
    default:
      return reason?.[key] ?? null;
  }
}

/** What is answered otherwise than the table says, a line each, and how many cases there were. */
export function decisions(files) {
  const wrong = [];
  let count = 0;
  for (const [name, file] of Object.entries(files)) {
    for (const one of file.cases) {
      count += 1;
      const verdict = answer(file, one);
      for (const [key, want] of Object.entries(one.expect)) {
        const got = told(verdict, key, file.time_zone);
        if (got !== want) wrong.push(`${name} / ${one.name}: ${key}: expected ${want}, got ${got}`);
      }
    }
  }
  return { count, wrong };
}

/** The same for reading codes. */
export async function readings({ edition, keys, cases }) {
  const wrong = [];
  const ring = keys.map((key) => ({ edition: key.edition, no: key.key_no, public: key.public }));
  for (const one of cases) {
    const got = await read(one.code, edition, ring);
    if (got !== one.reading) wrong.push(`${one.name}: expected ${one.reading}, got ${got}`);
  }
  return { count: cases.length, wrong };
}

/** The same for what a badge opens. */
export async function seals(vectors) {
  const wrong = [];
  for (const one of vectors) {
    if ((await handle(one.code)) !== one.handle) wrong.push(`handle of ${one.code}`);
    const bytes = Uint8Array.from(one.sealed.match(/../g), (pair) => Number.parseInt(pair, 16));
    const person = await open(one.code, bytes);
    if (person?.n !== one.name || person?.c !== one.company) wrong.push(`record of ${one.code}`);
    if ((await open(`${one.code}A`, bytes)) !== null) wrong.push(`another code opens ${one.code}`);
    bytes[bytes.length - 1] ^= 1;
    if ((await open(one.code, bytes)) !== null) wrong.push(`a broken record of ${hex(bytes.subarray(0, 4))} opens`);
  }
  return { count: vectors.length, wrong };
}
