"""How this installation looks, beside the built pages: a host's colours, logo and name need no new build."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from billing.brand import OWN, Brand, Palette, Picture, Shade
from billing.colours import WHITE
from dashboard import wiring
from dashboard.texts.languages import SAID, language

_ASSETS = Path(__file__).parents[2] / "assets"
# What a picture may do when somebody opens it as a page of its own: nothing.
_HARMLESS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
# A changed setting shows within minutes; until then nobody asks twice.
_KEEP = "public, max-age=300"

_OWN_ICONS = [
    {"src": "/icons/192.png", "sizes": "192x192", "type": "image/png"},
    {"src": "/icons/512.png", "sizes": "512x512", "type": "image/png"},
    {"src": "/icons/maskable.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
]
# A written name as the logo stands alone, and the name beside it is for screen readers.
_WIDE_LOGO = """
.vd-brand .vd-mark { width: auto; max-width: 10rem; object-fit: contain; }
.vd-brand .vd-name { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""


async def sheet(request: Request) -> Response:
    """The tokens that are otherwise than Voldaan's own, as CSS; empty when none is."""
    return _kept(request, style(wiring.brand()).encode(), "text/css")


async def logo(request: Request) -> Response:
    """The logo of the host, or Voldaan's mark in the host's blue."""
    shown = wiring.brand().logo or _mark(wiring.brand().palette.action.light)
    return _kept(request, shown.content, shown.media_type)


async def icon(request: Request) -> Response:
    """The PNG for home screens. 404 when a host has a look of its own and gave none: better none than another's."""
    brand = wiring.brand()
    found = brand.icon.content if brand.icon else (_ASSETS / "icons" / "touch.png").read_bytes()
    if not brand.icon and not _is_own(brand):
        raise HTTPException(404)
    return _kept(request, found, "image/png")


async def manifest(request: Request) -> Response:
    """What a browser needs to install the dashboard (W3C Web Application Manifest)."""
    brand = wiring.brand()
    described: dict[str, Any] = {
        "id": "/", "start_url": "/", "scope": "/", "display": "standalone", "lang": language(), "dir": "ltr",
        "name": brand.screen_name, "short_name": brand.screen_name, "description": SAID.shell.manifest,
        "theme_color": WHITE, "background_color": WHITE, "icons": list(_icons(brand)),
        "shortcuts": [{"name": SAID.shell.invoices, "url": "/invoices"}],
    }  # fmt: skip
    headers = {"Cache-Control": _KEEP}
    return JSONResponse(described, headers=headers, media_type="application/manifest+json")


def style(brand: Brand) -> str:
    """The style sheet of a brand."""
    wide = _WIDE_LOGO if brand.logo and brand.logo.is_wide else ""
    if brand.palette == OWN:
        return wide
    light = "".join(f"{name}:{shade.light};" for name, shade in _tokens(brand.palette))
    dark = "".join(f"{name}:{shade.dark};" for name, shade in _tokens(brand.palette))
    # Stronger by one element than where the tokens are declared: the order of the sheets is not ours to choose.
    return (
        f"html:root,html .vd-daylight{{{light}}}\n"
        f"@media (prefers-color-scheme:dark){{html:root:not(.light){{{dark}}}}}\n"
        f"html:root.dark{{{dark}}}\n{wide}"
    )


def _tokens(palette: Palette) -> Iterator[tuple[str, Shade]]:
    always = {
        "blue-50": palette.soft.light, "blue-500": palette.action.dark, "blue-600": palette.action.light,
        "blue-700": palette.action_hover.light, "blue-900": palette.night.light,
        "red-700": palette.invoices_hover.light,
    }  # fmt: skip
    by_day_and_night = {
        "action": palette.action, "action-hover": palette.action_hover, "action-press": palette.action_press,
        "main": palette.main, "main-hover": palette.main_hover, "link": palette.link, "focus": palette.link,
        "action-soft": palette.soft, "action-soft-hover": palette.soft_hover, "action-line": palette.line,
        "invoices": palette.invoices, "invoices-hover": palette.invoices_hover,
    }  # fmt: skip
    for name, colour in always.items():
        yield f"--vd-{name}", Shade(colour, colour)
    for name, shade in by_day_and_night.items():
        yield f"--vd-{name}", shade


def _icons(brand: Brand) -> Iterator[dict[str, str]]:
    if _is_own(brand):
        yield from _OWN_ICONS
        return
    for picture, address in ((brand.icon, "/brand/icon.png"), (brand.logo, "/brand/logo")):
        if picture:
            is_png = picture.media_type == "image/png"
            sizes = f"{picture.width}x{picture.height}" if is_png else "any"
            yield {"src": address, "sizes": sizes, "type": picture.media_type}
    if not brand.logo:
        yield {"src": "/brand/logo", "sizes": "any", "type": "image/svg+xml"}


def _is_own(brand: Brand) -> bool:
    """Whether the mark is Voldaan's own in its own colour."""
    return not brand.logo and not brand.icon and brand.palette.action == OWN.action


@lru_cache(maxsize=2)
def _mark(blue: str) -> Picture:
    mark = (_ASSETS / "favicon.svg").read_text().replace(OWN.action.light, blue)
    return Picture(mark.encode(), "image/svg+xml")


def _kept(request: Request, content: bytes, media_type: str) -> Response:
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": _KEEP}
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    if media_type == "image/svg+xml":
        headers |= _HARMLESS
    return Response(content, media_type=media_type, headers=headers)
