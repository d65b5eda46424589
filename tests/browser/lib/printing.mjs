// Badges on paper where people stand, with printers that do what printers do: stand still, hang up early, take half a
// badge. The real `fairlead print-agent` beside each; what became of a badge is followed at the gate, in the print log
// and on the live board.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { chromium } from "playwright-core";
import { HALL, Office, Phone, badgeCode } from "./gate.mjs";
import { EDITION, people } from "./people.mjs";

const GATE = "E2E-P";
const QUESTION = "~HS\r\n";
/** What a label printer says when all is well. */
const WELL = "\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02001,0,0,0,0,2,4,0,00000000,1,000\x03\r\n";
/** Bytes of a badge a printer takes before it hangs up in the middle. */
const HALF = 200;
/** A badge goes from printer to printer and is tried three times, with pauses. */
const PATIENT = { timeout: 90_000 };

/** A label printer on a port of its own. `habit`: `good`, `stalls`, `closes`, `half`. */
class Printer {
  habit = "good";
  labels = 0;

  static start() {
    const printer = new Printer();
    printer.server = createServer((line) => printer.serve(line));
    return new Promise((resolve) => printer.server.listen(0, "127.0.0.1", () => resolve(printer)));
  }

  get address() {
    return `tcp://127.0.0.1:${this.server.address().port}`;
  }

  serve(line) {
    line.on("error", () => {});
    if (this.habit === "closes") return line.destroy();
    let heard = "";
    line.on("data", (piece) => {
      if (this.habit === "stalls") return;
      heard += piece.toString("latin1");
      if (this.habit === "half" && heard.length >= HALF) {
        // The rest waits unread in the line when the power goes.
        line.pause();
        setTimeout(() => line.destroy(), 500);
        return;
      }
      while (heard.includes(QUESTION)) {
        heard = heard.replace(QUESTION, "");
        line.write(WELL);
      }
      if (heard.endsWith("^XZ\n")) {
        this.labels += 1;
        heard = "";
      }
    });
  }
}

/** The agent beside a printer. */
function agent(binary, base, key, printer) {
  const args = ["print-agent", "--server", base, "--printer", printer.address, "--ask", "--patience", "2"];
  return spawn(binary, args, { env: { ...process.env, FAIRLEAD_PRINT_KEY: key }, stdio: "ignore" });
}

/** Makes a station; the key of its agent. */
async function station(office, base, name, place, failover) {
  const { page } = office;
  await page.goto(`${base}/e/${EDITION}/registration/printing/stations/new`);
  await page.fill("[name=name]", name);
  await page.fill("[name=place]", place);
  await page.check("[name=format][value=zpl]");
  if (failover) await page.selectOption("[name=failover]", { label: failover });
  await page.click("main .form-actions button[type=submit]");
  const command = await page.textContent(".print-command");
  return /FAIRLEAD_PRINT_KEY=(\S+)/.exec(command)[1];
}

/** What the gate says of the badge, once it says this. */
function says(phone, text) {
  return phone.page.waitForFunction((text) => document.querySelector("#paper")?.textContent?.includes(text), text, PATIENT);
}

const log = async (office, base, query) => {
  await office.page.goto(`${base}/e/${EDITION}/registration/printing/log?${query}`);
  return office.page.textContent("main");
};

/** A figure of printing on the live board; none there is none. The demonstration has some of its own. */
async function figure(office, what) {
  const found = new RegExp(`(\\d+) ${what}`).exec(await office.page.textContent("main"));
  return Number(found?.[1] ?? 0);
}

/** Opens the live board and says how it changes while something is done at the gate. */
async function watching(office, base, what, deed) {
  await office.page.goto(`${base}/e/${EDITION}/admission`);
  const before = await figure(office, what);
  await deed();
  await office.page.waitForFunction(
    ([what, before]) => Number(new RegExp(`(\\d+) ${what}`).exec(document.querySelector("main").textContent)?.[1] ?? 0) === before + 1,
    [what, before],
    PATIENT,
  );
}

