// Walks every page of the product as everybody who uses it, in both languages and both looks, on a phone and a wide
// screen. Fails on any complaint of the browser or of axe, on anything wider than the window, on a forgotten word.
// Pictures of all pages land in results/ for people to look at.
//
//   FAIRLEAD_BINARY=…/fairlead npm test          four looks that cover every pair of language, theme and width
//   FAIRLEAD_ALL_LOOKS=1                          all eight
//   FAIRLEAD_URL=http://…                         an instance that already runs, instead of starting one
//   FAIRLEAD_ONLY=organizer,/e/east-2027/plan     only these people, or paths that begin so; also: door, printing, conformance, habits
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { chromium } from "playwright-core";
import { check } from "./lib/check.mjs";
import { conformance } from "./lib/conformance.mjs";
import { crawl } from "./lib/crawl.mjs";
import { door } from "./lib/door.mjs";
import { habits } from "./lib/habits.mjs";
import { people } from "./lib/people.mjs";
import { printing } from "./lib/printing.mjs";
import { start } from "./lib/server.mjs";

const binary = process.env.FAIRLEAD_BINARY ?? process.env.FAIRLEAD_BIN;
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const only = (process.env.FAIRLEAD_ONLY ?? "").split(",").filter(Boolean);
const results = new URL("results/", import.meta.url).pathname;

const four = [
  { locale: "en", theme: "light", width: 1440 },
  { locale: "zh-CN", theme: "dark", width: 1440 },
  { locale: "en", theme: "dark", width: 390 },
  { locale: "zh-CN", theme: "light", width: 390 },
];
const eight = ["en", "zh-CN"].flatMap((locale) =>
  ["light", "dark"].flatMap((theme) => [390, 1440].map((width) => ({ locale, theme, width }))),
);
const looks = process.env.FAIRLEAD_ALL_LOOKS ? eight : four;

if (!existsSync(browserPath)) {
  console.error(`no browser at ${browserPath}: install chromium, or name one in CHROMIUM`);
  process.exit(2);
}
if (!binary && !process.env.FAIRLEAD_URL) {
  console.error("name the binary in FAIRLEAD_BINARY");
  process.exit(2);
}

/** A window in one look, as a person who is in. */
async function open(browser, base, person, look) {
  const phone = look.width < 600;
  const context = await browser.newContext({
    viewport: { width: look.width, height: phone ? 844 : 900 },
    locale: look.locale,
    isMobile: phone,
    hasTouch: phone,
    reducedMotion: "reduce",
    // The pages' own policy forbids the checker's script.
    bypassCSP: true,
  });
  await context.addCookies([
    { name: "fl_locale", value: look.locale, url: base },
    { name: "fl_theme", value: look.theme, url: base },
  ]);
  const page = await context.newPage();
  await person.enter(page, base);
  return { context, page };
}

async function walk(browser, base, person) {
  const first = await open(browser, base, person, looks[0]);
  let paths = await crawl(first.page, base, person.starts);
  await first.context.close();
  const wanted = only.filter((one) => one.startsWith("/"));
  if (wanted.length > 0) paths = paths.filter((path) => wanted.some((one) => path.startsWith(one)));
  let bad = 0;
  for (const look of looks) {
    let { context, page } = await open(browser, base, person, look);
    for (const path of paths) {
      const name = path.replace(/[^A-Za-z0-9]+/g, "_").slice(0, 80);
      const picture = `${results}${person.name}${name}-${look.locale}-${look.theme}-${look.width}.png`;
      // A page that takes the window down is a complaint like any other; the walk goes on in a new one.
      const complaints = await check(page, base + path, picture).catch(async (error) => {
        await context.close().catch(() => {});
        ({ context, page } = await open(browser, base, person, look));
        return [`window lost: ${String(error).split("\n")[0]}`];
      });
      if (complaints.length === 0) continue;
      bad += 1;
      console.error(`✗ ${person.name} ${path} ${look.locale} ${look.theme} ${look.width}\n    ${complaints.join("\n    ")}`);
    }
    await context.close();
  }
  console.log(`${bad === 0 ? "✓" : "✗"} ${person.name}: ${paths.length} pages in ${looks.length} looks, ${bad} with complaints`);
  return bad;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const server = process.env.FAIRLEAD_URL ? { base: process.env.FAIRLEAD_URL, stop() {} } : await start(binary);
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let bad = 0;
try {
  const names = only.filter((one) => !one.startsWith("/"));
  for (const person of people) {
    if (names.length > 0 && !names.includes(person.name)) continue;
    bad += await walk(browser, server.base, person);
  }
  if (only.length === 0 || names.includes("conformance")) bad += await conformance(browser);
  if (only.length === 0 || names.includes("door")) bad += await door(browserPath, server.base);
  if (only.length === 0 || names.includes("printing")) bad += await printing(browserPath, server.base, binary);
  if (only.length === 0 || names.includes("habits")) bad += await habits((person, look) => open(browser, server.base, person, look), server.base);
} finally {
  await browser.close();
  server.stop();
}
process.exit(bad === 0 ? 0 : 1);
