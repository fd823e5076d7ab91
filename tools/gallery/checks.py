"""What a picture can't be allowed to show: text cut off, a page that scrolls sideways, a placeholder, a script's error."""

from playwright.sync_api import ConsoleMessage, Page

# What is cut off on purpose: text for screen readers, which is one pixel wide.
MEANT = (".sr", "svg")
# A page that is not there, and what can't be fetched while the server can't be reached, are told of by the browser.
EXPECTED = ("Failed to load resource", "WebSocket connection to")

FIND = """meant => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`scrolls sideways: ${root.scrollWidth} in ${root.clientWidth}`);
    const tell = e => `${e.tagName.toLowerCase()}.${[...e.classList].join(".")} "${e.textContent.trim().slice(0, 60)}"`;
    const hasText = e => [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim() !== "");
    for (const e of document.body.querySelectorAll("*")) {
        if (e.closest(meant) || !hasText(e) || !e.checkVisibility()) continue;
        const style = getComputedStyle(e);
        const wide = e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1;
        const high = e.clientHeight > 0 && e.scrollHeight > e.clientHeight + 4 && style.overflowY === "hidden";
        if (wide && style.overflowX !== "auto") found.push(`cut off or over its edge: ${tell(e)}`);
        else if (high) found.push(`cut off below: ${tell(e)}`);
        const box = e.getBoundingClientRect();
        if (box.width > 0 && (box.left < -1 || box.right > root.clientWidth + 1) && !e.closest("[style*=scroll], .vd-scroll"))
            found.push(`off the screen: ${tell(e)}`);
    }
    const said = [document.body.innerText, document.title];
    for (const e of document.querySelectorAll("[aria-label], [placeholder], [title]"))
        said.push(e.getAttribute("aria-label"), e.getAttribute("placeholder"), e.getAttribute("title"));
    const odd = /\\{[a-z_]\\w*\\}|\\bundefined\\b|\\bNaN\\b|\\[object |\\bNone\\b/;
    for (const text of said.filter(Boolean)) {
        const hit = text.match(odd);
        if (hit) found.push(`not filled in: "${text.slice(Math.max(0, hit.index - 30), hit.index + 30)}"`);
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
    return [str(found) for found in page.evaluate(FIND, ", ".join(MEANT))]
