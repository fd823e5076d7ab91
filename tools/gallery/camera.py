"""Opens scenes and takes their pictures."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as BrowserError

from billing.logins.languages import choose_language
from tests.e2e.browsers import PATIENCE_MS
from tests.e2e.stack import Demo
from tools.browsing import IS_SHOWN, signed_in
from tools.gallery.checks import Ears, findings
from tools.gallery.looks import Look, picture
from tools.gallery.scenes import Scene

LANGUAGE_COOKIE = "voldaan_language"
# A browser draws no picture that is higher than this.
HIGHEST = 8000


@dataclass
class Camera:
    """Takes pictures of one demo into a folder. found: what is wrong, each told once, as soon as it is seen. taken: the
    names of the pictures."""

    demo: Demo
    browser: Browser
    folder: Path
    found: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def take(self, scene: Scene, looks: Iterable[Look], language: str) -> None:
        """Open a scene once, and look at it in each way. A scene that can't be set is a finding."""
        context = self.browser.new_context(
            base_url=self.demo.url, locale="nl-NL", timezone_id="Europe/Amsterdam", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": self.demo.url}])
        if scene.email:
            cookie = signed_in(self.demo, scene.email)
            # What somebody once chose counts for more than the browser's cookie.
            self.demo.billing.do(choose_language, cookie["value"], language)
            context.add_cookies([cookie])
        try:
            page = context.new_page()
            ears = Ears(page)
            self._set(scene, page)
            for look in looks:
                self._shoot(scene, page, look, language)
            self.note(f"{scene.name} {language}", ears.heard)
        except (BrowserError, AssertionError) as problem:
            self.note(f"{scene.name} {language}", [f"can't be shown: {str(problem).splitlines()[0]}"])
        finally:
            context.close()

    def note(self, where: str, found: Iterable[str]) -> None:
        """Write down what is wrong somewhere."""
        for what in found:
            finding = f"{where}: {what}"
            if finding not in self.found:
                self.found.append(finding)
                print(finding, flush=True)

    def _set(self, scene: Scene, page: Page) -> None:
        wire = scene.wire()
        wire.lay(page)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(scene.path)
        if scene.shows and not scene.act:
            page.locator(scene.shows).first.wait_for()
            return
        page.wait_for_function(IS_SHOWN)
        if scene.act:
            scene.act(self.demo, page, wire)
        if scene.shows:
            page.locator(scene.shows).first.wait_for()

    def _shoot(self, scene: Scene, page: Page, look: Look, language: str) -> None:
        page.set_viewport_size(look.size)
        page.emulate_media(color_scheme=look.theme, reduced_motion="reduce")
        expect(page.locator("html")).to_have_class(look.theme)
        self.note(f"{scene.name} {look.device} {language}", findings(page))
        if not scene.is_window:
            _make_room(page, look)
        name = picture(scene.name, look, language)
        page.screenshot(path=self.folder / name, animations="disabled")
        self.taken.append(name)


def _make_room(page: Page, look: Look) -> None:
    """A screen as high as the page: what sticks to the edge of a screen then lies over nothing."""
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": look.size["width"], "height": min(max(height, look.size["height"]), HIGHEST)})
