"""What no picture may show: text cut off, a page that scrolls sideways, a placeholder, a script's error."""

from playwright.sync_api import ConsoleMessage, Page

# Cut off on purpose: names in the bar and in a row of choices, which say themselves whole where they are chosen.
MEANT = ".acc, .nm"
# A page that is not there, and what can't be fetched while the server can't be reached, are told of by the browser.
EXPECTED = ("Failed to load resource", "WebSocket connection to")

FIND = r"""meant => {
    const found = [], root = document.documentElement;
    const tell = e => `${e.tagName.toLowerCase()}.${[...e.classList].join(".")} "${e.textContent.trim().slice(0, 60)}"`;
    const hasText = e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim() !== "");
    const around = (e, is) => { for (let at = e; at; at = at.parentElement) if (is(at)) return true; return false; };
    // For screen readers only: a box of one pixel.
    const isUnseen = e => around(e, at => at.clientWidth === 1 || at.clientHeight === 1);
    const scrolls = e => around(e.parentElement, at => ["auto", "scroll"].includes(getComputedStyle(at).overflowX));

    if (root.scrollWidth > root.clientWidth) found.push(`scrolls sideways, ${root.scrollWidth} in ${root.clientWidth}`);
    for (const e of document.body.querySelectorAll("*")) {
        if (!hasText(e) || !e.checkVisibility() || e.closest(meant) || isUnseen(e)) continue;
        const style = getComputedStyle(e), box = e.getBoundingClientRect();
        if (e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1) found.push(`goes over its edge: ${tell(e)}`);
        else if (style.overflowY === "hidden" && e.scrollHeight > e.clientHeight + 4) found.push(`cut off: ${tell(e)}`);
        else if ((box.left < -1 || box.right > root.clientWidth + 1) && !scrolls(e))
            found.push(`off the screen: ${tell(e)}`);
    }
    const said = [document.body.innerText, document.title];
    for (const name of ["aria-label", "placeholder", "title"])
        for (const e of document.querySelectorAll(`[${name}]`)) said.push(e.getAttribute(name));
    for (const text of said) {
        const odd = text.match(/.{0,30}(\{[a-z_]\w*\}|\bundefined\b|\bNaN\b|\[object |\bNone\b).{0,30}/);
        if (odd) found.push(`not filled in: "${odd[0]}"`);
    }
    return found;
}"""


class Ears:
    """Hears what goes wrong in a page's scripts."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        page.on("pageerror", lambda error: self.heard.append(f"script failed: {error}"))
        page.on("console", self._console)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            self.heard.append(f"console: {message.text}")


def findings(page: Page) -> list[str]:
    """What is wrong with what is on screen, at this size."""
    return [str(found) for found in page.evaluate(FIND, MEANT)]
