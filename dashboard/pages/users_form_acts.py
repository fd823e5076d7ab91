"""Filling in and sending the dialogs of the page of users: one for a user, one for a handover."""

from collections.abc import Mapping
from typing import Any

from reflex.event import EventSpec

from billing.accounts import invitations, members, people
from billing.errors import BillingError
from dashboard.pages.account_acts import attempt, unreadable
from dashboard.pages.users_acts import close, ended, gone, look_as, member_of, to_trouble
from dashboard.rows import hand_over, user_form
from dashboard.rows.account import Told, sentence
from dashboard.texts.languages import SAID

TEXTS = SAID.users


def open_form(page: Any, key: str) -> None:
    """Invite somebody, or change a member."""
    close(page)
    member = member_of(page, key)
    if key == user_form.NEW:
        page.draft = user_form.invitation(page._may)
    elif member is not None:
        page.draft = user_form.change_of(member)
    else:
        gone(page)
        return
    _show(page)


def choose_role(page: Any, role: str) -> None:
    """Another role; its rights and mails come with it."""
    offered = [] if page.form.is_owner else [card.role for card in page.form.cards]
    if role not in offered:
        page.trouble = Told(user_form.ROLE, TEXTS.form.no_role)
        return
    page.draft, page.trouble = user_form.with_role(page.draft, role, page._may), Told()
    _show(page)


def tick(page: Any, name: str) -> None:
    """A right or a mail more or less."""
    page.trouble = Told()
    if name in [box.name for box in page.form.mails]:
        page.draft = user_form.with_topic(page.draft, name)
    elif name in [box.name for box in page.form.rights] and not page.form.is_owner:
        page.draft = user_form.with_right(page.draft, name, page._may)
    else:
        page.trouble = unreadable(user_form.WHOLE)
        return
    _show(page)


async def look_as_draft(page: Any) -> EventSpec | None:
    """Look as whoever is being invited would."""
    draft, page.trouble = page.draft, user_form.wrong(page.draft) or Told()
    if not draft.key or page.trouble.place:
        return to_trouble(page)
    return await look_as(page, role=draft.role, scopes=draft.rights, name=draft.name, place=user_form.WHOLE)


async def save(page: Any) -> EventSpec | None:
    """Send the invitation, or keep the change."""
    draft, member = page.draft, member_of(page, page.draft.key)
    command: Any
    act: Any
    page.trouble = _wrong_draft(draft) or Told()
    if page.trouble.place:
        return to_trouble(page)
    if draft.key == user_form.NEW:
        command, act, said = user_form.invite(draft), invitations.invite, TEXTS.invited
    elif member is not None:
        command, act, said = user_form.change(draft, member.user_id), members.change_member, TEXTS.changed
    else:
        close(page)
        gone(page)
        return None
    where, fields = user_form.WHOLE, user_form.FIELDS
    done = await attempt(page, where, ("save",), act, page._account_id, command, fields=fields)
    if done:
        ended(page, said, draft.name)
    return to_trouble(page)


def open_hand_over(page: Any, key: str) -> None:
    """Start handing a member's place over."""
    close(page)
    member = member_of(page, key)
    if member is None:
        gone(page)
        return
    page.succession = hand_over.succession_of(member, page._today)
    page.steps = hand_over.first_step(member, page._account)


def step(page: Any, *, on: bool) -> EventSpec | None:
    """To the summary, or back to what was filled in."""
    member = member_of(page, page.succession.key)
    if member is None:
        close(page)
        gone(page)
        return None
    page.trouble = (_wrong_successor(page.succession) if on else None) or Told()
    if page.trouble.place:
        return to_trouble(page)
    last, first = hand_over.last_step, hand_over.first_step
    page.steps = last(member, page._account, page.succession) if on else first(member, page._account)
    return None


async def finish_hand_over(page: Any) -> EventSpec | None:
    """Invite the successor."""
    draft, member = page.succession, member_of(page, page.succession.key)
    if member is None or not page.steps.summary:
        return step(page, on=True)
    command = hand_over.command(draft, member.user_id)
    act, where, fields = invitations.hand_over, hand_over.WHOLE, hand_over.FIELDS
    done = await attempt(page, where, ("finish_hand_over",), act, page._account_id, command, fields=fields)
    if done:
        ended(page, TEXTS.handed_over, draft.name)
    elif page.trouble.place:
        page.steps = hand_over.first_step(member, page._account)
    return to_trouble(page)


def _wrong_draft(draft: user_form.Draft) -> Told | None:
    person = _wrong_person(draft.name, draft.email, user_form.FIELDS) if draft.key == user_form.NEW else None
    return person or user_form.wrong(draft)


def _wrong_successor(draft: hand_over.Succession) -> Told | None:
    return _wrong_person(draft.name, draft.email, hand_over.FIELDS) or hand_over.wrong(draft)


def _wrong_person(name: str, email: str, fields: Mapping[str, str]) -> Told | None:
    """What is wrong with who is to come, in the order of the fields."""
    try:
        people.normal_name(name)
        people.normal_email(email)
    except BillingError as problem:
        return Told(fields[problem.code], sentence(problem))
    return None


def _show(page: Any) -> None:
    page.form = user_form.form(page.draft, page._may, page._account)
