"""Who shows the demo: a story by clicks alone, ticked off step by step, and nothing of it for anybody else."""

import re

from playwright.sync_api import expect

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


def test_a_customer_finds_no_such_page(demo: Demo, new_page: NewPage) -> None:
    page = new_page()
    login(page, OWNER)
    page.goto("/demo")
    expect(page.get_by_role("heading", name="Presentatie", level=1)).to_have_count(0)
    expect(page.get_by_role("status").get_by_role("heading")).to_be_visible()
