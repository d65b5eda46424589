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
};
