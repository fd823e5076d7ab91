"""The page of users: who may use it, what it does, and what it makes of whatever a client sends."""

import asyncio
from datetime import date

import pytest

from billing.access import Actor, Permission
from billing.accounts import members
from billing.accounts.members import ChangeMember
from billing.accounts.tables import Invitation, Membership, Role
from billing.logins import sessions
from dashboard.pages.users_state import UsersState
from dashboard.rows.user_form import EMAIL, NAME, NEW, RIGHTS, ROLE, UNTIL
from dashboard.session import DENIED, OPEN, SessionState
from tests.factories import Shop
from tests.states.conftest import Tab, signed_in
from tests.states.users import ADDRESS, fill_in, invite, key, owner, page, tab

__all__ = ["key", "owner", "tab"]  # fixtures


def verdict(tab: Tab) -> str:
    return tab.page(SessionState).verdict


def membership(shop: Shop, actor: Actor) -> Membership:
    return shop.one(Membership, user_id=actor.user_id)


def test_the_table_shows_members_and_who_is_invited(bookkeeper, tab):
    invite(tab)
    rows = page(tab).people
    assert [row.role for row in rows] == ["Eigenaar", "Boekhouder", "Boekhouder"]
    assert (rows[0].is_you, rows[2].name, rows[2].state.text) == (
        True, "Ada van Lezen", "Uitgenodigd, wacht op reactie",
    )  # fmt: skip
    assert page(tab).log.lines[0].sentence == "Je hebt Ada van Lezen uitgenodigd: boekhouder."


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.BOOKKEEPER, Role.READ_ONLY, Role.TECHNICIAN])
def test_without_the_right_there_is_no_page(shop, account, role):
    tab = signed_in(shop, shop.member(account, role))
    tab.open(UsersState, ADDRESS)
    assert (verdict(tab), page(tab).people) == (DENIED, ())


def test_an_administrator_with_the_right_manages_everybody_but_the_owner(shop, account, owner, bookkeeper, key):
    administrator = shop.member(account, Role.ADMINISTRATOR)
    scopes = f"{membership(shop, administrator).scopes} users.manage"
    shop.sql("UPDATE membership SET scopes = :scopes WHERE user_id = :user", scopes=scopes, user=administrator.user_id)
    tab = signed_in(shop, administrator)
    rows = {row.key: row for row in tab.open(UsersState, ADDRESS).people}
    assert (rows[f"m{owner.user_id}"].can_change, rows[key].can_change) == (False, True)
    tab.do(UsersState, "ask", f"m{owner.user_id}")
    tab.do(UsersState, "confirm")
    assert "precies één eigenaar" in page(tab).trouble.sentence
    tab.do(UsersState, "open_form", f"m{owner.user_id}")
    tab.do(UsersState, "save")
    assert "hoort niet bij jouw rechten" in page(tab).trouble.sentence


def test_an_invitation_has_what_was_chosen(shop, tab):
    tab.do(UsersState, "open_form", NEW)
    fill_in(tab, name="Ada van Lezen", email="Ada@Demo.test", ends_on="2027-03-31")
    tab.do(UsersState, "choose_role", "bookkeeper")
    tab.do(UsersState, "tick", "mandate.manage")
    tab.do(UsersState, "tick", "services.view")
    tab.do(UsersState, "tick", "receipts")
    tab.do(UsersState, "save")
    [invitation] = shop.all(Invitation)
    assert (invitation.name, invitation.email, invitation.role) == ("Ada van Lezen", "ada@demo.test", "bookkeeper")
    assert invitation.scopes == "credits.view invoices.pay invoices.view mandate.manage mandate.view"
    assert (invitation.mail_topics, invitation.ends_on) == ("invoices", date(2027, 3, 31))
    assert page(tab).draft.key == ""


