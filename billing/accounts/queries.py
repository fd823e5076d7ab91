"""Reading accounts: who is a member or invited, who receives the mails, which accounts changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy import select as sql_select
from sqlmodel import col, or_, select

from billing import access
from billing.access import Actor, Permission, Rights
from billing.accounts.invitations import is_open
from billing.accounts.tables import Account, EInvoiceForm, Invitation, MailTopic, Membership, Role, User
from billing.clock import local_day
from billing.db import Work, table_of
from billing.errors import NotFound

_A, _M = table_of(Account).c, table_of(Membership).c
# Asked several times a second by each web process, so built once.
_VERSIONS = sql_select(_A.id, _A.version).where(_A.id.in_(bindparam("account_ids", expanding=True)))


@dataclass(frozen=True)
class Member:
    """A member of an account. is_over: the last day has passed."""

    user_id: int
    name: str
    email: str
    role: Role
    rights: Rights
    topics: frozenset[MailTopic]
    ends_on: date | None
    is_over: bool
    last_login_at: datetime | None


@dataclass(frozen=True)
class Invited:
    """Somebody who has been invited and has not answered. is_expired: the link no longer works."""

    invitation_id: int
    name: str
    email: str
    role: Role
    rights: Rights
    topics: frozenset[MailTopic]
    ends_on: date | None
    expires_at: datetime
    is_expired: bool
    replaces_user_id: int | None


@dataclass(frozen=True)
class People:
    """Everybody in an account."""

    members: tuple[Member, ...]
    invited: tuple[Invited, ...]


@dataclass(frozen=True)
class Belonging:
    """An account that somebody belongs to, and as what. ends_on: the last day; None when there is none."""

    account_id: int
    account_name: str
    role: Role
    ends_on: date | None


@dataclass(frozen=True)
class BillingDetails:
    """What stands on the next invoices, and what the tax authorities said of the VAT number."""

    name: str
    attention: str
    street: str
    postal_code: str
    city: str
    country: str
    customer_kind: str
    vat_number: str
    chamber_number: str
    einvoice: EInvoiceForm
    language: str
    vat_answer: str
    vat_answered_on: date | None
    vat_tried_on: date | None


def people_of(work: Work, actor: Actor, account_id: int) -> People:
    """Everybody in an account, the owner first. Raises NotFound or NotAllowed."""
    allowed = access.require(work, actor, Permission.USERS_MANAGE, account_id)
    today = local_day(work.now)
    members = (
        select(Membership, User)
        .join(User, col(User.id) == col(Membership.user_id))
        .where(Membership.account_id == allowed)
        .order_by(col(Membership.role) != Role.OWNER.value, col(Membership.id))
    )
    invited = select(Invitation).where(Invitation.account_id == allowed, *is_open()).order_by(col(Invitation.id))
    return People(
        members=tuple(_member(membership, user, today) for membership, user in work.session.exec(members)),
        invited=tuple(_invited(invitation, work.now) for invitation in work.session.exec(invited)),
    )


def own_accounts(work: Work, actor: Actor) -> tuple[Belonging, ...]:
    """Every account that somebody can get into today, in the order in which they came."""
    statement = (
        select(Membership, Account.name)
        .join(Account, col(Account.id) == col(Membership.account_id))
        .where(Membership.user_id == actor.user_id, _is_not_over(work))
        .order_by(col(Membership.id))
    )
    return tuple(
        Belonging(membership.account_id, name, Role(membership.role), membership.ends_on)
        for membership, name in work.session.exec(statement)
    )


def finance_member(work: Work, email: str) -> Actor:
    """Somebody of the finance department, to act in their name. Raises NotFound, NotAllowed for all others, and
    SecondFactorNeeded."""
    user = work.session.exec(select(User).where(User.email == email.strip().lower())).first()
    if user is None:
        raise NotFound()
    actor = Actor(name=user.name, user_id=user.id)
    access.require_finance(work, actor)
    return actor


def own_topics(work: Work, actor: Actor, account_id: int) -> frozenset[MailTopic] | None:
    """What somebody is mailed about in an account; None for who can't be mailed about it at all."""
    statement = select(Membership).where(Membership.account_id == account_id, Membership.user_id == actor.user_id)
    membership = work.session.exec(statement).first()
    if membership is None or Role(membership.role) not in access.MAY_GET_BILLING_MAIL:
        return None
    return topics_of(membership.mail_topics)


