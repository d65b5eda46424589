// The scan page. The page works without this file: a form, a button, an answer. With it the camera and hand-held
// scanners read badges, the answer comes without leaving the page, and without network the device decides by what it
// knows, keeps what it scanned and hands it in later. Going offline and back is noticed, nobody has to find a switch.

import { Camera } from "../lib/desk/camera";
import { Draw } from "../lib/desk/draw";
import { kiosk } from "../lib/desk/kiosk";
import { Link, Unreachable, Withdrawn } from "../lib/desk/link";
import { type Judged, Judge } from "../lib/desk/offline";
import { Roster } from "../lib/desk/roster";
import { buzz, signal, wake } from "../lib/desk/signal";
import { type Briefing, type PassageRow, type Scan, Store, newId } from "../lib/desk/store";
import { listen } from "../lib/desk/wedge";
import wasm from "zxing-wasm/reader/zxing_reader.wasm";

interface Answer {
  verdict: string;
  html: string;
  row: string;
  /** The first answer to a scan sent before; it was counted then. */
  repeated: boolean;
  passage: PassageRow | null;
}

const CONTACT_EVERY_MS = 5000;
const ROWS = 20;

function part<T extends Element = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
}

function show(selector: string, shown: boolean): void {
  part(selector).toggleAttribute("hidden", !shown);
}

class Desk {
  private readonly verdict = part("#verdict");
  private readonly rows = part("#last-scans");
  private readonly net = part("#scan-net");
  private readonly form = document.querySelector<HTMLFormElement>("#scan-form");
  private briefing: Briefing | undefined;
  private online = true;
  private working: Promise<void> = Promise.resolve();
  private contacting: Promise<void> | null = null;
  private readonly read: string[] = [];
  private readonly roster: Roster | null;
  /** Called with each answer shown. */
  onAnswer: (verdict: string) => void = () => {};

  constructor(
    private readonly root: HTMLElement,
    private readonly store: Store,
    private readonly link: Link,
    private readonly draw: Draw,
  ) {
    this.roster = root.dataset.search === "true" ? new Roster(store, link) : null;
  }

  async begin(): Promise<void> {
    this.briefing = await this.store.get<Briefing>("briefing");
    this.link.offset = (await this.store.get<number>("offset")) ?? null;
    this.messages();
    this.alarms();
    await this.counts();
    // Given to stewards since: nobody's name stays.
    if (!this.roster) await this.store.forgetRoster();
  }

  // Scanning

  /** One scan after the other: the second badge waits for the answer of the first. */
  scan(code: string, reason = "", direction = ""): void {
    this.working = this.working.then(() => this.one(code, reason, direction)).catch((error) => this.trouble(error));
  }

  private async one(code: string, reason: string, direction: string): Promise<void> {
    this.verdict.setAttribute("aria-busy", "true");
    try {
      const scan = await this.make(code, reason, direction);
      // When the server was not heard a moment ago the person does not wait for it once more.
      if (this.online) {
        try {
          await this.shown(await this.link.ask<Answer>(scan));
          return;
        } catch (error) {
          if (!(error instanceof Unreachable)) throw error;
          this.heard(false);
        }
      }
      await this.alone(scan);
    } finally {
      this.verdict.removeAttribute("aria-busy");
      void this.counts();
    }
  }

  private async make(code: string, reason: string, direction: string): Promise<Scan> {
    const now = Date.now();
    const chosen = this.form ? (new FormData(this.form).get("direction")?.toString() ?? "") : "";
    return {
      id: newId(now),
      sequence: await this.store.nextSequence(),
      code,
      direction: direction || chosen,
      device_time: new Date(now).toISOString(),
      offset_ms: this.link.offset,
      override_reason: reason,
      shown: "",
      gate: this.briefing?.device.gate ?? "",
    };
  }

  private async shown(answer: Answer): Promise<void> {
    this.verdict.innerHTML = answer.html;
    if (answer.row) this.row(answer.row);
    if (answer.passage) await this.store.passed(answer.passage);
    this.tell(answer.verdict, answer.repeated);
  }

  /** Without network: decided here, kept durably, then shown. */
  private async alone(scan: Scan): Promise<void> {
    const { briefing } = this;
    const at = this.link.now();
    const judged = briefing && (await new Judge(this.store, briefing).judge(scan.code, scan.direction, at, scan.override_reason !== ""));
    if (!briefing || !judged) {
      show("#unprepared", true);
      signal("deny");
      return;
    }
    await this.keep(scan, judged);
    this.verdict.replaceChildren(...this.draw.verdict(judged, scan.code, briefing));
    this.row(this.draw.row(judged, scan.code, at, briefing));
    this.tell(judged.verdict.kind, false);
  }

