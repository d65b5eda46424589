// A piece of a page that is on its way and asks again until it is there: a badge at a printer. The piece says where to
// ask and how often (`data-follow`, `data-every` in seconds), and what it shows (`data-state`); what shows the same stays,
// so that nothing is read out twice. Without network it goes on asking; when the server has nothing more, it stops.

const TICK_MS = 1000;
const ANSWER_WITHIN_MS = 5000;

const asked = new WeakMap<HTMLElement, number>();

async function look(piece: HTMLElement, url: string): Promise<void> {
  const answer = await fetch(url, { headers: { accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => null);
  if (!answer || answer.status >= 500) return;
  if (!answer.ok) {
    delete piece.dataset.follow;
    return;
  }
  const { html } = (await answer.json()) as { html: string };
  const frame = document.createElement("template");
  frame.innerHTML = html;
  const next = frame.content.firstElementChild as HTMLElement | null;
  if (next && next.dataset.state === piece.dataset.state) return;
  // Another person may stand there by now.
  if (!piece.isConnected) return;
  if (next) piece.replaceWith(next);
  else piece.remove();
}

/** Looks after all such pieces of the page, also those that come later. */
export function follow(): void {
  setInterval(() => {
    for (const piece of document.querySelectorAll<HTMLElement>("[data-follow]")) {
      const since = Date.now() - (asked.get(piece) ?? 0);
      if (!asked.has(piece)) asked.set(piece, Date.now());
      else if (since >= Number(piece.dataset.every ?? 5) * 1000) {
        asked.set(piece, Date.now());
        void look(piece, piece.dataset.follow ?? "").catch((error) => console.error(error));
      }
    }
  }, TICK_MS);
}
