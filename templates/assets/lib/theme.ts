// The look changes at once; the form still tells the server, which keeps it in a cookie.

export function themes(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = event.submitter;
    if (!form.matches("[data-theme-form]") || !(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const root = document.documentElement;
    if (button.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = button.value;
    for (const other of form.querySelectorAll("button")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
    const body = new URLSearchParams({ theme: button.value, then: location.pathname });
    void fetch(form.action, { method: "POST", body, redirect: "manual" });
  });
}
