"""Who is in an account, and what the dialogs over the table make of what is chosen in them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from billing import access
from billing.access import Permission, Role
from billing.accounts.queries import Invited, Member, People
from billing.accounts.tables import MailTopic
from dashboard.rows import hand_over, user_form, users
from dashboard.rows.user_form import NEEDS, Draft
from dashboard.rows.users import Viewer
from dashboard.texts.nl import NL

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALL = access.DEFAULTS[Role.OWNER]
OWNER = Viewer(1, ALL, TODAY)


def member(user_id=2, name="Bas Boekstaaf", role=Role.BOOKKEEPER, **other):
    values = {"rights": access.DEFAULTS[role], "topics": frozenset(), "ends_on": None, "is_over": False,
              "last_login_at": None}  # fmt: skip
    return Member(user_id=user_id, name=name, email="bas@demo.test", role=role, **values | other)


def invited(**other):
    values = {"role": Role.READ_ONLY, "rights": access.DEFAULTS[Role.READ_ONLY], "is_expired": False,
              "replaces_user_id": None}  # fmt: skip
    return Invited(
        invitation_id=5, name="Ada van Lezen", email="ada@demo.test", topics=frozenset(), ends_on=None,
        expires_at=NOW + timedelta(days=7), **values | other,
    )  # fmt: skip


def shown(*members, invitations=(), protected=(), viewer=OWNER):
    return users.people(People(tuple(members), tuple(invitations)), protected, viewer)


def marks(person):
    return {mark.label for mark in person.marks if mark.icon == "check"}


def draft(role=Role.BOOKKEEPER, may=ALL):
    return user_form.with_role(Draft(key=user_form.NEW), role.value, may)


def test_a_row_says_who_somebody_is_and_what_this_person_may_do():
    [row] = shown(member(topics=frozenset({MailTopic.INVOICES})), protected={2})
    assert (row.name, row.initials, row.role, row.until.text) == (
        "Bas Boekstaaf", "BB", "Boekhouder", "Geen einddatum",
    )  # fmt: skip
    assert marks(row) == {"Zien", "Betalen", "Mails"}
    assert (row.steps.text, row.state.text) == ("In twee stappen", "Nog niet ingelogd")
    assert [mark.text for mark in row.marks][:3] == ["Zien: ja", "Betalen: ja", "Machtigen: nee"]


def test_the_last_log_in_is_told_from_today():
    [row] = shown(member(last_login_at=NOW - timedelta(days=1)))
    assert row.state.text == "Laatst ingelogd: gisteren"


def test_access_that_is_over_says_so_and_can_be_given_again():
    [row] = shown(member(ends_on=date(2026, 11, 1), is_over=True))
    assert (row.until.text, row.until.tone) == ("Toegang afgelopen op 1 november 2026", "late")
    assert (row.can_look, row.can_change, row.can_remove) == (False, True, True)


def test_the_owner_stays_and_hands_over():
    [row] = shown(member(1, role=Role.OWNER))
    assert (row.is_you, row.can_look, row.can_remove) == (True, False, False)
    assert (row.can_change, row.hand_over, row.until.text) == (True, "Eigenaarschap overdragen", "")


def test_nobody_is_offered_to_touch_who_may_do_more():
    administrator = Viewer(2, access.possible(Role.ADMINISTRATOR), TODAY)
    owner, bookkeeper = shown(member(1, role=Role.OWNER), member(3), viewer=administrator)
    assert (owner.can_change, owner.can_remove, owner.hand_over) == (False, False, "")
    assert (bookkeeper.can_change, bookkeeper.can_look) == (True, True)


@pytest.mark.parametrize(
    ("is_expired", "text", "tone"),
    [(False, "Uitgenodigd, wacht op reactie", "pend"), (True, "Uitnodiging verlopen", "late")],
)
def test_an_invitation_says_how_it_stands(is_expired, text, tone):
    [row] = shown(invitations=[invited(is_expired=is_expired)])
    assert (row.is_invited, row.state.text, row.state.tone, row.key) == (True, text, tone, "i5")


def test_a_successor_is_named_after_who_leaves():
    _, row = shown(member(2, name="Petra Penning"), invitations=[invited(replaces_user_id=2)])
    assert row.steps.text == "Opvolger van Petra Penning"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_a_role_comes_with_the_rights_it_has_from_the_start(role):
    form = user_form.form(draft(role), ALL, "Bakkerij")
    assert {box.name for box in form.rights if box.chosen} == {right.value for right in access.DEFAULTS[role]}
    assert {box.name for box in form.rights} == {right.value for right in access.possible(role)}
    assert bool(form.mails) == (role in access.MAY_GET_BILLING_MAIL) == (form.never_mails == "")
    assert form.locked


def test_rights_that_one_does_not_have_are_not_ones_own_to_give():
    may = frozenset({Permission.INVOICES_VIEW, Permission.USERS_MANAGE})
    form = user_form.form(draft(may=may), may, "Bakkerij")
    assert [box.name for box in form.rights] == ["invoices.view"]
    assert "Facturen betalen: dat recht heb je zelf niet" in form.locked
    assert user_form.with_right(draft(may=may), "invoices.pay", may) == draft(may=may)


@pytest.mark.parametrize(("right", "needed"), NEEDS.items())
def test_a_right_comes_and_goes_with_what_it_needs(right, needed):
    empty = Draft(key=user_form.NEW, role=Role.ADMINISTRATOR.value)
    with_both = user_form.with_right(empty, right.value, ALL)
    assert set(with_both.rights) == {right.value, needed.value}
    assert user_form.with_right(with_both, needed.value, ALL).rights == ()


@pytest.mark.parametrize("name", ["website.manage", "ownership.transfer", "made.up", "", None, 1, ["invoices.pay"]])
def test_what_can_not_be_given_changes_nothing(name):
    assert user_form.with_right(draft(), name, ALL) == draft()


def test_the_button_looks_as_whoever_is_named():
    assert user_form.look(" Petra  Penning") == "Bekijk als Petra"
    assert user_form.look("  ") == "Bekijk als deze rol"


@pytest.mark.parametrize(
    ("changed", "place"),
    [({"ends_on": "morgen"}, user_form.UNTIL), ({"ends_on": "2026-02-30"}, user_form.UNTIL),
     ({"rights": ()}, user_form.RIGHTS)],
)  # fmt: skip
def test_what_can_not_be_sent_is_told_at_its_place(changed, place):
    values = vars(draft()) | changed
    assert user_form.wrong(Draft(**values)).place == place
    assert user_form.wrong(draft()) is None


def test_every_right_and_role_has_words():
    assert set(NL.rights) == {right.value for right in Permission}
    assert set(NL.users.people.names) == set(NL.users.form.never) == {role.value for role in Role}
    assert {name for name, _, _ in NL.users.form.roles} == {role.value for role in Role} - {"owner"}
    assert set(NL.users.form.mails_of) == set(NL.users.log.topics) == {topic.value for topic in MailTopic}


def test_a_handover_starts_with_the_last_day_there_was():
    assert hand_over.succession_of(member(ends_on=date(2027, 1, 31)), TODAY).last_day == "2027-01-31"
    assert hand_over.succession_of(member(), TODAY).last_day == "2026-11-23"
    assert hand_over.succession_of(member(ends_on=date(2026, 1, 1), is_over=True), TODAY).last_day == "2026-11-23"
    assert hand_over.succession_of(member(role=Role.OWNER), TODAY).last_day == ""


def test_the_summary_says_in_plain_words_what_moves():
    petra = member(name="Petra", topics=frozenset({MailTopic.INVOICES}))
    filled_in = hand_over.Succession("m2", "Nico", "nico@demo.test", "2026-12-31", "2027-12-31")
    steps = hand_over.last_step(petra, "Fietsclub", filled_in)
    assert [fact.text for fact in steps.summary] == [
        "Petra kan tot en met 31 december 2026 alles wat nu kan. Daarna stopt de toegang.",
        "Nico, nico@demo.test",
        "Boekhouder: facturen zien en downloaden, facturen betalen, credits zien, machtiging zien, producten zien",
        "Die van Petra gaan voortaan naar Nico: betaalverzoeken.",
        "t/m 31 december 2027",
    ]
    assert steps.nothing_yet.startswith("Er verandert niets totdat Nico de uitnodiging aanneemt.")


def test_an_owner_stays_as_administrator():
    steps = hand_over.last_step(member(role=Role.OWNER, name="Hanna"), "Bakkerij", hand_over.Succession("m2", "Nico"))
    assert steps.summary[0].text == "Hanna blijft als beheerder: alles, behalve gebruikers beheren en overdragen."
    assert steps.summary[2].text == "Eigenaar: alle rechten"
    assert len(steps.summary) == 4
