"""What mailed links show: what they offer, or why they do not work and where to go on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from billing import access
from billing.access import Permission
from billing.accounts.joining import InvitationView
from dashboard.rows.common import day, moment
from dashboard.texts.languages import SAID
from dashboard.texts.words_login import LinkEnd

_TONES = {
    "done": ("okc", "s-paid"), "link_expired": ("clock", "s-open"), "link_too_early": ("clock", "s-open"),
    "not_found": ("info", "s-open"),
}  # fmt: skip


@dataclass(frozen=True)
class End:
    """Why a link has nothing to offer, and the way on. title: empty when it has."""

    title: str = ""
    text: str = ""
    link: str = ""
    url: str = ""
    icon: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Offer:
    """An invitation. is_new: this person has no log-in yet, and chooses a password."""

    title: str = ""
    lede: str = ""
    email: str = ""
    name: str = ""
    role: str = ""
    role_hint: str = ""
    rights: tuple[str, ...] = ()
    until: str = ""
    known_text: str = ""
    privacy: str = ""
    is_new: bool = False
    end: End = field(default_factory=End)


def end(ends: Mapping[str, LinkEnd], code: str) -> End:
    """Why a link does not work, by the code of the error that reading it gave."""
    known = code if code in ends else "not_found"
    said, (icon, tone) = ends[known], _TONES.get(known, ("x", "s-open"))
    return End(said.title, said.text, said.link, said.url, icon, tone)


def waiting(ends: Mapping[str, LinkEnd], opens_at: datetime) -> End:
    """A link that works only from a moment on."""
    early = end(ends, "link_too_early")
    return replace(early, text=early.text.format(moment=moment(opens_at)))


def offer(view: InvitationView) -> Offer:
    """Who invites, into what, as what, and until when."""
    texts = SAID.door.invitation
    title = texts.handed_over if view.predecessor else texts.title
    rights = access.rights_of(view.role, view.scopes)
    return Offer(
        title=title.format(inviter=view.inviter, predecessor=view.predecessor),
        lede=texts.lede.format(inviter=view.inviter, account=view.account_name),
        email=view.email,
        name=view.name,
        role=SAID.roles[view.role],
        role_hint=SAID.door.role_hints[view.role],
        rights=tuple(SAID.rights[right.value] for right in Permission if right in rights),
        until=texts.until.format(date=day(view.ends_on)) if view.ends_on else texts.no_end,
        known_text=texts.known_text.format(account=view.account_name),
        privacy=texts.privacy.format(inviter=view.inviter),
        is_new=view.is_new,
    )