const steps = {
  async "the badge comes out with the answer, and the screen follows it to paper"({ gate, codes, counter }) {
    assert.equal(await gate.scan(codes[0]), "admit");
    await says(gate, "was printed at Counter");
    assert.equal(counter.labels, 1);
    assert.equal(await gate.page.locator("#paper[data-follow]").count(), 0, "what is on paper is not asked for again");
  },
  async "a printer that stands still: the badge goes on to another, and the gate, the log and the board say so"({ gate, office, base, codes, counter, spare }) {
    counter.habit = "stalls";
    await watching(office, base, "stations in trouble", async () => {
      assert.equal(await gate.scan(codes[1]), "admit");
      await says(gate, "was printed at Spare");
    });
    await says(gate, "Counter did not print it");
    assert.deepEqual([counter.labels, spare.labels], [1, 1]);
    assert.match(await log(office, base, "state=printed"), /Spare/);
  },
  async "printers that hang up early: it says failed, what to do, and prints again when told"({ gate, office, base, codes, counter, spare }) {
    [counter.habit, spare.habit] = ["closes", "closes"];
    await watching(office, base, "failed", async () => {
      assert.equal(await gate.scan(codes[2]), "admit");
      await says(gate, "could not print the badge");
    });
    await says(gate, "The printer closed the line early");
    assert.match(await log(office, base, "state=open"), /closed the line early/);
    [counter.habit, spare.habit] = ["good", "good"];
    await gate.page.bringToFront();
    await Promise.all([gate.page.waitForURL(/scan=/), gate.page.click("#paper button")]);
    await says(gate, "was printed at");
    assert.equal(counter.labels + spare.labels, 3, "once, and once only");
  },
  async "a printer that takes half a badge: nobody knows, somebody is asked, and the answer reaches the gate"({ gate, office, base, codes, counter, spare }) {
    [counter.habit, spare.habit] = ["half", "half"];
    assert.equal(await gate.scan(codes[3]), "admit");
    await says(gate, "Did the badge come out at");
    await log(office, base, "state=open");
    await office.page.goto(`${base}/e/${EDITION}/registration/printing`);
    [counter.habit, spare.habit] = ["good", "good"];
    await Promise.all([office.page.waitForLoadState("load"), office.page.click('form[action$="/did-not"] button')]);
    await says(gate, "was printed at");
    assert.equal(counter.labels + spare.labels, 4);
  },
  async "a kiosk keeps the way of a badge on its screen, and nobody's name"({ kiosk, codes, counter, spare }) {
    [counter.habit, spare.habit] = ["stalls", "stalls"];
    await kiosk.wedge(codes[4]);
    await kiosk.page.waitForSelector("#verdict .verdict-name");
    await kiosk.page.waitForSelector("#verdict .verdict-waiting", { timeout: 15_000 });
    assert.equal(await kiosk.page.locator("#verdict .verdict-name").count(), 0);
    assert.equal(await kiosk.page.locator("#paper").count(), 1, "where the badge is stays to be read");
    [counter.habit, spare.habit] = ["good", "good"];
    await says(kiosk, "was printed at");
    await kiosk.page.waitForFunction(() => !document.querySelector("#paper"), undefined, { timeout: 15_000 });
  },
};

/** How many of the steps do not work. */
export async function printing(executablePath, base, binary) {
  if (!binary) {
    console.log("– printing: name the binary in FAIRLEAD_BINARY, its agent is part of it");
    return 0;
  }
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  const [counter, spare] = [await Printer.start(), await Printer.start()];
  const agents = [];
  let bad = 0;
  try {
    const page = await (await browser.newContext({ locale: "en", viewport: { width: 1440, height: 900 } })).newPage();
    await people.find((person) => person.name === "organizer").enter(page, base);
    const office = new Office(page, base);
    await office.gate(GATE, "both");
    await office.rule(HALL, "once");
    // People come before the printers, so that nothing is printed yet.
    const desk = await Phone.pair(browser, base, await office.device("Print desk", GATE, "desk"));
    const codes = [];
    for (const name of ["Paper1", "Paper2", "Paper3", "Paper4", "Paper5"]) codes.push(await badgeCode(desk, name));
    const spareKey = await station(office, base, "Spare", "");
    const counterKey = await station(office, base, "Counter", GATE, "Spare");
    agents.push(agent(binary, base, spareKey, spare), agent(binary, base, counterKey, counter));
    const gate = await Phone.pair(browser, base, await office.device("Print gate", GATE, "steward"));
    const kiosk = await Phone.pair(browser, base, await office.device("Print kiosk", GATE, "kiosk"));
    const stage = { office, gate, kiosk, codes, counter, spare, base };
    for (const [name, step] of Object.entries(steps)) {
      try {
        await step(stage);
        console.log(`✓ ${name}`);
      } catch (error) {
        bad += 1;
        console.error(`✗ ${name}\n    ${error.stack ?? error}\n    the gate says: ${await gate.page.textContent("#verdict").catch(() => "nothing")}`);
      }
    }
  } finally {
    for (const one of agents) one.kill("SIGTERM");
    counter.server.close();
    spare.server.close();
    await browser.close();
  }
  return bad;
}
