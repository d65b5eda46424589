// Finds the pages a person can reach by links from where they start, a few of each kind.
const SKIPPED = /^\/(assets|events|api\/v1|signout|portal\/signout|preferences)|\.(pdf|csv|xlsx|json|ics|svg|zpl)(\?|$)|\/export|format=|cursor=|after=|\/calendar/;
const EACH = 1;
const MOST = 250;
/** What comes after these is a name that somebody gave. */
const NAMED = new Set(["questions", "sections", "categories"]);

/** The kind of a page: its path with names and numbers taken out, and the names of its parameters. */
function kind(address) {
  const url = new URL(address);
  const parts = url.pathname.split("/");
  const given = (part, at) => (/\d/.test(part) && !part.startsWith("v")) || (NAMED.has(parts[at - 1]) && part !== "new");
  const path = parts.map((part, at) => (given(part, at) ? ":" : part));
  return `${path.join("/")}?${[...url.searchParams.keys()].filter((name) => name === "view" || name === "tab").map((name) => `${name}=${url.searchParams.get(name)}`)}`;
}

/** Paths of pages, from the starts on. */
export async function crawl(page, base, starts) {
  const seen = new Map();
  const queue = starts.map((path) => new URL(path, base).href);
  const found = [];
  while (queue.length > 0 && found.length < MOST) {
    const address = queue.shift();
    const name = kind(address);
    const times = seen.get(name) ?? 0;
    if (times >= EACH) continue;
    seen.set(name, times + 1);
    const answer = await page.goto(address, { waitUntil: "load" }).catch(() => undefined);
    if (!answer || !(answer.headers()["content-type"] ?? "").startsWith("text/html")) continue;
    const here = new URL(page.url());
    found.push(here.pathname + here.search);
    const links = await page.$$eval("a[href]:not([download])", (all) => all.map((link) => new URL(link.getAttribute("href"), document.baseURI).href.split("#")[0]));
    for (const link of links) {
      const url = new URL(link);
      if (url.origin === new URL(base).origin && !SKIPPED.test(url.pathname + url.search)) queue.push(url.href);
    }
  }
  if (queue.length > 0) console.error(`✗ more than ${MOST} kinds of pages: the rest was not looked at`);
  return [...new Set(found)];
}
