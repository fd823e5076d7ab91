"""What a scene is: a page in a state, who looks at it, and what is done on it before the picture."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e.stack import Demo
from tools.gallery.wires import Wire

Act = Callable[[Demo, Page, Wire], None]


@dataclass(frozen=True)
class Scene:
    """email: who looks at it; empty for nobody. act: what is done when the page is there. shows: what has to be there
    before the picture, as a selector; empty for the page's own data. wire: what the connection to the server is like.
    is_window: something lies over the page, which is seen as far as the screen reaches.
    """

    page: str
    state: str
    path: str
    email: str = ""
    act: Act | None = None
    shows: str = ""
    wire: type[Wire] = Wire
    is_window: bool = False

    @property
    def name(self) -> str:
        return f"{self.page}--{self.state}"


def press(*selectors: str) -> Act:
    """Press one thing after the other; the first of those that fit."""

    def act(demo: Demo, page: Page, wire: Wire) -> None:
        for selector in selectors:
            page.locator(selector).filter(visible=True).first.click()

    return act


def wanted(scene: Scene, only: str) -> bool:
    """Whether a scene was asked for. only: a page, or a page and a state; empty for all."""
    return only in {"", scene.page, scene.name}
