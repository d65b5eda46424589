// Registering as a visitor does: questions follow the category and earlier answers, and what is asked once is answered
// once. By real input.
import assert from "node:assert/strict";
import { EDITION } from "./people.mjs";
import { answer, send } from "./register.mjs";

const seen = (page, name) => page.locator(`[name="${name}"]`).first().isVisible();

export const visitor = {
  async "the form asks what concerns the category and the answers so far"(page, base) {
    await page.goto(`${base}/x/${EDITION}/register`);
    assert.equal(await seen(page, "answers.industry"), true);
    assert.equal(await seen(page, "answers.outlet"), false);
    assert.equal(await seen(page, "answers.industry_other"), false);
    await page.selectOption('[name="answers.industry"]', "other");
    assert.equal(await seen(page, "answers.industry_other"), true);
    await page.check('[name="category"][value=media]');
    assert.equal(await seen(page, "answers.industry"), false);
    assert.equal(await seen(page, "answers.industry_other"), false);
    assert.equal(await seen(page, "answers.outlet"), true);
    assert.equal(await page.locator('[name="answers.outlet"]').evaluate((box) => box.required), true);
  },
  async "a visitor registers with a double click, has one badge, and sees who has the data"(page, base) {
    const name = `Habit${Date.now()}`;
    await answer(page, base, name, "Eva");
    await send(page, "dblclick");
    await page.goto(`${page.url()}/data`);
    await page.waitForSelector("text=General machinery");
    await page.goto(`${base}/e/${EDITION}/registration?q=${name}`);
    assert.equal(await page.locator("table.table tbody tr").count(), 1);
  },
};
