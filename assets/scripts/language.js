// The language that the page is shown in: for the browser, and remembered for the next time nobody is logged in.
(() => {
  const YEAR_SECONDS = 31536000;

  function tell() {
    const spoken = document.querySelector("[data-spoken]")?.dataset.spoken;
    if (!spoken || spoken === document.documentElement.lang) return;
    document.documentElement.lang = spoken;
    document.cookie = `voldaan_language=${spoken}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  }

  const changes = { subtree: true, childList: true, attributes: true, attributeFilter: ["data-spoken"] };
  new MutationObserver(tell).observe(document, changes);
})();
