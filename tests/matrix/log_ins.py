"""What a person has to log in with, and what of other people can be named: sessions, devices, an app, mailed links."""

from datetime import timedelta

from billing import tokens
from billing.access import Actor
from billing.accounts.tables import Account, Invitation, User
from billing.clock import local_day
from billing.credits.tables import CreditLot
from billing.db import Work
from billing.hosting.tables import HostingPackage
from billing.logins import authenticator, passkeys, sessions
from billing.logins.authenticator import TOTP
from billing.logins.flows import site
from billing.logins.sessions import Visitor
from billing.logins.tables import LinkPurpose, LoginSession, MailedLink, Passkey
from billing.payments.tables import Payment
from billing.products.tables import Product, Service
from billing.tokens import Purpose
from dashboard.rows.users import invited_key, member_key
from tests.factories import SIGNING_KEY, Shop
from tests.fakes.device import Device

DAY = timedelta(days=1)
# How long after this the tests take place, in seconds.
LATER = 30


def equip(shop: Shop, person: Actor, *, app_is_on: bool = False) -> dict[str, str]:
    """Give a person an app, a device and a session elsewhere; what each is called, and what is right to answer now."""
    proven, here = shop.proven(person), site(shop.billing)
    user_id = person.user_id or 0
    setup = shop.do(authenticator.begin, proven, shop.billing.vault, "Voldaan")
    codes = ("",)
    if app_is_on:
        codes = shop.do(authenticator.confirm, proven, shop.billing.vault, _code(shop, setup.secret, 0))
    device, new = Device(here.origin, name=f"device-{user_id}".encode()), Device(here.origin, name=b"new-%d" % user_id)
    shop.do(
        passkeys.register, proven, here, device.create(shop.do(passkeys.registration_options, proven, here)), "Sleutel"
    )
    shop.do(sessions.start, user_id, Visitor())
    return {
        "session": str(shop.all(LoginSession, user_id=user_id)[-1].id),
        "passkey": str(shop.one(Passkey, user_id=user_id).id),
        "passkey_answer": device.get(shop.do(passkeys.question, here, None)),
        "new_passkey": new.create(shop.do(passkeys.registration_options, proven, here)),
        "app_code": _code(shop, setup.secret, LATER),
        "code": codes[0],
    }


def nameable(shop: Shop, account_id: int, person: Actor, word: str) -> dict[str, str]:
    """A member and an invitation of an account, and the links that were mailed."""
    invitation_id, reset_id, confirm_id, recover_id = shop.do(_mailed, account_id, person.user_id or 0, word)
    return {
        "member": member_key(person.user_id or 0),
        "invited": invited_key(invitation_id),
        "invite_link": tokens.sign(Purpose.INVITATION, SIGNING_KEY, invitation_id, 1),
        "reset_link": tokens.sign(Purpose.PASSWORD_RESET, SIGNING_KEY, reset_id),
        "confirm_link": tokens.sign(Purpose.EMAIL_CHANGE, SIGNING_KEY, confirm_id),
        "recover_link": tokens.sign(Purpose.SECOND_FACTOR_RECOVERY, SIGNING_KEY, recover_id),
    }


def number_high(work: Work) -> None:
    """Let accounts, people, sessions, devices, payments, credits, services and packages have numbers that nothing else
    in an answer has."""
    now = work.now
    last = local_day(now)
    ended = {"state": "ended", "started_on": last, "anchor_day": 1, "paid_through": last, "ends_on": last}
    for row in (
        Account(id=731_000, name="x", created_at=now),
        User(id=741_000, email="x@x.test", name="x", password_hash="x", created_at=now),
        LoginSession(id=761_000, token_sha256="x", user_id=741_000, created_at=now, seen_at=now),
        Passkey(id=771_000, user_id=741_000, credential_id="x", public_key="x", sign_count=0, name="x", created_at=now),
        Product(id=921_000, code="x", name="x", period_months=1, on_offer=False),
        Service(id=931_000, account_id=731_000, product_id=921_000, **ended),
        HostingPackage(id=781_000, account_id=731_000, domain="x.test"),
        Payment(id=791_000, account_id=731_000, token="x", method="ideal", amount_cents=1, state="failed",
                created_at=now),
        CreditLot(id=801_000, account_id=731_000, source="goodwill", original_cents=1, left_cents=0, created_at=now),
    ):  # fmt: skip
        work.session.add(row)
        work.flush()


def _mailed(work: Work, account_id: int, user_id: int, word: str) -> tuple[int, int, int, int]:
    times = {"created_at": work.now, "expires_at": work.now + DAY}
    usable = times | {"user_id": user_id, "opens_at": work.now}
    invitation = Invitation(
        account_id=account_id, email=f"genodigd-{word}@matrix.test", name=f"{word} genodigde", role="read_only",
        scopes="invoices.view", invited_by=user_id, invited_by_name=f"{word} mens", **times,
    )  # fmt: skip
    reset = MailedLink(purpose=LinkPurpose.PASSWORD_RESET, **usable)
    confirm = MailedLink(purpose=LinkPurpose.EMAIL_CHANGE, new_email=f"nieuw-{word}@matrix.test", **usable)
    recover = MailedLink(purpose=LinkPurpose.SECOND_FACTOR_RECOVERY, **usable)
    work.session.add_all([invitation, reset, confirm, recover])
    work.flush()
    return invitation.id or 0, reset.id or 0, confirm.id or 0, recover.id or 0


def _code(shop: Shop, secret: str, later: int) -> str:
    at = int(shop.clock.now().timestamp()) + later
    return str(TOTP(secret.replace("-", "")).generate(time=at).token)
