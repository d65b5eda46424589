// The way to the server: requests with a time limit, the contact that says how the device is and hears what is new,
// the fetching of badges and passages, and the handing in of scans. One tab does it, chosen by a lock.

import { type Badge, type Briefing, type PassageRow, type Refused, type Scan, type Store, newId } from "./store";

const ANSWER_WITHIN_MS = 2500;
const PIECE_WITHIN_MS = 30_000;
const UPLOAD_SIZE = 200;
/** Everything is fetched anew after this long, so that nothing missed stays missed. */
const ANEW_EVERY_MS = 6 * 3600_000;

/** The server was not heard. */
export class Unreachable extends Error {}
/** The server does not know this device any more. */
export class Withdrawn extends Error {}

interface Uploaded {
  results: { id: string; accepted: boolean; answer?: { verdict: string; repeated: boolean }; errors?: { field?: string; code: string }[] }[];
}

interface Piece<T> {
  items: T[];
  next: string;
  more: boolean;
}

export interface Urls {
  scan: string;
  upload: string;
  contact: string;
  badges: string;
  passages: string;
  roster: string;
  farewell: string;
}

interface Battery {
  level: number;
  charging: boolean;
}

async function battery(): Promise<{ battery?: number; charging?: boolean }> {
  const ask = (navigator as { getBattery?: () => Promise<Battery> }).getBattery;
  const found = ask ? await ask.call(navigator).catch(() => null) : null;
  return found ? { battery: found.level, charging: found.charging } : {};
}

export class Link {
  /** Milliseconds to add to this device's clock; null until the server was heard once. */
  offset: number | null = null;

  constructor(
    private readonly store: Store,
    readonly urls: Urls,
  ) {}

  /** This device's clock, corrected as far as it was measured. */
  now(): number {
    return Date.now() + (this.offset ?? 0);
  }

  async request(url: string, body: unknown, within: number): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(url, {
        method: body === undefined ? "GET" : "POST",
        headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: "no-store",
        signal: AbortSignal.timeout(within),
      });
    } catch {
      throw new Unreachable();
    }
    if (response.status >= 500) throw new Unreachable();
    if (response.status === 401 || response.status === 403) throw new Withdrawn();
    return response;
  }

  /** Asks the server for the answer to a scan. */
  async ask<T>(scan: Scan): Promise<T> {
    const response = await this.request(this.urls.scan, scan, ANSWER_WITHIN_MS);
    if (!response.ok) throw new Error(`scan refused: ${response.status}`);
    return (await response.json()) as T;
  }

  /** Says how the device is, hears its place, rules and messages, and measures the clock on the way. */
  async contact(read: string[]): Promise<Briefing> {
    const { unsent, refused, badges } = await this.store.counts();
    const [oldest] = await this.store.oldest(1);
    const sent = Date.now();
    const response = await this.request(
      this.urls.contact,
      {
        ...(await battery()),
        unsent,
        refused,
        badges,
        oldest_unsent_ms: oldest ? Date.parse(oldest.device_time) + (oldest.offset_ms ?? 0) : null,
        data_ms: (await this.store.get<number>("fresh")) ?? null,
        offset_ms: this.offset,
        kept: (await navigator.storage?.persisted?.()) ?? false,
        read,
      },
      ANSWER_WITHIN_MS,
    );
    if (!response.ok) throw new Unreachable();
    const briefing = (await response.json()) as Briefing;
    // The middle of the round trip is taken for the moment the server answered.
    this.offset = Math.round(briefing.now - (sent + Date.now()) / 2);
    await this.store.set("briefing", briefing);
    await this.store.set("offset", this.offset);
    return briefing;
  }

  /** Fetches badges and passages that are new; all of them when what they carry changed, or after some hours. */
  async fetchData(briefing: Briefing): Promise<void> {
    const groups = briefing.groups.join(" ");
    const begun = (await this.store.get<number>("begun")) ?? 0;
    if ((await this.store.get<string>("groups")) !== groups || this.now() - begun > ANEW_EVERY_MS) {
      await this.store.set("badges-cursor", "");
      await this.store.set("groups", groups);
      await this.store.set("begun", this.now());
    }
    const asked = this.now();
    await this.walk<Badge>("badges", this.urls.badges);
    if (briefing.limited) await this.walk<PassageRow>("passages", this.urls.passages);
    await this.store.set("fresh", asked);
  }

  private async walk<T extends Badge | PassageRow>(store: "badges" | "passages", url: string): Promise<void> {
    for (let pieces = 0; pieces < 5000; pieces += 1) {
      const cursor = (await this.store.get<string>(`${store}-cursor`)) ?? "";
      const response = await this.request(`${url}?after=${encodeURIComponent(cursor)}`, undefined, PIECE_WITHIN_MS);
      if (!response.ok) throw new Unreachable();
      const piece = (await response.json()) as Piece<T>;
      await this.store.take(store, piece.items, piece.next);
      if (!piece.more) return;
    }
  }

  /** Hands in what is waiting. Each scan is answered by itself; what the server has is forgotten here. */
  async upload(url = this.urls.upload): Promise<void> {
    for (;;) {
      const batch = await this.store.oldest(UPLOAD_SIZE);
      if (batch.length === 0) return;
      const response = await this.request(url, { scans: batch }, PIECE_WITHIN_MS);
      if (!response.ok) return;
      const { results } = (await response.json()) as Uploaded;
      const byId = new Map(results.map((one) => [one.id, one]));
      const taken: string[] = [];
      const refused: Refused[] = [];
      const again: Scan[] = [];
      for (const scan of batch) {
        const result = byId.get(scan.id);
        if (!result) continue;
        if (!result.accepted) {
          refused.push({ ...scan, why: (result.errors ?? []).map((error) => [error.field, error.code].filter(Boolean).join(": ")) });
          continue;
        }
        taken.push(scan.id);
        // The question had reached the server after all, and its answer never came back: the steward acted on what
        // this device showed. When that was otherwise, what happened is a scan of its own.
        const told = result.answer;
        const differs = told?.repeated && (told.verdict === "deny") !== (scan.shown === "deny");
        if (differs) again.push({ ...scan, id: newId(Date.now()), sequence: await this.store.nextSequence() });
      }
      await this.store.settle(taken, refused, again);
      if (taken.length + refused.length === 0) return;
    }
  }
}
