"""In which ways each scene is looked at, and what its picture is called."""

from dataclasses import dataclass
from itertools import product
from typing import Literal

from playwright.sync_api import ViewportSize

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
LANGUAGES = ("nl", "en")
DEVICES = {
    "phone": ViewportSize(width=390, height=844),
    "small": ViewportSize(width=320, height=640),
    "desktop": ViewportSize(width=1440, height=900),
    "wide": ViewportSize(width=2560, height=1440),
}
# What is worth seeing on a wide screen too.
WIDE = frozenset({"login--plain", "dashboard--lived-in", "invoices--many", "invoice--open", "staff--finance"})


@dataclass(frozen=True)
class Look:
    """A screen and its colours."""

    device: str
    theme: Theme

    @property
    def size(self) -> ViewportSize:
        return DEVICES[self.device]


def looks(scene: str, *, device: str = "", theme: Theme | None = None) -> list[Look]:
    """How to look at a scene, the same device in a row; all devices and themes when none is asked for."""
    devices = [device] if device else [name for name in DEVICES if name != "wide" or scene in WIDE]
    return [Look(*look) for look in product(devices, [theme] if theme else THEMES)]


def picture(scene: str, look: Look, language: str) -> str:
    """The name of a file, such that a page's states, and a state's looks, lie side by side."""
    return f"{scene}--{look.device}--{look.theme}--{language}.png"
