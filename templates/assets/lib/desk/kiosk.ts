// A device that stands alone: people scan themselves. The answer goes after some seconds, so that the next person
// sees neither a name nor a verdict that is not theirs, and the screen stays awake.

const SHOWN_FOR_MS = 6000;
/** What becomes of a badge stays on the screen, without a name, while it is on its way; but not for ever. */
const PAPER_FOR_MS = 60_000;
const LOOK_MS = 1000;

interface Answering {
  onAnswer: (verdict: string) => void;
}

async function stayAwake(): Promise<void> {
  await navigator.wakeLock?.request("screen").catch(() => undefined);
}

/** Makes of the scan page a self-service one. */
export function kiosk(root: HTMLElement, desk: Answering): void {
  const verdict = root.querySelector<HTMLElement>("#verdict");
  const rows = root.querySelector<HTMLElement>("#last-scans");
  const waiting = document.querySelector<HTMLTemplateElement>("#frame-waiting");
  let timer = 0;
  const clear = (...keep: Element[]) => {
    if (verdict && waiting) verdict.replaceChildren(waiting.content.cloneNode(true), ...keep);
    delete verdict?.dataset.verdict;
  };
  /** How far the badge is stays until it is out, and then long enough to be read. */
  const linger = (since: number) => {
    const goesOn = verdict?.querySelector("#paper[data-follow]") && Date.now() - since < PAPER_FOR_MS;
    timer = goesOn ? window.setTimeout(linger, LOOK_MS, since) : window.setTimeout(() => clear(), SHOWN_FOR_MS);
  };
  /** The name and the verdict go at once. */
  const leave = () => {
    const paper = verdict?.querySelector("#paper");
    clear(...(paper ? [paper] : []));
    if (paper) linger(Date.now());
  };
  desk.onAnswer = () => {
    rows?.replaceChildren();
    window.clearTimeout(timer);
    timer = window.setTimeout(leave, SHOWN_FOR_MS);
  };
  void stayAwake();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void stayAwake();
  });
  // Nobody stands by to press the button: the camera starts with the first touch, or at once where it was allowed.
  const camera = root.querySelector<HTMLButtonElement>("#camera-button");
  void navigator.permissions
    ?.query({ name: "camera" as PermissionName })
    .then((permission) => {
      if (permission.state === "granted") camera?.click();
    })
    .catch(() => undefined);
}
