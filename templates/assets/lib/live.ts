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
      document.getElementById(part.id)?.replaceWith(part);
    }
  }
  document.dispatchEvent(new CustomEvent("fairlead:live"));
}
