"""For eyes that need it otherwise: twice as large, without movement, in the colours of the system, from 320 to 2560."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.browsers import NewPage
from tests.e2e.steps import OWNER, login, open_from_dashboard

# What 200 % leaves of a window of 1280 (WCAG 1.4.10).
ZOOMED = ViewportSize(width=640, height=450)
WIDTHS = (320, 640, 1024, 2560)
ADDRESSES = ("/", "/invoices", "/credits", "/products", "/account/mandate")
# Longer than a blink: what the style sheets leave for who wants no movement.
STILL_MS = 1

_MOVING = """least => document.getAnimations().filter(each => each.playState === "running"
  && Number(each.effect.getComputedTiming().activeDuration) > least).map(each => each.animationName || "transition")"""
_TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Text must not have the colour of its own ground, and a button must have an edge.
_EDGELESS = """[...document.querySelectorAll("main .vd-btn, main .vd-mb, main .vd-m")].filter(each => {
  const style = getComputedStyle(each);
  return each.offsetParent && (style.borderStyle === "none" || parseFloat(style.borderWidth) < 1);
}).map(each => each.innerText)"""
_INVISIBLE = """[...document.querySelectorAll("main :is(h1, h2, p, .vd-btn, .vd-badge)")].filter(each => {
  const style = getComputedStyle(each);
  return each.offsetParent && style.color === style.backgroundColor;
}).map(each => each.innerText)"""


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways_at_any_width(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    login(page, OWNER)
    for address in ADDRESSES:
        opened(page, address)
        assert page.evaluate(_TOO_WIDE) <= 0, f"{address} scrolls sideways at {width}"


def test_twice_as_large_an_invoice_can_be_read_and_paid(new_page: NewPage) -> None:
    page = new_page(viewport=ZOOMED)
    login(page, OWNER)
    open_from_dashboard(page, "Onbetaald")
    assert page.evaluate(_TOO_WIDE) <= 0
    expect(page.get_by_role("button", name="Betalen met iDEAL")).to_be_in_viewport()


def test_on_a_phone_the_button_to_pay_stays_under_the_thumb(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    login(page, OWNER)
    open_from_dashboard(page, "Onbetaald")
    button = page.get_by_role("button", name="Betalen met iDEAL")
    expect(button).to_be_in_viewport()
    page.get_by_role("heading", name="Geschiedenis").scroll_into_view_if_needed()
    expect(button).to_be_in_viewport()
    box = button.bounding_box()
    assert box
    assert box["y"] > 844 * 2 / 3
    assert box["height"] >= 44


def test_on_a_wide_screen_there_is_one_button_to_pay_with_ideal(page: Page) -> None:
    login(page, OWNER)
    open_from_dashboard(page, "Onbetaald")
    expect(page.get_by_role("button", name="iDEAL")).to_have_count(1)


def test_nothing_moves_for_who_asked_for_that(new_page: NewPage) -> None:
    page = new_page(reduced_motion="reduce")
    login(page, OWNER)
    for address in ADDRESSES:
        opened(page, address)
        assert page.evaluate(_MOVING, STILL_MS) == [], address


def test_in_the_colours_of_the_system_buttons_have_an_edge_and_words_can_be_read(new_page: NewPage) -> None:
    page = new_page(forced_colors="active")
    login(page, OWNER)
    for address in ("/", "/invoices"):
        opened(page, address)
        assert page.evaluate(_INVISIBLE) == []
        assert page.evaluate(_EDGELESS) == []
    page.goto("/")
    open_from_dashboard(page, "Onbetaald")
    assert page.evaluate(_EDGELESS) == []
