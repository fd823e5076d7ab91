"""Handing a place over: who leaves, who comes, and in plain words what moves."""

from dataclasses import dataclass
from datetime import date

from billing.access import Permission, Role
from billing.accounts.invitations import HandOver
from billing.accounts.queries import Member
from dashboard.rows.account import Told
from dashboard.rows.common import day
from dashboard.rows.user_form import day_of, is_day
from dashboard.rows.users import member_key, until
from dashboard.texts.languages import SAID

TEXTS = SAID.users.hand_over
NAME, EMAIL, LAST_DAY, UNTIL, WHOLE = (f"successor-{part}" for part in ("name", "email", "last-day", "until", "form"))
# Where an error is told, by its code; all others stand above the form.
FIELDS = {
    "invalid_name": NAME, "invalid_email": EMAIL, "already_member": EMAIL, "already_invited": EMAIL,
    "ends_in_past": LAST_DAY,
}  # fmt: skip


@dataclass(frozen=True)
class Succession:
    """What has been filled in. key: the row of who leaves; empty while the dialog is closed."""

    key: str = ""
    name: str = ""
    email: str = ""
    last_day: str = ""
    ends_on: str = ""


@dataclass(frozen=True)
class Fact:
    """One line of the summary."""

    label: str
    text: str


@dataclass(frozen=True)
class Steps:
    """What the dialog shows. summary: empty in the first step."""

    title: str = ""
    lede: str = ""
    is_owner: bool = False
    summary: tuple[Fact, ...] = ()
    nothing_yet: str = ""


def succession_of(member: Member, today: date) -> Succession:
    """Somebody's place, to be handed over: the last day is the one there was, or today. An owner stays on."""
    last_day = member.ends_on if member.ends_on and not member.is_over else today
    return Succession(member_key(member.user_id), last_day="" if member.role is Role.OWNER else last_day.isoformat())


def first_step(member: Member, account: str) -> Steps:
    """The step in which the successor is named."""
    is_owner = member.role is Role.OWNER
    lede = TEXTS.lede_own if is_owner else TEXTS.lede
    return Steps(
        title=TEXTS.title_own if is_owner else TEXTS.title, lede=lede.format(name=member.name, account=account),
        is_owner=is_owner,
    )  # fmt: skip


def last_step(member: Member, account: str, draft: Succession) -> Steps:
    """The step that says what will happen."""
    first, names = first_step(member, account), {"name": member.name, "successor": draft.name.strip()}
    rest = () if first.is_owner else (Fact(TEXTS.until.format(**names), until(day_of(draft.ends_on))),)
    return Steps(
        title=first.title,
        lede=first.lede,
        is_owner=first.is_owner,
        summary=(
            Fact(TEXTS.leaves_own if first.is_owner else TEXTS.leaves, _leaves(member, draft, names)),
            Fact(TEXTS.comes, TEXTS.person.format(name=names["successor"], email=draft.email.strip())),
            Fact(TEXTS.rights, _rights(member)),
            Fact(TEXTS.mails, _mails(member, names)),
            *rest,
        ),
        nothing_yet=(TEXTS.nothing_yet_own if first.is_owner else TEXTS.nothing_yet).format(**names),
    )


def wrong(draft: Succession) -> Told | None:
    """What the page itself finds wrong with a draft."""
    places = ((LAST_DAY, draft.last_day), (UNTIL, draft.ends_on))
    return next((Told(place, SAID.users.form.no_date) for place, text in places if not is_day(text)), None)


def command(draft: Succession, user_id: int) -> HandOver:
    """What a handover asks for."""
    return HandOver(user_id, draft.email, draft.name, day_of(draft.last_day), day_of(draft.ends_on))


def _leaves(member: Member, draft: Succession, names: dict[str, str]) -> str:
    if member.role is Role.OWNER:
        return TEXTS.stays.format(**names)
    last_day = day_of(draft.last_day)
    return TEXTS.stops.format(date=day(last_day), **names) if last_day else TEXTS.stops_at_once.format(**names)


def _rights(member: Member) -> str:
    if member.role is Role.OWNER:
        return TEXTS.all_rights
    rights = [SAID.rights[right.value].lower() for right in Permission if right in member.rights]
    return f"{SAID.users.people.names[member.role.value]}: {', '.join(rights)}"


def _mails(member: Member, names: dict[str, str]) -> str:
    if not member.topics:
        return TEXTS.mails_none.format(**names)
    mails = [SAID.users.log.topics[topic.value] for topic in sorted(member.topics)]
    return TEXTS.mails_move.format(mails=", ".join(mails), **names)
