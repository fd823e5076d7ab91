// Says on the page that the browser is off line: a socket that goes nowhere is noticed much later.
const tell = () => document.documentElement.toggleAttribute("data-offline", !navigator.onLine);
addEventListener("online", tell);
addEventListener("offline", tell);
tell();
