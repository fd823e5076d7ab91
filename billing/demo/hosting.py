"""The hosting packages of the demo, and how they are set."""

from billing.access import SYSTEM
from billing.db import Work
from billing.demo.people import BAKERY, CLUB, Cast
from billing.hosting import service
from billing.hosting.service import AddPackage
from billing.hosting.settings import EmailSettings, Forward, Mailbox, WebsiteSettings

_BAKERY_DOMAIN, _CLUB_DOMAIN = "bakkerij-de-korenaar.test", "fietsclub-het-wiel.test"
_BOXES = {
    _BAKERY_DOMAIN: ("info", "hanna", "bestellingen", "bas", "winkel-noord"),
    _CLUB_DOMAIN: ("info", "secretaris", "penningmeester"),
}
_FORWARDS = {
    _BAKERY_DOMAIN: (("taarten", "bestellingen@bakkerij-de-korenaar.test"), ("facturen", "bas@boekstaaf.test")),
    _CLUB_DOMAIN: (("bestuur", "secretaris@fietsclub-het-wiel.test"),),
}


def give_hosting(work: Work, cast: Cast) -> None:
    """One package for the bakery, and one for the club."""
    for name, domain, website in (
        (BAKERY.name, _BAKERY_DOMAIN, WebsiteSettings("8.3", force_https=True, web_root="public_html")),
        (CLUB.name, _CLUB_DOMAIN, WebsiteSettings("8.4", force_https=True, web_root="public_html")),
    ):
        command = AddPackage(cast.accounts[name], domain, website, _email(domain))
        service.add_package(work, SYSTEM, command)


def _email(domain: str) -> EmailSettings:
    return EmailSettings(
        tuple(Mailbox(f"{name}@{domain}", active=True) for name in _BOXES[domain]),
        tuple(Forward(f"{name}@{domain}", target) for name, target in _FORWARDS[domain]),
    )