def test_another_role_brings_its_own_rights(tab):
    tab.do(UsersState, "open_form", NEW)
    tab.do(UsersState, "choose_role", "technician")
    form = page(tab).form
    assert {box.name for box in form.rights} == {"services.view", "website.manage", "email.manage", "domains.manage"}
    assert (form.mails, form.never_mails) == ((), "Mails over facturen: nooit bij deze rol")
    assert "Facturen, credits en machtiging: nooit bij deze rol" in form.locked


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"email": "geen adres"}, EMAIL, "compleet e-mailadres"),
        ({"email": ""}, EMAIL, "compleet e-mailadres"),
        ({"email": "person-1@test.example"}, EMAIL, "heeft al toegang"),
        ({"name": " "}, NAME, "Vul een naam in"),
        ({"name": "https://evil.test"}, NAME, "Vul een naam in"),
        ({"ends_on": "2026-03-05"}, UNTIL, "al voorbij"),
        ({"ends_on": "morgen"}, UNTIL, "geen datum"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_typed_is_lost(
    shop, owner, bookkeeper, tab, fields, place, words
):
    tab.do(UsersState, "open_form", NEW)
    filled = {"name": "Ada", "email": "ada@demo.test", "ends_on": ""} | fields
    fill_in(tab, **filled)
    tab.do(UsersState, "choose_role", "read_only")
    shown = tab.do(UsersState, "save")
    assert shown.trouble.place == place
    assert words in shown.trouble.sentence
    draft = shown.draft
    assert ({name: getattr(draft, name) for name in filled}, draft.role) == (filled, "read_only")
    assert shop.all(Invitation) == []


def test_a_second_invitation_is_told_beside_the_address(shop, tab):
    invite(tab)
    shown = invite(tab)
    assert (shown.trouble.place, len(shop.all(Invitation))) == (EMAIL, 1)
    assert "al uitgenodigd" in shown.trouble.sentence


def test_nobody_is_invited_to_do_nothing_at_all(shop, tab):
    tab.do(UsersState, "open_form", NEW)
    fill_in(tab, name="Ada", email="ada@demo.test")
    for right in ("invoices.view", "credits.view", "mandate.view", "services.view"):
        tab.do(UsersState, "tick", right)
    shown = tab.do(UsersState, "save")
    assert (shown.draft.rights, shown.trouble.place) == ((), RIGHTS)
    assert shop.all(Invitation) == []


def test_a_member_is_changed(shop, bookkeeper, tab, key):
    tab.do(UsersState, "open_form", key)
    tab.do(UsersState, "tick", "invoices.pay")
    tab.do(UsersState, "fill_in", "ends_on", "2026-12-31")
    shown = tab.do(UsersState, "save")
    changed = membership(shop, bookkeeper)
    assert ("invoices.pay" in changed.scopes, changed.ends_on) == (False, date(2026, 12, 31))
    assert (shown.draft.key, shown.people[1].until.text) == ("", "t/m 31 december 2026")


def test_of_the_owner_only_the_mails_can_be_changed(shop, owner, tab):
    tab.do(UsersState, "open_form", f"m{owner.user_id}")
    assert page(tab).form.is_owner
    tab.do(UsersState, "choose_role", "bookkeeper")
    assert page(tab).trouble.place == ROLE
    tab.do(UsersState, "tick", "invoices.pay")
    tab.do(UsersState, "tick", "invoices")
    tab.do(UsersState, "save")
    kept = membership(shop, owner)
    assert (kept.role, kept.mail_topics, "invoices.pay" in kept.scopes) == ("owner", "invoices", True)


def test_a_member_is_removed_only_after_a_question_that_names_the_person(shop, bookkeeper, tab, key):
    asked = tab.do(UsersState, "ask", key).sure
    assert bookkeeper.name in asked.title
    assert shop.all(Membership, user_id=bookkeeper.user_id)
    tab.do(UsersState, "close")
    tab.do(UsersState, "confirm")
    assert shop.all(Membership, user_id=bookkeeper.user_id)
    tab.do(UsersState, "ask", key)
    tab.do(UsersState, "confirm")
    assert shop.all(Membership, user_id=bookkeeper.user_id) == []
    assert (page(tab).sure.key, len(page(tab).people)) == ("", 1)


def test_an_invitation_is_sent_again_and_taken_back(shop, tab):
    invite(tab)
    [invitation] = shop.all(Invitation)
    tab.do(UsersState, "resend", f"i{invitation.id}")
    assert shop.one(Invitation).serial == 2
    tab.do(UsersState, "ask", f"i{invitation.id}")
    assert page(tab).sure.title == "Uitnodiging van Ada van Lezen intrekken"
    tab.do(UsersState, "confirm")
    assert shop.one(Invitation).withdrawn_at is not None
    assert len(page(tab).people) == 1


def test_a_place_is_handed_over_after_the_summary(shop, bookkeeper, tab, key):
    tab.do(UsersState, "open_hand_over", key)
    for field, text in (("name", "Nico"), ("email", "nico@demo.test"), ("last_day", "2026-12-31")):
        tab.do(UsersState, "fill_in_successor", field, text)
    tab.do(UsersState, "step_on")
    assert shop.all(Invitation) == []
    assert "31 december 2026" in page(tab).steps.summary[0].text
    tab.do(UsersState, "finish_hand_over")
    invitation = shop.one(Invitation)
    assert (invitation.replaces_user_id, invitation.predecessor_ends_on) == (bookkeeper.user_id, date(2026, 12, 31))
    assert (invitation.role, page(tab).succession.key) == ("bookkeeper", "")
    assert page(tab).people[-1].steps.text == f"Opvolger van {bookkeeper.name}"


def test_a_handover_to_nobody_does_not_get_to_the_summary(shop, key, tab):
    tab.do(UsersState, "open_hand_over", key)
    tab.do(UsersState, "step_on")
    assert (page(tab).steps.summary, page(tab).trouble.place) == ((), "successor-name")
    tab.do(UsersState, "finish_hand_over")
    assert shop.all(Invitation) == []


def test_a_handover_that_is_refused_goes_back_to_the_field(shop, key, tab):
    tab.do(UsersState, "open_hand_over", key)
    for field, text in (("name", "Iemand"), ("email", "iemand@demo.test"), ("last_day", "2026-01-01")):
        tab.do(UsersState, "fill_in_successor", field, text)
    tab.do(UsersState, "step_on")
    tab.do(UsersState, "finish_hand_over")
    assert (page(tab).steps.summary, page(tab).trouble.place) == ((), "successor-last-day")
    assert page(tab).succession.name == "Iemand"
    assert shop.all(Invitation) == []


def test_after_a_while_a_proof_is_asked_for_and_the_same_act_goes_on(shop, owner, tab):
    shop.clock.advance(minutes=11)
    shown = invite(tab)
    assert (shown.proof.is_open, shop.all(Invitation)) == (True, [])
    token = tab._cookie.removeprefix("voldaan_session=")
    shop.do(sessions.note_proof, token)
    shown = tab.do(UsersState, "proven")
    assert (shown.proof.is_open, shown.draft.key) == (False, "")
    assert shop.one(Invitation).email == "ada@demo.test"


def test_a_lie_about_the_proof_is_asked_again(shop, tab):
    shop.clock.advance(minutes=11)
    invite(tab)
    shown = tab.do(UsersState, "proven")
    assert (shown.proof.is_open, shown.draft.email, shop.all(Invitation)) == (True, "ada@demo.test", [])
    shown = tab.do(UsersState, "unproven")
    assert (shown.proof.is_open, shown.draft.email) == (False, "ada@demo.test")


def test_who_loses_the_right_while_the_page_is_open_does_nothing_more(shop, account, owner, bookkeeper, key):
    administrator = shop.member(account, Role.ADMINISTRATOR)
    scopes = tuple(membership(shop, administrator).scopes.split())
    proven = shop.proven(owner)
    user_id = administrator.user_id or 0
    more = ChangeMember(user_id, "administrator", (*scopes, Permission.USERS_MANAGE.value), ())
    shop.do(members.change_member, proven, account, more)
    tab = signed_in(shop, administrator)
    tab.open(UsersState, ADDRESS)
    tab.do(UsersState, "open_form", key)
    assert verdict(tab) == OPEN
    shop.do(members.change_member, proven, account, ChangeMember(user_id, "bookkeeper", ("invoices.view",), ()))
    tab.do(UsersState, "tick", "invoices.pay")
    tab.do(UsersState, "save")
    assert verdict(tab) == DENIED
    assert "invoices.pay" in membership(shop, bookkeeper).scopes


def test_an_open_page_shows_who_joined_and_keeps_what_was_typed(shop, account, tab):
    tab.do(UsersState, "open_form", NEW)
    fill_in(tab, name="Ada")
    newcomer = shop.member(account, Role.READ_ONLY)
    asyncio.run(page(tab)._reload())
    assert newcomer.name in [row.name for row in page(tab).people]
    assert page(tab).draft.name == "Ada"
