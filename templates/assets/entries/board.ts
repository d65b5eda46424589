// The live board of the gates: whenever scans happened the server says so, and the board is drawn anew by the
// same renderer that drew the page. Without this file the page is a plain page; reloading brings it up to date.

const board = document.querySelector<HTMLElement>("[data-board]");

/** At most one redraw in this time, however many badges pass. */
const BREATH_MS = 900;

if (board?.dataset.board && board.dataset.events) {
  const address = board.dataset.board;
  const light = document.querySelector<HTMLElement>("[data-live-light]");
  let due = false;
  let busy = false;

  const redraw = async (): Promise<void> => {
    if (busy) {
      due = true;
      return;
    }
    busy = true;
    due = false;
    try {
      const response = await fetch(address, { headers: { accept: "text/html" }, cache: "no-store" });
      if (response.ok) board.innerHTML = await response.text();
    } finally {
      setTimeout(() => {
        busy = false;
        if (due) void redraw();
      }, BREATH_MS);
    }
  };

  const events = new EventSource(board.dataset.events);
  events.addEventListener("scan", () => void redraw());
  events.addEventListener("open", () => {
    light?.setAttribute("data-live-light", "on");
    void redraw();
  });
  events.addEventListener("error", () => light?.setAttribute("data-live-light", "off"));
  // The minute moves on although nobody passes.
  setInterval(() => void redraw(), 60_000);
}