  private async keep(scan: Scan, judged: Judged): Promise<void> {
    const passage = judged.passage && { ...judged.passage, id: scan.id };
    await this.store.put({ ...scan, direction: judged.direction, shown: judged.verdict.kind }, passage);
  }

  private row(row: string | HTMLElement): void {
    if (typeof row === "string") this.rows.insertAdjacentHTML("afterbegin", row);
    else this.rows.prepend(row);
    while (this.rows.children.length > ROWS) this.rows.lastElementChild?.remove();
    show("#empty-scans", false);
  }

  private tell(verdict: string, repeated: boolean): void {
    this.verdict.dataset.verdict = verdict;
    if (!repeated) {
      const count = part(verdict === "deny" ? "#count-denied" : "#count-admitted");
      count.textContent = String(Number(count.textContent?.replace(/\D/g, "")) + 1);
    }
    signal(verdict);
    this.onAnswer(verdict);
  }

  private trouble(error: unknown): void {
    if (error instanceof Withdrawn) void this.farewell();
    else console.error(error);
  }

  // Contact

  /** What is done every few seconds: say how it is, hear what is new, hand in what waits. One tab at a time. */
  contact(): Promise<void> {
    this.contacting ??= navigator.locks
      .request(`fairlead-desk-${this.root.dataset.device}`, { ifAvailable: true }, async (lock) => {
        if (lock) await this.exchange();
      })
      .catch((error) => {
        if (error instanceof Unreachable) this.heard(false);
        else this.trouble(error);
      })
      .finally(() => {
        this.contacting = null;
        void this.counts();
      });
    return this.contacting;
  }

  private async exchange(): Promise<void> {
    const read = [...this.read];
    const briefing = await this.link.contact(read);
    this.read.splice(0, read.length);
    const before = this.briefing;
    this.briefing = briefing;
    this.heard(true);
    show("#clock-warning", Math.abs(this.link.offset ?? 0) >= 120_000);
    this.messages();
    this.alarms();
    await this.link.upload();
    // Moved or used otherwise: the page is drawn for another place.
    const place = ({ device }: Briefing) => `${device.gate}|${device.profile}|${device.name}`;
    if (before && place(before) !== place(briefing)) {
      location.reload();
      return;
    }
    await this.link.fetchData(briefing);
    await this.roster?.fetch();
  }

  private heard(is: boolean): void {
    this.online = is;
    this.net.dataset.net = is ? "online" : "offline";
    if (!this.roster) return;
    // The server finds people better; without it, what is here does.
    show("#roster", !is);
    show("#people-online", is);
  }

  /** Looks people up on this device. */
  async lookUp(text: string): Promise<void> {
    if (!this.roster) return;
    const found = await this.roster.search(text);
    // Typed on meanwhile: an older answer is not shown over a newer question.
    if (part<HTMLInputElement>("#field-roster").value !== text) return;
    const rows = await Promise.all(found.map(async (person) => this.draw.found(person, await this.store.badgeOf(person.i))));
    part("#roster-found").replaceChildren(...rows);
    show("#roster-none", text.trim() !== "" && found.length === 0);
  }

  /** Withdrawn: what was scanned is handed in, then everything here is forgotten. */
  private async farewell(): Promise<void> {
    try {
      await this.link.upload(this.link.urls.farewell);
    } catch (error) {
      if (error instanceof Unreachable) return;
      // The key is nobody's any more. What was not handed in stays, to be saved as a file or sent after pairing anew.
      await this.store.forgetData();
      await worker({ kind: "wipe" });
      show("#stranded", true);
      return;
    }
    const { unsent } = await this.store.counts();
    if (unsent === 0) await this.store.wipe();
    else await this.store.forgetData();
    await worker({ kind: "wipe" });
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
    location.replace(this.root.dataset.gone ?? "/");
  }

  // What the page shows beside the answer

  private messages(): void {
    const { briefing } = this;
    const unread = (briefing?.messages ?? []).filter((message) => !this.read.includes(message.id));
    const place = part("#messages");
    const known = [...place.children].map((child) => (child as HTMLElement).dataset.message);
    if (unread.map((message) => message.id).join() === known.join()) return;
    place.replaceChildren(...unread.map((message) => this.draw.message(message, briefing?.zone ?? "UTC")));
    if (unread.some((message) => !known.includes(message.id))) buzz([120, 80, 120]);
  }

  /** Incidents that go on stand above everything until they are over; they cannot be put away. */
  private alarms(): void {
    const { briefing } = this;
    const alarms = briefing?.alarms ?? [];
    const place = part("#alarms");
    const known = [...place.children].map((child) => (child as HTMLElement).dataset.alarm).join();
    if (alarms.map((alarm) => alarm.number).join() === known) return;
    place.replaceChildren(...alarms.map((alarm) => this.draw.alarm(alarm, briefing?.zone ?? "UTC")));
    if (alarms.length > 0) buzz([300, 100, 300, 100, 300]);
  }

