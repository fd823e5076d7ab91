"""What mailed links lead to: a new password, a proven address, a place in an account."""

from contextlib import suppress

from billing import tokens
from billing.accounts import joining, people
from billing.db import Work
from billing.errors import InvalidEmail, LoginThrottled
from billing.logins import credentials, links, recovery, sessions, throttle
from billing.logins.choosing import hash_chosen
from billing.logins.sessions import Visitor
from billing.logins.tables import LinkPurpose
from billing.runtime import Billing
from billing.tokens import Purpose


def ask_reset(billing: Billing, email: str, visitor: Visitor) -> None:
    """Mail a link for a new password, if anybody logs in with this address. Raises LoginThrottled after a few times."""
    keys = throttle.keys("reset", email.strip().lower(), visitor.address)
    billing.ask(throttle.require_tries_left, keys)
    billing.do(throttle.note_failure, keys)
    # Nor may the answer tell that somebody's mailbox has been filled from elsewhere.
    with suppress(InvalidEmail, LoginThrottled):
        billing.do(credentials.ask_reset, people.normal_email(email))


def resets(billing: Billing, link: str) -> str:
    """The address whose password a mailed link resets. Raises NotFound, LinkUsed, LinkExpired."""
    return billing.ask(credentials.reset_for, reset_link(billing, link)).email


def reset_password(billing: Billing, link: str, password: str) -> None:
    """Choose a new password at a mailed link. Raises NotFound, LinkUsed, LinkExpired, WeakPassword."""
    link_id = reset_link(billing, link)
    user = billing.ask(credentials.reset_for, link_id)
    billing.do(credentials.reset_password, link_id, hash_chosen(billing, password, (user.name, user.email)))


def reset_link(billing: Billing, link: str) -> int:
    """The id in the token of a mailed link for a new password. Raises NotFound."""
    return tokens.read(Purpose.PASSWORD_RESET, billing.policy.signing_key, link, 1)[0]


def confirms(billing: Billing, link: str) -> str:
    """The new address that a mailed link confirms. Raises NotFound, LinkUsed, LinkExpired, EmailTaken."""
    return billing.ask(credentials.confirms, _email_link(billing, link))


def confirm_email(billing: Billing, link: str) -> str:
    """Use the link that was mailed to a new address; returns it. Raises NotFound, LinkUsed, LinkExpired, EmailTaken."""
    return billing.do(credentials.change_email, _email_link(billing, link))


def recovers(billing: Billing, link: str) -> None:
    """Look whether a link may switch a lost second factor off. Raises as `finish_recovery`, and uses nothing up."""
    billing.ask(links.usable, _recovery_id(billing, link), LinkPurpose.SECOND_FACTOR_RECOVERY)


def finish_recovery(billing: Billing, link: str) -> None:
    """Use the link that switches a lost second factor off. Raises NotFound, LinkUsed, LinkExpired, LinkTooEarly."""
    billing.do(recovery.finish, _recovery_id(billing, link))


def invitation(billing: Billing, link: str) -> joining.InvitationView:
    """What a mailed invitation offers. Raises NotFound, LinkUsed, LinkWithdrawn, LinkExpired."""
    return billing.ask(joining.view, *_invitation_values(billing, link))


def accept_invitation(billing: Billing, link: str, name: str, password: str, visitor: Visitor) -> str:
    """Become a member. Returns a session token for whoever has just chosen a password, and nothing for the others, who
    log in as ever. Raises as `invitation`, and WeakPassword, InvalidName."""
    offered = invitation(billing, link)
    if not offered.is_new:
        billing.do(joining.accept, *_invitation_values(billing, link), name="", password_hash="")
        return ""
    name = people.normal_name(name)
    password_hash = hash_chosen(billing, password, (name, offered.email))
    return billing.do(_join, _invitation_values(billing, link), name, password_hash, visitor)


def _email_link(billing: Billing, link: str) -> int:
    return tokens.read(Purpose.EMAIL_CHANGE, billing.policy.signing_key, link, 1)[0]


def _invitation_values(billing: Billing, link: str) -> tuple[int, int]:
    invitation_id, serial = tokens.read(Purpose.INVITATION, billing.policy.signing_key, link, 2)
    return invitation_id, serial


def _recovery_id(billing: Billing, link: str) -> int:
    return tokens.read(Purpose.SECOND_FACTOR_RECOVERY, billing.policy.signing_key, link, 1)[0]


def _join(work: Work, values: tuple[int, int], name: str, password_hash: str, visitor: Visitor) -> str:
    user_id = joining.accept(work, *values, name=name, password_hash=password_hash)
    return sessions.start(work, user_id, visitor)
