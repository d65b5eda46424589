// Live pages: <… data-live="/events/…"> listens to server-sent events named "fragment" whose data is HTML.
// Each root element of it replaces the element with the same id; one that carries data-into="id" is put at the
// top of that list (at most data-keep entries stay). After a lost connection the page asks for itself again.

export function live(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-live]")) listen(place);
}

function listen(place: HTMLElement): void {
  const address = place.dataset.live;
  if (!address) return;
  let lost = false;
  const source = new EventSource(address);
  source.addEventListener("fragment", (event) => apply((event as MessageEvent<string>).data));
  source.addEventListener("open", () => {
    place.dataset.liveState = "on";
    if (lost) location.reload();
  });
  source.addEventListener("error", () => {
    place.dataset.liveState = "off";
    lost = true;
  });
  addEventListener("pagehide", () => source.close());
}

/** A part somebody is writing in is replaced when they are through with it; what came last counts. */
const waiting = new Map<string, Element>();

function replace(id: string, part: Element): void {
  const old = document.getElementById(id);
  if (!old) return;
  if (!writing(old)) {
    waiting.delete(id);
    old.replaceWith(part);
    return;
  }
  const first = !waiting.has(id);
  waiting.set(id, part);
  if (first) {
    old.addEventListener("focusout", () => {
      setTimeout(() => {
        const last = waiting.get(id);
        if (last && !writing(old)) replace(id, last);
      }, 200);
    });
  }
}

function writing(place: Element): boolean {
  const here = document.activeElement;
  const box = here instanceof HTMLElement && here.matches("input, textarea, select") && place.contains(here);
  return box || [...place.querySelectorAll<HTMLTextAreaElement>("textarea")].some((one) => one.value !== one.defaultValue);
}

/** Puts a fragment in its places. */
export function apply(html: string): void {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const part of [...template.content.children]) {
    const list = part instanceof HTMLElement && part.dataset.into ? document.getElementById(part.dataset.into) : null;
    if (list) {
      if (part.id) document.getElementById(part.id)?.remove();
      list.prepend(part);
      const keep = Number(list.dataset.keep ?? "50");
      while (list.children.length > keep) list.lastElementChild?.remove();
    } else if (part.id) {
      replace(part.id, part);
    }
  }
  document.dispatchEvent(new CustomEvent("fairlead:live"));
}
