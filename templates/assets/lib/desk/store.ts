// What a device keeps: scans that were not sent yet, and what it needs to answer without network. A scan is written
// durably before the steward sees an answer; it survives a reload and an empty battery. Everything here goes when
// the device is withdrawn.

import type { Direction, Gate, Rule, VerdictKind } from "./decide";
import type { Key } from "./badge";

/** A scan as the server takes it. */
export interface Scan {
  id: string;
  sequence: number;
  code: string;
  direction: string;
  device_time: string;
  offset_ms: number | null;
  override_reason: string;
  /** What the steward was shown without network; empty when the server is to answer. */
  shown: VerdictKind | "";
  /** Where the device stood then. */
  gate: string;
}

/** A scan the server would not take, with what it said. */
export interface Refused extends Scan {
  why: string[];
}

/** A badge as the server sends it: facts open, name and company sealed. */
export interface Badge {
  /** What it is found by. */
  h: string;
  /** Running number of the registration. */
  n: number;
  s: "active" | "blocked" | "replaced" | "revoked";
  c: string;
  f: string;
  u: string;
  r: number | null;
  t: "good" | "not_approved" | "unpaid";
  /** The person's groups by scope, hashed. */
  g: Record<string, string>;
  /** Sealed name and company, base64. */
  p: string;
}

/** An admitted passage of a known person. */
export interface PassageRow {
  id: string;
  n: number;
  g: string;
  d: Direction;
  /** Milliseconds since 1970, when it counts for. */
  a: number;
}

export interface Message {
  id: string;
  text: string;
  from: string;
  at: number;
}

/** An incident that goes on. */
export interface Alarm {
  number: number;
  hazard_en: string;
  hazard_zh: string;
  place_en: string;
  place_zh: string;
  at: number;
}

/** What the server says with each contact. */
export interface Briefing {
  now: number;
  edition: string;
  zone: string;
  keys: Key[];
  device: { id: string; name: string; profile: string; gate: string | null };
  gates: (Gate & { code: string })[];
  rules: (Rule & { quota: { scope: string; limit: number } | null })[];
  loads: { zone: string; capacity: number; inside: number }[];
  limited: boolean;
  groups: string[];
  messages: Message[];
  alarms?: Alarm[];
}

const NAME = "fairlead-desk";
/** Sealed people, by what names them; `at` says which came later. */
export interface RosterRow {
  id: string;
  at: number;
  sealed: ArrayBuffer;
}

const VERSION = 3;
const STORES = ["unsent", "refused", "meta", "badges", "passages", "roster"];
const ROSTER_META = ["roster-cursor", "roster-key", "roster-key-name", "roster-at", "roster-begun"];

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("database"));
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });
}

function upgrade(db: IDBDatabase): void {
  for (const name of STORES) {
    if (db.objectStoreNames.contains(name)) continue;
    if (name === "meta") db.createObjectStore(name);
    else if (name === "badges") {
      const badges = db.createObjectStore(name, { keyPath: "h" });
      badges.createIndex("n", "n");
      badges.createIndex("company", "g.company");
      badges.createIndex("delegation", "g.delegation");
    } else if (name === "passages") db.createObjectStore(name, { keyPath: "id" }).createIndex("n", "n");
    else db.createObjectStore(name, { keyPath: "id" });
  }
}

export class Store {
  private constructor(
    private readonly db: IDBDatabase,
    private readonly name: string,
  ) {}

  /** Opens what one device keeps; another device paired in this browser has its own. */
  static async open(device: string): Promise<Store> {
    const name = `${NAME}-${device}`;
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => upgrade(request.result);
    const db = await done(request);
    // A newer page in another tab wants to change the shape: let it.
    db.onversionchange = () => db.close();
    return new Store(db, name);
  }

  private begin(stores: string[], durability: IDBTransactionDurability = "strict"): IDBTransaction {
    return this.db.transaction(stores, "readwrite", { durability });
  }

  // Scans

  /** The next number of this device; never given twice, also not by two tabs. */
  async nextSequence(): Promise<number> {
    const transaction = this.begin(["meta"]);
    const meta = transaction.objectStore("meta");
    const last = ((await done(meta.get("sequence"))) as number | undefined) ?? 0;
    meta.put(last + 1, "sequence");
    await committed(transaction);
    return last + 1;
  }

  /** Keeps a scan made without network, and with it the passage it was, so that the next scan knows of it. */
  async put(scan: Scan, passage: PassageRow | null): Promise<void> {
    const transaction = this.begin(["unsent", "passages"]);
    transaction.objectStore("unsent").put(scan);
    if (passage) transaction.objectStore("passages").put(passage);
    await committed(transaction);
  }

  /** Notes a passage the server admitted. */
  async passed(passage: PassageRow): Promise<void> {
    const transaction = this.begin(["passages"], "relaxed");
    transaction.objectStore("passages").put(passage);
    await committed(transaction);
  }

  /** The oldest unsent scans. Ids begin with their time, so key order is time order. */
  oldest(count: number): Promise<Scan[]> {
    return done(this.db.transaction("unsent").objectStore("unsent").getAll(null, count)) as Promise<Scan[]>;
  }

  /** Scans the server would not take. */
  refused(): Promise<Refused[]> {
    return done(this.db.transaction("refused").objectStore("refused").getAll()) as Promise<Refused[]>;
  }

