"""People who come to the demo for one journey, so that what they do to their log-in is nobody else's trouble."""

import re
import secrets
from dataclasses import dataclass

from passlib.totp import TOTP
from sqlmodel import select

from billing import access
from billing.access import SYSTEM, Actor
from billing.accounts import invitations, service
from billing.accounts.invitations import Invite
from billing.accounts.tables import Account, Role, User
from billing.logins import authenticator, flows
from billing.logins.passwords import hash_password
from billing.logins.sessions import Visitor
from tests.e2e.phone import Phone
from tests.e2e.stack import Demo, eventually
from tests.e2e.steps import BAKERY, OWNER, PASSWORD

NAME = "Nora Nieuw"


@dataclass
class Newcomer:
    """Somebody with a log-in and the password of the demo."""

    demo: Demo
    email: str
    user_id: int

    @property
    def actor(self) -> Actor:
        return Actor(name=NAME, user_id=self.user_id, checked_at=self.demo.billing.clock.now())


def newcomer(demo: Demo, account: str = BAKERY) -> Newcomer:
    """Give somebody new a log-in, as a bookkeeper."""
    email, place = new_address(), account_id(demo, account)
    user_id = demo.billing.do(service.add_user, SYSTEM, email=email, name=NAME, password_hash=hash_password(PASSWORD))
    demo.billing.do(service.add_member, SYSTEM, account_id=place, user_id=user_id, role=Role.BOOKKEEPER)
    return Newcomer(demo, email, user_id)


def with_app(person: Newcomer) -> Phone:
    """The app of this person, which has shown one code already."""
    billing = person.demo.billing
    phone = Phone(TOTP.from_uri(billing.do(authenticator.begin, person.actor, billing.vault, "Voldaan").uri))
    flows.confirm_app(billing, person.actor, phone.code(), Visitor())
    return phone


def invite(demo: Demo, email: str) -> None:
    """Let the owner of the bakery invite a bookkeeper."""
    rights = tuple(right.value for right in access.DEFAULTS[Role.BOOKKEEPER])
    command = Invite(email, NAME, Role.BOOKKEEPER.value, rights, ())
    demo.billing.do(invitations.invite, person(demo, OWNER), account_id(demo, BAKERY), command)


def person(demo: Demo, email: str) -> Actor:
    """Somebody of the demo, who has just proven who it is."""
    user = demo.billing.ask(lambda work: work.session.exec(select(User).where(User.email == email)).one())
    return Actor(name=user.name, user_id=user.id, checked_at=demo.billing.clock.now())


def mailed_link(demo: Demo, email: str, page: str) -> str:
    """The newest link to a page in the mails to somebody, as soon as one has arrived."""
    link = re.compile(rf"{re.escape(demo.url)}/{page}/[\w.-]+")
    return str(eventually(lambda: link.findall("".join(m["text"] for m in demo.mails() if m["to"] == email)))[-1])


def new_address() -> str:
    """An address that nobody logs in with yet."""
    return f"nora-{secrets.token_hex(4)}@demo.test"


def account_id(demo: Demo, name: str) -> int:
    """The id of the account with this name."""
    return demo.billing.ask(lambda work: work.session.exec(select(Account.id).where(Account.name == name)).one()) or 0
