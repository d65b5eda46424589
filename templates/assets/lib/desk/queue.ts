// Scans that could not be sent. Each is written durably before the steward sees an answer, survives a reload
// and an empty battery, and is sent in bulk when the network is back. The server knows a scan by its id, so
// sending one again does no harm.

export interface Scan {
  id: string;
  sequence: number;
  code: string;
  direction: string;
  device_time: string;
  offset_ms: number | null;
  override_reason: string;
  /** What the steward was shown without network; empty when the server is to answer. */
  shown: string;
}

const NAME = "fairlead-desk";

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

export class Queue {
  private constructor(private readonly db: IDBDatabase) {}

  /** Opens the queue of one device; another device paired in this browser has its own. */
  static async open(device: string): Promise<Queue> {
    const request = indexedDB.open(`${NAME}-${device}`, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("unsent", { keyPath: "id" });
      request.result.createObjectStore("refused", { keyPath: "id" });
      request.result.createObjectStore("meta");
    };
    return new Queue(await done(request));
  }

  private begin(stores: string[]): IDBTransaction {
    return this.db.transaction(stores, "readwrite", { durability: "strict" });
  }

  /** The next number of this device; never given twice, also not by two tabs. */
  async nextSequence(): Promise<number> {
    const transaction = this.begin(["meta"]);
    const meta = transaction.objectStore("meta");
    const last = ((await done(meta.get("sequence"))) as number | undefined) ?? 0;
    meta.put(last + 1, "sequence");
    await committed(transaction);
    return last + 1;
  }

  async put(scan: Scan): Promise<void> {
    const transaction = this.begin(["unsent"]);
    transaction.objectStore("unsent").put(scan);
    await committed(transaction);
  }

  /** The oldest unsent scans. Ids begin with their time, so key order is time order. */
  async oldest(count: number): Promise<Scan[]> {
    return done(this.db.transaction("unsent").objectStore("unsent").getAll(null, count)) as Promise<Scan[]>;
  }

  /** Forgets what the server has; keeps aside what it would not take. */
  async settle(taken: string[], refused: Scan[]): Promise<void> {
    const transaction = this.begin(["unsent", "refused"]);
    for (const id of taken) transaction.objectStore("unsent").delete(id);
    for (const scan of refused) {
      transaction.objectStore("unsent").delete(scan.id);
      transaction.objectStore("refused").put(scan);
    }
    await committed(transaction);
  }

  async counts(): Promise<{ unsent: number; refused: number }> {
    const transaction = this.db.transaction(["unsent", "refused"]);
    const unsent = done(transaction.objectStore("unsent").count());
    const refused = done(transaction.objectStore("refused").count());
    return { unsent: await unsent, refused: await refused };
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
