// The tables of `fixtures/admission`, run by the browser client in Node and in Chromium. The Rust rules and the API
// run the same files in the suite; all answers must be equal.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const here = new URL(".", import.meta.url).pathname;
const root = join(here, "../../..");
const fixtures = join(root, "fixtures/admission");
const { build } = createRequire(join(root, "templates/assets/package.json"))("esbuild");

const json = (path) => JSON.parse(readFileSync(path, "utf8"));

function tables() {
  const folder = join(fixtures, "cases");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return {
    cases: Object.fromEntries(files.map((name) => [name.replace(/\.json$/, ""), json(join(folder, name))])),
    badges: json(join(fixtures, "badge-vectors.json")),
    seals: json(join(fixtures, "seal-vectors.json")),
  };
}

async function bundled(format, outfile) {
  await build({
    entryPoints: [join(here, "conformance-run.mjs")],
    bundle: true,
    format,
    outfile,
    globalName: format === "iife" ? "conformance" : undefined,
    target: "es2022",
    logLevel: "warning",
  });
}

function report(where, results) {
  let bad = 0;
  for (const [what, { count, wrong }] of Object.entries(results)) {
    bad += wrong.length;
    console.log(`${wrong.length === 0 ? "✓" : "✗"} ${where}: ${count} ${what}, ${wrong.length} answered otherwise`);
    for (const line of wrong) console.error(`    ${line}`);
  }
  return bad;
}

/** How many answers differ from the tables, in Node and in the browser together. */
export async function conformance(browser) {
  const given = tables();
  const folder = mkdtempSync(join(tmpdir(), "fairlead-conformance-"));
  const page = await browser.newPage({ bypassCSP: true });
  try {
    const [module, script] = [join(folder, "run.mjs"), join(folder, "run.js")];
    await bundled("esm", module);
    await bundled("iife", script);
    const node = await import(pathToFileURL(module).href);
    const inNode = {
      decisions: node.decisions(given.cases),
      codes: await node.readings(given.badges),
      seals: await node.seals(given.seals),
    };
    // WebCrypto wants a secure context; the server's own origin is one.
    await page.goto("about:blank");
    await page.route("http://localhost/conformance", (route) => route.fulfill({ contentType: "text/html", body: "<title>conformance</title>" }));
    await page.goto("http://localhost/conformance");
    await page.addScriptTag({ path: script });
    const inBrowser = await page.evaluate(async ({ cases, badges, seals }) => {
      const { conformance } = globalThis;
      return {
        decisions: conformance.decisions(cases),
        codes: await conformance.readings(badges),
        seals: await conformance.seals(seals),
      };
    }, given);
    return report("Node", inNode) + report("Chromium", inBrowser);
  } finally {
    await page.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
