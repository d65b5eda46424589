// What the walks at the door have in common: the organizer's desk computer, a phone at a gate, and the code of a badge as
// a scanner reads it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { EDITION } from "./people.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "en", reducedMotion: "reduce" };

/** The hall both gates lead into: a badge is good for one entry into it. */
export const HALL = "N3";

const SIDE = 340;

/** The picture of a badge's code on a page, as a drawing of its own. */
export function codePicture(page) {
  return page.locator("svg.qr").first().evaluate((svg, side) => {
    const copy = svg.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", String(side));
    copy.setAttribute("height", String(side));
    return copy.outerHTML;
  }, SIDE);
}

/** What the picture says, read by the decoder the product ships. */
async function readCode(page, svg) {
  const require = createRequire(new URL("../../../templates/assets/package.json", import.meta.url));
  const entry = require.resolve("zxing-wasm/reader");
  const { prepareZXingModule, readBarcodes } = await import(pathToFileURL(entry).href);
  const wasmBinary = readFileSync(require.resolve("zxing-wasm/reader/zxing_reader.wasm"));
  await prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer.slice(wasmBinary.byteOffset, wasmBinary.byteOffset + wasmBinary.byteLength) }, fireImmediately: true });
  const pixels = await page.evaluate(async ([markup, side]) => {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`;
    await image.decode();
    const context = new OffscreenCanvas(side, side).getContext("2d");
    context.drawImage(image, 0, 0, side, side);
    return Array.from(context.getImageData(0, 0, side, side).data);
  }, [svg, SIDE]);
  const [found] = await readBarcodes({ data: Uint8ClampedArray.from(pixels), width: SIDE, height: SIDE }, { formats: ["QRCode"] });
  return found?.text;
}

/** What the organizer does at the desk computer. */
export class Office {
  constructor(page, base) {
    this.page = page;
    this.base = `${base}/e/${EDITION}/admission`;
  }

  async gate(code, direction) {
    await this.page.goto(`${this.base}/gates/new`);
    await this.page.fill("[name=code]", code);
    await this.page.check(`[name=direction][value=${direction}]`);
    await this.page.fill("[name=name_en]", `Gate ${code}`);
    await this.choose("zone", HALL);
    await this.page.check("[name=open]");
    await this.save();
  }

  async choose(field, code) {
    const option = this.page.locator(`[name=${field}] option`, { hasText: `${code} ·` });
    await this.page.selectOption(`[name=${field}]`, await option.first().getAttribute("value"));
  }

  async rule(place, limit) {
    await this.page.goto(`${this.base}/rules/new`);
    await this.choose("place", place);
    await this.page.check("[name=effect][value=allow]");
    await this.page.check(`[name=limit][value=${limit}]`);
    await this.page.fill("[name=sort]", "0");
    await this.save();
  }

  async save() {
    await Promise.all([this.page.waitForURL((url) => !url.pathname.endsWith("/new")), this.page.click("main .form-actions button[type=submit]")]);
  }

  /** Makes a device; its pairing code, and where its page is. */
  async device(name, gate, profile) {
    await this.page.goto(`${this.base}/devices/new`);
    await this.page.fill("[name=name]", name);
    await this.choose("gate", gate);
    await this.page.check(`[name=profile][value=${profile}]`);
    await this.page.click("main .form-actions button[type=submit]");
    return (await this.page.textContent(".pairing-code")).trim();
  }

  async open(name) {
    await this.page.goto(`${this.base}/devices`);
    await Promise.all([this.page.waitForURL(/devices\/[0-9a-f-]{36}$/), this.page.click(`main td a:text-is("${name}")`)]);
  }

  async move(name, profile) {
    await this.open(name);
    await this.page.click('main a[href$="/move"]');
    await this.page.check(`[name=profile][value=${profile}]`);
    await Promise.all([this.page.waitForURL((url) => !url.pathname.endsWith("/move")), this.page.click("main .form-actions button[type=submit]")]);
  }

  async withdraw(name) {
    await this.open(name);
    const form = this.page.locator('form[action$="/revoke"]').first();
    await form.evaluate((form) => form.submit());
    await this.page.waitForLoadState();
  }

  /** Rows of the scan log that fit, as the file says. */
  async log(query) {
    const answer = await this.page.request.get(`${this.base}/scans.csv?${query}`);
    assert.equal(answer.status(), 200);
    return (await answer.text()).trim().split("\n").length - 1;
  }
}

/** A phone at a gate. */
export class Phone {
  constructor(context, page, base) {
    Object.assign(this, { context, page, base });
  }

  /** `prepare`: what is done to the page before it is opened. */
  static async pair(browser, base, code, prepare = async () => {}) {
    const context = await browser.newContext({ ...PHONE, permissions: ["camera"] });
    const page = await context.newPage();
    await prepare(page);
    page.on("pageerror", (error) => console.error(`    page: ${error}`));
    await page.goto(`${base}/desk/pair/${code}`);
    await Promise.all([page.waitForURL(/\/desk$/), page.click("main form button[type=submit]")]);
    const phone = new Phone(context, page, base);
    await phone.prepared();
    return phone;
  }

  /** It has met the server, holds all badges, and opens without network. */
  async prepared() {
    await this.page.waitForSelector("#desk[data-installed=true]", { timeout: 60_000 });
  }

  offline(is) {
    return this.context.setOffline(is);
  }

  /** Types like a scanner does, wherever the cursor stands. */
  async wedge(code) {
    await this.page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await this.page.evaluate((code) => {
      for (const char of [...code, "Enter"]) {
        const name = char === "Enter" ? "Enter" : /[0-9]/.test(char) ? `Digit${char}` : `Key${char}`;
        document.dispatchEvent(new KeyboardEvent("keydown", { code: name, key: char, bubbles: true }));
      }
    }, code);
  }

  /** The verdict on the screen after a scan. */
  async scan(code) {
    const before = await this.seen();
    await this.wedge(code);
    await this.page.waitForFunction((before) => {
      const count = (id) => Number(document.querySelector(id)?.textContent?.replace(/\D/g, ""));
      return count("#count-admitted") + count("#count-denied") > before;
    }, before);
    return this.page.getAttribute("#verdict", "data-verdict");
  }

  seen() {
    return this.page.evaluate(() => {
      const count = (id) => Number(document.querySelector(id)?.textContent?.replace(/\D/g, ""));
      return count("#count-admitted") + count("#count-denied");
    });
  }

  async unsent() {
    return Number(await this.page.textContent("#count-unsent"));
  }

  sent() {
    return this.page.waitForFunction(() => document.querySelector("#count-unsent")?.textContent === "0" && document.querySelector("#scan-net")?.dataset.net === "online", undefined, { timeout: 60_000 });
  }
}

/** Somebody registered at the desk's device; the code of the badge as the scanner reads it. */
export async function walkIn(desk, name) {
  await desk.page.goto(`${desk.base}/desk/walk-in`);
  await desk.page.fill("[name=family_name]", name);
  await desk.page.fill("[name=given_name]", "Walter");
  await Promise.all([desk.page.waitForURL(/\/desk\/people\//), desk.page.click("main form button[type=submit]")]);
}

/** The code of somebody's badge as a scanner reads it: registered at the desk where not known, found by name. */
export async function badgeCode(desk, name) {
  const { page } = desk;
  if (name === "Kamera") {
    await page.goto(`${desk.base}/desk/people?q=Kamera`);
    await Promise.all([page.waitForURL(/people\/[0-9a-f-]{36}/), page.click(".desk-found a")]);
  } else await walkIn(desk, name);
  const code = await readCode(page, await codePicture(page));
  assert.ok(code, `the code of ${name} can be read`);
  return code;
}
