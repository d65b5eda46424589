// What a badge code says by itself: the same bytes and the same answers as `domain::registration::badge_code`,
// held together by `fixtures/admission/badge-vectors.json`. Used only while there is no network.

export interface Key {
  /** 16 hexadecimal digits: the edition the key signs for. */
  edition: string;
  no: number;
  /** 64 hexadecimal digits. */
  public: string;
}

export type Reading = "genuine" | "forged" | "wrong_edition" | "random" | "malformed" | "unverifiable";

const SIGNED_CHARS = 137;
const PAYLOAD_BYTES = 20;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const RANDOM = /^[ABCDEFGHJKLMNPQRSTUVWXYZ23456789]{20}$/;
/** By their number in the code, from 1. */
const CATEGORIES = ["trade_visitor", "hosted_buyer", "media", "speaker", "exhibitor_staff", "contractor", "organizer", "vip"];

/** The text as it is compared: trimmed, upper case; null when it cannot be a code. */
export function normal(text: string): string | null {
  if (text.length > 256) return null;
  const trimmed = text.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "");
  return /^[A-Za-z0-9]+$/.test(trimmed) ? trimmed.toUpperCase() : null;
}

function base32(text: string): Uint8Array<ArrayBuffer> | null {
  const out = new Uint8Array(Math.floor((text.length * 5) / 8));
  let bits = 0;
  let value = 0;
  let at = 0;
  for (const char of text) {
    const digit = BASE32.indexOf(char);
    if (digit < 0) return null;
    value = (value << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (value >>> bits) & 255;
      value &= (1 << bits) - 1;
    }
  }
  // One payload has one spelling: left-over bits must be zero.
  return value === 0 ? out : null;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function unhex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

async function holds(key: Key, signed: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean | null> {
  try {
    const imported = await crypto.subtle.importKey("raw", unhex(key.public), { name: "Ed25519" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "Ed25519" }, imported, signature, signed);
  } catch (error) {
    // Browsers before 2024–25 do not know Ed25519; then nothing can be said offline.
    return error instanceof DOMException && error.name === "NotSupportedError" ? null : false;
  }
}

/** Days since 2000 as a date. */
function day(high: number, low: number): string {
  return new Date(Date.UTC(2000, 0, 1 + high * 256 + low)).toISOString().slice(0, 10);
}

/** What a genuine code says of its badge; ask `read` first whether it is one. */
export function payload(text: string): { category: string; valid_from: string; valid_until: string } | null {
  const code = normal(text);
  const bytes = code?.length === SIGNED_CHARS && code.startsWith("X1") ? base32(code.slice(2)) : null;
  const category = bytes && CATEGORIES[bytes[14] - 1];
  return bytes && category ? { category, valid_from: day(bytes[16], bytes[17]), valid_until: day(bytes[18], bytes[19]) } : null;
}

/** What can be said about a text at a gate of `edition` that holds `keys`. */
export async function read(text: string, edition: string, keys: Key[]): Promise<Reading> {
  const code = normal(text);
  if (code === null) return "malformed";
  const bytes = code.length === SIGNED_CHARS && code.startsWith("X1") ? base32(code.slice(2)) : null;
  if (bytes === null || bytes[0] !== 1 || bytes[14] < 1 || bytes[14] > CATEGORIES.length) {
    return RANDOM.test(code) ? "random" : "malformed";
  }
  const tag = hex(bytes.subarray(2, 10));
  const foreign = tag !== edition;
  if (foreign && !keys.some((key) => key.edition === tag)) return "wrong_edition";
  const signed = new Uint8Array(PAYLOAD_BYTES + 2);
  signed.set([0x58, 0x31]);
  signed.set(bytes.subarray(0, PAYLOAD_BYTES), 2);
  for (const key of keys.filter((key) => key.edition === tag && key.no === bytes[1])) {
    const sound = await holds(key, signed, bytes.slice(PAYLOAD_BYTES));
    if (sound === null) return "unverifiable";
    if (sound) return foreign ? "wrong_edition" : "genuine";
  }
  return "forged";
}
