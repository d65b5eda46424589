// Lists: a changed filter applies at once; j and k walk the rows; "/" is in shortcuts.ts.

export function lists(): void {
  document.addEventListener("change", (event) => {
    const control = event.target as HTMLElement;
    const form = control.closest<HTMLFormElement>("form[data-autosubmit]");
    if (form && control.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) submit(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.matches("form[data-autosubmit]")) leaveOutEmpty(form);
  });
}

function submit(form: HTMLFormElement): void {
  form.requestSubmit();
}

/** Keeps addresses short: what is not asked for is not sent. */
function leaveOutEmpty(form: HTMLFormElement): void {
  for (const control of form.elements) {
    if ((control instanceof HTMLInputElement || control instanceof HTMLSelectElement) && control.value === "") {
      control.disabled = true;
      setTimeout(() => (control.disabled = false), 0);
    }
  }
}

/** Moves the focus to the link of the next or previous row. */
export function walkRows(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("main td.main a, main .rows a.cover")];
  if (links.length === 0) return;
  const here = links.findIndex((link) => link === document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + step));
  links[next]?.focus();
}
