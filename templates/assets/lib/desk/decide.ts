// The decision at the door, the same as `domain::admission::decide`: the same checks in the same order on the same
// facts. Used while there is no network. `fixtures/admission/cases` holds both to the same answers; change neither
// without a case.

export type Direction = "in" | "out";
export type VerdictKind = "admit" | "admit_with_notice" | "deny";
/** What the code says by itself, before anything is looked up. */
export type Reading = "malformed" | "forged" | "foreign" | "genuine" | "plain";

/** An instant with the venue's day and minute of that day. */
export interface Moment {
  /** Milliseconds since 1970. */
  at: number;
  /** `YYYY-MM-DD` at the venue. */
  day: string;
  /** 0..1440 at the venue. */
  minute: number;
}

export interface Credential {
  state: "active" | "blocked" | "replaced" | "revoked";
  category: string;
  standing: "good" | "not_approved" | "unpaid";
  /** First and last valid day, when limited. */
  valid_from: string | null;
  valid_until: string | null;
  /** The reprint that is valid now, when this badge was replaced. */
  valid_reprint: number | null;
}

export interface Gate {
  id: string;
  direction: "in" | "out" | "both";
  /** The zone behind the gate and the zones that one lies in, innermost first. */
  zones: string[];
  open: boolean;
}

export interface Rule {
  id: string;
  category: string | null;
  /** A gate or a zone; null for everywhere. */
  place: string | null;
  /** Days of the venue; none for every day. */
  days: string[];
  /** Minutes of the day. */
  from: number | null;
  until: number | null;
  limit: "unlimited" | "once" | "once_a_day" | "reentry_after_exit";
  allow: boolean;
}

export interface Passage {
  at: number;
  day: string;
  gate: string;
  zones: string[];
  direction: Direction;
}

export interface Facts {
  reading: Reading;
  credential: Credential | null;
  gate: Gate;
  /** Earlier admitted passages of the person, oldest first. */
  passages: Passage[];
  quota: { limit: number; used: number } | null;
  zone: { capacity: number; inside: number } | null;
}

export interface Presented {
  direction: Direction;
  moment: Moment;
  /** A supervisor asks for the person to pass. */
  overriding: boolean;
}

/** A reason with what its sentence needs. */
export interface Reason {
  code: string;
  malformed?: boolean;
  wrong_direction?: boolean;
  valid_reprint?: number | null;
  valid_day?: string;
  limit?: number;
  used?: Passage;
}

export interface Verdict {
  kind: VerdictKind;
  /** Of the denial, or the one a supervisor overrode. */
  reason: Reason | null;
  notice: string | null;
}

/** Minutes of grace around the first and last valid moment of a badge. */
const TOLERANCE_MINUTES = 5;
const DAY_MS = 86_400_000;

function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function applies(rule: Rule, category: string, gate: Gate): boolean {
  if (rule.category !== null && rule.category !== category) return false;
  return rule.place === null || rule.place === gate.id || gate.zones.includes(rule.place);
}

function onDay(rule: Rule, day: string): boolean {
  return rule.days.length === 0 || rule.days.includes(day);
}

/** A window that ends before it begins runs over midnight and belongs to the day it began on. */
function holds(rule: Rule, moment: Moment): boolean {
  const from = rule.from ?? 0;
  const until = rule.until ?? 1440;
  if (from < until) return onDay(rule, moment.day) && moment.minute >= from && moment.minute < until;
  if (onDay(rule, moment.day) && moment.minute >= from) return true;
  return moment.minute < until && onDay(rule, shift(moment.day, -1));
}

function isAlways(rule: Rule): boolean {
  return rule.days.length === 0 && (rule.from ?? 0) === 0 && (rule.until ?? 1440) === 1440;
}

type Ruling = { says: "no_rules" | "not_here" | "not_now" } | { says: "allowed" | "forbidden"; rule: Rule };

/** The first rule that fits person, place and time decides. */
export function ruling(rules: Rule[], category: string, gate: Gate, moment: Moment): Ruling {
  if (rules.length === 0) return { says: "no_rules" };
  let sometime = false;
  for (const rule of rules) {
    if (!applies(rule, category, gate)) continue;
    if (holds(rule, moment)) return { says: rule.allow ? "allowed" : "forbidden", rule };
    sometime ||= rule.allow;
  }
  return { says: sometime ? "not_now" : "not_here" };
}

/** Whether a passage is one of the rule's own place. */
export function counts(rule: Rule, passage: Passage): boolean {
  return rule.place === null || passage.gate === rule.place || passage.zones.includes(rule.place);
}

/** The entry by which the person is inside what lies directly behind the gate, if they are. */
function inside(facts: Facts): Passage | null {
  const { gate } = facts;
  const zone = gate.zones[0];
  for (let index = facts.passages.length - 1; index >= 0; index -= 1) {
    const passage = facts.passages[index];
    const left = passage.zones[0];
    const concerns =
      zone === undefined ||
      (passage.direction === "in" ? passage.zones.includes(zone) : left !== undefined && gate.zones.includes(left));
    if (concerns) return passage.direction === "in" ? passage : null;
  }
  return null;
}

