// The scan page. The page works without this file: a form, a button, an answer. With it the camera and
// hand-held scanners read badges, the answer comes without leaving the page, and scans made without network
// are kept and sent later. Every word on the screen is drawn by the server; templates hold those for offline.

import { type Key, type Reading, read } from "../lib/desk/badge";
import { Camera } from "../lib/desk/camera";
import { type Scan, Queue, newId } from "../lib/desk/queue";
import { signal, wake } from "../lib/desk/signal";
import { listen } from "../lib/desk/wedge";

interface Answer {
  verdict: string;
  html: string;
  row: string;
  /** The first answer to a scan sent before; it was counted then. */
  repeated: boolean;
}
interface Uploaded {
  results: { id: string; accepted: boolean }[];
}

const ANSWER_WITHIN_MS = 4000;
const UPLOAD_EVERY_MS = 5000;
const UPLOAD_SIZE = 200;

function part<T extends Element>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
}

class Unreachable extends Error {}

class Desk {
  private readonly verdict = part<HTMLElement>("#verdict");
  private readonly rows = part<HTMLElement>("#last-scans");
  private readonly form = part<HTMLFormElement>("#scan-form");
  private readonly net = part<HTMLElement>("#scan-net");
  private readonly edition: string;
  private readonly keys: Key[];
  private readonly urls: { scan: string; upload: string; clock: string };
  /** Milliseconds to add to this device's clock; null until the server was heard. */
  private offset: number | null = null;
  private working: Promise<void> = Promise.resolve();

  constructor(
    root: HTMLElement,
    private readonly queue: Queue,
  ) {
    this.edition = root.dataset.edition ?? "";
    this.keys = JSON.parse(root.dataset.keys ?? "[]") as Key[];
    this.urls = { scan: this.form.action, upload: root.dataset.upload ?? "", clock: root.dataset.clock ?? "" };
  }

  /** One scan after the other: the second badge waits for the answer of the first. */
  scan(code: string, reason = ""): void {
    this.working = this.working.then(() => this.one(code, reason)).catch((error) => console.error(error));
  }

  private async one(code: string, reason: string): Promise<void> {
    this.verdict.setAttribute("aria-busy", "true");
    const scan = await this.make(code, reason);
    try {
      this.show(await this.ask(scan));
      this.online(true);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.online(false);
      await this.keep(scan);
    } finally {
      this.verdict.removeAttribute("aria-busy");
      void this.counts();
    }
  }

  private async make(code: string, reason: string): Promise<Scan> {
    const now = Date.now();
    return {
      id: newId(now),
      sequence: await this.queue.nextSequence(),
      code,
      direction: new FormData(this.form).get("direction")?.toString() ?? "",
      device_time: new Date(now).toISOString(),
      offset_ms: this.offset,
      override_reason: reason,
      shown: "",
    };
  }

