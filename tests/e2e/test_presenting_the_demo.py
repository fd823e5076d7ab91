"""Who shows the demo: a story by clicks alone, ticked off step by step, and nothing of it for anybody else."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import expect

from billing.clock import AMSTERDAM
from tests.e2e.browsers import NewPage
from tests.e2e.stack import Demo
from tests.e2e.steps import OWNER, PASSWORD, fill_in_login, login
from tests.e2e.test_accessibility import assert_no_violations

PRESENTER = "presenter@demo.test"


def test_a_story_is_told_from_the_page_and_ticked_off(demo: Demo, new_page: NewPage) -> None:
    page = new_page()
    fill_in_login(page, PRESENTER, PASSWORD)
    page.wait_for_url("**/demo")
    expect(page.get_by_role("heading", name="Presentatie", level=1)).to_be_visible()
    story = page.get_by_role("region", name="Betalen met iDEAL")
    story.get_by_role("button", name=re.compile("laarzetten")).click()
    for step in ("stap 2", "stap 3"):
        expect(story.get_by_text(step)).to_be_visible(timeout=45_000)
        assert_no_violations(page)
        story.get_by_role("button", name="Volgende stap").click()
    expect(story.get_by_role("button", name="Opnieuw klaarzetten")).to_be_visible(timeout=45_000)
    mailbox = page.get_by_role("region", name="Mailbox")
    expect(mailbox.get_by_text(re.compile("^Betaald: factuur")).first).to_be_visible()
    assert_no_violations(page)


def test_a_bar_with_the_time_and_the_next_step_is_on_every_other_page(demo: Demo, new_page: NewPage) -> None:
    page = new_page()
    fill_in_login(page, PRESENTER, PASSWORD)
    page.wait_for_url("**/demo")
    page.goto("/account")
    bar = page.get_by_role("region", name="Presentatie")
    now = demo.billing.clock.now()
    expect(bar.get_by_role("time")).to_have_text(said(now))
    bottom, top = bar.bounding_box(), page.get_by_role("main").bounding_box()
    assert bottom
    assert top
    assert bottom["y"] + bottom["height"] <= top["y"]
    assert_no_violations(page)
    bar.get_by_role("button", name="+1 uur").click()
    expect(bar.get_by_role("time")).to_have_text(said(now + timedelta(hours=1)), timeout=45_000)
    bar.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Presentatie", level=1)).to_be_visible()


def said(instant: datetime) -> re.Pattern[str]:
    """The time as the bar shows it, this minute or the next."""
    minutes = (instant.astimezone(AMSTERDAM), (instant + timedelta(minutes=1)).astimezone(AMSTERDAM))
    return re.compile("|".join(f"{local:%H}\\.{local:%M}" for local in minutes))


def test_a_customer_finds_no_such_page(demo: Demo, new_page: NewPage) -> None:
    page = new_page()
    login(page, OWNER)
    page.goto("/demo")
    expect(page.get_by_role("heading", name="Presentatie", level=1)).to_have_count(0)
    expect(page.get_by_role("region", name="Presentatie")).to_have_count(0)
    expect(page.get_by_role("status").get_by_role("heading")).to_be_visible()
