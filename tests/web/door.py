"""The words in which tests come to the door: with a cookie, an app, a device, or a mailed link."""

from dataclasses import dataclass, replace
from typing import Any

from passlib.totp import TOTP
from sqlmodel import col, select
from starlette.testclient import TestClient

from billing import tokens
from billing.access import Actor
from billing.accounts import invitations
from billing.accounts.invitations import Invite
from billing.accounts.tables import Role
from billing.logins import authenticator, credentials, flows, queries, sessions
from billing.logins.queries import Identity
from billing.logins.sessions import Visitor
from billing.logins.tables import MailedLink
from billing.tokens import Purpose
from tests.fakes.device import Device
from tests.fakes.house import PASSWORD, PUBLIC_URL, SIGNING_KEY, House

COOKIE = "__Host-voldaan_session"
OWNER = "owner@demo.test"
GOOD_PASSWORD = "vijf natte olifanten dansen"
INVITED = "boekhouder@demo.test"


@dataclass
class Door:
    """A customer with an owner, and a browser in front of the door."""

    house: House
    browser: TestClient
    account: int
    user_id: int

    def post(self, path: str, session: str = "", /, **fields: Any) -> Any:
        """Send a form, with this session's token in the cookie and no other. `for_` is the field `for`."""
        self.browser.cookies.clear()
        headers = {"Cookie": f"{COOKIE}={session}"} if session else {}
        data = {name.removesuffix("_"): value for name, value in fields.items()}
        return self.browser.post(path, data=data, headers=headers)

    def log_in(self, password: str = PASSWORD, **fields: Any) -> Any:
        return self.post("/auth/login", email=OWNER, password=password, **fields)

    def session(self) -> str:
        """A session of the owner, just begun."""
        return self.house.billing.do(sessions.start, self.user_id, Visitor())

    def identity(self, token: str) -> Identity | None:
        return self.house.billing.ask(queries.identity, token)

    def actor(self) -> Actor:
        """The owner, who has just proven an identity."""
        return Actor(name="owner", user_id=self.user_id, checked_at=self.house.clock.now())

    def app(self) -> TOTP:
        """Give the owner an app; half a minute later, so that its next code is a new one."""
        billing = self.house.billing
        totp = TOTP.from_uri(billing.do(authenticator.begin, self.actor(), billing.vault, "Voldaan").uri)
        self.backup_codes = flows.confirm_app(billing, self.actor(), self.code(totp), Visitor())
        self.house.clock.forward(seconds=30)
        return totp

    def code(self, totp: TOTP) -> str:
        return str(totp.generate(time=int(self.house.clock.now().timestamp())).token)

    def device(self, **options: Any) -> Device:
        """Give the owner a device, through the routes."""
        device, token = Device(PUBLIC_URL, **options), self.session()
        asked = self.post("/auth/passkey/register/question", token)
        assert self.post("/auth/passkey/register", token, name="Telefoon", passkey=device.create(asked.text)).is_success
        return device

    def half(self) -> str:
        """A token for which the password was given and the second factor was not."""
        answer = self.log_in()
        assert answer.headers["location"].startswith("/login/code")
        return str(answer.cookies[COOKIE])

    # Mailed links

    def reset_link(self) -> str:
        self.house.billing.do(credentials.ask_reset, OWNER)
        return tokens.sign(Purpose.PASSWORD_RESET, SIGNING_KEY, self._newest_link())

    def confirm_link(self, email: str) -> str:
        self.house.billing.do(credentials.ask_email_change, self.actor(), email)
        return tokens.sign(Purpose.EMAIL_CHANGE, SIGNING_KEY, self._newest_link())

    def invitation(self, email: str = INVITED, **other: Any) -> tuple[int, str]:
        """The id of an invitation, and the token in the mail."""
        rights = ("credits.view", "invoices.pay", "invoices.view")
        command = replace(Invite(email, "Bea Boek", Role.BOOKKEEPER, rights, ("invoices",)), **other)
        invitation_id = self.house.billing.do(invitations.invite, self.actor(), self.account, command)
        return invitation_id, tokens.sign(Purpose.INVITATION, SIGNING_KEY, invitation_id, 1)

    def _newest_link(self) -> int:
        newest = select(MailedLink.id).order_by(col(MailedLink.id).desc())
        return self.house.billing.ask(lambda work: work.session.exec(newest).first()) or 0
