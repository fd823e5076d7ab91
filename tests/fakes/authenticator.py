"""An app on a phone that shows codes, as people use for the second factor."""

from passlib.totp import TOTP

from billing.access import Actor
from billing.logins import authenticator, flows
from billing.logins.sessions import Visitor
from tests.factories import Shop

HOME = Visitor("192.0.2.7", "Firefox")


class App:
    """An app on somebody's phone."""

    def __init__(self, shop: Shop, actor: Actor) -> None:
        self._shop = shop
        setup = shop.do(authenticator.begin, shop.proven(actor), shop.billing.vault, "Verkoper B.V.")
        self._totp = TOTP.from_uri(setup.uri)

    def code(self) -> str:
        return str(self._totp.generate(time=int(self._shop.clock.now().timestamp())).token)


def switched_on(shop: Shop, actor: Actor) -> tuple[App, tuple[str, ...]]:
    """An app that is in use, and its backup codes; half a minute later, so that its next code is a new one."""
    app = App(shop, actor)
    codes = flows.confirm_app(shop.billing, shop.proven(actor), app.code(), HOME)
    shop.clock.advance(seconds=30)
    return app, codes
