// Forms that draw what stands in them: <form data-preview="address"> sends itself there a moment after each change;
// the answer's elements take the place of those with their ids. Without script the form has a button for it.
import { apply } from "./live";

/** After the last change, milliseconds. */
const pause = 250;

export function previews(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-preview]")) watch(form);
}

function watch(form: HTMLFormElement): void {
  let soon: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  for (const button of form.querySelectorAll<HTMLElement>("[data-look]")) button.hidden = true;
  const draw = (): void => {
    const number = ++asked;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    fetch(form.dataset.preview ?? "", { method: "POST", body, headers: { accept: "text/fragment+html" } })
      .then((answer) => (answer.ok ? answer.text() : ""))
      // An answer that was overtaken by a later question is not shown.
      .then((html) => html && number === asked && apply(html))
      .catch(() => undefined);
  };
  const later = (): void => {
    clearTimeout(soon);
    soon = setTimeout(draw, pause);
  };
  form.addEventListener("input", later);
  // Fields elsewhere on the page that belong to the form by its id.
  for (const control of form.elements) if (!form.contains(control)) control.addEventListener("change", later);
  form.addEventListener("change", (event) => letters(event.target as HTMLElement));
}

/** What only text needs is shown for text only. */
function letters(control: HTMLElement): void {
  if (!(control instanceof HTMLSelectElement) || control.name !== "part") return;
  const fields = control.closest(".badge-part-fields")?.querySelector(".badge-letters");
  fields?.toggleAttribute("data-letters", !["code", "logo", "area"].includes(control.value));
}
