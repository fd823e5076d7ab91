"""How a host looks: its name, two colours and a logo, and the shades that screens, mails and paper make of them."""

import base64
import re
import struct
from dataclasses import dataclass, field
from xml.etree import ElementTree

from billing.colours import WHITE, contrast, darkened, lightened, scaled, tint

NAME = "Voldaan"
# WCAG 2.2: text (1.4.3), and the edge of what can be pressed (1.4.11).
TEXT, PART = 4.5, 3.0
LOGO_MAX_BYTES = 256 * 1024
ICON_LEAST_PIXELS = 512

# The dark grounds that the shades have to stand out from, as in the screen's tokens of the same names.
DARK_PAGE, DARK_SURFACE, DARK_RAISED = "#0c121e", "#141c2a", "#1a2434"

_PNG = b"\x89PNG\r\n\x1a\n"
# Of its width and height the whole part, which is enough to tell a mark from a written name.
_VIEW_BOX = re.compile(r"\s*-?[\d.]+[\s,]+-?[\d.]+[\s,]+(\d+)[\d.]*[\s,]+(\d+)")
_SVG = "{http://www.w3.org/2000/svg}svg"


@dataclass(frozen=True)
class Shade:
    """One colour by day and by night, each as `#rrggbb`."""

    light: str
    dark: str


@dataclass(frozen=True)
class Palette:
    """The shades of an action (blue) and of the invoices (red). White text is read on all but link, soft and line.

    night: a ground nearly black, by day too.
    """

    action: Shade = Shade("#1f4fcf", "#2f63e6")
    action_hover: Shade = Shade("#1a41ab", "#2a5ad8")
    action_press: Shade = Shade("#17358a", "#244fc2")
    main: Shade = Shade("#1f4fcf", "#2a5bce")
    main_hover: Shade = Shade("#1a41ab", "#2450ba")
    link: Shade = Shade("#1f4fcf", "#93b4ff")
    soft: Shade = Shade("#eef3ff", "#1a2a4d")
    soft_hover: Shade = Shade("#dde7ff", "#213461")
    line: Shade = Shade("#bccfff", "#34508f")
    night: Shade = Shade("#13265f", "#13265f")
    invoices: Shade = Shade("#c0212f", "#c42a37")
    invoices_hover: Shade = Shade("#a01824", "#d03a46")


# Voldaan's own, chosen by eye; those of a host are derived.
OWN = Palette()


@dataclass(frozen=True)
class Picture:
    """A logo as it was given. width, height: pixels, or units of an SVG; (0, 0) when it does not say."""

    content: bytes = field(repr=False)
    media_type: str
    width: int = 0
    height: int = 0

    @property
    def is_wide(self) -> bool:
        """Whether it is more of a written name than a mark."""
        return self.width > 2 * self.height

    @property
    def data_url(self) -> str:
        """The picture as an address that needs no other file (RFC 2397)."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.content).decode()}"


@dataclass(frozen=True)
class Brand:
    """What a host goes by. name: empty when it gave none. icon: a square PNG for home screens.

    Without a logo there is Voldaan's own mark on screens, and none in mails and on paper.
    """

    name: str = ""
    palette: Palette = OWN
    logo: Picture | None = None
    icon: Picture | None = None

    @property
    def screen_name(self) -> str:
        """The name on screens: a dashboard is called something, where mails and paper have the seller's name."""
        return self.name or NAME

    @property
    def mail_logo(self) -> Picture | None:
        """The picture for mails, whose programs know no SVG."""
        return next((p for p in (self.logo, self.icon) if p and p.media_type == "image/png"), None)


def palette(blue: str = "", red: str = "") -> Palette:
    """The shades of two colours; of none where one is empty, which keeps Voldaan's own.

    blue, red: `#rrggbb` on which white text can be read, see `colour_problem`.
    """
    return Palette(**(_actions(blue) if blue else {}), **(_invoices(red) if red else {}))


def colour_problem(colour: str) -> str:
    """Why a colour can't carry white text, with the nearest shade that can; empty when it does."""
    if not re.fullmatch("#[0-9a-f]{6}", colour):
        return "must be a colour such as #1f4fcf"
    found = contrast(colour, WHITE)
    if found >= TEXT:
        return ""
    # Rounded down: 4.49 must not read as enough.
    told = f"{int(found * 100) / 100:.2f}"
    nearest = darkened(colour, on=WHITE, least=TEXT)
    return f"white text on {colour} has a contrast of {told} and needs {TEXT}; the nearest shade is {nearest}"


def picture(content: bytes) -> Picture:
    """Read a logo. Raises ValueError saying what is wrong with it."""
    if len(content) > LOGO_MAX_BYTES:
        raise ValueError(f"is larger than {LOGO_MAX_BYTES // 1024} kB")
    if content.startswith(_PNG) and content[12:16] == b"IHDR":
        width, height = struct.unpack(">II", content[16:24])
        return Picture(content, "image/png", width, height)
    return Picture(content, "image/svg+xml", *_svg_size(content))


def icon_problem(icon: Picture) -> str:
    """Why a picture is no icon for home screens; empty when it is one."""
    is_icon = icon.media_type == "image/png" and icon.width == icon.height >= ICON_LEAST_PIXELS
    return "" if is_icon else f"must be a square PNG of {ICON_LEAST_PIXELS} pixels or more"


def _actions(blue: str) -> dict[str, Shade]:
    by_night = lightened(blue, on=DARK_PAGE, least=3.5)
    main_by_night = lightened(blue, on=DARK_PAGE, least=3.1)
    bright = lightened(blue, on=DARK_RAISED, least=7.2)
    soft = Shade(tint(WHITE, blue, 1.11), tint(DARK_SURFACE, bright, 1.2))
    soft_hover = Shade(tint(WHITE, blue, 1.24), tint(DARK_SURFACE, bright, 1.4))
    night = darkened(blue, on=WHITE, least=14)
    return {
        "action": Shade(blue, by_night),
        "action_hover": Shade(scaled(blue, 0.83), scaled(by_night, 0.92)),
        "action_press": Shade(scaled(blue, 0.68), scaled(by_night, 0.84)),
        "main": Shade(blue, main_by_night),
        "main_hover": Shade(scaled(blue, 0.83), scaled(main_by_night, 0.9)),
        # The soft ground under a link is the darkest that it stands on by day.
        "link": Shade(darkened(blue, on=soft_hover.light, least=TEXT), bright),
        "soft": soft,
        "soft_hover": soft_hover,
        "line": Shade(tint(WHITE, blue, 1.55), tint(DARK_SURFACE, bright, 2.2)),
        "night": Shade(night, night),
    }


def _invoices(red: str) -> dict[str, Shade]:
    by_night = lightened(red, on=DARK_PAGE, least=3.3)
    return {
        "invoices": Shade(red, by_night),
        "invoices_hover": Shade(scaled(red, 0.83), scaled(by_night, 0.92)),
    }


def _svg_size(content: bytes) -> tuple[int, int]:
    # A document type can hold entities that grow without end; no drawing program needs one.
    if b"<!DOCTYPE" in content.upper():
        raise ValueError("is an SVG with a document type; save it as plain SVG")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        raise ValueError("is neither a PNG nor an SVG") from None
    if root.tag != _SVG:
        raise ValueError("is neither a PNG nor an SVG")
    box = _VIEW_BOX.match(root.get("viewBox", ""))
    return (int(box[1]), int(box[2])) if box else (0, 0)
