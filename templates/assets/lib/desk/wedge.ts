// Hand-held scanners that type. They press keys far faster than a person, so the gap between keys tells
// them apart and the cursor may stand anywhere. The key's place on the board is read, not the character:
// an input method or a foreign layout garbles characters, and badge codes need only A–Z and 0–9.

const FASTEST_HUMAN_MS = 35;
/** Once this many keys came that fast it is a scanner, and a hiccup of a busy phone may not cut its code in two. */
const SURELY_A_SCANNER = 4;
const LONGEST_HICCUP_MS = 300;
const SHORTEST_CODE = 8;

/** Calls `found` with each code typed by a scanner, until `stop()`. */
export function listen(found: (code: string) => void): { stop(): void } {
  let typed = "";
  let last = 0;

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const now = event.timeStamp;
    const patience = typed.length >= SURELY_A_SCANNER ? LONGEST_HICCUP_MS : FASTEST_HUMAN_MS;
    if (now - last > patience) typed = "";
    last = now;
    if (event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Tab") {
      const code = typed;
      typed = "";
      if (code.length < SHORTEST_CODE) return;
      event.preventDefault();
      event.stopPropagation();
      clearField(event.target);
      found(code);
      return;
    }
    const char = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(event.code);
    if (char) typed += char[1] ?? char[2];
  }

  document.addEventListener("keydown", onKey, true);
  return { stop: () => document.removeEventListener("keydown", onKey, true) };
}

/** What the scanner typed into a field that had the cursor is not left there. */
function clearField(target: EventTarget | null): void {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) target.value = "";
}
