// Makes [aria-modal=true] behave as one: focus moves in and back, Tab stays inside, Escape closes it.
(() => {
  const FOCUSABLE = "a[href], button:not([disabled]), input:not([type=hidden], [disabled]), select, textarea";
  let open = null;
  let opener = null;

  new MutationObserver(() => {
    const found = [...document.querySelectorAll("[aria-modal=true]")].at(-1) ?? null;
    if (found === open) return;
    if (!open) opener = document.activeElement;
    open = found;
    if (open) first(open)?.focus();
    else if (opener?.isConnected) opener.focus();
  }).observe(document, { childList: true, subtree: true });

  document.addEventListener("keydown", (event) => {
    if (!open) return;
    if (event.key === "Escape") open.querySelector("[data-close]")?.click();
    if (event.key === "Tab") keepInside(event);
  });

  function first(dialog) {
    return dialog.querySelector("[data-first]") ?? visible(dialog)[0];
  }

  function keepInside(event) {
    const stops = visible(open);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge && open.contains(document.activeElement)) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  }

  function visible(dialog) {
    return [...dialog.querySelectorAll(FOCUSABLE)].filter((stop) => stop.checkVisibility());
  }
})();