  private async post(url: string, body: unknown): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
    } catch {
      throw new Unreachable();
    }
    if (response.status >= 500) throw new Unreachable();
    // Revoked or unpaired: the page says so after a reload.
    if (response.status === 401 || response.status === 403) location.reload();
    return response;
  }

  private async ask(scan: Scan): Promise<Answer> {
    const response = await this.post(this.urls.scan, scan);
    if (!response.ok) throw new Error(`scan refused: ${response.status}`);
    return (await response.json()) as Answer;
  }

  private show(answer: Answer): void {
    this.verdict.innerHTML = answer.html;
    this.verdict.dataset.verdict = answer.verdict;
    if (answer.row) {
      this.rows.insertAdjacentHTML("afterbegin", answer.row);
      while (this.rows.children.length > 20) this.rows.lastElementChild?.remove();
      part("#empty-scans").toggleAttribute("hidden", true);
    }
    if (!answer.repeated) {
      const count = part(answer.verdict === "deny" ? "#count-denied" : "#count-admitted");
      count.textContent = String(Number(count.textContent) + 1);
    }
    signal(answer.verdict);
  }

  /** Without network only the signature can be checked, and that is what the screen says. */
  private async keep(scan: Scan): Promise<void> {
    const reading: Reading = await read(scan.code, this.edition, this.keys);
    const verdict = reading === "genuine" ? "admit_with_notice" : "deny";
    await this.queue.put({ ...scan, shown: verdict });
    const words = part<HTMLTemplateElement>(`#offline-${reading.replace("_", "-")}`);
    this.show({ verdict, html: words.innerHTML, row: "", repeated: false });
  }

  /** Sends what is waiting; one tab at a time. */
  async upload(): Promise<void> {
    await navigator.locks.request("fairlead-upload", { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      for (;;) {
        const batch = await this.queue.oldest(UPLOAD_SIZE);
        if (batch.length === 0) return;
        const response = await this.post(this.urls.upload, { scans: batch });
        if (!response.ok) return;
        const { results } = (await response.json()) as Uploaded;
        const accepted = new Set(results.filter((one) => one.accepted).map((one) => one.id));
        const answered = new Set(results.map((one) => one.id));
        const refused = batch.filter((scan) => answered.has(scan.id) && !accepted.has(scan.id));
        await this.queue.settle([...accepted], refused);
        if (accepted.size + refused.length === 0) return;
      }
    });
  }

  /** Asks the server for its time and takes the middle of the round trip for the moment it answered. */
  async measure(): Promise<void> {
    const sent = Date.now();
    try {
      const response = await fetch(this.urls.clock, { cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      if (!response.ok) return;
      const { now } = (await response.json()) as { now: number };
      const received = Date.now();
      this.offset = Math.round(now - (sent + received) / 2);
      part("#clock-warning").toggleAttribute("hidden", Math.abs(this.offset) < 120_000);
      this.online(true);
    } catch {
      this.online(false);
    }
  }

  private online(is: boolean): void {
    this.net.dataset.net = is ? "online" : "offline";
  }

  async counts(): Promise<void> {
    const { unsent, refused } = await this.queue.counts();
    part("#count-unsent").textContent = String(unsent);
    part("#unsent").toggleAttribute("hidden", unsent === 0);
    part("#count-refused").textContent = String(refused);
    part("#refused").toggleAttribute("hidden", refused === 0);
  }

  async tick(): Promise<void> {
    await this.measure();
    await this.upload().catch((error) => {
      if (!(error instanceof Unreachable)) console.error(error);
      this.online(false);
    });
    await this.counts();
  }
}

function bindForms(desk: Desk): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.id !== "scan-form" && !form.matches("[data-override]")) return;
    event.preventDefault();
    wake();
    const data = new FormData(form);
    const code = data.get("code")?.toString() ?? "";
    if (code.trim() === "") return;
    desk.scan(code, data.get("override_reason")?.toString() ?? "");
    form.closest("dialog")?.close();
    if (form.id === "scan-form") part<HTMLInputElement>("#field-code").value = "";
  });
}

function bindCamera(desk: Desk): void {
  const video = part<HTMLVideoElement>("#camera");
  const button = part<HTMLButtonElement>("#camera-button");
  const trouble = part<HTMLElement>("#camera-trouble");
  const camera = new Camera(video, (code) => desk.scan(code));
  button.hidden = false;
  button.addEventListener("click", async () => {
    wake();
    trouble.hidden = true;
    if (camera.running) camera.stop();
    else {
      await camera.start().catch((error) => {
        console.error(error);
        camera.stop();
        trouble.hidden = false;
      });
    }
    part("#camera-frame").toggleAttribute("hidden", !camera.running);
    button.setAttribute("aria-pressed", String(camera.running));
  });
}

async function main(): Promise<void> {
  const root = part<HTMLElement>("#desk");
  const desk = new Desk(root, await Queue.open(root.dataset.device ?? "none"));
  bindForms(desk);
  bindCamera(desk);
  listen((code) => {
    wake();
    desk.scan(code);
  });
  document.addEventListener("pointerdown", wake, { once: true });
  void navigator.storage?.persist?.();
  await desk.tick();
  setInterval(() => void desk.tick(), UPLOAD_EVERY_MS);
  addEventListener("online", () => void desk.tick());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void desk.tick();
  });
  root.dataset.ready = "true";
}

void main();
