// Parts that keep themselves true while they are seen: an element with an id and data-fresh="seconds" is asked for
// again, from data-fresh-from (its own or around it) or from this page, and replaced by the element with its id.
// One question serves all parts of an address; what is being typed in is left alone.

const soonest = 5;

export function fresh(): void {
  const parts = [...document.querySelectorAll<HTMLElement>("[data-fresh][id]")];
  const addresses = new Map<string, number>();
  for (const part of parts) {
    const every = Math.max(soonest, Number(part.dataset.fresh) || soonest);
    const from = part.closest<HTMLElement>("[data-fresh-from]")?.dataset.freshFrom ?? location.href;
    addresses.set(from, Math.min(every, addresses.get(from) ?? every));
  }
  for (const [address, every] of addresses) keep(address, every * 1000);
}

function keep(address: string, every: number): void {
  let asked = Date.now();
  const ask = (): void => {
    if (document.hidden || Date.now() - asked < every - 500) return;
    asked = Date.now();
    fetch(address, { headers: { accept: "text/html" } })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : ""))
      .then((html) => put(html, address))
      .catch(() => undefined);
  };
  setInterval(ask, every);
  document.addEventListener("visibilitychange", ask);
}

function put(html: string, address: string): void {
  if (!html) return;
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const part of document.querySelectorAll<HTMLElement>("[data-fresh][id]")) {
    const from = part.closest<HTMLElement>("[data-fresh-from]")?.dataset.freshFrom ?? location.href;
    const now = answer.getElementById(part.id);
    if (from !== address || !now || now.outerHTML === part.outerHTML || part.contains(document.activeElement)) continue;
    part.replaceWith(document.importNode(now, true));
  }
  document.dispatchEvent(new CustomEvent("fairlead:live"));
}
