"""A person's own name, address and password, and the mailed links that change the last two."""

from datetime import timedelta

from sqlmodel import col, select

from billing import audit, locks
from billing.access import Actor, require_proof
from billing.accounts import notices, people
from billing.accounts.tables import User
from billing.db import Work
from billing.errors import EmailTaken, LinkExpired, LinkUsed, NotFound
from billing.logins import sessions
from billing.logins.tables import LinkPurpose, MailedLink
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
        _mail_link(work, user, LinkPurpose.PASSWORD_RESET, user.email, RESET_WITHIN)


def reset_for(work: Work, link_id: int) -> User:
    """Whose password a link resets. Raises NotFound, LinkUsed, LinkExpired."""
    return work.session.get_one(User, _open_link(work, link_id, LinkPurpose.PASSWORD_RESET).user_id)


def confirms(work: Work, link_id: int) -> str:
    """The new address that a link confirms. Raises NotFound, LinkUsed, LinkExpired, EmailTaken."""
    email = _open_link(work, link_id, LinkPurpose.EMAIL_CHANGE).new_email
    _require_free(work, email)
    return email


def reset_password(work: Work, link_id: int, password_hash: str) -> None:
    """Set the password that was chosen at a mailed link; all sessions end. Raises NotFound, LinkUsed, LinkExpired."""
    user = _use_link(work, link_id, LinkPurpose.PASSWORD_RESET)[1]
    _set_password(work, Actor(name=user.name, user_id=user.id), password_hash, keep="")


def ask_email_change(work: Work, actor: Actor, email: str) -> None:
    """Mail a link to a new address; the old one stays until it is used.

    Raises CheckNeeded, InvalidEmail, EmailTaken.
    """
    require_proof(work, actor)
    wanted, user = people.normal_email(email), locks.user(work, actor.user_id or 0)
    _require_free(work, wanted)
    _mail_link(work, user, LinkPurpose.EMAIL_CHANGE, wanted, CONFIRM_WITHIN)
    audit.record(work, actor, "email.change_asked", chain=audit.of_user(user.id or 0), subject=user.name)


def change_email(work: Work, link_id: int) -> str:
    """The new address is proven: it is the log-in now, and the old one is told. Returns the new address.

    Raises NotFound, LinkUsed, LinkExpired, or EmailTaken when somebody else was first.
    """
    link, user = _use_link(work, link_id, LinkPurpose.EMAIL_CHANGE)
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


def _mail_link(work: Work, user: User, purpose: LinkPurpose, email: str, within: timedelta) -> None:
    new_email = "" if email == user.email else email
    link = MailedLink(
        user_id=user.id or 0, purpose=purpose.value, new_email=new_email, created_at=work.now,
        expires_at=work.now + within,
    )  # fmt: skip
    work.session.add(link)
    work.flush()
    notices.to_address(
        work, email, AccountMailKind(purpose.value), {"new_email": new_email}, name=user.name, language=user.language,
        link=(link.id or 0,),
    )  # fmt: skip


def _open_link(work: Work, link_id: int, purpose: LinkPurpose) -> MailedLink:
    link = work.session.get(MailedLink, link_id)
    if link is None or link.purpose != purpose:
        raise NotFound()
    newer = select(MailedLink.id).where(
        MailedLink.user_id == link.user_id, MailedLink.purpose == purpose.value, col(MailedLink.id) > link.id
    )
    if link.used_at is not None or work.session.exec(newer).first() is not None:
        raise LinkUsed()
    if link.expires_at <= work.now:
        raise LinkExpired()
    return link


def _use_link(work: Work, link_id: int, purpose: LinkPurpose) -> tuple[MailedLink, User]:
    user = locks.user(work, _open_link(work, link_id, purpose).user_id)
    # Whoever held the lock before us may have used it.
    link = work.session.get_one(MailedLink, link_id, populate_existing=True)
    if link.used_at is not None:
        raise LinkUsed()
    link.used_at = work.now
    work.session.add(link)
    return link, user


def _require_free(work: Work, email: str) -> None:
    if work.session.exec(select(User.id).where(User.email == email)).first() is not None:
        raise EmailTaken()
