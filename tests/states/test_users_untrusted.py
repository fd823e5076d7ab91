"""The page of users takes nothing from a client on trust: what was never offered changes nothing."""

import pytest

from billing.accounts.tables import Invitation, Membership, Role
from dashboard.pages.users_state import UsersState
from dashboard.rows.user_form import NEW, ROLE
from tests.states.conftest import signed_in
from tests.states.users import ADDRESS, invite, owner, page, tab

__all__ = ["owner", "tab"]  # fixtures

NONSENSE = [None, 1, True, "", "m0", "m999", "i1", "owner", "' OR 1=1", ["m1"], {"a": 1}, "x" * 5000]


@pytest.mark.parametrize("sent", NONSENSE)
@pytest.mark.parametrize("event", ["open_form", "open_hand_over", "ask", "resend", "look_as"])
def test_a_row_that_is_not_there_is_told_and_nothing_happens(shop, bookkeeper, tab, event, sent):
    before = shop.all(Membership), shop.all(Invitation)
    shown = tab.do(UsersState, event, sent)
    assert "is er niet meer" in shown.trouble.sentence
    assert (shown.draft.key, shown.succession.key, shown.sure.key) == ("", "", "")
    assert (shop.all(Membership), shop.all(Invitation), tab.went_to) == (*before, "")


@pytest.mark.parametrize("sent", [*NONSENSE, "OWNER", "bookkeeper "])
def test_a_role_that_is_not_offered_is_not_taken(shop, tab, sent):
    tab.do(UsersState, "open_form", NEW)
    shown = tab.do(UsersState, "choose_role", sent)
    assert (shown.draft.role, shown.trouble.place) == ("bookkeeper", ROLE)


@pytest.mark.parametrize("sent", [*NONSENSE, "website.manage", "ownership.transfer", "users.manage", "marketing"])
def test_a_right_or_mail_that_is_not_offered_is_not_taken(shop, tab, sent):
    tab.do(UsersState, "open_form", NEW)
    before = page(tab).draft
    shown = tab.do(UsersState, "tick", sent)
    assert shown.draft == before
    assert "Er is niets veranderd" in shown.trouble.sentence


@pytest.mark.parametrize(
    ("field", "text"),
    [("role", "owner"), ("key", "m1"), ("rights", "x"), ("", "x"), (None, "x"), (["name"], "x"), ("name", None),
     ("name", ["x"]), ("email", {"a": 1}), ("ends_on", 1)],
)  # fmt: skip
def test_only_text_goes_into_fields_that_are_there(tab, field, text):
    tab.do(UsersState, "open_form", NEW)
    tab.do(UsersState, "open_hand_over", page(tab).people[0].key)
    before = page(tab).draft, page(tab).succession
    tab.do(UsersState, "fill_in", field, text)
    tab.do(UsersState, "fill_in_successor", field, text)
    assert (page(tab).draft, page(tab).succession) == before


@pytest.mark.parametrize("event", ["save", "confirm", "step_on", "step_back", "finish_hand_over", "look_as_draft",
                                   "proven", "close"])  # fmt: skip
def test_events_without_a_dialog_do_nothing(shop, bookkeeper, tab, event):
    before = shop.all(Membership), shop.all(Invitation)
    tab.do(UsersState, event)
    assert (shop.all(Membership), shop.all(Invitation), tab.went_to) == (*before, "")


@pytest.mark.parametrize("step", [2, -1, 0, None, "1", [1], 10**30])
def test_the_log_stays_where_there_is_something(tab, step):
    shown = tab.do(UsersState, "turn", step)
    assert shown.log.lines
    assert (shown.log.newer, shown.log.older) == (False, False)


def test_people_of_another_account_are_out_of_reach(shop, tab):
    other = shop.customer("Fietsclub")
    stranger = shop.member(other)
    chair = shop.member(other, Role.OWNER)
    theirs = signed_in(shop, chair)
    theirs.open(UsersState, ADDRESS)
    invite(theirs)
    foreign = (f"m{stranger.user_id}", f"i{shop.one(Invitation).id}")
    for key in foreign:
        for event in ("open_form", "ask", "resend", "open_hand_over", "look_as"):
            assert "is er niet meer" in tab.do(UsersState, event, key).trouble.sentence
    assert stranger.name not in str(page(tab).people) + str(page(tab).log)
