// Builds dist/: one style sheet, the scripts of entries/, the icon sprite, fonts and static files, every file
// under a name that carries its content's hash, and manifest.json (logical name → file name) for the server.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundle, Features } from "lightningcss";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const packages = join(here, "node_modules");
const manifest = {};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

/** Writes bytes under a hashed name and notes it. */
function emit(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const extension = extname(name);
  const file = `${basename(name, extension)}-${hash}${extension}`;
  writeFileSync(join(dist, file), bytes);
  manifest[name] = file;
  return file;
}

function fonts() {
  const inter = join(packages, "@fontsource-variable/inter/files");
  emit("inter-latin.woff2", readFileSync(join(inter, "inter-latin-wght-normal.woff2")));
  emit("inter-latin-ext.woff2", readFileSync(join(inter, "inter-latin-ext-wght-normal.woff2")));
  // For PDF badges: the browser uses the fonts of its system for Chinese.
  const noto = join(packages, "@expo-google-fonts/noto-sans-sc");
  emit("NotoSansSC-Regular.ttf", readFileSync(join(noto, "400Regular/NotoSansSC_400Regular.ttf")));
  emit("NotoSansSC-Bold.ttf", readFileSync(join(noto, "700Bold/NotoSansSC_700Bold.ttf")));
}

/** Every icon that components/icon.rs names becomes a symbol of the sprite. */
function icons() {
  const source = readFileSync(join(here, "../components/icon.rs"), "utf8");
  const names = [...source.matchAll(/^ {4}\w+ => "([a-z0-9-]+)",$/gm)].map((match) => match[1]);
  if (names.length === 0) throw new Error("components/icon.rs names no icons");
  const symbols = names.map((name) => {
    const svg = readFileSync(join(packages, "lucide-static/icons", `${name}.svg`), "utf8");
    const inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${inside.replace(/\s+/g, " ").trim()}</symbol>`;
  });
  emit("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

function statics() {
  for (const name of readdirSync(join(here, "static"))) {
    const path = join(here, "static", name);
    if (statSync(path).isFile()) emit(name, readFileSync(path));
  }
  emit("swagger-ui.js", readFileSync(join(packages, "swagger-ui-dist/swagger-ui-bundle.js")));
  emit("swagger-ui.css", readFileSync(join(packages, "swagger-ui-dist/swagger-ui.css")));
}

function styles() {
  const version = (major, minor = 0) => (major << 16) | (minor << 8);
  const targets = { chrome: version(123), firefox: version(124), safari: version(17, 5) };
  for (const name of readdirSync(join(here, "css")).filter((file) => /^[a-z-]+\.css$/.test(file))) {
    const { code } = bundle({
      filename: join(here, "css", name),
      minify: true,
      targets,
      visitor: {
        Url(url) {
          const file = manifest[url.url];
          if (!file) throw new Error(`css/${name} asks for ${url.url}, which is not built`);
          return { ...url, url: `/assets/${file}` };
        },
      },
    });
    emit(name, code);
  }
}

/** The declarations of a rule that concern shapes. */
const OF_SHAPES = /^(--[\w-]+|fill|stroke|stroke-width|stroke-dasharray|stroke-linejoin|opacity|font-size|font-weight|text-anchor|display)$/;

/** Splits at a sign that stands in no bracket. */
function pieces(text, sign) {
  const found = [""];
  let depth = 0;
  for (const letter of text) {
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === sign && depth === 0) found.push("");
    else found[found.length - 1] += letter;
  }
  return found.map((piece) => piece.trim()).filter(Boolean);
}

/** The rules of the style sheet that give shapes their looks, for pictures that leave the page: picture.json. */
function pictures() {
  const { code } = bundle({ filename: join(here, "css/app.css"), include: Features.Nesting, visitor: { Url: (url) => url } });
  const css = code.toString().replace(/\/\*[\s\S]*?\*\//g, "");
  const layers = [];
  const vars = {};
  const rules = [];
  const read = (text, layer) => {
    let at = 0;
    while (at < text.length) {
      const open = text.indexOf("{", at);
      const stop = text.indexOf(";", at);
      if (open < 0) return;
      if (stop >= 0 && stop < open) {
        const statement = text.slice(at, stop).trim();
        if (statement.startsWith("@layer")) layers.push(...pieces(statement.slice(6), ","));
        at = stop + 1;
        continue;
      }
      let end = open + 1;
      for (let depth = 1; depth > 0; end += 1) depth += text[end] === "{" ? 1 : text[end] === "}" ? -1 : 0;
      const prelude = text.slice(at, open).trim();
      const body = text.slice(open + 1, end - 1);
      at = end;
      if (prelude.startsWith("@layer")) {
        const name = prelude.slice(6).trim();
        if (!layers.includes(name)) layers.push(name);
        read(body, name);
        continue;
      }
      if (prelude.startsWith("@") || body.includes("{")) continue;
      const declared = pieces(body, ";").map((one) => [one.slice(0, one.indexOf(":")).trim(), one.slice(one.indexOf(":") + 1).trim()]);
      const looks = Object.fromEntries(declared.filter(([name]) => OF_SHAPES.test(name)));
      if (Object.keys(looks).length === 0) continue;
      for (const selector of pieces(prelude, ",")) {
        if (selector === ":root") Object.assign(vars, looks);
        else if (!/[:[#+~]/.test(selector)) rules.push({ l: Math.max(0, layers.indexOf(layer)), s: selector, d: looks });
      }
    }
  };
  read(css, "");
  emit("picture.json", `${JSON.stringify({ vars, rules })}\n`);
}

async function scripts() {
  const entries = readdirSync(join(here, "entries")).filter((file) => file.endsWith(".ts"));
  const result = await build({
    absWorkingDir: here,
    entryPoints: entries.map((file) => join("entries", file)),
    outdir: "dist",
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    publicPath: "/assets/",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    loader: { ".wasm": "file" },
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    const file = basename(path);
    if (output.entryPoint) manifest[basename(output.entryPoint).replace(/\.ts$/, ".js")] = file;
    else manifest[file.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1")] = file;
  }
}

fonts();
icons();
statics();
styles();
pictures();
await scripts();
writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`built ${Object.keys(manifest).length} assets`);
