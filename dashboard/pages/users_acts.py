"""What can be done with one row of the table of users, and what all acts on that page share.

Whatever a client sends is only looked up among what the page itself has; the services decide.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, TypeVar

import reflex as rx
from reflex.event import EventSpec

from billing.access import scopes_text
from billing.accounts import invitations, members
from billing.accounts.queries import Invited, Member
from billing.errors import BillingError, NotFound
from billing.logins import sessions
from dashboard import run
from dashboard.pages.account_acts import attempt, give_up, token_of
from dashboard.rows import hand_over, sure, user_form, users
from dashboard.rows.account import Told, sentence
from dashboard.session import look, refresh, to_login
from dashboard.texts.languages import SAID

TABLE, SURE = "users-table", "users-sure"
LONGEST = 300
# The fields that the cursor goes to when they are wrong.
_FIELDS = {user_form.NAME, user_form.EMAIL, user_form.UNTIL, hand_over.NAME, hand_over.EMAIL, hand_over.LAST_DAY,
           hand_over.UNTIL}  # fmt: skip

D = TypeVar("D", user_form.Draft, hand_over.Succession)


def member_of(page: Any, key: object) -> Member | None:
    """The member whose row is called so."""
    return next((member for member in page._people.members if users.member_key(member.user_id) == key), None)


def invited_of(page: Any, key: object) -> Invited | None:
    """The invitation whose row is called so."""
    return next((found for found in page._people.invited if users.invited_key(found.invitation_id) == key), None)


def close(page: Any) -> None:
    """No dialog, no trouble."""
    page.draft, page.form = user_form.Draft(), user_form.Form()
    page.succession, page.steps = hand_over.Succession(), hand_over.Steps()
    page.sure, page.trouble, page.news = sure.Sure(), Told(), Told()
    give_up(page)


def ended(page: Any, said: str, name: str) -> None:
    """It is done: close the dialog and say so."""
    close(page)
    page.news = Told(TABLE, said.format(name=name.strip()))


def gone(page: Any, place: str = TABLE) -> None:
    """There is no such row, or no longer."""
    page.trouble = Told(place, sentence(NotFound()))


def to_trouble(page: Any) -> EventSpec | None:
    """Put the cursor where something is wrong."""
    return rx.set_focus(page.trouble.place) if page.trouble.place in _FIELDS else None


def filled_in(draft: D, fields: Collection[str], field: object, text: object) -> D:
    """A draft with what was typed into one of its fields; anything else changes nothing."""
    if not isinstance(field, str) or field not in fields or not isinstance(text, str):
        return draft
    values: dict[str, Any] = {field: text[:LONGEST]}
    return replace(draft, **values)


async def look_as(page: Any, *, role: str, scopes: tuple[str, ...], name: str, place: str) -> EventSpec | None:
    """Look through somebody else's eyes, starting at the dashboard."""
    try:
        visit = await look(page)
        if visit is None:
            return to_login(page)
        await run.do(
            sessions.look_as, visit.actor, token_of(page), page._account_id, role=role, scopes=scopes, name=name
        )
    except (BillingError, run.Problem) as problem:
        page.trouble = Told(place, sentence(problem))
        await refresh(page)
        return None
    close(page)
    return rx.redirect("/")


async def look_as_row(page: Any, key: str) -> EventSpec | None:
    """Look as a member, or as somebody who is invited."""
    page.trouble = Told()
    row = member_of(page, key) or invited_of(page, key)
    if row is None:
        gone(page)
        return None
    scopes = tuple(scopes_text(row.rights).split())
    return await look_as(page, role=row.role.value, scopes=scopes, name=row.name, place=TABLE)


async def resend(page: Any, key: str) -> None:
    """Mail an invitation again."""
    close(page)
    invited = invited_of(page, key)
    if invited is None:
        gone(page)
        return
    act = invitations.resend
    if await attempt(page, TABLE, ("resend", key), act, page._account_id, invited.invitation_id):
        ended(page, SAID.users.resent, invited.name)


def ask(page: Any, key: str) -> None:
    """Ask whether a member is to go, or an invitation to be taken back."""
    close(page)
    member, invited = member_of(page, key), invited_of(page, key)
    if member is not None:
        page.sure = sure.removal(member, page._account)
    elif invited is not None:
        page.sure = sure.withdrawal(invited, page._account)
    else:
        gone(page)


async def confirm(page: Any) -> None:
    """Do what was asked about."""
    member, invited = member_of(page, page.sure.key), invited_of(page, page.sure.key)
    act: Any
    if member is not None:
        act, whom, name, said = members.remove_member, member.user_id, member.name, SAID.users.removed
    elif invited is not None:
        act, whom, name, said = invitations.withdraw, invited.invitation_id, invited.name, SAID.users.withdrawn
    else:
        close(page)
        gone(page)
        return
    if await attempt(page, SURE, ("confirm",), act, page._account_id, whom):
        ended(page, said, name)
