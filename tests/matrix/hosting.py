"""The decisions about websites and e-mail, see `decisions`, and the package that they are tried on."""

from billing.access import SYSTEM, Permission
from billing.hosting import service as hosting
from billing.hosting.service import AddPackage
from billing.hosting.settings import EmailSettings, Forward, Mailbox, WebsiteSettings
from tests.factories import Shop
from tests.matrix.decision import Decision

_P = Permission
WEBSITE, EMAIL = "/website", "/email"
FOLDER, MAILBOX = "{word}-map", "info@{domain}"
FORWARD = ("taarten@{domain}", "bestellingen@{domain}")
CHANGED = {"package": "{package}", "php_version": "8.4", "force_https": "on", "web_root": FOLDER}
NEW_FORWARD = {"package": "{package}", "source": "nieuw", "target": "elders@matrix.test"}

HOSTING_EVENTS: dict[str, Decision] = {
    "EmailState.add_forward": Decision(_P.EMAIL_MANAGE, EMAIL, (NEW_FORWARD,), writes=True),
    "EmailState.load": Decision(_P.EMAIL_MANAGE, EMAIL, shows=MAILBOX),
    "EmailState.remove_forward": Decision(_P.EMAIL_MANAGE, EMAIL, ("{package}", *FORWARD), writes=True),
    "EmailState.switch": Decision(_P.EMAIL_MANAGE, EMAIL, ("{package}", MAILBOX), writes=True),
    "WebsiteState.load": Decision(_P.WEBSITE_MANAGE, WEBSITE, shows=FOLDER),
    "WebsiteState.save": Decision(_P.WEBSITE_MANAGE, WEBSITE, (CHANGED,), writes=True),
    "WebsiteState.take_over": Decision(_P.WEBSITE_MANAGE, WEBSITE, ("{package}",), shows='"key": "{package}-2"'),
}


def give_package(shop: Shop, account_id: int, word: str) -> dict[str, str]:
    """Hosting with a folder, a mailbox and a forward of its own; its id and domain."""
    domain = f"{word}.test"
    email = EmailSettings(
        (Mailbox(f"info@{domain}", active=True),), (Forward(f"taarten@{domain}", f"bestellingen@{domain}"),)
    )  # fmt: skip
    command = AddPackage(account_id, domain, WebsiteSettings("8.3", False, f"{word}-map"), email)
    package_id = shop.do(hosting.add_package, SYSTEM, command)
    shop.carry_out()
    return {"package": str(package_id), "domain": domain}
