// The product under test: the binary with a database of its own and the demonstration show in it.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A port nobody listens on. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Loads the demonstration and serves it; `stop` ends it and takes its data away. */
export async function start(binary) {
  const data = mkdtempSync(join(tmpdir(), "fairlead-browser-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    FAIRLEAD_DATA: data,
    FAIRLEAD_LISTEN: `127.0.0.1:${port}`,
    FAIRLEAD_BASE_URL: base,
    DATABASE_URL: "",
  };
  const said = execFileSync(binary, ["demo", "--percent", process.env.FAIRLEAD_DEMO_PERCENT ?? "5"], { env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const server = spawn(binary, ["serve"], { env, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  server.stderr.on("data", (piece) => (log += piece));
  const stop = () => {
    server.kill("SIGTERM");
    rmSync(data, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 100; tries++) {
    const ready = await fetch(`${base}/readyz`).catch(() => undefined);
    if (ready?.ok) return { base, said, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  stop();
  throw new Error(`the server does not answer on ${base}\n${log}`);
}
