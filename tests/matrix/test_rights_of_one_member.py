"""Rights are kept per member: one less is one less, one more is one more, and what a role can't have is nothing."""

import sqlite3

import pytest

from billing.access import DEFAULTS, OPTIONAL, Permission, possible, rights_of, scopes_text
from billing.accounts.tables import Role
from tests.matrix.decisions import ACTIONS

ADMINISTRATOR = Role.ADMINISTRATOR
# One action for each right that something takes already.
BY_RIGHT = {decision.needs: name for name, decision in ACTIONS.items() if isinstance(decision.needs, Permission)}
TAKEN = [
    (right, action)
    for right in sorted(DEFAULTS[ADMINISTRATOR])
    for needed, action in sorted(BY_RIGHT.items())
    if needed in DEFAULTS[ADMINISTRATOR]
]
ADDED = [(role, right) for role in Role for right in sorted(OPTIONAL[role])]
IMPOSSIBLE = [(role, right) for role in Role for right in Permission if right not in possible(role)]

# What the database itself refuses, whoever writes the row: the website for who pays, the money for who builds.
TECHNICAL = {Permission.WEBSITE_MANAGE, Permission.EMAIL_MANAGE, Permission.DOMAINS_MANAGE}
FINANCIAL = {right for right in Permission if right.split(".")[0] in {"invoices", "credits", "mandate"}}
NEVER = {Role.BOOKKEEPER: TECHNICAL, Role.READ_ONLY: TECHNICAL, Role.TECHNICIAN: FINANCIAL}
CHECKED = [(role, right) for role, rights in NEVER.items() for right in sorted(rights)]


@pytest.mark.parametrize(("taken", "action"), TAKEN)
def test_a_right_that_is_taken_away_is_missed_where_it_is_needed_and_nowhere_else(stage, taken, action):
    stage.set_scopes(ADMINISTRATOR, scopes_text(DEFAULTS[ADMINISTRATOR] - {taken}))
    # What is on a page that takes a right of its own takes that right too.
    page = ACTIONS.get(f"{action.split('.')[0]}.load", ACTIONS[action])
    needed = {ACTIONS[action].needs, page.needs}
    assert stage.got_through(action, ADMINISTRATOR) == (taken not in needed)


@pytest.mark.parametrize(("role", "right"), ADDED)
def test_a_right_that_is_added_is_had(stage, role, right):
    everything = DEFAULTS[role] | {right}
    assert rights_of(role, scopes_text(everything)) == everything
    stage.set_scopes(role, scopes_text(everything))
    if right in BY_RIGHT:
        assert stage.got_through(BY_RIGHT[right], role)


@pytest.mark.parametrize(("role", "right"), ADDED)
def test_before_it_is_added_it_is_not_had(stage, role, right):
    assert right not in DEFAULTS[role]
    if right in BY_RIGHT:
        assert not stage.got_through(BY_RIGHT[right], role)


@pytest.mark.parametrize(("role", "right"), IMPOSSIBLE)
def test_a_right_that_a_role_cannot_have_counts_for_nothing(role, right):
    assert rights_of(role, scopes_text(DEFAULTS[role] | {right})) == DEFAULTS[role]
    assert rights_of(role, right.value) == frozenset()


def test_who_pays_can_never_get_the_website_nor_who_builds_the_money():
    assert {role: possible(role) & rights for role, rights in NEVER.items()} == dict.fromkeys(NEVER, frozenset())


@pytest.mark.parametrize(("role", "right"), CHECKED)
def test_the_database_refuses_it_in_the_row(stage, role, right):
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        stage.set_scopes(role, scopes_text(DEFAULTS[role] | {right}))


@pytest.mark.parametrize(("role", "right"), [case for case in IMPOSSIBLE if case[1] in BY_RIGHT])
def test_even_in_the_row_it_opens_nothing(stage, role, right):
    stage.set_scopes(role, scopes_text(DEFAULTS[role] | {right}), checked=False)
    assert not stage.got_through(BY_RIGHT[right], role)


@pytest.mark.parametrize("scopes", ["", "*", "invoices", "invoices.*", "INVOICES.VIEW", "invoices.viewer", "owner"])
def test_what_is_no_right_is_none(stage, scopes):
    stage.set_scopes(Role.READ_ONLY, scopes)
    assert not stage.got_through("InvoiceState.load", Role.READ_ONLY)
