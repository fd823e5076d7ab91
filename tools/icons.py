"""Draws the PNG icons in assets/icons from the mark in assets/favicon.svg; run it when the mark changes.

`python -m tools.icons`; needs the Chromium of the browser tests.
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.system import chromium

ASSETS = Path(__file__).parent.parent / "assets"
# Pixels, and how much of the icon the mark takes. A mark that fills its icon keeps its round corners; the others stand
# on their own blue, because the system cuts them out itself, on Android up to a circle of four fifths.
ICONS = {"192": (192, 1.0), "512": (512, 1.0), "maskable": (512, 0.76), "touch": (180, 1.0)}
ON_BLUE = ("maskable", "touch")

_PAGE = """<style>* {{ margin: 0 }} body {{ width: {size}px; height: {size}px; display: grid; place-items: center;
background: {ground} }} svg {{ width: {part}%; height: {part}% }}</style>{mark}"""


def main() -> int:
    """Exit code 0."""
    mark = (ASSETS / "favicon.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        for name, (size, part) in ICONS.items():
            _draw(page, mark, ASSETS / "icons" / f"{name}.png", size, part, is_on_blue=name in ON_BLUE)
        browser.close()
    return 0


def _draw(page: Page, mark: str, path: Path, size: int, part: float, *, is_on_blue: bool) -> None:
    ground = mark.partition('fill="')[2][:7] if is_on_blue else "transparent"
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(_PAGE.format(size=size, ground=ground, part=100 * part, mark=mark))
    page.screenshot(path=path, omit_background=True)


if __name__ == "__main__":
    sys.exit(main())
