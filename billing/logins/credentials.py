"""A person's own name, address and password, and the mailed links that change the last two."""

from datetime import timedelta

from sqlmodel import select

from billing import audit, locks
from billing.access import Actor, require_proof
from billing.accounts import notices, people
from billing.accounts.tables import User
from billing.db import Work
from billing.errors import EmailTaken
from billing.logins import links, sessions
from billing.logins.tables import LinkPurpose
from billing.ports import AccountMailKind

RESET_WITHIN = timedelta(hours=1)
CONFIRM_WITHIN = timedelta(hours=24)


def rename(work: Work, actor: Actor, name: str) -> None:
    """Change one's own name. Raises InvalidName."""
    user, wanted = locks.user(work, actor.user_id or 0), people.normal_name(name)
    if user.name != wanted:
        audit.record(work, actor, "user.renamed", chain=audit.of_user(user.id or 0), subject=wanted)
        user.name = wanted
        work.session.add(user)


def set_password(work: Work, actor: Actor, password_hash: str, *, token: str) -> None:
    """Change one's own password; every other session ends. Raises CheckNeeded."""
    require_proof(work, actor)
    _set_password(work, actor, password_hash, keep=token)


def ask_reset(work: Work, email: str) -> None:
    """Mail a link for a new password, when somebody logs in with this address; the caller can't tell."""
    user = work.session.exec(select(User).where(User.email == email)).first()
    if user is not None:
        links.send(work, user, LinkPurpose.PASSWORD_RESET, within=RESET_WITHIN)


def reset_for(work: Work, link_id: int) -> User:
    """Whose password a link resets. Raises NotFound, LinkUsed, LinkExpired."""
    return work.session.get_one(User, links.usable(work, link_id, LinkPurpose.PASSWORD_RESET).user_id)


def confirms(work: Work, link_id: int) -> str:
    """The new address that a link confirms. Raises NotFound, LinkUsed, LinkExpired, EmailTaken."""
    email = links.usable(work, link_id, LinkPurpose.EMAIL_CHANGE).new_email
    _require_free(work, email)
    return email


def reset_password(work: Work, link_id: int, password_hash: str) -> None:
    """Set the password that was chosen at a mailed link; all sessions end. Raises NotFound, LinkUsed, LinkExpired."""
    user = links.use(work, link_id, LinkPurpose.PASSWORD_RESET)[1]
    _set_password(work, Actor(name=user.name, user_id=user.id), password_hash, keep="")


def ask_email_change(work: Work, actor: Actor, email: str) -> None:
    """Mail a link to a new address; the old one stays until it is used.

    Raises CheckNeeded, InvalidEmail, EmailTaken.
    """
    require_proof(work, actor)
    wanted, user = people.normal_email(email), locks.user(work, actor.user_id or 0)
    _require_free(work, wanted)
    links.send(work, user, LinkPurpose.EMAIL_CHANGE, within=CONFIRM_WITHIN, new_email=wanted)
    audit.record(work, actor, "email.change_asked", chain=audit.of_user(user.id or 0), subject=user.name)


def change_email(work: Work, link_id: int) -> str:
    """The new address is proven: it is the log-in now, and the old one is told. Returns the new address.

    Raises NotFound, LinkUsed, LinkExpired, or EmailTaken when somebody else was first.
    """
    link, user = links.use(work, link_id, LinkPurpose.EMAIL_CHANGE)
    _require_free(work, link.new_email)
    old, user.email = user.email, link.new_email
    work.session.add(user)
    actor = Actor(name=user.name, user_id=user.id)
    audit.record(work, actor, "email.changed", chain=audit.of_user(user.id or 0), subject=user.name)
    notices.to_address(
        work, old, AccountMailKind.EMAIL_CHANGED, {"new_email": user.email}, name=user.name, language=user.language
    )
    return user.email


def _set_password(work: Work, actor: Actor, password_hash: str, *, keep: str) -> None:
    user = locks.user(work, actor.user_id or 0)
    user.password_hash = password_hash
    work.session.add(user)
    sessions.end_others(work, actor, keep)
    audit.record(work, actor, "password.changed", chain=audit.of_user(user.id or 0), subject=user.name)
    notices.to_user(work, user.id or 0, AccountMailKind.PASSWORD_CHANGED, {})


def _require_free(work: Work, email: str) -> None:
    if work.session.exec(select(User.id).where(User.email == email)).first() is not None:
        raise EmailTaken()
