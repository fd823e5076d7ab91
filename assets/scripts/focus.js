// A page that is swapped for another takes the focus with it: put it on the new page's title, where reading goes on.
let shown = location.pathname;
const isLost = () => !document.activeElement || document.activeElement === document.body;
const follow = () => {
  const title = document.querySelector("#inhoud h1");
  if (location.pathname === shown || !title || document.querySelector("#inhoud [aria-busy=true]")) return;
  shown = location.pathname;
  if (isLost()) focusOn(title);
};
const focusOn = (place) => {
  place.tabIndex = -1;
  place.focus();
};
new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });

// The link past the bar: an address with a mark would load the page anew, and lose the focus again.
document.addEventListener("click", (event) => {
  if (!event.target.closest(".vd-skip")) return;
  event.preventDefault();
  const content = document.getElementById("inhoud");
  content.scrollIntoView();
  focusOn(content);
});
