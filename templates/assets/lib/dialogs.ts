// Dialogs, menus and questions before a deed.

export function dialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    // Browsers with command/commandfor open it themselves.
    if (opener && !("commandForElement" in HTMLButtonElement.prototype)) {
      dialog(opener.dataset.dialog)?.showModal();
    }
    if (target instanceof HTMLDialogElement && target.open && outside(target, event)) target.close();
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
    if (target.closest("[data-print]")) window.print();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  document.addEventListener("submit", ask);
  for (const button of document.querySelectorAll<HTMLElement>("[data-print], [data-shortcuts]")) button.hidden = false;
  // A refused form inside a dialog comes back open.
  document.querySelector<HTMLDialogElement>("dialog[data-open]")?.showModal();
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}

function dialog(id: string | undefined): HTMLDialogElement | null {
  const element = id ? document.getElementById(id) : null;
  return element instanceof HTMLDialogElement ? element : null;
}

/** Whether a click on the dialog's own element hit the backdrop. */
function outside(box: HTMLDialogElement, event: MouseEvent): boolean {
  const edge = box.getBoundingClientRect();
  return event.clientX < edge.left || event.clientX > edge.right || event.clientY < edge.top || event.clientY > edge.bottom;
}

/** A button with data-confirm asks first; the answer submits the same form with the same button. */
function ask(event: SubmitEvent): void {
  const button = event.submitter;
  const question = button?.dataset.confirm;
  const box = dialog("confirm");
  const form = event.target as HTMLFormElement;
  if (!button || !question || !box || form.dataset.confirmed === "yes") {
    delete form.dataset.confirmed;
    return;
  }
  event.preventDefault();
  const text = box.querySelector("[data-question]");
  if (text) text.textContent = question;
  box.returnValue = "";
  box.showModal();
  box.addEventListener(
    "close",
    () => {
      if (box.returnValue !== "yes") return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(button as HTMLButtonElement);
    },
    { once: true },
  );
}
