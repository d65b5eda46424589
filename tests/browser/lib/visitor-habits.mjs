// Registering as a visitor does: questions follow the category and earlier answers, and what is asked once is answered
// once. By real input.
import assert from "node:assert/strict";
import { EDITION } from "./people.mjs";

const seen = (page, name) => page.locator(`[name="${name}"]`).first().isVisible();

async function fill(page, name) {
  await page.fill("[name=family_name]", name);
  await page.fill("[name=given_name]", "Eva");
  await page.fill("[name=email]", `${name.toLowerCase()}@example.org`);
  await page.fill("[name=company]", "Werkzeugbau Schmidt GmbH");
  await page.selectOption("[name=country]", "DE");
  await page.check("[name=data_processing]");
}

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
    await page.goto(`${base}/x/${EDITION}/register`);
    await fill(page, name);
    await page.selectOption('[name="answers.industry"]', "machinery");
    await page.check('[name="answers.size"][value="50-249"]');
    await page.check('[name="answers.interests"][value=robots]');
    await page.check('[name="answers.decides"][value=none]');
    await page.dblclick("form.register .form-actions button.primary");
    await page.waitForURL(/\/r\//);
    await page.waitForSelector(".badge-card");
    await page.goto(`${page.url()}/data`);
    await page.waitForSelector("text=General machinery");
    await page.goto(`${base}/e/${EDITION}/registration?q=${name}`);
    assert.equal(await page.locator("table.table tbody tr").count(), 1);
  },
};
