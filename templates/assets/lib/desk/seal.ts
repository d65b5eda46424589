// What a badge opens on this device: the same bytes as `domain::admission::seal`, held together by
// `fixtures/admission/seal-vectors.json`. Without the badge nobody reads a name here.

export interface Sealed {
  /** Name and company as on the badge. */
  n: string;
  c: string;
}

const HANDLE_BYTES = 16;
const NONCE_BYTES = 12;
const utf8 = new TextEncoder();

async function sha256(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(text)));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What a badge's record is found by. */
export async function handle(code: string): Promise<string> {
  return hex((await sha256(code)).subarray(0, HANDLE_BYTES));
}

/** Opens a record with the code of its badge; null when it is not the one. */
export async function open(code: string, sealed: Uint8Array<ArrayBuffer>): Promise<Sealed | null> {
  try {
    const secret = await sha256(`fairlead badge seal 1:${code}`);
    const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["decrypt"]);
    const iv = sealed.slice(0, NONCE_BYTES);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed.slice(NONCE_BYTES));
    return JSON.parse(new TextDecoder().decode(plain)) as Sealed;
  } catch {
    return null;
  }
}

/** Base64 as the server sends it. */
export function unbase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
