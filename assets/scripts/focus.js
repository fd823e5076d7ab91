// A page that is swapped for another takes the focus with it: put it on the new page's title, where reading goes on.
let shown = location.pathname;
let place = null;
const isLost = () => !document.activeElement || document.activeElement === document.body;
const focusOn = (element) => {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
};
const follow = () => {
  // The old page stays for a moment, so its title can go the same way.
  const isSwapped = location.pathname !== shown || place?.isConnected === false;
  const title = document.querySelector("#inhoud h1");
  if (!isSwapped || !title || !isLost() || document.querySelector("#inhoud [aria-busy=true]")) return;
  shown = location.pathname;
  place = title;
  focusOn(title);
};
new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
// Who points at something has chosen a place.
document.addEventListener("pointerdown", () => {
  if (isLost()) [shown, place] = [location.pathname, null];
});

// The link past the bar: an address with a mark would load the page anew, and lose the focus again.
document.addEventListener("click", (event) => {
  if (!event.target.closest(".vd-skip")) return;
  event.preventDefault();
  const content = document.getElementById("inhoud");
  content.scrollIntoView();
  focusOn(content);
});
