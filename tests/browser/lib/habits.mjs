// What hands do without thinking: keys, palette, drawer, the look that stays. Each by real input.
import assert from "node:assert/strict";
import { EDITION, people } from "./people.mjs";
import { plan } from "./plan-habits.mjs";
import { visitor } from "./visitor-habits.mjs";

const wide = { locale: "en", theme: "light", width: 1440 };
const phone = { locale: "en", theme: "light", width: 390 };

const all = {
  async "Ctrl K opens the palette, which finds places, and Enter goes there"(page, base) {
    await page.goto(`${base}/e/${EDITION}`);
    await page.keyboard.press("Control+k");
    await page.waitForSelector("#palette[open] .result");
    await page.keyboard.type("regis");
    await page.waitForFunction(() => document.querySelectorAll("#palette .result").length > 0 && document.querySelector("#palette .result")?.textContent?.match(/regis/i));
    await page.keyboard.press("Enter");
    await page.waitForURL(/registration/);
  },
  async "the question mark lists the keys, Escape closes them"(page, base) {
    await page.goto(`${base}/e/${EDITION}`);
    await page.keyboard.press("?");
    await page.waitForSelector("#shortcuts[open]");
    await page.keyboard.press("Escape");
    await page.waitForSelector("#shortcuts:not([open])", { state: "attached" });
  },
  async "the first Tab skips to the content"(page, base) {
    await page.goto(`${base}/e/${EDITION}`);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("href")), "#main");
  },
  async "a chosen look stays"(page, base) {
    await page.goto(`${base}/e/${EDITION}`);
    await page.click(".topbar details.menu > summary");
    await page.click("[data-theme-form] button[value=dark]");
    await page.waitForTimeout(200);
    await page.reload();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  },
  async "a bar of the Gantt moves by key, asks before it saves, and goes back"(page, base) {
    await page.goto(`${base}/e/${EDITION}/plan/gantt?zoom=days&group=flat`);
    const at = await page.getAttribute(".gantt-task[data-may=both]", "data-at");
    await page.focus(`.gantt-names li[data-at="${at}"] a`);
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await page.waitForFunction(() => document.querySelector("#gantt-status")?.textContent?.includes("2"));
    assert.equal(await page.locator(".gantt-ghost").count(), 1);
    await page.keyboard.press("Enter");
    await page.waitForSelector("#gantt-move[open] button[name=act][value=accept]");
    await page.keyboard.press("Escape");
    await page.waitForSelector("#gantt-move:not([open])", { state: "attached" });
    assert.equal(await page.locator(".gantt-ghost").count(), 0);
  },
  async "a dragged bar asks before it saves, and does not follow its link"(page, base) {
    await page.goto(`${base}/e/${EDITION}/plan/gantt?zoom=days&group=flat`);
    const bar = page.locator(".gantt-task[data-may=both] rect.gantt-bar").first();
    // Hovering waits until the bar lies still and nothing lies over it: blocks out of sight are laid out only as they
    // come into it. Where it lies is asked after that.
    const { width, height } = await bar.boundingBox();
    await bar.hover({ position: { x: Math.min(width / 2, 12), y: height / 2 } });
    const box = await bar.boundingBox();
    const y = box.y + box.height / 2;
    await page.mouse.down();
    await page.mouse.move(box.x + 60, y, { steps: 4 });
    await page.waitForSelector(".gantt-task.is-moving .gantt-ghost");
    await page.mouse.move(box.x + 120, y, { steps: 4 });
    await page.mouse.up();
    await page.waitForSelector("#gantt-move[open] button[name=act][value=accept]");
    assert.match(page.url(), /gantt/);
  },
  async "on a phone the navigation is a drawer"(page, base, context) {
    await page.setViewportSize({ width: phone.width, height: 844 });
    await page.goto(`${base}/e/${EDITION}`);
    assert.equal(await page.isVisible("#nav"), false);
    await page.click(".drawer-button");
    assert.equal(await page.isVisible("#nav"), true);
    assert.ok(context);
  },
};

Object.assign(all, plan, visitor);

/** How many habits do not work. */
export async function habits(open, base) {
  const organizer = people.find((person) => person.name === "organizer");
  let bad = 0;
  for (const [name, habit] of Object.entries(all)) {
    const { context, page } = await open(organizer, wide);
    try {
      await habit(page, base, context);
      console.log(`✓ ${name}`);
    } catch (error) {
      bad += 1;
      console.error(`✗ ${name}\n    ${error}`);
    }
    await context.close();
  }
  return bad;
}