def billing_details(work: Work, actor: Actor, account_id: int) -> BillingDetails:
    """What stands on an account's next invoices. Raises NotFound or NotAllowed."""
    account = work.session.get_one(Account, access.require(work, actor, Permission.INVOICES_VIEW, account_id))
    return BillingDetails(**{field.name: getattr(account, field.name) for field in fields(BillingDetails)})


def topics_of(text: str) -> frozenset[MailTopic]:
    """The topics that a membership keeps."""
    return frozenset(MailTopic(name) for name in text.split())


def versions(work: Work, account_ids: Sequence[int]) -> dict[int, int]:
    """The change counter of each account."""
    return {row.id: row.version for row in work.plain(_VERSIONS, account_ids=account_ids)}


def recipient_ids(work: Work, account_ids: Collection[int], topic: MailTopic) -> dict[int, list[int]]:
    """Who gets the mails about this topic, by account: members whose access is not over. What they may do besides does
    not matter: receiving the mail is a choice of its own."""
    recipients: dict[int, list[int]] = {}
    for account_id, topics, user_id in work.session.execute(
        sql_select(_M.account_id, _M.mail_topics, _M.user_id)
        .where(_M.account_id.in_(account_ids), _M.mail_topics != "",
               or_(_M.ends_on.is_(None), _M.ends_on >= local_day(work.now)))
        .order_by(_M.id)
    ):  # fmt: skip
        if topic.value in topics.split():
            recipients.setdefault(account_id, []).append(user_id)
    return recipients


def billing_recipients(work: Work, account_id: int, topic: MailTopic) -> list[User]:
    """The people who get an account's mails about this topic."""
    ids = recipient_ids(work, [account_id], topic).get(account_id, [])
    people = {user.id: user for user in work.session.exec(select(User).where(col(User.id).in_(ids)))}
    return [people[user_id] for user_id in ids]


def payers(work: Work, account_id: int) -> list[int]:
    """Whom it concerns when an account is to pay: the owner, and everybody who gets the invoices."""
    owner = select(Membership.user_id).where(Membership.account_id == account_id, Membership.role == Role.OWNER.value)
    readers = recipient_ids(work, [account_id], MailTopic.INVOICES).get(account_id, [])
    return list(dict.fromkeys([*work.session.exec(owner), *readers]))


def with_role(work: Work, account_id: int, role: Role) -> list[User]:
    """The people in an account with a role, whose access is not over, the longest there first."""
    statement = (
        select(User)
        .join(Membership, col(Membership.user_id) == col(User.id))
        .where(Membership.account_id == account_id, Membership.role == role.value, _is_not_over(work))
        .order_by(col(Membership.id))
    )
    return list(work.session.exec(statement))


def _is_not_over(work: Work) -> ColumnElement[bool]:
    return or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= local_day(work.now))


def _member(membership: Membership, user: User, today: date) -> Member:
    return Member(
        user_id=membership.user_id, name=user.name, email=user.email, role=Role(membership.role),
        rights=access.rights_of(membership.role, membership.scopes), topics=topics_of(membership.mail_topics),
        ends_on=membership.ends_on, is_over=membership.ends_on is not None and membership.ends_on < today,
        last_login_at=user.last_login_at,
    )  # fmt: skip


def _invited(invitation: Invitation, now: datetime) -> Invited:
    return Invited(
        invitation_id=invitation.id or 0, name=invitation.name, email=invitation.email, role=Role(invitation.role),
        rights=access.rights_of(invitation.role, invitation.scopes), topics=topics_of(invitation.mail_topics),
        ends_on=invitation.ends_on, expires_at=invitation.expires_at, is_expired=invitation.expires_at <= now,
        replaces_user_id=invitation.replaces_user_id,
    )  # fmt: skip
