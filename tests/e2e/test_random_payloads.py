"""Ten thousand events with random arguments, from everybody who has a log-in and from nobody: nothing comes of them."""

import random
import re
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass

import pytest

from billing.access import PRESENTER
from billing.demo.people import USERS
from billing.logins import sessions
from dashboard.payloads import fits
from tests.e2e.hostile import Hostile, seed
from tests.e2e.newcomers import person
from tests.e2e.raw_socket import RawTab, cookie_of, full_name, rows
from tests.e2e.stack import Demo, get
from tests.matrix.decisions import EVENTS, PAGES
from tests.states.test_surface import our_states

pytestmark = pytest.mark.usefixtures("quiet")

EVENTS_IN_ALL = 10_000
AT_ONCE = 25
HANDLERS = {
    f"{state.__name__}.{name}": handler.fn
    for state in our_states()
    for name, handler in state.event_handlers.items()
    if name != "setvar"
}
PAGE_OF = {opens.split(".")[0]: page for page, opens in PAGES.items() if opens}
# What the web process says when something went wrong that nobody had thought of.
TROUBLE = re.compile(r"Traceback|problem [0-9a-f]{8}|Reflex (Back|Front)end Exception|[A-Z]\w+(Error|Exception): ")


@dataclass
class Attack:
    """What was sent, and what came of it."""

    heard: dict[str, str]
    rows_before: object
    rows_after: object
    log: str


@pytest.fixture(scope="module")
def seeded() -> int:
    return seed()


@pytest.fixture(scope="module")
def attack(demo: Demo, seeded: int) -> Attack:
    """All of it, once; the tests look at what is left."""
    print(f"VOLDAAN_TEST_SEED={seeded}")
    # Who logs out elsewhere would end the sessions that other journeys left.
    demo.billing.do(sessions.end_everybodys, person(demo, "finance@demo.test"))
    # A presenter may begin the demo anew, which changes every row.
    people = [email for email, (_, staff_role) in USERS.items() if staff_role != PRESENTER]
    cookies = {"": ""} | {email: cookie_of(demo, email) for email in people}
    hostile = Hostile(random.Random(seeded))
    before, said = rows(demo), demo.log.stat().st_size
    with ExitStack() as stack:
        tabs = {email: stack.enter_context(RawTab(demo, cookie)) for email, cookie in cookies.items()}
        for turn in range(EVENTS_IN_ALL // AT_ONCE):
            tab = list(tabs.values())[turn % len(tabs)]
            for number in range(AT_ONCE):
                event = list(EVENTS)[(turn * AT_ONCE + number) % len(EVENTS)]
                page = PAGE_OF.get(event.split(".")[0], "/")
                tab.send(full_name(event), payload(hostile, event), at=hostile.address(page))
            tab.settled()
        heard = {email: "".join([*tab.heard, *tab.settled(patience=0.2)]) for email, tab in tabs.items()}
    return Attack(heard, before, rows(demo), demo.log.read_bytes()[said:].decode("utf-8", "replace"))


def payload(hostile: Hostile, event: str) -> object:
    """Random arguments; of what needs no id to change something, such as one's own name, never what would be right."""
    decision, handler = EVENTS[event], HANDLERS[event]
    made = hostile.payload(handler)
    names_an_id = re.search(r"\{\w+\}", f"{decision.at} {decision.first} {decision.sends}")
    if decision.writes and not names_an_id:
        while fits(handler, made):
            made = {**made, hostile.text(): hostile.value()}
    return made


def test_no_row_has_changed(attack, seeded):
    assert attack.rows_after == attack.rows_before, f"VOLDAAN_TEST_SEED={seeded}"


def test_the_server_still_works_and_nothing_surprised_it(demo, attack, seeded):
    assert get(f"{demo.url}/health/ready").status_code == 200
    surprises = [line for line in attack.log.splitlines() if TROUBLE.search(line)]
    assert surprises == [], f"VOLDAAN_TEST_SEED={seeded}"


def test_what_was_refused_is_in_the_log_by_its_name_alone(attack):
    refused = [line for line in attack.log.splitlines() if "event refused" in line]
    assert len(refused) > EVENTS_IN_ALL / 10
    assert "voldaan_session" not in attack.log
    assert max(map(len, attack.log.splitlines())) < 1000


def test_many_did_reach_a_handler(attack):
    assert len([line for line in attack.log.splitlines() if "event refused" in line]) < EVENTS_IN_ALL * 0.9
    assert all(
        heard.count("42/_event") > EVENTS_IN_ALL / AT_ONCE / len(attack.heard) for heard in attack.heard.values()
    )


# The company's own people see all customers.
@pytest.mark.parametrize("email", ["", *(email for email, (_, staff_role) in USERS.items() if not staff_role)])
def test_nobody_was_sent_a_word_of_an_account_that_is_not_theirs(demo, attack, email):
    # The number of an invoice is also the end of that of a credit note.
    heard = re.sub(r"\bC\d{4}-\d+", "", attack.heard[email])
    assert [word for word in foreign_words(demo, email) if word in heard] == []


def foreign_words(demo: Demo, email: str) -> list[str]:
    """Names, streets and invoice numbers of the accounts in which this person has no rights."""
    others = """SELECT id, name, street FROM account WHERE id NOT IN (
        SELECT account_id FROM membership JOIN login_user ON login_user.id = user_id WHERE email = ?)"""
    with closing(sqlite3.connect(demo.options.database)) as file:
        found = file.execute(others, (email,)).fetchall()
        words = [word for row in found for word in row[1:] if word]
        for account_id, *_ in found:
            numbers = file.execute("SELECT number FROM invoice WHERE account_id = ? AND number <> ''", (account_id,))
            words += [number for (number,) in numbers]
    assert words
    return words
