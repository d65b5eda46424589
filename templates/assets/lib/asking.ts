// Forms whose questions depend on the category and on earlier answers: what does not apply is hidden and not sent.
// The server decides by the same conditions; without this script everything stands there with a note.

export function asking(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-asking]")) {
    form.classList.add("is-live");
    for (const control of form.querySelectorAll<HTMLInputElement>("[data-required]")) control.required = true;
    const update = (): void => follow(form);
    form.addEventListener("input", update);
    form.addEventListener("change", update);
    update();
  }
}

function follow(form: HTMLFormElement): void {
  // In the order of the page: what is hidden earlier counts as not answered for what comes later.
  for (const part of form.querySelectorAll<HTMLElement>("[data-asked-for], [data-asked-if]")) {
    part.hidden = !applies(form, part);
    const off = part.closest("[hidden]") !== null;
    for (const control of part.querySelectorAll<HTMLInputElement>("input, select, textarea")) control.disabled = off;
  }
}

function applies(form: HTMLFormElement, part: HTMLElement): boolean {
  const { askedFor, askedIf, askedIs, askedNot } = part.dataset;
  const sent = new FormData(form);
  if (askedFor && !askedFor.split(",").includes(String(sent.get("category") ?? ""))) return false;
  if (!askedIf) return true;
  const wanted = (askedIs ?? "").split(",");
  const given = sent.getAll(askedIf).some((answer) => wanted.includes(String(answer)));
  return given !== (askedNot !== undefined);
}
