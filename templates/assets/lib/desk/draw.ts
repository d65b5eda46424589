// Draws what was decided without network. The frames are templates the server drew, the sentences come with the page;
// only values are filled in here.

import type { Reason } from "./decide";
import type { Judged } from "./offline";
import type { Person } from "./roster";
import type { Alarm, Badge, Briefing, Message, Refused } from "./store";

/** Sentences by key, with `{when}` and the like where values go. */
type Words = Record<string, string>;

export class Draw {
  private readonly words: Words;
  private readonly lang: string;
  private readonly mayOverride: boolean;

  constructor(root: HTMLElement) {
    this.words = JSON.parse(root.dataset.words ?? "{}") as Words;
    this.lang = document.documentElement.lang || "en";
    this.mayOverride = root.dataset.override === "true";
  }

  private say(key: string, values: Record<string, string> = {}): string {
    const text = this.words[key] ?? "";
    return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  }

  /** A time of the venue's day, with the day when it is another. */
  clock(at: number, zone: string): string {
    const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
    const today = day.format(at) === day.format(Date.now());
    const shape: Intl.DateTimeFormatOptions = today ? {} : { day: "numeric", month: "short" };
    return new Intl.DateTimeFormat(this.lang, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...shape }).format(at);
  }

  private date(day: string): string {
    return new Intl.DateTimeFormat(this.lang, { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" }).format(Date.parse(`${day}T00:00:00Z`));
  }

  private sentence(reason: Reason, briefing: Briefing): string {
    const gate = briefing.gates.find((gate) => gate.id === reason.used?.gate)?.code ?? "";
    const values = {
      when: reason.used ? this.clock(reason.used.at, briefing.zone) : "",
      gate,
      day: reason.valid_day ? this.date(reason.valid_day) : "",
      limit: String(reason.limit ?? ""),
      number: String(reason.valid_reprint ?? ""),
    };
    if (reason.code === "unknown_code" && reason.malformed) return this.say("say-malformed");
    if (reason.code === "gate_closed" && reason.wrong_direction) return this.say("say-wrong_direction");
    if (reason.code === "replaced" && reason.valid_reprint != null) return this.say("say-replaced_by", values);
    return this.say(`say-${reason.code}`, values);
  }

  /** Why, in one line: the notice, then the reason. */
  remark({ verdict }: Judged, briefing: Briefing): string {
    const notice = verdict.notice ? this.say(`notice-${verdict.notice}`) : "";
    const reason = verdict.reason ? this.sentence(verdict.reason, briefing) : "";
    return notice && reason ? this.say("join", { notice, reason }) : notice + reason;
  }

  private copy(id: string): HTMLElement {
    const found = document.querySelector<HTMLTemplateElement>(`#${id}`);
    if (!found) throw new Error(`the page lacks ${id}`);
    return found.content.firstElementChild?.cloneNode(true) as HTMLElement;
  }

  private fill(frame: HTMLElement, values: Record<string, string>): HTMLElement {
    for (const place of frame.querySelectorAll<HTMLElement>("[data-slot]")) {
      const text = values[place.dataset.slot ?? ""] ?? "";
      if (text) place.textContent = text;
      else place.remove();
    }
    return frame;
  }

  /** The big answer. */
  verdict(judged: Judged, code: string, briefing: Briefing): Node[] {
    const { verdict, direction, person } = judged;
    const frame = this.fill(this.copy(`frame-${verdict.kind.replaceAll("_", "-")}`), {
      word: direction === "out" && verdict.kind !== "deny" ? this.say("word-out") : this.say(`word-${verdict.kind}`),
      why: this.remark(judged, briefing),
      name: person?.n ?? "",
      company: person?.c ?? "",
      category: judged.category ? this.say(`category-${judged.category}`) : "",
      note: this.say("stored"),
    });
    if (!this.mayOverride || verdict.kind !== "deny" || verdict.reason?.code === "forged") return [frame];
    const box = this.copy("frame-override");
    for (const [name, value] of [["code", code], ["direction", direction]] as const) {
      const input = box.querySelector<HTMLInputElement>(`input[name=${name}]`);
      if (input) input.value = value;
    }
    return [frame, box];
  }

  /** One of the last scans. */
  row(judged: Judged, code: string, at: number, briefing: Briefing): HTMLElement {
    const short = code.length > 14 ? `${code.slice(0, 14)}…` : code;
    const remark = this.remark(judged, briefing);
    return this.fill(this.copy(`row-${judged.verdict.kind.replaceAll("_", "-")}`), {
      who: judged.person?.n ?? short,
      what: [this.say(`verdict-${judged.verdict.kind}`), remark, this.say("offline")].filter(Boolean).join(" · "),
      when: this.clock(at, briefing.zone),
    });
  }

  /** A scan the server would not take. */
  refused(scan: Refused, zone: string): HTMLElement {
    const short = scan.code.length > 14 ? `${scan.code.slice(0, 14)}…` : scan.code;
    return this.fill(this.copy("row-refused"), {
      who: short,
      what: scan.why.join(", "),
      when: this.clock(Date.parse(scan.device_time) + (scan.offset_ms ?? 0), zone),
    });
  }

  /** Somebody found without network, with what this device knows of the badge. */
  found(person: Person, badge: Badge | undefined): HTMLElement {
    const state = badge ? this.say(badge.s === "active" ? "badge-valid" : `say-${badge.s}`) : this.say("badge-none");
    return this.fill(this.copy("frame-found"), {
      name: person.n,
      other: person.o ?? "",
      company: person.c ?? "",
      what: `${this.say(`category-${person.k}`)} · ${state}`,
    });
  }

  message(message: Message, zone: string): HTMLElement {
    const frame = this.fill(this.copy("frame-message"), {
      text: message.text,
      from: `${message.from}, ${this.clock(message.at, zone)}`,
    });
    frame.dataset.message = message.id;
    return frame;
  }

  alarm(alarm: Alarm, zone: string): HTMLElement {
    const chinese = this.lang.startsWith("zh");
    const [hazard, place] = chinese ? [alarm.hazard_zh, alarm.place_zh] : [alarm.hazard_en, alarm.place_en];
    const frame = this.fill(this.copy("frame-alarm"), {
      text: place ? `${hazard} · ${place}` : hazard,
      since: this.say("alarm-since", { when: this.clock(alarm.at, zone) }),
    });
    frame.dataset.alarm = String(alarm.number);
    return frame;
  }

  /** How full the room behind the gate is; empty when it may hold any number. */
  room(briefing: Briefing): string {
    const zones = briefing.gates.find((gate) => gate.id === briefing.device.gate)?.zones ?? [];
    const loads = zones.flatMap((zone) => briefing.loads.filter((load) => load.zone === zone));
    const load = loads.find((load) => load.inside >= load.capacity) ?? loads[0];
    if (!load) return "";
    const number = new Intl.NumberFormat(this.lang);
    return this.say("room", { inside: number.format(load.inside), capacity: number.format(load.capacity) });
  }

  /** How many badges are here and how fresh they are. */
  data(badges: number, fresh: number | undefined, zone: string): string {
    const count = new Intl.NumberFormat(this.lang).format(badges);
    return fresh ? this.say("data", { count, when: this.clock(fresh, zone) }) : this.say("data-none");
  }
}
