// The answer of the door without network: facts from what this device keeps, the decision of `decide`.

import { normal, payload, read } from "./badge";
import { type Credential, type Direction, type Facts, type Passage, type Reading, type Verdict, counts, decide, ruling } from "./decide";
import { momentOf } from "./moment";
import { type Sealed, handle, open, unbase64 } from "./seal";
import type { Badge, Briefing, PassageRow, Store } from "./store";

/** What is shown for a scan, and what is kept of it. */
export interface Judged {
  verdict: Verdict;
  direction: Direction;
  category: string | null;
  person: Sealed | null;
  /** The passage it was, when somebody known went through. */
  passage: Omit<PassageRow, "id"> | null;
}

/** The notice of an admission of a badge that was issued after this device last heard of badges. */
const CHECKED_OFFLINE = "checked_offline";

function credentialOf(badge: Badge): Credential {
  return { state: badge.s, category: badge.c, standing: badge.t, valid_from: badge.f, valid_until: badge.u, valid_reprint: badge.r };
}

/** A badge this device never heard of: its signature may still tell that it is one of ours. */
async function stranger(code: string, briefing: Briefing): Promise<{ reading: Reading; credential: Credential | null }> {
  switch (await read(code, briefing.edition, briefing.keys)) {
    case "genuine": {
      const said = payload(code);
      const credential: Credential | null = said && {
        state: "active",
        standing: "good",
        category: said.category,
        valid_from: said.valid_from,
        valid_until: said.valid_until,
        valid_reprint: null,
      };
      return { reading: "genuine", credential };
    }
    case "forged":
      return { reading: "forged", credential: null };
    case "wrong_edition":
      return { reading: "foreign", credential: null };
    case "malformed":
      return { reading: "malformed", credential: null };
    default:
      return { reading: "plain", credential: null };
  }
}

export class Judge {
  constructor(
    private readonly store: Store,
    private readonly briefing: Briefing,
  ) {}

  /** Decides about a text as it was read, at a corrected time of this device; null at a device without a gate. */
  async judge(text: string, wanted: string, at: number, overriding: boolean): Promise<Judged | null> {
    const gate = this.briefing.gates.find((gate) => gate.id === this.briefing.device.gate);
    if (!gate) return null;
    const direction: Direction = wanted === "in" || wanted === "out" ? wanted : gate.direction === "out" ? "out" : "in";
    const moment = momentOf(at, this.briefing.zone);
    const code = normal(text);
    const badge = code === null ? undefined : await this.store.badge(await handle(code));
    const told = badge ? { reading: "genuine" as const, credential: credentialOf(badge) } : await stranger(text, this.briefing);
    const earlier = badge ? await this.passages(badge.n, at) : [];
    const facts: Facts = { ...told, gate, passages: earlier, quota: null, zone: null };
    const said = told.credential && ruling(this.briefing.rules, told.credential.category, gate, moment);
    if (badge && said && said.says === "allowed") facts.quota = await this.quota(said.rule.id, badge);
    facts.zone = this.load(gate.zones, earlier);
    let verdict = decide(facts, this.briefing.rules, { direction, moment, overriding });
    // Genuine, and not among the badges this device knows: issued lately, or known to the server as something else.
    if (!badge && told.credential && verdict.kind === "admit") verdict = { kind: "admit_with_notice", reason: null, notice: CHECKED_OFFLINE };
    const passed = badge && verdict.kind !== "deny";
    return {
      verdict,
      direction,
      category: told.credential?.category ?? null,
      person: badge && code !== null ? await open(code, unbase64(badge.p)) : null,
      passage: passed ? { n: badge.n, g: gate.id, d: direction, a: at } : null,
    };
  }

  private async passages(number: number, at: number): Promise<Passage[]> {
    const rows = await this.store.passages(number);
    return rows.filter((row) => row.a <= at).map((row) => this.passage(row));
  }

  private passage(row: PassageRow): Passage {
    const zones = this.briefing.gates.find((gate) => gate.id === row.g)?.zones ?? [];
    return { at: row.a, day: momentOf(row.a, this.briefing.zone).day, gate: row.g, zones, direction: row.d };
  }

  /** Others of the same company or delegation who came in under the rule, as far as this device heard. */
  private async quota(id: string, badge: Badge): Promise<Facts["quota"]> {
    const rule = this.briefing.rules.find((rule) => rule.id === id);
    const group = rule?.quota && badge.g[rule.quota.scope];
    if (!rule?.quota || !group) return null;
    let used = 0;
    for (const number of await this.store.members(rule.quota.scope, group)) {
      if (number === badge.n) continue;
      const rows = await this.store.passages(number);
      if (rows.some((row) => row.d === "in" && counts(rule, this.passage(row)))) used += 1;
    }
    return { limit: rule.quota.limit, used };
  }

  /** The last figures of the zones behind the gate; somebody inside already takes no new place. */
  private load(zones: string[], earlier: Passage[]): Facts["zone"] {
    const inside = (zone: string) => {
      const around = zones.slice(zones.indexOf(zone));
      for (let index = earlier.length - 1; index >= 0; index -= 1) {
        const passage = earlier[index];
        if (passage.direction === "in" && passage.zones.includes(zone)) return true;
        if (passage.direction === "out" && passage.zones[0] !== undefined && around.includes(passage.zones[0])) return false;
      }
      return false;
    };
    const limited = zones.flatMap((zone) => this.briefing.loads.filter((load) => load.zone === zone && !inside(zone)));
    return limited.find((load) => load.inside >= load.capacity) ?? limited[0] ?? null;
  }
}
