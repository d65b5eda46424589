// Who is expected, for looking people up without network at a desk or with a supervisor: pieces as the server sealed them
// lie in the store (`domain::admission::roster`), the key to them as one that no script can read out. They are opened
// into memory with the first search, and forgotten with the key when the device is withdrawn, paired anew, or given to
// stewards.

import { type Link, Unreachable } from "./link";
import { hex, unbase64 } from "./seal";
import type { Store } from "./store";

const NONCE_BYTES = 12;
const PIECE_WITHIN_MS = 30_000;
/** Everything is fetched anew after this long, or when news has become so many small pieces. */
const ANEW_EVERY_MS = 6 * 3600_000;
const MOST_ROWS = 600;
const SHOWN = 20;

/** A person as the server sends them; without a name they are to be forgotten. */
interface Expected {
  i: number;
  n: string;
  o?: string;
  c?: string;
  k: string;
  p?: string;
}

interface Piece {
  people: string;
  count: number;
  key: string;
  key_name: string;
  next: string;
  more: boolean;
}

/** A person with what is looked through. */
export interface Person extends Expected {
  name: string;
  all: string;
}

/** Letters that do not come apart into a letter and an accent, as `domain::search` spells them. */
const SPELLED: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ı: "i" };

/** Without accents, case and width: who types `Muller` means Müller. */
export function plain(text: string): string {
  const bare = text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
  return bare.replace(/[ßæœøłđı]/g, (letter) => SPELLED[letter] ?? letter);
}

function person(expected: Expected): Person {
  const name = plain([expected.n, expected.o].filter(Boolean).join(" "));
  return { ...expected, name, all: ` ${[name, plain(expected.c ?? ""), expected.p ?? ""].join(" ")}` };
}

/** The first of the people all of whose words are found: whose name begins so first, then by name. */
export function find(people: Iterable<Person>, text: string): Person[] {
  const words = plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length === 0) return [];
  const found = [...people].filter((one) => words.every((word) => one.all.includes(word)));
  const rank = (one: Person) => {
    if (words.every((word) => ` ${one.name}`.includes(` ${word}`))) return 0;
    return words.every((word) => one.all.includes(` ${word}`)) ? 1 : 2;
  };
  const ranked = found.map((one) => ({ one, rank: rank(one) }));
  ranked.sort((a, b) => a.rank - b.rank || (a.one.name < b.one.name ? -1 : a.one.name > b.one.name ? 1 : a.one.i - b.one.i));
  return ranked.slice(0, SHOWN).map(({ one }) => one);
}

export class Roster {
  private opened: Map<number, Person> | null = null;

  constructor(
    private readonly store: Store,
    private readonly link: Link,
  ) {}

  /** Forgets everything, when this device may not search any more. */
  async forget(): Promise<void> {
    this.opened = null;
    await this.store.forgetRoster();
  }

  /** Fetches what is new; everything when the device was paired anew, and every few hours. */
  async fetch(): Promise<void> {
    const begun = (await this.store.get<number>("roster-begun")) ?? 0;
    let anew = this.link.now() - begun > ANEW_EVERY_MS || (await this.store.rosterSize()) > MOST_ROWS;
    let known = anew ? undefined : await this.store.get<string>("roster-key-name");
    for (let pieces = 0; pieces < 5000; pieces += 1) {
      const cursor = anew ? "" : ((await this.store.get<string>("roster-cursor")) ?? "");
      const response = await this.link.request(`${this.link.urls.roster}?after=${encodeURIComponent(cursor)}`, undefined, PIECE_WITHIN_MS);
      // Used otherwise since: the page is about to be drawn anew.
      if (response.status === 409) return this.forget();
      if (!response.ok) throw new Unreachable();
      const piece = (await response.json()) as Piece;
      if (cursor !== "" && piece.key_name !== known) {
        anew = true;
        known = undefined;
        continue;
      }
      await this.take(piece, cursor === "");
      known = piece.key_name;
      anew = false;
      if (!piece.more) return;
    }
  }

  private async take(piece: Piece, anew: boolean): Promise<void> {
    const at = ((await this.store.get<number>("roster-at")) ?? 0) + 1;
    const meta: Record<string, unknown> = { "roster-cursor": piece.next, "roster-at": at, "roster-key-name": piece.key_name };
    if (anew) {
      meta["roster-key"] = await crypto.subtle.importKey("raw", unbase64(piece.key), "AES-GCM", false, ["decrypt"]);
      meta["roster-begun"] = this.link.now();
    }
    const sealed = unbase64(piece.people);
    const row = piece.count > 0 ? { id: hex(sealed.slice(0, NONCE_BYTES)), at, sealed: sealed.buffer } : null;
    await this.store.takeRoster(row, meta, anew);
    if (row || anew) this.opened = null;
  }

  /** Everybody, by number. What came later says what holds. */
  private async open(): Promise<Map<number, Person>> {
    const people = new Map<number, Person>();
    const key = await this.store.get<CryptoKey>("roster-key");
    if (!key) return people;
    for (const { sealed } of await this.store.roster()) {
      const iv = sealed.slice(0, NONCE_BYTES);
      const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed.slice(NONCE_BYTES)).catch(() => null);
      if (!text) continue;
      for (const expected of JSON.parse(new TextDecoder().decode(text)) as Expected[]) {
        if (expected.n === "") people.delete(expected.i);
        else people.set(expected.i, person(expected));
      }
    }
    return people;
  }

  /** People by a part of their name, their company, or how either sounds. */
  async search(text: string): Promise<Person[]> {
    this.opened ??= await this.open();
    return find(this.opened.values(), text);
  }
}
