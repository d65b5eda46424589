// The door from form to gate in a real browser: somebody registers, the badge is held before a camera, admitted, the
// network goes, the page is loaded anew, hundreds of badges pass, the network comes back; two gates that could not see
// each other admit one badge; a supervisor overrides; a kiosk; a withdrawn device forgets everything.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { check } from "./check.mjs";
import { HALL, Office, Phone, badgeCode, codePicture } from "./gate.mjs";
import { people } from "./people.mjs";
import { answer, send } from "./register.mjs";

/** In, in again, a stranger, out, out again. */
const MIXED_SCANS = 5;
const OFFLINE_SCANS = 500;

/** A film of a badge held before a camera: raw frames, the code a little turned and moving. */
async function film(page, svg, file) {
  const frames = await page.evaluate(async (markup) => {
    const [width, height, count] = [640, 480, 12];
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`;
    await image.decode();
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const all = [];
    for (let number = 0; number < count; number += 1) {
      context.fillStyle = "#777";
      context.fillRect(0, 0, width, height);
      context.save();
      context.translate(width / 2 + number, height / 2 - number / 2);
      context.rotate(((number - 6) * Math.PI) / 180);
      context.fillStyle = "#fff";
      context.fillRect(-190, -190, 380, 380);
      context.drawImage(image, -170, -170, 340, 340);
      context.restore();
      const { data } = context.getImageData(0, 0, width, height);
      const grey = new Uint8Array(width * height);
      for (let at = 0; at < grey.length; at += 1) grey[at] = 16 + (data[at * 4] * 219) / 255;
      let text = "";
      for (let at = 0; at < grey.length; at += 8192) text += String.fromCharCode(...grey.subarray(at, at + 8192));
      all.push(btoa(text));
    }
    return all;
  }, svg);
  const colour = Buffer.alloc((640 * 480) / 2, 128);
  const parts = [Buffer.from("YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n")];
  for (const frame of frames) parts.push(Buffer.from("FRAME\n"), Buffer.from(frame, "base64"), colour);
  writeFileSync(file, Buffer.concat(parts));
}

async function register(page, base, name) {
  await answer(page, base, name, "Greta");
  await send(page);
  return codePicture(page);
}

const steps = {
  async "somebody registers, and the badge before the camera opens the gate"({ film, gates }) {
    const { page } = gates.camera;
    assert.ok(film);
    await page.click("#camera-button");
    await page.waitForFunction(() => document.querySelector("#verdict")?.dataset.verdict, undefined, { timeout: 30_000 });
    assert.equal(await page.getAttribute("#verdict", "data-verdict"), "admit");
    assert.match(await page.textContent("#verdict .verdict-name"), /Kamera/);
    await page.click("#camera-button");
  },
  async "the badge is good for one entry, and the second says where it was used"({ gates, code }) {
    assert.equal(await gates.camera.scan(code), "deny");
    assert.match(await gates.camera.page.textContent("#verdict .verdict-why"), /E2E-A/);
  },
  async "the page opens without network, knows its badges, and stores what it scans"({ gates, others }) {
    const { page } = gates.camera;
    await gates.camera.offline(true);
    await page.reload();
    await page.waitForSelector("#desk[data-ready=true]");
    assert.equal(await gates.camera.scan(others[0]), "admit");
    assert.equal(await page.getAttribute("#scan-net", "data-net"), "offline");
    assert.match(await page.textContent("#verdict .verdict-name"), /Offline/);
    assert.equal(await gates.camera.scan(others[0]), "deny", "used on this very device a moment ago");
    assert.equal(await gates.camera.scan("AAAABBBBCCCCDDDDEEEE"), "deny");
    await page.check("[name=direction][value=out]");
    assert.equal(await gates.camera.scan(others[0]), "admit", "inside, so the way out is free");
    assert.match(await page.textContent("#verdict .verdict-word"), /Goodbye/);
    assert.equal(await gates.camera.scan(others[0]), "admit_with_notice", "out twice");
    await page.check("[name=direction][value=in]");
    assert.equal(await gates.camera.unsent(), MIXED_SCANS);
    await page.reload();
    await page.waitForSelector("#desk[data-ready=true]");
    assert.equal(await gates.camera.unsent(), MIXED_SCANS, "a reload loses nothing");
  },
  async "five hundred scans without network are kept, and sent once when it is back"({ gates, office }) {
    const { page } = gates.camera;
    const before = await office.log("special=offline");
    await page.evaluate((count) => {
      const form = document.querySelector("#scan-form");
      const field = document.querySelector("#field-code");
      const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
      for (let number = 0; number < count; number += 1) {
        field.value = Array.from({ length: 20 }, (_, at) => letters[(number * 31 + at * 7 + (number >> 5)) % 32]).join("");
        form.requestSubmit();
      }
    }, OFFLINE_SCANS);
    await page.waitForFunction((count) => Number(document.querySelector("#count-unsent")?.textContent) === count, OFFLINE_SCANS + MIXED_SCANS, { timeout: 120_000 });
    await page.reload();
    await page.waitForSelector("#desk[data-ready=true]");
    assert.equal(await gates.camera.unsent(), OFFLINE_SCANS + MIXED_SCANS);
    await gates.camera.offline(false);
    await gates.camera.sent();
    assert.equal((await office.log("special=offline")) - before, OFFLINE_SCANS + MIXED_SCANS);
  },
  async "two gates that cannot see each other admit one badge, and the board says so"({ gates, office, others }) {
    await Promise.all([gates.camera.offline(true), gates.supervisor.offline(true)]);
    assert.equal(await gates.camera.scan(others[1]), "admit");
    assert.equal(await gates.supervisor.scan(others[1]), "admit");
    await gates.camera.offline(false);
    await gates.camera.sent();
    await gates.supervisor.offline(false);
    await gates.supervisor.sent();
    assert.equal(await office.log("special=offline&verdict=admit&reason=already_used"), 1);
  },
  async "a supervisor lets somebody in without network, and the log has the reason"({ gates, office, others }) {
    const { page } = gates.supervisor;
    await gates.supervisor.offline(true);
    assert.equal(await gates.supervisor.scan(others[1]), "deny");
    await page.click(".override-box summary");
    await page.fill("[name=override_reason]", "Forgot the second badge");
    await page.click(".override-box button[type=submit]");
    await page.waitForFunction(() => document.querySelector("#verdict")?.dataset.verdict === "admit_with_notice");
    await gates.supervisor.offline(false);
    await gates.supervisor.sent();
    await office.page.goto(`${office.base}/scans?special=overridden`);
    assert.match(await office.page.textContent("main"), /Forgot the second badge/);
  },
  async "cut codes, codes of ten thousand letters and with control characters are denied offline, and kept like any other"({ gates, office, code }) {
    const { page } = gates.camera;
    const before = await office.log("special=offline");
    await gates.camera.offline(true);
    await page.reload();
    await page.waitForSelector("#desk[data-ready=true]");
    const bad = [code.slice(0, -1), code.slice(1), "A".repeat(10_000), "X1\u0000\u0007ABC", "张三", "<img src=x onerror=alert(1)>"];
    for (const text of bad) {
      const seen = await gates.camera.seen();
      await page.evaluate((text) => {
        document.querySelector("#field-code").value = text;
        document.querySelector("#scan-form").requestSubmit();
      }, text);
      await page.waitForFunction((seen) => {
        const count = (id) => Number(document.querySelector(id)?.textContent?.replace(/\D/g, ""));
        return count("#count-admitted") + count("#count-denied") > seen;
      }, seen);
      assert.equal(await page.getAttribute("#verdict", "data-verdict"), "deny", text.slice(0, 20));
    }
    assert.equal(await page.locator("#last-scans img").count(), 0, "what was read is text");
    await gates.camera.offline(false);
    await gates.camera.sent();
    assert.equal((await office.log("special=offline")) - before, bad.length);
    assert.equal(await page.isVisible("#refused"), false, "nothing is left that the server would not take");
  },
  async "a phone whose clock is two hours off counts for the right minute, to either side"({ office, others, browser, base }) {
    for (const [at, hours] of [[0, 2], [1, -2]]) {
      const name = `Phone clock ${hours}`;
      const shifted = (page) =>
        page.addInitScript((shift) => {
          const Real = Date;
          globalThis.Date = class extends Real {
            constructor(...given) {
              super(...(given.length === 0 ? [Real.now() + shift] : given));
            }
            static now() {
              return Real.now() + shift;
            }
          };
        }, hours * 3600_000);
      const phone = await Phone.pair(browser, base, await office.device(name, "E2E-A", "steward"), shifted);
      await phone.page.waitForSelector("#clock-warning:not([hidden])");
      await phone.offline(true);
      await phone.scan(others[2 + at]);
      await phone.offline(false);
      await phone.sent();
      await office.page.goto(`${office.base}/scans?special=offline`);
      const row = office.page.locator("table tbody tr", { hasText: name }).first();
      const shown = await row.locator("time").first().getAttribute("datetime");
      assert.ok(Math.abs(Date.parse(shown) - Date.now()) < 5 * 60_000, `${name} counts for ${shown}`);
      await phone.context.close();
    }
  },
  async "a supervisor finds people by name without network, in any spelling, and a steward has nobody to find"({ gates }) {
    const { page } = gates.supervisor;
    assert.equal(await page.isVisible("#field-roster"), false, "with network the server finds better");
    await gates.supervisor.offline(true);
    await page.reload();
    await page.waitForSelector("#desk[data-ready=true]");
    await page.waitForSelector("#roster:not([hidden])");
    const found = async (text) => {
      await page.fill("#field-roster", text);
      await page.waitForFunction(() => document.querySelectorAll("#roster-found li").length > 0);
      return page.textContent("#roster-found");
    };
    assert.match(await found("KAMÉRA"), /Kamera/);
    assert.match(await found("offl"), /Offline1/);
    assert.match(await found("werkzeugbau kam"), /Valid badge/);
    await page.fill("#field-roster", "nobodylikethis");
    await page.waitForSelector("#roster-none:not([hidden])");
    const kept = await page.evaluate(async () => {
      const [{ name }] = await indexedDB.databases();
      const db = await new Promise((resolve) => (indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result)));
      const all = (store) => new Promise((resolve) => (db.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => resolve(target.result)));
      const text = (await all("roster")).map(({ sealed }) => new TextDecoder().decode(sealed)).join();
      const keys = (await all("meta")).filter((value) => value instanceof CryptoKey);
      db.close();
      return { rows: text.length, named: /Kamera|Offline1/.test(text), keys: keys.map((key) => key.extractable) };
    });
    assert.ok(kept.rows > 0, "people are kept");
    assert.deepEqual([kept.named, kept.keys], [false, [false]], "sealed, under a key no script reads out");
    await gates.supervisor.offline(false);
    await gates.supervisor.sent();
    assert.equal(await gates.camera.page.locator("#field-roster").count(), 0);
    const refused = await gates.camera.page.request.get(`${gates.camera.base}/desk/roster`, { headers: { accept: "application/json" } });
    assert.equal(refused.status(), 409);
  },
  async "words from the office appear at the gate and go when they are read"({ gates, office }) {
    const { page } = gates.camera;
    await office.page.goto(`${office.base}/messages`);
    await office.page.fill("[name=text]", "Open the side door");
    await office.page.click("main .form-actions button[type=submit]");
    await page.waitForSelector(".desk-message", { timeout: 20_000 });
    assert.match(await page.textContent(".desk-message"), /side door/);
    await page.click(".desk-message button");
    await page.waitForFunction(() => !document.querySelector(".desk-message"));
  },
  async "moved to self-service the same phone becomes a kiosk, and forgets each person"({ gates, office, others }) {
    const { page } = gates.camera;
    await office.move("Phone camera", "kiosk");
    await page.waitForSelector("#desk[data-profile=kiosk]", { timeout: 30_000 });
    await gates.camera.prepared();
    await gates.camera.wedge(others[2]);
    await page.waitForSelector("#verdict .verdict-name");
    await page.waitForSelector("#verdict .verdict-waiting", { timeout: 15_000 });
    assert.equal(await page.locator("#last-scans li").count(), 0);
  },
  async "a withdrawn device hands in what it has and forgets everything"({ gates, office, others }) {
    const { page } = gates.supervisor;
    await gates.supervisor.offline(true);
    await gates.supervisor.scan(others[3]);
    await office.withdraw("Phone supervisor");
    const before = await office.log("special=offline");
    await gates.supervisor.offline(false);
    await page.waitForURL(/\/desk\/pair/, { timeout: 30_000 });
    assert.equal(await office.log("special=offline"), before + 1);
    const left = await page.evaluate(async () => [(await indexedDB.databases()).map((one) => one.name), await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length]);
    assert.deepEqual(left, [[], [], 0]);
  },
};

/** How many of the steps do not work. */
export async function door(executablePath, base) {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-door-"));
  const file = join(folder, "badge.y4m");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const plain = await chromium.launch({ executablePath, args });
  const fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${file}`];
  let bad = 0;
  let filming;
  try {
    const organizer = people.find((person) => person.name === "organizer");
    const context = await plain.newContext({ locale: "en", viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await organizer.enter(page, base);
    const office = new Office(page, base);
    await office.gate("E2E-A", "both");
    await office.gate("E2E-B", "both");
    await office.rule(HALL, "once");
    const visitor = await (await plain.newContext({ locale: "en" })).newPage();
    const svg = await register(visitor, base, "Kamera");
    await film(visitor, svg, file);
    filming = await chromium.launch({ executablePath, args: [...args, ...fake] });
    const desk = await Phone.pair(plain, base, await office.device("Phone desk", "E2E-A", "desk"));
    const codes = [];
    for (const name of ["Kamera", "Offline1", "Offline2", "Offline3", "Offline4"]) codes.push(await badgeCode(desk, name));
    const gates = {
      camera: await Phone.pair(filming, base, await office.device("Phone camera", "E2E-A", "steward")),
      supervisor: await Phone.pair(plain, base, await office.device("Phone supervisor", "E2E-B", "supervisor")),
    };
    const stage = { office, gates, film: file, code: codes[0], others: codes.slice(1), browser: plain, base };
    for (const [name, step] of Object.entries(steps)) {
      try {
        await step(stage);
        console.log(`✓ ${name}`);
      } catch (error) {
        bad += 1;
        console.error(`✗ ${name}\n    ${error.stack ?? error}`);
        await Promise.all(Object.values(gates).map((phone) => phone.offline(false).catch(() => {})));
      }
    }
    bad += await looks(plain, base, office);
  } finally {
    await filming?.close();
    await plain.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return bad;
}

/** The desk's pages on a phone and on a wide screen: nothing too wide, nothing axe complains about. */
async function looks(browser, base, office) {
  let bad = 0;
  for (const [profile, width] of [["supervisor", 390], ["kiosk", 1440]]) {
    const code = await office.device(`Look ${profile}`, "E2E-A", profile);
    const context = await browser.newContext({ viewport: { width, height: 844 }, locale: "en", bypassCSP: true, serviceWorkers: "block" });
    const page = await context.newPage();
    await page.goto(`${base}/desk/pair/${code}`);
    await Promise.all([page.waitForURL(/\/desk$/), page.click("main form button[type=submit]")]);
    const paths = profile === "supervisor" ? ["/desk", "/desk/people?q=Offline1", "/desk/walk-in"] : ["/desk"];
    for (const path of paths) {
      const picture = new URL(`../results/door-${profile}${path.replace(/\W+/g, "_")}-${width}.png`, import.meta.url).pathname;
      const complaints = await check(page, base + path, picture);
      bad += complaints.length > 0 ? 1 : 0;
      console.log(`${complaints.length === 0 ? "✓" : "✗"} ${path} as ${profile} at ${width}\n${complaints.map((line) => `    ${line}\n`).join("")}`.trimEnd());
    }
    await context.close();
  }
  return bad;
}