  /** Everything that is not at the server, for a file. */
  async queue(): Promise<{ unsent: Scan[]; refused: Refused[] }> {
    return { unsent: await this.oldest(1_000_000), refused: await this.refused() };
  }

  /** Forgets what the server has; keeps aside what it would not take; adds what is to be sent once more. */
  async settle(taken: string[], refused: Refused[], again: Scan[]): Promise<void> {
    const transaction = this.begin(["unsent", "refused"]);
    const unsent = transaction.objectStore("unsent");
    for (const id of taken) unsent.delete(id);
    for (const scan of refused) {
      unsent.delete(scan.id);
      transaction.objectStore("refused").put(scan);
    }
    for (const scan of again) unsent.put(scan);
    await committed(transaction);
  }

  /** Puts what the server would not take back among the unsent, to try once more. */
  async retry(): Promise<void> {
    const all = await this.refused();
    const transaction = this.begin(["unsent", "refused"]);
    for (const { why: _, ...scan } of all) {
      transaction.objectStore("refused").delete(scan.id);
      transaction.objectStore("unsent").put(scan);
    }
    await committed(transaction);
  }

  async counts(): Promise<{ unsent: number; refused: number; badges: number }> {
    const transaction = this.db.transaction(["unsent", "refused", "badges"]);
    const [unsent, refused, badges] = await Promise.all(
      ["unsent", "refused", "badges"].map((name) => done(transaction.objectStore(name).count())),
    );
    return { unsent, refused, badges };
  }

  // What the server said

  async get<T>(key: string): Promise<T | undefined> {
    return (await done(this.db.transaction("meta").objectStore("meta").get(key))) as T | undefined;
  }

  async set(key: string, value: unknown): Promise<void> {
    const transaction = this.begin(["meta"], "relaxed");
    transaction.objectStore("meta").put(value, key);
    await committed(transaction);
  }

  /** Takes in a piece of badges or passages together with where the next one begins. */
  async take(store: "badges" | "passages", rows: (Badge | PassageRow)[], cursor: string): Promise<void> {
    const transaction = this.begin([store, "meta"], "relaxed");
    for (const row of rows) transaction.objectStore(store).put(row);
    transaction.objectStore("meta").put(cursor, `${store}-cursor`);
    await committed(transaction);
  }

  badge(handle: string): Promise<Badge | undefined> {
    return done(this.db.transaction("badges").objectStore("badges").get(handle)) as Promise<Badge | undefined>;
  }

  /** Passages of a person, oldest first. */
  async passages(number: number): Promise<PassageRow[]> {
    const index = this.db.transaction("passages").objectStore("passages").index("n");
    const rows = (await done(index.getAll(number))) as PassageRow[];
    return rows.sort((a, b) => a.a - b.a || (a.id < b.id ? -1 : 1));
  }

  /** Numbers of the people of a group. */
  async members(scope: string, group: string): Promise<Set<number>> {
    const index = this.db.transaction("badges").objectStore("badges").index(scope);
    const rows = (await done(index.getAll(group))) as Badge[];
    return new Set(rows.map((row) => row.n));
  }

  /** The badge of a person that is valid now, or any other; none when this device knows of none. */
  async badgeOf(number: number): Promise<Badge | undefined> {
    const index = this.db.transaction("badges").objectStore("badges").index("n");
    const badges = (await done(index.getAll(number))) as Badge[];
    return badges.find((badge) => badge.s === "active") ?? badges[0];
  }

  // Who is expected

  /** Takes in a piece of the roster with where the next one begins; `anew`: in place of everything before. */
  async takeRoster(row: RosterRow | null, meta: Record<string, unknown>, anew: boolean): Promise<void> {
    const transaction = this.begin(["roster", "meta"], "relaxed");
    if (anew) transaction.objectStore("roster").clear();
    if (row) transaction.objectStore("roster").put(row);
    for (const [key, value] of Object.entries(meta)) transaction.objectStore("meta").put(value, key);
    await committed(transaction);
  }

  /** Everything sealed, oldest first. */
  async roster(): Promise<RosterRow[]> {
    const rows = (await done(this.db.transaction("roster").objectStore("roster").getAll())) as RosterRow[];
    return rows.sort((a, b) => a.at - b.at);
  }

  rosterSize(): Promise<number> {
    return done(this.db.transaction("roster").objectStore("roster").count());
  }

  /** Forgets who is expected, and the key to it. */
  async forgetRoster(): Promise<void> {
    const transaction = this.begin(["roster", "meta"]);
    transaction.objectStore("roster").clear();
    for (const key of ROSTER_META) transaction.objectStore("meta").delete(key);
    await committed(transaction);
  }

  /** Forgets badges, passages and people; the queue stays. */
  async forgetData(): Promise<void> {
    await this.forgetRoster();
    const transaction = this.begin(["badges", "passages", "meta"]);
    transaction.objectStore("badges").clear();
    transaction.objectStore("passages").clear();
    for (const key of ["badges-cursor", "passages-cursor", "briefing", "fresh", "groups"]) transaction.objectStore("meta").delete(key);
    await committed(transaction);
  }

  /** Forgets everything, the queue too. */
  async wipe(): Promise<void> {
    this.db.close();
    await done(indexedDB.deleteDatabase(this.name));
  }
}

/** A time-ordered id (UUIDv7) made on this device. */
export function newId(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) & 255;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
