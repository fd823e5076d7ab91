"""Accepting an invitation: who it is for, and becoming a member by it."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import select

from billing import access, audit, locks
from billing.access import Actor
from billing.accounts import notices, service
from billing.accounts.members import Chosen, fill, gains_by
from billing.accounts.people import chosen_topics
from billing.accounts.tables import Account, Invitation, Membership, Role, User
from billing.clock import local_day
from billing.db import Work
from billing.errors import LinkExpired, LinkUsed, LinkWithdrawn, NotFound
from billing.ports import AccountMailKind


@dataclass(frozen=True)
class InvitationView:
    """What the person sees who was invited. is_new: has no log-in yet, so will choose a password."""

    invitation_id: int
    account_id: int
    account_name: str
    inviter: str
    email: str
    name: str
    role: str
    scopes: str
    ends_on: date | None
    predecessor: str
    is_new: bool


def view(work: Work, invitation_id: int, serial: int) -> InvitationView:
    """An invitation that can be accepted. Raises NotFound, LinkUsed, LinkWithdrawn or LinkExpired."""
    invitation = work.session.get(Invitation, invitation_id)
    if invitation is None:
        raise NotFound()
    _require_acceptable(work, invitation, serial)
    predecessor = work.session.get(User, invitation.replaces_user_id) if invitation.replaces_user_id else None
    return InvitationView(
        invitation_id=invitation_id, account_id=invitation.account_id,
        account_name=work.session.get_one(Account, invitation.account_id).name, inviter=invitation.invited_by_name,
        email=invitation.email, name=invitation.name, role=invitation.role, scopes=invitation.scopes,
        ends_on=invitation.ends_on, predecessor=predecessor.name if predecessor else "",
        is_new=_user(work, invitation.email) is None,
    )  # fmt: skip


def accept(work: Work, invitation_id: int, serial: int, *, name: str, password_hash: str) -> int:
    """Make the invited person a member and return the user's id. Whoever has a log-in already keeps its password.

    Raises as `view`.
    """
    # Everything about an account's people happens under the lock of the account, and so one after the other.
    found = locks.owned(work, Invitation, invitation_id)
    _require_acceptable(work, found, serial)
    user = _user(work, found.email)
    user_id = (user.id if user else None) or service.add_user(
        work, Actor(name=name), email=found.email, name=name, password_hash=password_hash,
        language=work.session.get_one(Account, found.account_id).language,
    )  # fmt: skip
    user = locks.user(work, user_id)
    found.accepted_at = work.now
    work.session.add(found)
    _join(work, found, user)
    return user_id


def _join(work: Work, invitation: Invitation, user: User) -> None:
    actor = Actor(name=user.name, user_id=user.id)
    role = Role(invitation.role)
    chosen = Chosen(
        role, access.rights_of(invitation.role, invitation.scopes),
        chosen_topics(role, invitation.mail_topics.split()), invitation.ends_on,
    )  # fmt: skip
    membership = _membership(work, invitation.account_id, user.id or 0)
    if membership is not None and not gains_by(membership, chosen):
        raise LinkWithdrawn()
    if invitation.replaces_user_id is not None:
        _step_down(work, actor, invitation, user)
    membership = membership or Membership(account_id=invitation.account_id, user_id=user.id or 0, role="", scopes="")
    fill(membership, chosen)
    work.session.add(membership)
    work.flush()
    audit.record(
        work, actor, "member.joined", chain=audit.of_account(invitation.account_id), subject=user.name,
        role=invitation.role, scopes=invitation.scopes,
    )  # fmt: skip
    facts = {"name": user.name, "email": user.email, "role": invitation.role}
    notices.to_owner(work, invitation.account_id, AccountMailKind.USER_JOINED, facts)
    service.bump_version(work, invitation.account_id)


def _step_down(work: Work, actor: Actor, invitation: Invitation, successor: User) -> None:
    """The predecessor's mails go to the successor, and the access ends on its day. An owner stays as administrator."""
    leaving = _membership(work, invitation.account_id, invitation.replaces_user_id or 0)
    if invitation.role == Role.OWNER and (leaving is None or leaving.role != Role.OWNER):
        # The place has gone to somebody else since.
        raise LinkWithdrawn()
    if leaving is None:
        return
    predecessor = work.session.get_one(User, leaving.user_id)
    was_owner = leaving.role == Role.OWNER
    if was_owner:
        leaving.role = Role.ADMINISTRATOR.value
        leaving.scopes = access.scopes_text(access.DEFAULTS[Role.ADMINISTRATOR])
    leaving.mail_topics = ""
    last_day = invitation.predecessor_ends_on or local_day(work.now) - timedelta(days=1)
    if not was_owner or invitation.predecessor_ends_on is not None:
        leaving.ends_on = min(leaving.ends_on or last_day, last_day)
    # Nobody needs the warning of an end that they are being told of right now.
    leaving.warned_of_end = True
    work.session.add(leaving)
    work.flush()
    audit.record(
        work, actor, "member.handed_over", chain=audit.of_account(invitation.account_id), subject=predecessor.name,
        successor=successor.name, role=invitation.role, ends_on=leaving.ends_on.isoformat() if leaving.ends_on else "",
    )  # fmt: skip
    _tell_of_handover(work, invitation, leaving.user_id, predecessor.name, successor)


def _tell_of_handover(
    work: Work, invitation: Invitation, predecessor_id: int, predecessor: str, successor: User
) -> None:
    account_id = invitation.account_id
    if invitation.role == Role.OWNER:
        names = {"old": predecessor, "new": successor.name}
        for user_id in (predecessor_id, successor.id or 0):
            notices.to_user(work, user_id, AccountMailKind.OWNERSHIP_TRANSFERRED, names, account_id=account_id)
        return
    facts = {"predecessor": predecessor, "successor": successor.name, "role": invitation.role}
    notices.to_user(work, predecessor_id, AccountMailKind.HANDED_OVER, facts, account_id=account_id)
    notices.to_owner(work, account_id, AccountMailKind.HANDED_OVER, facts)


def _require_acceptable(work: Work, invitation: Invitation, serial: int) -> None:
    if invitation.accepted_at is not None or invitation.serial != serial:
        raise LinkUsed()
    if invitation.withdrawn_at is not None:
        raise LinkWithdrawn()
    if invitation.expires_at <= work.now:
        raise LinkExpired()


def _user(work: Work, email: str) -> User | None:
    return work.session.exec(select(User).where(User.email == email)).first()


def _membership(work: Work, account_id: int, user_id: int) -> Membership | None:
    statement = select(Membership).where(Membership.account_id == account_id, Membership.user_id == user_id)
    return work.session.exec(statement).first()
