"""Inviting people into an account, and handing one's place over to a successor."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from billing import access, audit, locks, rates
from billing.access import Actor, AllowedAccount, Permission
from billing.accounts import notices, people
from billing.accounts.members import Chosen, choose, gains_by, locked_member
from billing.accounts.service import bump_version
from billing.accounts.tables import Account, Invitation, Membership, Role, User
from billing.clock import local_day
from billing.db import Work
from billing.errors import AlreadyInvited, AlreadyMember, NotFound, OwnerStays
from billing.ports import AccountMailKind
from billing.rates import Limit

VALID = timedelta(days=7)
# Of one account: nobody has strangers mailed in our name without end.
MAILS = Limit("invitation", times=30, seconds=3600)


@dataclass(frozen=True)
class Invite:
    """Somebody to invite, with what this person will be. scopes, topics: names, as a client sent them."""

    email: str
    name: str
    role: str
    scopes: tuple[str, ...]
    topics: tuple[str, ...]
    ends_on: date | None = None


@dataclass(frozen=True)
class HandOver:
    """A member's place goes to somebody else: role, rights and mails. last_day: the predecessor's; None for at once."""

    user_id: int
    email: str
    name: str
    last_day: date | None
    ends_on: date | None = None


def invite(work: Work, actor: Actor, account_id: int, command: Invite) -> int:
    """Invite somebody by mail and return the invitation's id.

    Raises NotFound, NotAllowed, CheckNeeded, AccountErased, InvalidEmail, InvalidName, ScopeNotPossible, EndsInPast,
    AlreadyMember, AlreadyInvited, or OwnerStays for the role of owner, which is only ever handed over.
    """
    allowed = access.require_checked(work, actor, Permission.USERS_MANAGE, account_id)
    locks.living_account(work, allowed)
    email, name = people.normal_email(command.email), people.normal_name(command.name)
    if command.role == Role.OWNER:
        raise OwnerStays()
    chosen = choose(
        work, actor, allowed, role=command.role, scopes=command.scopes, topics=command.topics, ends_on=command.ends_on
    )
    _require_stranger(work, allowed, email)
    invitation = _open(work, actor, allowed, email, name, chosen)
    _record(work, actor, "user.invited", invitation)
    _mail(work, invitation)
    facts = {"by": actor.name, "email": email, "role": invitation.role}
    notices.to_owner(work, allowed, AccountMailKind.USER_INVITED, facts)
    return invitation.id or 0


def hand_over(work: Work, actor: Actor, account_id: int, command: HandOver) -> int:
    """Invite a successor for a member's place; the member keeps it until the successor accepts.

    An owner's place is handed over by the owner alone. Raises as `invite` does.
    """
    allowed = access.require_checked(work, actor, Permission.USERS_MANAGE, account_id)
    membership, predecessor = locked_member(work, allowed, command.user_id)
    if membership.role == Role.OWNER:
        access.require_checked(work, actor, Permission.OWNERSHIP_TRANSFER, account_id)
    email, name = people.normal_email(command.email), people.normal_name(command.name)
    if email == predecessor.email:
        raise AlreadyMember()
    _require_not_invited(work, allowed, email)
    people.require_future(command.last_day, local_day(work.now))
    chosen = choose(
        work, actor, allowed, role=membership.role, scopes=tuple(membership.scopes.split()),
        topics=tuple(membership.mail_topics.split()), ends_on=command.ends_on,
    )  # fmt: skip
    if chosen.role is Role.OWNER and command.ends_on is not None:
        raise OwnerStays()
    there = _member(work, allowed, email)
    if there is not None and not gains_by(there, chosen):
        raise AlreadyMember()
    invitation = _open(work, actor, allowed, email, name, chosen, command)
    _record(work, actor, "handover.started", invitation, predecessor=predecessor.name)
    _mail(work, invitation)
    facts = {"by": actor.name, "predecessor": predecessor.name, "email": email}
    notices.to_owner(work, allowed, AccountMailKind.HANDOVER_STARTED, facts)
    return invitation.id or 0


def resend(work: Work, actor: Actor, account_id: int, invitation_id: int) -> None:
    """Mail an invitation again, valid for another week; the link of the earlier mail no longer works."""
    allowed = access.require_checked(work, actor, Permission.USERS_MANAGE, account_id)
    invitation = _locked(work, allowed, invitation_id)
    invitation.serial += 1
    invitation.expires_at = work.now + VALID
    work.session.add(invitation)
    _record(work, actor, "invitation.resent", invitation)
    _mail(work, invitation)


def withdraw(work: Work, actor: Actor, account_id: int, invitation_id: int) -> None:
    """Take an invitation back. Raises NotFound for one that is not open, or of another account."""
    allowed = access.require_checked(work, actor, Permission.USERS_MANAGE, account_id)
    invitation = _locked(work, allowed, invitation_id)
    invitation.withdrawn_at = work.now
    work.session.add(invitation)
    _record(work, actor, "invitation.withdrawn", invitation)
    facts = {"by": actor.name, "email": invitation.email}
    notices.to_owner(work, allowed, AccountMailKind.INVITATION_WITHDRAWN, facts)


def _require_stranger(work: Work, account: AllowedAccount, email: str) -> None:
    if _member(work, account, email) is not None:
        raise AlreadyMember()
    _require_not_invited(work, account, email)


def _member(work: Work, account: AllowedAccount, email: str) -> Membership | None:
    statement = (
        select(Membership)
        .join(User, col(User.id) == col(Membership.user_id))
        .where(Membership.account_id == account, User.email == email)
    )
    return work.session.exec(statement).first()


def _require_not_invited(work: Work, account: AllowedAccount, email: str) -> None:
    """Raises AlreadyInvited, unless that invitation has expired: then it gives way."""
    statement = select(Invitation).where(Invitation.account_id == account, Invitation.email == email, *is_open())
    earlier = work.session.exec(statement).first()
    if earlier is None:
        return
    if earlier.expires_at > work.now:
        raise AlreadyInvited()
    earlier.withdrawn_at = work.now
    work.session.add(earlier)
    work.flush()


def is_open() -> tuple[ColumnElement[bool], ...]:
    """The conditions of an invitation that waits for its person."""
    return col(Invitation.accepted_at).is_(None), col(Invitation.withdrawn_at).is_(None)


def _open(
    work: Work,
    actor: Actor,
    account: AllowedAccount,
    email: str,
    name: str,
    chosen: Chosen,
    place: HandOver | None = None,
) -> Invitation:
    invitation = Invitation(
        account_id=account, email=email, name=name, role=chosen.role.value, scopes=access.scopes_text(chosen.rights),
        mail_topics=people.topics_text(chosen.topics), ends_on=chosen.ends_on, invited_by=actor.user_id or 0,
        invited_by_name=actor.name, created_at=work.now, expires_at=work.now + VALID,
        replaces_user_id=place.user_id if place else None, predecessor_ends_on=place.last_day if place else None,
    )  # fmt: skip
    work.session.add(invitation)
    work.flush()
    return invitation


def _locked(work: Work, account: AllowedAccount, invitation_id: int) -> Invitation:
    locks.account(work, account)
    statement = select(Invitation).where(Invitation.id == invitation_id, Invitation.account_id == account, *is_open())
    invitation = work.session.exec(statement.execution_options(populate_existing=True)).first()
    if invitation is None:
        raise NotFound()
    return invitation


def _record(work: Work, actor: Actor, action: str, invitation: Invitation, **facts: str) -> None:
    audit.record(
        work, actor, action, chain=audit.of_account(invitation.account_id), subject=invitation.name,
        email=invitation.email, role=invitation.role, scopes=invitation.scopes, topics=invitation.mail_topics,
        ends_on=invitation.ends_on.isoformat() if invitation.ends_on else "", **facts,
    )  # fmt: skip
    bump_version(work, invitation.account_id)


def _mail(work: Work, invitation: Invitation) -> None:
    rates.require(work, (MAILS, str(invitation.account_id)))
    known = work.session.exec(select(User).where(User.email == invitation.email)).first()
    reader = known or work.session.get_one(Account, invitation.account_id)
    kind, facts = AccountMailKind.INVITATION, {
        "inviter": invitation.invited_by_name, "role": invitation.role, "is_new": "no" if known else "yes",
        "expires_on": local_day(invitation.expires_at).isoformat(),
        "ends_on": invitation.ends_on.isoformat() if invitation.ends_on else "",
    }  # fmt: skip
    if invitation.replaces_user_id is not None:
        kind = AccountMailKind.HANDOVER
        facts["predecessor"] = work.session.get_one(User, invitation.replaces_user_id).name
    notices.to_address(
        work, invitation.email, kind, facts, name=invitation.name, language=reader.language,
        account_id=invitation.account_id, link=(invitation.id or 0, invitation.serial),
    )  # fmt: skip
