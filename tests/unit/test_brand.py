"""A host's look: which colours and pictures will do, and that each shade made of them is read by day and by night."""

import re
import struct
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from billing.brand import (
    DARK_PAGE,
    DARK_RAISED,
    DARK_SURFACE,
    OWN,
    PART,
    TEXT,
    colour_problem,
    icon_problem,
    palette,
    picture,
)
from billing.colours import WHITE, contrast

TOKENS = Path(__file__).parents[2] / "assets" / "styles" / "tokens.css"
PAGE, SURFACE_2 = "#f4f6f9", "#f7f9fb"
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
SQUARE = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + struct.pack(">II", 512, 512)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d 30"/>'


@given(colours)
def test_every_shade_of_a_colour_that_will_do_can_be_read(colour: str) -> None:
    assume(not colour_problem(colour))
    made = palette(colour, colour)
    for shade in (made.action, made.action_hover, made.action_press, made.main, made.main_hover, made.invoices,
                  made.invoices_hover):  # fmt: skip
        assert contrast(shade.light, WHITE) >= TEXT
        assert contrast(shade.dark, WHITE) >= TEXT
    for ground in (WHITE, PAGE, SURFACE_2, made.soft.light, made.soft_hover.light):
        assert contrast(made.link.light, ground) >= TEXT
    for ground in (DARK_PAGE, DARK_SURFACE, DARK_RAISED, made.soft.dark, made.soft_hover.dark):
        assert contrast(made.link.dark, ground) >= TEXT
    for button in (made.action, made.main, made.invoices):
        assert contrast(button.dark, DARK_PAGE) >= PART


@given(colours)
def test_the_nearest_shade_that_is_named_will_do(colour: str) -> None:
    named = re.findall("#[0-9a-f]{6}", colour_problem(colour))
    assert all(colour_problem(nearest) == "" for nearest in named[1:])
    assert len(named) in {0, 2}


def test_a_light_colour_is_refused_with_its_contrast_and_the_nearest_that_will_do() -> None:
    assert colour_problem("#ffcc00") == (
        "white text on #ffcc00 has a contrast of 1.51 and needs 4.5; the nearest shade is #907300"
    )


@pytest.mark.parametrize("colour", ["blue", "#12f", "1f4fcf", "#1f4fcg", "#1f4fcf;}", ""])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    assert colour_problem(colour) == "must be a colour such as #1f4fcf"


def test_without_colours_the_shades_are_the_ones_of_the_screens() -> None:
    assert palette() == OWN
    written = TOKENS.read_text()
    for token, shade in {
        "action": OWN.action, "action-hover": OWN.action_hover, "action-press": OWN.action_press, "main": OWN.main,
        "main-hover": OWN.main_hover, "link": OWN.link, "action-soft": OWN.soft, "action-soft-hover": OWN.soft_hover,
        "action-line": OWN.line, "invoices": OWN.invoices, "invoices-hover": OWN.invoices_hover,
    }.items():  # fmt: skip
        assert re.search(rf"--vd-{token}: +light-dark\({shade.light}, {shade.dark}\)", written), token


def test_one_colour_leaves_the_other_as_it_is() -> None:
    assert palette(red="#7a1fa2").action == OWN.action
    assert palette(blue="#7a1fa2").invoices == OWN.invoices


@pytest.mark.parametrize(("content", "media_type", "is_wide"), [
    (SQUARE, "image/png", False), (SVG % 30, "image/svg+xml", False), (SVG % 90, "image/svg+xml", True),
])  # fmt: skip
def test_a_logo_is_a_png_or_an_svg(content: bytes, media_type: str, is_wide: bool) -> None:
    read = picture(content)
    assert (read.media_type, read.is_wide) == (media_type, is_wide)


@pytest.mark.parametrize(("content", "reason"), [
    *((content, "neither a PNG nor an SVG") for content in (b"", b"<html/>", b"GIF89a", b"<svg/>")),
    (b"<!doctype svg><svg/>", "a document type"),
    (SQUARE + b"\x00" * 300_000, "larger than 256 kB"),
])  # fmt: skip
def test_what_is_no_logo_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        picture(content)


def test_an_icon_for_home_screens_is_a_large_square_png() -> None:
    assert icon_problem(picture(SQUARE)) == ""
    assert icon_problem(picture(SVG % 30)) == "must be a square PNG of 512 pixels or more"
