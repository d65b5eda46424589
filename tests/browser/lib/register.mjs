// The public registration form of the demonstration, answered as a trade visitor answers it.
import { EDITION } from "./people.mjs";

/** Opens the form and answers everything a trade visitor has to. */
export async function answer(page, base, family, given) {
  await page.goto(`${base}/x/${EDITION}/register`);
  await page.fill("[name=family_name]", family);
  await page.fill("[name=given_name]", given);
  await page.fill("[name=email]", `${family.toLowerCase()}@example.org`);
  await page.fill("[name=company]", "Werkzeugbau Schmidt GmbH");
  await page.selectOption("[name=country]", "DE");
  await page.selectOption('[name="answers.industry"]', "machinery");
  await page.check('[name="answers.size"][value="50-249"]');
  await page.check('[name="answers.interests"][value=robots]');
  await page.check('[name="answers.decides"][value=none]');
  await page.check("[name=data_processing]");
}

/** Sends it by `press` of its button, and waits for the registrant's own page. */
export async function send(page, press = "click") {
  await page[press]("form.register .form-actions button.primary");
  await page.waitForURL(/\/r\//);
  await page.waitForSelector(".badge-card");
}
