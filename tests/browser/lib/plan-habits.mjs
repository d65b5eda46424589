// The overview of the plan written into like a spreadsheet: keys, answers in place, undo. By real input.
import assert from "node:assert/strict";
import { EDITION } from "./people.mjs";

const overview = (base) => `${base}/e/${EDITION}/plan?col=duration&col=priority&col=owner`;
const value = (page, code, field) => page.getAttribute(`#task-${code} a.cell[data-field=${field}]`, "data-value");

/** A task that is not closed, so that its cells can be written into. */
async function open(page) {
  const rows = await page.$$eval("tr[id^=task-]", (all) =>
    all.filter((row) => row.querySelector("a.cell[data-field=priority]")).map((row) => row.id.slice("task-".length)),
  );
  assert.ok(rows.length > 1, "tasks that can be written into");
  return rows;
}

export const plan = {
  async "a cell is written with the keyboard, answers in place, and Ctrl Z takes it back"(page, base) {
    await page.goto(overview(base));
    const [code] = await open(page);
    const before = await value(page, code, "priority");
    await page.focus(`#task-${code} a.cell[data-field=priority]`);
    await page.keyboard.press("F2");
    await page.waitForSelector(".cell-editor input:focus");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("123");
    await page.keyboard.press("Enter");
    await page.waitForFunction(([c]) => document.querySelector(`#task-${c} a.cell[data-field=priority]`)?.dataset.value === "123", [code]);
    assert.equal(await page.$(".cell-editor"), null, "the editor is gone");
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Control+z")]);
    assert.equal(await value(page, code, "priority"), before);
  },
  async "Escape leaves a cell as it was, a refused text stays to be corrected"(page, base) {
    await page.goto(overview(base));
    const [code] = await open(page);
    await page.click(`#task-${code} a.cell[data-field=duration]`);
    await page.keyboard.type("soon");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cell-editor.is-refused .cell-note:not(:empty)");
    assert.match(await page.inputValue(".cell-editor input"), /soon/);
    await page.keyboard.press("Escape");
    assert.equal(await page.$(".cell-editor"), null);
  },
  async "arrows go from cell to cell, Space chooses rows, the bar counts them"(page, base) {
    await page.goto(overview(base));
    const [first, second] = await open(page);
    await page.focus(`#task-${first} a.cell[data-field=duration]`);
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement?.dataset.field), "priority");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement?.closest("tr")?.id), `task-${second}`);
    await page.keyboard.press("Space");
    assert.equal(await page.textContent("[data-bulk-count]"), "1");
    await page.keyboard.press("?");
    await page.waitForSelector("#shortcuts[open] [data-page-keys]:not([hidden])");
  },
  async "the Gantt is one tab stop: arrows go from bar to bar and along links, Enter opens the task"(page, base) {
    await page.goto(`${base}/e/${EDITION}/plan/gantt?zoom=weeks&group=flat`);
    await page.waitForSelector("[data-chart-keys]:not([hidden])");
    assert.equal(await page.locator("#gantt [tabindex='0']").count(), 1, "one way in");
    assert.equal(await page.locator("#gantt a:not([tabindex])").count(), 0, "no link beside it");
    await page.focus("#gantt [tabindex='0']");
    const at = () => page.evaluate(() => Number(document.activeElement?.closest(".gantt-task")?.dataset.at));
    await page.keyboard.press("Home");
    assert.equal(await at(), 0);
    await page.keyboard.press("ArrowDown");
    assert.equal(await at(), 1);
    const linked = Number(await page.getAttribute("#gantt path[data-a='1'], #gantt path[data-a='0']", "data-a"));
    if (linked === 0) await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowRight");
    const follower = await at();
    assert.ok(await page.locator(`#gantt path[data-a='${linked}'][data-b='${follower}']`).count(), "a task that waits for it");
    assert.equal(await page.locator("#gantt [tabindex='0']").count(), 1, "still one way in");
    const said = await page.evaluate(() => document.getElementById(document.activeElement?.getAttribute("aria-labelledby") ?? "")?.textContent);
    assert.match(said ?? "", /\w+ .+,/, "the bar is read with its dates");
    const href = await page.evaluate(() => document.activeElement?.getAttribute("href"));
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.equal(new URL(page.url()).pathname, href);
  },
  async "places over time are one tab stop: arrows go within a place and to the next, Enter opens the task"(page, base) {
    await page.goto(`${base}/e/${EDITION}/plan/space?zoom=weeks`);
    await page.waitForSelector("[data-chart-keys]:not([hidden])");
    assert.equal(await page.locator("#space-chart .space-task[tabindex='0']").count(), 1, "one way in");
    await page.focus("#space-chart .space-task[tabindex='0']");
    const row = () => page.evaluate(() => document.activeElement?.dataset.row);
    const label = () => page.getAttribute(":focus", "aria-label");
    const [first, place] = [await label(), await row()];
    assert.ok(first?.includes(" · "), "the bar is read with its place and time");
    await page.keyboard.press("End");
    assert.equal(await row(), place, "End stays in the place");
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await row(), place);
    await page.keyboard.press("ArrowUp");
    assert.equal(await row(), place);
    const href = await page.evaluate(() => document.activeElement?.getAttribute("href"));
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.equal(new URL(page.url()).pathname, href);
  },
};
