"""Takes the pictures of docs/guide.md from a running demo, small enough to be kept with the source.

`python -m tools.guide [address]`; the address is http://localhost:3000 when not given. Start the demo afresh before
(`RESET=1 make demo`): one picture pays an invoice. Needs the Chromium of the browser tests.
"""

import re
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from tools.system import chromium

IMAGES = Path(__file__).parent.parent / "docs" / "images"
MOST_BYTES = 150_000
COLOURS = 128
DESKTOP, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=760)
EMAIL, PASSWORD = "eigenaar@demo.test", "voldaan-demo"

Scene = Callable[[Page], None]


def main() -> int:
    """Exit code 0."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:3000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_context(base_url=address, locale="nl-NL", reduced_motion="reduce").new_page()
        for name, (size, scene) in SCENES.items():
            page.set_viewport_size(size)
            scene(page)
            _keep(page.screenshot(), IMAGES / f"guide-{name}.png")
        browser.close()
    return 0


def _keep(picture: bytes, path: Path) -> None:
    # Our pages have few colours; a palette of them is a quarter of the size and looks the same.
    small = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes, and may have {MOST_BYTES}")


def _login(page: Page) -> None:
    page.goto("/login")
    _settled(page, "Inloggen")


def _dashboard(page: Page) -> None:
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    _settled(page, "Goede")


def _invoice(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Betalen, factuur")).last.click()
    _settled(page, "Factuur")


def _thumb(page: Page) -> None:
    _settled(page, "Factuur")


def _help(page: Page) -> None:
    page.locator("summary", has_text="Wat is een machtiging?").click()
    page.locator(".vd-answer p").last.scroll_into_view_if_needed()


def _paid(page: Page) -> None:
    page.get_by_role("region", name="Betaalmethodes").get_by_role("button", name="iDEAL").click()
    page.get_by_role("button", name="Betaling slaagt").click()
    _settled(page, "Betaald, dank je wel")


def _at(address: str, heading: str) -> Scene:
    def go(page: Page) -> None:
        page.goto(address)
        _settled(page, heading)

    return go


def _settled(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible(timeout=15_000)
    page.wait_for_load_state("networkidle")


# In this order: each picture begins where the one before ended.
SCENES: dict[str, tuple[ViewportSize, Scene]] = {
    "login": (DESKTOP, _login),
    "dashboard": (DESKTOP, _dashboard),
    "invoice": (DESKTOP, _invoice),
    "thumb": (PHONE, _thumb),
    "help": (DESKTOP, _help),
    "paid": (DESKTOP, _paid),
    "invoices": (DESKTOP, _at("/invoices", "Facturen")),
    "mandate": (DESKTOP, _at("/account/mandate", "Machtiging")),
    "credits": (DESKTOP, _at("/credits", "Credits")),
    "products": (DESKTOP, _at("/products", "Producten")),
}


if __name__ == "__main__":
    sys.exit(main())
