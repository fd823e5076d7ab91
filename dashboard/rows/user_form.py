"""The dialog in which somebody is invited or changed: what was chosen in it, and what it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from billing import access
from billing.access import Permission, Rights, Role
from billing.accounts.invitations import Invite
from billing.accounts.members import ChangeMember
from billing.accounts.queries import Member
from dashboard.rows.account import Told
from dashboard.rows.users import member_key
from dashboard.texts.languages import SAID

TEXTS = SAID.users.form
NEW = "new"
NAME, EMAIL, ROLE, RIGHTS, MAILS, UNTIL, WHOLE = (
    f"user-{part}" for part in ("name", "email", "role", "rights", "mails", "until", "form")
)
# Where an error is told, by its code; all others stand above the form.
FIELDS = {
    "invalid_name": NAME, "invalid_email": EMAIL, "already_member": EMAIL, "already_invited": EMAIL,
    "owner_stays": ROLE, "scope_not_possible": RIGHTS, "ends_in_past": UNTIL,
}  # fmt: skip
# A right that is worth nothing without another one.
_P = Permission
NEEDS: Mapping[Permission, Permission] = {
    _P.INVOICES_PAY: _P.INVOICES_VIEW, _P.CREDITS_CHOOSE: _P.CREDITS_VIEW, _P.MANDATE_MANAGE: _P.MANDATE_VIEW,
    _P.BILLING_PROFILE_EDIT: _P.INVOICES_VIEW, _P.SERVICES_CHANGE: _P.SERVICES_VIEW,
}  # fmt: skip
# Who pays is mailed about it from the start.
_MAILED = {Role.BOOKKEEPER: ("invoices", "receipts")}


@dataclass(frozen=True)
class Draft:
    """What has been filled in. key: the member's row, NEW for an invitation, empty while the dialog is closed."""

    key: str = ""
    name: str = ""
    email: str = ""
    role: str = ""
    rights: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    ends_on: str = ""


@dataclass(frozen=True)
class Card:
    """A role to choose."""

    role: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True)
class Box:
    """A right or a mail to tick."""

    name: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Form:
    """What the dialog shows. locked: what can't be ticked, and why. never_mails: instead of the boxes for mails."""

    title: str = ""
    lede: str = ""
    is_new: bool = False
    is_owner: bool = False
    cards: tuple[Card, ...] = ()
    rights: tuple[Box, ...] = ()
    locked: tuple[str, ...] = ()
    mails: tuple[Box, ...] = ()
    never_mails: str = ""
    look: str = ""
    submit: str = ""


def invitation(may: Rights) -> Draft:
    """A new invitation, for whom it is most often: who does the books. may: the rights that one has to give."""
    return with_role(Draft(key=NEW), Role.BOOKKEEPER.value, may)


def change_of(member: Member) -> Draft:
    """A member as it is now."""
    return Draft(
        key=member_key(member.user_id), name=member.name, email=member.email, role=member.role.value,
        rights=_names(member.rights), topics=tuple(sorted(topic.value for topic in member.topics)),
        ends_on=member.ends_on.isoformat() if member.ends_on else "",
    )  # fmt: skip


def with_role(draft: Draft, role: str, may: Rights) -> Draft:
    """Another role, with the rights and mails it has from the start."""
    chosen = Role(role)
    return replace(draft, role=role, rights=_names(access.DEFAULTS[chosen] & may), topics=_MAILED.get(chosen, ()))


def with_right(draft: Draft, name: str, may: Rights) -> Draft:
    """One right more or less, with what it needs, or without what needs it. One that can't be given changes nothing."""
    right = next((right for right in _givable(draft, may) if right.value == name), None)
    if right is None:
        return draft
    held = {held for held in Permission if held.value in draft.rights}
    if right in held:
        held -= {right} | {other for other, needed in NEEDS.items() if needed is right}
    else:
        held |= {right, NEEDS.get(right, right)} & set(_givable(draft, may))
    return replace(draft, rights=_names(frozenset(held)))


def with_topic(draft: Draft, name: str) -> Draft:
    """One mail more or less."""
    chosen = set(draft.topics) ^ ({name} & set(TEXTS.mails_of))
    return replace(draft, topics=tuple(sorted(chosen)))


def form(draft: Draft, may: Rights, account: str) -> Form:
    """What the dialog shows for a draft; may: the rights that one has oneself."""
    role, is_new = Role(draft.role), draft.key == NEW
    gets_mails = role in access.MAY_GET_BILLING_MAIL
    title, lede = (TEXTS.invite_title, TEXTS.invite_lede) if is_new else (TEXTS.change_title, TEXTS.change_lede)
    return Form(
        title=title.format(name=draft.name),
        lede=TEXTS.owner if role is Role.OWNER else lede.format(name=draft.name, account=account),
        is_new=is_new,
        is_owner=role is Role.OWNER,
        cards=tuple(Card(name, label, hint, name == draft.role) for name, label, hint in TEXTS.roles),
        rights=tuple(Box(r.value, _label(r), r.value in draft.rights) for r in _givable(draft, may)),
        locked=_locked(role, may),
        mails=tuple(Box(n, label, n in draft.topics) for n, label in TEXTS.mails_of.items()) if gets_mails else (),
        never_mails="" if gets_mails else TEXTS.never_mails,
        look=look(draft.name),
        submit=TEXTS.invite if is_new else TEXTS.save,
    )


def look(name: str) -> str:
    """The words of the button that looks as whoever is being invited, by the first name as far as it is typed."""
    words = name.split()
    return TEXTS.look.format(name=words[0]) if words else TEXTS.look_nameless


def wrong(draft: Draft) -> Told | None:
    """What the page itself finds wrong with a draft."""
    if not is_day(draft.ends_on):
        return Told(UNTIL, TEXTS.no_date)
    return None if draft.rights else Told(RIGHTS, TEXTS.no_rights)


def is_day(text: str) -> bool:
    """Whether this is a date as browsers send it, or none at all."""
    try:
        return not text or bool(date.fromisoformat(text))
    except ValueError:
        return False


def day_of(text: str) -> date | None:
    """The date in a field; None for an empty one."""
    return date.fromisoformat(text) if text else None


def invite(draft: Draft) -> Invite:
    """What an invitation asks for."""
    return Invite(draft.email, draft.name, draft.role, draft.rights, draft.topics, day_of(draft.ends_on))


def change(draft: Draft, user_id: int) -> ChangeMember:
    """What a change of a member asks for."""
    return ChangeMember(user_id, draft.role, draft.rights, draft.topics, day_of(draft.ends_on))


def _givable(draft: Draft, may: Rights) -> tuple[Permission, ...]:
    """The rights that can be ticked: what the role may have, as far as one has it oneself."""
    return tuple(right for right in Permission if right in access.possible(Role(draft.role)) & may)


def _locked(role: Role, may: Rights) -> tuple[str, ...]:
    not_yours = [TEXTS.not_yours.format(right=_label(r)) for r in Permission if r in access.possible(role) - may]
    return (*not_yours, *filter(None, [TEXTS.never[role.value]]))


def _label(right: Permission) -> str:
    return SAID.rights[right.value]


def _names(rights: Rights) -> tuple[str, ...]:
    return tuple(right.value for right in Permission if right in rights)
