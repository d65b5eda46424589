// One page, one look: what the browser complains about, what axe finds, what does not fit.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The complaints about a page, each a line; and a picture of it. */
export async function check(page, address, picture) {
  const complaints = [];
  const onConsole = (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  };
  const onError = (error) => complaints.push(`script: ${error}`);
  page.on("console", onConsole);
  page.on("pageerror", onError);
  const answer = await page.goto(address, { waitUntil: "load" });
  if (!answer || answer.status() >= 400) complaints.push(`answer: ${answer?.status()}`);
  await page.waitForTimeout(60);
  complaints.push(...(await fit(page)), ...(await words(page)), ...(await accessible(page)));
  await page.screenshot({ path: picture, fullPage: true });
  page.off("console", onConsole);
  page.off("pageerror", onError);
  return complaints;
}

/** Nothing may be wider than the window. */
async function fit(page) {
  const over = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return undefined;
    const wide = [...document.querySelectorAll("body *")].find((part) => part.getBoundingClientRect().right > room + 1);
    return `${document.documentElement.scrollWidth - room} px, first ${wide?.tagName.toLowerCase()}.${wide?.className}`;
  });
  return over ? [`too wide: ${over}`] : [];
}

/** A Fluent key in the text is a word somebody forgot. */
async function words(page) {
  const raw = await page.evaluate(() => {
    const text = document.body.innerText;
    return [...text.matchAll(/(?:^|\s)((?:refusal|fact|component|shell|nav|plan|task|registration|admission|sales|venue|party|exhibitor|edition|portal|public|desk|today|subject|actor)(?:-[a-z0-9]+)+)(?=\s|$)/g)].map((match) => match[1]);
  });
  return raw.length > 0 ? [`keys instead of words: ${[...new Set(raw)].join(", ")}`] : [];
}

async function accessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate((rules) => window.axe.run(document, { runOnly: rules }), RULES);
  return found.violations.map((violation) => {
    const nodes = violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.any[0]?.message ?? node.failureSummary})`);
    return `axe ${violation.id}: ${violation.nodes.length} × ${nodes.join("; ")}`;
  });
}
