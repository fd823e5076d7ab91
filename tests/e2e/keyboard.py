"""Somebody who has a keyboard and no mouse: each press must leave the focus somewhere, and where it can be seen."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

# Enough to walk through any of our pages from top to bottom.
MOST_PRESSES = 80

_FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const box = here.getBoundingClientRect(), style = getComputedStyle(here);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const x = box.left + box.width / 2, y = box.top + box.height / 2, top = document.elementFromPoint(x, y);
  return {
    name: (here.getAttribute("aria-label") || here.labels?.[0]?.innerText || here.innerText || "").trim(),
    tag: here.tagName, ring: ring || style.boxShadow !== "none",
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    uncovered: !top || here.contains(top) || top.contains(here),
  };
}"""


@dataclass(frozen=True)
class Keyboard:
    """The keys of one page."""

    page: Page

    def press(self, key: str) -> None:
        """One key, no matter where the focus goes."""
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(text)

    def tab_to(self, name: str, *, tag: str = "") -> None:
        """Press Tab until what has the focus begins with this name; on the way all of it must be seen. tag: of it."""
        passed = []
        for _ in range(MOST_PRESSES):
            self.press("Tab")
            # Past the last element the focus is in the browser's own bar for one press.
            if focus := self.focus():
                assert_seen(focus)
                passed.append(focus["name"])
                if focus["name"].startswith(name) and focus["tag"].startswith(tag):
                    return
        raise AssertionError(f"{name} is not reached; passed were {passed}")

    def focus(self) -> dict[str, Any] | None:
        """What has the focus, None when nothing of the page has."""
        focus: dict[str, Any] | None = self.page.evaluate(_FOCUS)
        return focus

    def expect_kept(self) -> None:
        """The focus is on something of the page, and not lost to the page as a whole."""
        expect(self.page.locator(":focus")).to_have_count(1)


def assert_seen(focus: dict[str, Any]) -> None:
    """What has the focus is on screen, with nothing over it and a ring round it."""
    assert focus["inside"], f"{focus['name']} has the focus outside of the window"
    assert focus["uncovered"], f"something covers {focus['name']}, which has the focus"
    assert focus["ring"], f"nothing shows that {focus['name']} has the focus"
