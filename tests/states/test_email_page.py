"""The page of mailboxes and forwards: what it shows, and what a click does."""

import asyncio

import pytest

from billing.access import SYSTEM
from billing.accounts.tables import Role
from billing.hosting import queries, service
from billing.hosting.tables import HostingVersion
from dashboard.pages.email_state import EmailState
from tests.states.conftest import signed_in

DOMAIN = "voorbeeld.test"
INFO, HANNA = f"info@{DOMAIN}", f"hanna@{DOMAIN}"


@pytest.fixture
def package(shop, account):
    return str(shop.package(account, DOMAIN))


@pytest.fixture
def tab(shop, account, package):
    """A tab in which a technician is logged in."""
    return signed_in(shop, shop.member(account, Role.TECHNICIAN))


@pytest.fixture
def email(tab):
    tab.open(EmailState, "/email")
    return tab.page(EmailState)


def settings(shop, account):
    [found] = shop.ask(queries.emails, SYSTEM, account)
    return found.settings


def versions(shop):
    return len(shop.all(HostingVersion))


def test_the_page_shows_mailboxes_and_forwards(email):
    [shown] = email.cards
    assert [(box.address, box.active, box.state) for box in shown.boxes] == [
        (INFO, "true", "Aan"), (HANNA, "true", "Aan"),
    ]  # fmt: skip
    assert [(forward.source, forward.target) for forward in shown.forwards] == [(f"winkel@{DOMAIN}", INFO)]


def test_a_mailbox_is_switched_off_and_on(shop, account, tab, email, package):
    [shown] = tab.do(EmailState, "switch", package, INFO).cards
    assert [box.active for box in shown.boxes] == ["false", "true"]
    assert shown.card.said.startswith(f"{INFO} staat uit.")
    [shown] = tab.do(EmailState, "switch", package, INFO).cards
    assert shown.card.said == f"{INFO} staat aan en krijgt weer mail."
    shop.carry_out()
    assert [told.version for told in shop.panel.told] == [3]


@pytest.mark.parametrize("source", ["bestel", f"bestel@{DOMAIN}", f" Bestel@{DOMAIN} "])
def test_a_forward_is_added_and_the_form_emptied(shop, account, tab, email, package, source):
    form = {"package": package, "source": source, "target": "Bas@elders.test "}
    [shown] = tab.do(EmailState, "add_forward", form).cards
    assert shown.forwards[-1].source == f"bestel@{DOMAIN}"
    assert shown.forwards[-1].target == "bas@elders.test"
    assert shown.key == f"{package}-1"


def test_a_forward_is_removed(shop, account, tab, email, package):
    [shown] = tab.do(EmailState, "remove_forward", package, f"winkel@{DOMAIN}", INFO).cards
    assert (shown.forwards, settings(shop, account).forwards) == ((), ())


@pytest.mark.parametrize(
    ("source", "target", "errors"),
    [
        ("info@elders.test", "bas@elders.test", (True, False, False)),
        ("", "bas@elders.test", (True, False, False)),
        ("info", "bas", (False, True, False)),
        ("info", INFO, (False, True, False)),
        ("winkel", INFO, (True, False, False)),
        (None, INFO, (False, False, True)),
        ("info", ["bas@elders.test"], (False, False, True)),
    ],
)
def test_a_wrong_forward_is_told_where_it_is_wrong(shop, tab, email, package, source, target, errors):
    form = {"package": package, "source": source, "target": target}
    [shown] = tab.do(EmailState, "add_forward", form).cards
    assert (shown.source_error != "", shown.target_error != "", shown.card.sorry != "") == errors
    assert "Er is niets veranderd" in shown.source_error + shown.target_error + shown.card.sorry
    # What was typed is still there.
    assert (shown.key, versions(shop)) == (f"{package}-0", 2)


@pytest.mark.parametrize("address", [None, 1, [], {"a": 1}, "nieuw@voorbeeld.test", "hanna@elders.test", ""])
def test_what_is_no_mailbox_or_forward_of_the_package_is_told(shop, tab, email, package, address):
    [shown] = tab.do(EmailState, "switch", package, address).cards
    assert "niet gevonden" in shown.card.sorry
    [shown] = tab.do(EmailState, "remove_forward", package, address, INFO).cards
    assert "niet gevonden" in shown.card.sorry
    assert versions(shop) == 2


def test_a_click_on_what_changed_meanwhile_does_nothing_and_shows_what_holds(shop, account, tab, email, package):
    off = settings(shop, account).switched(INFO)
    shop.do(service.change_email, shop.member(account, Role.OWNER), int(package), 1, off)
    [shown] = tab.do(EmailState, "switch", package, INFO).cards
    assert "Er is niets opgeslagen" in shown.card.sorry
    assert [box.active for box in shown.boxes] == ["false", "true"]
    [shown] = tab.do(EmailState, "switch", package, INFO).cards
    assert [box.active for box in shown.boxes] == ["true", "true"]


def test_what_was_said_of_a_change_is_gone_after_the_next_of_somebody_else(shop, account, tab, email, package):
    tab.do(EmailState, "switch", package, INFO)
    on = settings(shop, account).switched(INFO)
    shop.do(service.change_email, shop.member(account, Role.OWNER), int(package), 2, on)
    asyncio.run(email._reload())
    assert tab.page(EmailState).cards[0].card.said == ""