type Check = (facts: Facts, rules: Rule[], scan: Presented) => Reason | null;

/** The credential where it matters: going in. */
function entering(facts: Facts, scan: Presented): Credential | null {
  return scan.direction === "in" ? facts.credential : null;
}

const code: Check = ({ reading }) => {
  if (reading === "malformed") return { code: "unknown_code", malformed: true };
  if (reading === "forged") return { code: "forged" };
  return reading === "foreign" ? { code: "wrong_edition" } : null;
};

const issued: Check = ({ credential }) => (credential ? null : { code: "unknown_code", malformed: false });

const badge: Check = (facts, _, scan) => {
  const credential = entering(facts, scan);
  if (!credential || credential.state === "active") return null;
  if (credential.state === "replaced") return { code: "replaced", valid_reprint: credential.valid_reprint };
  return { code: credential.state };
};

const registration: Check = (facts, _, scan) => {
  const standing = entering(facts, scan)?.standing ?? "good";
  return standing === "good" ? null : { code: standing };
};

const validity: Check = (facts, _, scan) => {
  const credential = entering(facts, scan);
  if (!credential) return null;
  const { day, minute } = scan.moment;
  const soonest = minute >= 1440 - TOLERANCE_MINUTES ? shift(day, 1) : day;
  const latest = minute < TOLERANCE_MINUTES ? shift(day, -1) : day;
  const { valid_from, valid_until } = credential;
  if (valid_from !== null && soonest < valid_from) return { code: "not_yet_valid", valid_day: valid_from };
  return valid_until !== null && latest > valid_until ? { code: "expired", valid_day: valid_until } : null;
};

const allowed: Check = (facts, rules, scan) => {
  const credential = entering(facts, scan);
  if (!credential) return null;
  const said = ruling(rules, credential.category, facts.gate, scan.moment);
  if (said.says === "no_rules" || said.says === "allowed") return null;
  const here = said.says === "not_here" || (said.says === "forbidden" && isAlways(said.rule));
  return { code: here ? "wrong_zone" : "wrong_day_or_time" };
};

const limit: Check = (facts, rules, scan) => {
  const credential = entering(facts, scan);
  if (!credential) return null;
  const said = ruling(rules, credential.category, facts.gate, scan.moment);
  if (said.says !== "allowed" || said.rule.limit === "unlimited") return null;
  if (said.rule.limit === "reentry_after_exit") {
    const used = inside(facts);
    return used && { code: "already_inside", used };
  }
  const today = said.rule.limit === "once_a_day";
  const used = facts.passages.find(
    (passage) => counts(said.rule, passage) && passage.direction === "in" && (!today || passage.day === scan.moment.day),
  );
  return used ? { code: "already_used", used } : null;
};

const quota: Check = (facts, rules, scan) => {
  if (!facts.quota || !entering(facts, scan) || facts.quota.used < facts.quota.limit) return null;
  const said = ruling(rules, facts.credential?.category ?? "", facts.gate, scan.moment);
  // Who came in under the quota before does not use it a second time.
  const known = facts.passages.some(
    (passage) => passage.direction === "in" && (said.says !== "allowed" || counts(said.rule, passage)),
  );
  return known ? null : { code: "quota_reached", limit: facts.quota.limit };
};

const room: Check = ({ zone }, _, scan) => {
  const full = zone && scan.direction === "in" && zone.inside >= zone.capacity;
  return full ? { code: "zone_full", limit: zone.capacity } : null;
};

const gate: Check = ({ gate }, _, scan) => {
  if (gate.direction !== "both" && gate.direction !== scan.direction) return { code: "gate_closed", wrong_direction: true };
  return scan.direction === "in" && !gate.open ? { code: "gate_closed", wrong_direction: false } : null;
};

/** The checks in their order. */
const CHECKS: Check[] = [code, issued, badge, registration, validity, allowed, limit, quota, room, gate];

function notice(facts: Facts, scan: Presented): string | null {
  const { credential } = facts;
  if (!credential) return null;
  if (scan.direction === "out") {
    if (credential.state !== "active" || credential.standing !== "good") return "leaving_on_inactive_badge";
    return inside(facts) ? null : "no_entry_recorded";
  }
  const early = credential.valid_from !== null && scan.moment.day < credential.valid_from;
  const late = credential.valid_until !== null && scan.moment.day > credential.valid_until;
  return early || late ? "within_tolerance" : null;
}

/** The answer of the door for these facts under these rules (in their order). */
export function decide(facts: Facts, rules: Rule[], scan: Presented): Verdict {
  for (const check of CHECKS) {
    const reason = check(facts, rules, scan);
    if (!reason) continue;
    if (scan.overriding && reason.code !== "forged") return { kind: "admit_with_notice", reason, notice: "overridden" };
    return { kind: "deny", reason, notice: null };
  }
  const said = notice(facts, scan);
  return { kind: said ? "admit_with_notice" : "admit", reason: null, notice: said };
}
