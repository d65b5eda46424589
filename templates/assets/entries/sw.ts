// Lets the scan page open with no network. The page says what it needs (`keep`); that is kept under one name, and
// only when all of it is here does it replace what was kept before. Nothing of any person is kept here: the page that
// is kept is drawn without scans.

interface Keep {
  kind: "keep";
  page: string;
  assets: string[];
}
interface Wipe {
  kind: "wipe";
}

/** What a worker has that a page has not. */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(kind: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(kind: "message", listener: (event: MessageEvent & Lasting) => void): void;
  addEventListener(kind: "fetch", listener: (event: Fetching) => void): void;
}

const scope = self as unknown as Worker;
const CACHE = "fairlead-desk-1";
const PAGE = "/desk";
/** A page that takes longer is shown as it was kept; the scan itself never waits for it. */
const PAGE_WITHIN_MS = 3000;

async function keep(page: string, assets: string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const asset of assets) {
    if (!(await cache.match(asset))) await cache.add(asset);
  }
  const answer = await fetch(page, { credentials: "same-origin", redirect: "manual" });
  if (!answer.ok) return;
  await cache.put(PAGE, answer);
  const wanted = new Set([...assets.map((asset) => new URL(asset, location.origin).href), new URL(PAGE, location.origin).href]);
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PAGE_WITHIN_MS) });
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

async function asset(request: Request): Promise<Response> {
  return (await (await caches.open(CACHE)).match(request.url)) ?? fetch(request);
}

scope.addEventListener("install", () => void scope.skipWaiting());
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("message", (event) => {
  const said = event.data as Keep | Wipe;
  const port = event.ports[0];
  const work = said.kind === "keep" ? keep(said.page, said.assets) : caches.delete(CACHE).then(() => undefined);
  event.waitUntil(
    work.then(
      () => port?.postMessage("done"),
      (error: unknown) => port?.postMessage(String(error)),
    ),
  );
});
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(request));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
});
