"""The members of an account and who is invited, as the table shows them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from billing.access import Permission, Rights, Role
from billing.accounts.queries import Invited, Member, People
from billing.clock import local_day
from dashboard.rows.common import day, distance, initials
from dashboard.texts.languages import SAID

TEXTS = SAID.users.people
# What each column of rights is about; the mails have one of their own.
_MARKS = (
    Permission.INVOICES_VIEW, Permission.INVOICES_PAY, Permission.MANDATE_MANAGE, None, Permission.WEBSITE_MANAGE,
    Permission.EMAIL_MANAGE,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A small line under a name or a role. tone: CSS class."""

    text: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Mark:
    """A right that somebody has or has not. text: the same in words."""

    label: str
    text: str
    icon: str
    tone: str


@dataclass(frozen=True)
class Person:
    """One row. key: names the row in events. hand_over: the words of that choice, empty without it: an owner hands over
    something else."""

    key: str
    name: str
    initials: str
    email: str
    role: str
    until: Line
    state: Line
    steps: Line
    marks: tuple[Mark, ...]
    is_invited: bool
    is_you: bool
    can_look: bool
    can_change: bool
    can_remove: bool
    hand_over: str
    look_name: str
    more_name: str
    menu_name: str


@dataclass(frozen=True)
class Viewer:
    """Who looks at the table, and what this person may do."""

    user_id: int
    rights: Rights
    today: date


def people(found: People, protected: Collection[int], viewer: Viewer) -> tuple[Person, ...]:
    """All rows. protected: the users who log in in two steps."""
    names = {member.user_id: member.name for member in found.members}
    members = tuple(_member(member, member.user_id in protected, viewer) for member in found.members)
    return (*members, *(_invited(invited, names, viewer) for invited in found.invited))


def member_key(user_id: int) -> str:
    """What a member's row is called in events."""
    return f"m{user_id}"


def invited_key(invitation_id: int) -> str:
    """What an invitation's row is called in events."""
    return f"i{invitation_id}"


def until(ends_on: date | None) -> str:
    """Until when somebody has access: `t/m 31 maart 2027`."""
    return TEXTS.until.format(date=day(ends_on)) if ends_on else TEXTS.forever


def _member(member: Member, is_protected: bool, viewer: Viewer) -> Person:
    is_owner, is_you = member.role is Role.OWNER, member.user_id == viewer.user_id
    # Nobody touches who may do more than they may themselves; the service says so too.
    in_reach = member.rights <= viewer.rights
    ends = Line() if is_owner else Line(until(member.ends_on))
    seen = member.last_login_at
    return Person(
        key=member_key(member.user_id),
        role=TEXTS.names[member.role.value],
        until=Line(TEXTS.over.format(date=day(member.ends_on)), "late") if member.is_over else ends,
        state=Line(TEXTS.last_seen.format(when=distance(local_day(seen), viewer.today)) if seen else TEXTS.never_seen),
        steps=Line(TEXTS.two_steps, "green") if is_protected else Line(TEXTS.one_step),
        marks=_marks(member.rights, member.topics),
        is_invited=False,
        is_you=is_you,
        can_look=in_reach and not (is_owner or is_you or member.is_over),
        can_change=in_reach,
        can_remove=in_reach and not is_owner,
        hand_over=_hand_over(is_owner) if in_reach else "",
        **_named(member.name, member.email),
    )


def _invited(invited: Invited, names: dict[int, str], viewer: Viewer) -> Person:
    follows = names.get(invited.replaces_user_id or 0)
    return Person(
        key=invited_key(invited.invitation_id),
        role=TEXTS.names[invited.role.value],
        until=Line() if invited.role is Role.OWNER else Line(until(invited.ends_on)),
        state=Line(TEXTS.expired, "late") if invited.is_expired else Line(TEXTS.waits, "pend"),
        steps=Line(TEXTS.successor.format(name=follows)) if follows else Line(),
        marks=_marks(invited.rights, invited.topics),
        is_invited=True,
        is_you=False,
        can_look=invited.rights <= viewer.rights and invited.role is not Role.OWNER,
        can_change=False,
        can_remove=False,
        hand_over="",
        **_named(invited.name, invited.email),
    )


def _named(name: str, email: str) -> dict[str, str]:
    return {
        "name": name, "email": email, "initials": initials(name), "look_name": TEXTS.look_named.format(name=name),
        "more_name": TEXTS.more.format(name=name), "menu_name": TEXTS.menu.format(name=name),
    }  # fmt: skip


def _hand_over(is_owner: bool) -> str:
    return TEXTS.hand_over_own if is_owner else TEXTS.hand_over


def _marks(rights: Rights, topics: Collection[str]) -> tuple[Mark, ...]:
    has = [right in rights if right else bool(topics) for right in _MARKS]
    return tuple(_mark(label, given) for label, given in zip(TEXTS.marks, has, strict=True))


def _mark(label: str, given: bool) -> Mark:
    if given:
        return Mark(label, TEXTS.may.format(mark=label), "check", "green")
    return Mark(label, TEXTS.may_not.format(mark=label), "dash", "mut3")