  /** Somebody read a message: it goes, and the server hears of it. */
  seen(id: string): void {
    this.read.push(id);
    this.messages();
    void this.contact();
  }

  async counts(): Promise<void> {
    const { unsent, refused, badges } = await this.store.counts();
    part("#count-unsent").textContent = String(unsent);
    part("#count-refused").textContent = String(refused);
    show("#unsent", unsent > 0);
    show("#refused", refused > 0);
    show("#queue-save", unsent + refused > 0);
    const zone = this.briefing?.zone ?? "UTC";
    const room = this.briefing ? this.draw.room(this.briefing) : "";
    part("#room").textContent = room;
    show("#room", room !== "");
    part("#data-age").textContent = this.draw.data(badges, await this.store.get<number>("fresh"), zone);
    if (refused > 0) part("#refused-list").replaceChildren(...(await this.store.refused()).map((scan) => this.draw.refused(scan, zone)));
  }

  /** Puts back among the unsent what the server would not take, and tries. */
  async retry(): Promise<void> {
    await this.store.retry();
    await this.contact();
  }

  /** Everything that is not at the server as a file: for a device that will not come back online. */
  async save(): Promise<void> {
    const queue = { device: this.root.dataset.device, saved_at: new Date().toISOString(), ...(await this.store.queue()) };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(queue, null, 1)], { type: "application/json" }));
    link.download = `scans-${this.root.dataset.device}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}

/** Tells the worker that lets the page open without network; nothing where browsers have none. */
async function worker(said: unknown): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration("/desk");
  const active = registration?.active;
  if (!active) return;
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    setTimeout(resolve, 20_000);
    active.postMessage(said, [port2]);
  });
}

async function install(root: HTMLElement): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(root.dataset.worker ?? "", { scope: "/desk" });
  await navigator.serviceWorker.ready;
  const assets = [...(JSON.parse(root.dataset.assets ?? "[]") as string[]), wasm];
  await worker({ kind: "keep", page: root.dataset.shell, assets });
  root.dataset.installed = "true";
}

function bindForms(desk: Desk): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.id !== "scan-form" && !form.matches("[data-override]")) return;
    event.preventDefault();
    wake();
    const data = new FormData(form);
    const text = (name: string) => data.get(name)?.toString() ?? "";
    if (text("code").trim() === "") return;
    desk.scan(text("code"), text("override_reason"), form.id === "scan-form" ? "" : text("direction"));
    if (form.id === "scan-form") part<HTMLInputElement>("#field-code").value = "";
  });
  document.addEventListener("click", (event) => {
    const target = (event.target as Element).closest<HTMLElement>("[data-do]");
    if (target?.dataset.do === "retry") void desk.retry();
    if (target?.dataset.do === "save") void desk.save();
    const message = target?.closest<HTMLElement>("[data-message]")?.dataset.message;
    if (target?.dataset.do === "read" && message) desk.seen(message);
  });
}

function bindRoster(desk: Desk): void {
  const field = document.querySelector<HTMLInputElement>("#field-roster");
  field?.addEventListener("input", () => void desk.lookUp(field.value).catch((error) => console.error(error)));
}

function bindCamera(desk: Desk): Camera | null {
  const button = document.querySelector<HTMLButtonElement>("#camera-button");
  if (!button) return null;
  const camera = new Camera(part<HTMLVideoElement>("#camera"), (code) => desk.scan(code));
  const toggle = async () => {
    wake();
    show("#camera-trouble", false);
    if (camera.running) camera.stop();
    else {
      await camera.start().catch((error) => {
        console.error(error);
        camera.stop();
        show("#camera-trouble", true);
      });
    }
    show("#camera-frame", camera.running);
    button.setAttribute("aria-pressed", String(camera.running));
  };
  button.hidden = false;
  button.addEventListener("click", () => void toggle());
  return camera;
}

async function main(): Promise<void> {
  const root = part("#desk");
  const store = await Store.open(root.dataset.device ?? "none");
  const link = new Link(store, JSON.parse(root.dataset.urls ?? "{}"));
  const desk = new Desk(root, store, link, new Draw(root));
  await desk.begin();
  bindForms(desk);
  bindCamera(desk);
  bindRoster(desk);
  if (root.dataset.profile === "kiosk") kiosk(root, desk);
  listen((code) => {
    wake();
    desk.scan(code);
  });
  document.addEventListener("pointerdown", wake, { once: true });
  void navigator.storage?.persist?.();
  root.dataset.ready = "true";
  await desk.contact();
  setInterval(() => void desk.contact(), CONTACT_EVERY_MS);
  addEventListener("online", () => void desk.contact());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void desk.contact();
  });
  root.dataset.met = "true";
  await install(root).catch((error) => console.error(error));
}

void main();
