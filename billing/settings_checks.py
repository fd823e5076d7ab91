"""Whether settings fit together: what has to be right before a process that touches money may start."""

from urllib.parse import urlsplit

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from stdnum.eu import at_02

from billing.brand_settings import brand
from billing.config import LOOPBACK, Settings, vault_keys
from billing.db import Database
from billing.demo_settings import (
    DEMO_BOOKS_NEWS_SECRET,
    DEMO_BOOKS_TOKEN,
    DEMO_ENCRYPTION_KEY,
    DEMO_MAIL_REPORTS_SECRET,
    DEMO_PANEL_SECRET,
    DEMO_PEPPOL_TOKEN,
    DEMO_SECRET,
    DEMO_SIGNING_KEY,
    DEMO_WEBSITE_KEY,
)
from billing.errors import SettingsInvalid
from billing.webhooks import secret_key

# No real address ends so.
INVENTED = (".test", ".example")
# What else a demo has of its own, and uses no other.
_ONLY_THE_DEMOS = {
    "signing_key": DEMO_SIGNING_KEY,
    "encryption_keys": DEMO_ENCRYPTION_KEY,
    "books_news_secret": DEMO_BOOKS_NEWS_SECRET,
    "smtp_password": "",
}


def require_valid(settings: Settings) -> None:
    """What has to be right before a process that touches money may start. Raises SettingsInvalid."""
    problems = _demo_problems(settings) if settings.demo else _production_problems(settings)
    if not _is_origin(settings.public_url):
        problems.append("VOLDAAN_PUBLIC_URL: must be an address such as https://billing.example.com, without a path")
    if settings.web_processes > 1 and not settings.redis_url:
        problems.append("VOLDAAN_REDIS_URL: needed when VOLDAAN_WEB_PROCESSES is more than 1")
    if settings.creditor_id and not at_02.is_valid(settings.creditor_id):
        problems.append("VOLDAAN_CREDITOR_ID: its check digits do not fit, so customers' banks would not know it")
    problems += _brand_problems(settings)
    if problems:
        raise SettingsInvalid(problems=problems)


def require_demo_database(database: Database) -> None:
    """That a demo's database holds nobody real: its first log-in has an address that can exist nowhere (RFC 2606).

    Raises SettingsInvalid. One that has no tables yet, or can't be reached, is for others to complain of.
    """
    try:
        with database.session(writes=False) as session:
            first = session.execute(text("SELECT email FROM login_user ORDER BY id LIMIT 1")).scalar()
    except SQLAlchemyError:
        return
    if first and not str(first).endswith(INVENTED):
        raise SettingsInvalid(problems=["VOLDAAN_DATABASE_URL: demo mode refuses a database with real log-ins"])


def _brand_problems(settings: Settings) -> list[str]:
    try:
        brand(settings)
    except SettingsInvalid as invalid:
        return list(invalid.facts["problems"])
    return []


def _is_origin(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.path and not parts.query


def _demo_problems(settings: Settings) -> list[str]:
    problems = []
    if urlsplit(settings.buckaroo_url).hostname not in LOOPBACK:
        problems.append("VOLDAAN_BUCKAROO_URL: demo mode only talks to the sandbox on this machine")
    if settings.buckaroo_website_key != DEMO_WEBSITE_KEY or settings.buckaroo_secret.get_secret_value() != DEMO_SECRET:
        problems.append("VOLDAAN_BUCKAROO_WEBSITE_KEY: demo mode refuses any key but the demo's own")
    if urlsplit(settings.hosting_panel_url).hostname not in LOOPBACK:
        problems.append("VOLDAAN_HOSTING_PANEL_URL: demo mode only talks to the sandbox on this machine")
    if settings.hosting_panel_secret.get_secret_value() != DEMO_PANEL_SECRET:
        problems.append("VOLDAAN_HOSTING_PANEL_SECRET: demo mode refuses any key but the demo's own")
    if settings.mail_reports_secret.get_secret_value() != DEMO_MAIL_REPORTS_SECRET:
        problems.append("VOLDAAN_MAIL_REPORTS_SECRET: demo mode refuses any key but the demo's own")
    if settings.books_url and urlsplit(settings.books_url).hostname not in LOOPBACK:
        problems.append("VOLDAAN_BOOKS_URL: demo mode only talks to the sandbox on this machine")
    if settings.books_token.get_secret_value() != DEMO_BOOKS_TOKEN:
        problems.append("VOLDAAN_BOOKS_TOKEN: demo mode refuses any key but the demo's own")
    if settings.peppol_url and urlsplit(settings.peppol_url).hostname not in LOOPBACK:
        problems.append("VOLDAAN_PEPPOL_URL: demo mode only talks to the sandbox on this machine")
    if settings.peppol_token.get_secret_value() != DEMO_PEPPOL_TOKEN:
        problems.append("VOLDAAN_PEPPOL_TOKEN: demo mode refuses any key but the demo's own")
    if urlsplit(settings.vies_url).hostname not in LOOPBACK:
        problems.append("VOLDAAN_VIES_URL: demo mode only talks to the sandbox on this machine")
    if settings.leaked_passwords_url and urlsplit(settings.leaked_passwords_url).hostname not in LOOPBACK:
        problems.append("VOLDAAN_LEAKED_PASSWORDS_URL: demo mode asks nobody outside of this machine")
    if settings.smtp_host not in LOOPBACK:
        problems.append("VOLDAAN_SMTP_HOST: demo mode only talks to the sandbox on this machine")
    problems += [
        f"VOLDAAN_{name.upper()}: demo mode refuses any key but the demo's own"
        for name, own in _ONLY_THE_DEMOS.items()
        if getattr(settings, name).get_secret_value() != own
    ]
    return problems


def _production_problems(settings: Settings) -> list[str]:
    problems = [
        f"VOLDAAN_{name.upper()}: must be set"
        for name in ("buckaroo_website_key", "mail_from", "seller_name", "seller_vat_number", "seller_iban")
        if not getattr(settings, name)
    ]
    secret = settings.buckaroo_secret.get_secret_value()
    if not secret:
        problems.append("VOLDAAN_BUCKAROO_SECRET: must be set")
    if settings.buckaroo_website_key == DEMO_WEBSITE_KEY or secret == DEMO_SECRET:
        problems.append("VOLDAAN_BUCKAROO_WEBSITE_KEY: the demo's key works in demo mode only")
    signing_key = settings.signing_key.get_secret_value()
    if len(signing_key) < 32 or signing_key == DEMO_SIGNING_KEY:
        problems.append("VOLDAAN_SIGNING_KEY: needs at least 32 characters of your own")
    if any(len(key) < 32 or key == DEMO_ENCRYPTION_KEY for key in vault_keys(settings)):
        problems.append("VOLDAAN_ENCRYPTION_KEYS: each needs at least 32 characters of your own")
    gateway = urlsplit(settings.buckaroo_url)
    if gateway.scheme != "https" and gateway.hostname not in LOOPBACK:
        problems.append("VOLDAAN_BUCKAROO_URL: must use https")
    leaks = urlsplit(settings.leaked_passwords_url)
    if settings.leaked_passwords_url and leaks.scheme != "https" and leaks.hostname not in LOOPBACK:
        problems.append("VOLDAAN_LEAKED_PASSWORDS_URL: must use https")
    if settings.demo_clock:
        problems.append("VOLDAAN_DEMO_CLOCK: time is moved in demo mode only")
    for of_part in (_panel_problems, _report_problems, _books_problems, _peppol_problems):
        problems += of_part(settings)
    return problems


def _report_problems(settings: Settings) -> list[str]:
    secret = settings.mail_reports_secret.get_secret_value()
    if not secret:
        return []
    if secret == DEMO_MAIL_REPORTS_SECRET:
        return ["VOLDAAN_MAIL_REPORTS_SECRET: the demo's key works in demo mode only"]
    try:
        secret_key(secret)
    except ValueError:
        return ["VOLDAAN_MAIL_REPORTS_SECRET: must be whsec_ and base64 of 24 to 64 bytes"]
    return []


def _books_problems(settings: Settings) -> list[str]:
    if not settings.books_url:
        return []
    problems = []
    books = urlsplit(settings.books_url)
    if books.scheme != "https" and books.hostname not in LOOPBACK:
        problems.append("VOLDAAN_BOOKS_URL: must use https")
    if settings.books_token.get_secret_value() in {"", DEMO_BOOKS_TOKEN}:
        problems.append("VOLDAAN_BOOKS_TOKEN: needs a token of your own")
    if settings.books_news_secret.get_secret_value() == DEMO_BOOKS_NEWS_SECRET:
        problems.append("VOLDAAN_BOOKS_NEWS_SECRET: the demo's key works in demo mode only")
    if not settings.books_administration:
        problems.append("VOLDAAN_BOOKS_ADMINISTRATION: must be set when there is a bookkeeping")
    return problems


def _peppol_problems(settings: Settings) -> list[str]:
    if not settings.peppol_url:
        return []
    problems = []
    network = urlsplit(settings.peppol_url)
    if network.scheme != "https" and network.hostname not in LOOPBACK:
        problems.append("VOLDAAN_PEPPOL_URL: must use https")
    if settings.peppol_token.get_secret_value() in {"", DEMO_PEPPOL_TOKEN}:
        problems.append("VOLDAAN_PEPPOL_TOKEN: needs a token of your own")
    return problems


def _panel_problems(settings: Settings) -> list[str]:
    if not settings.hosting_panel_url:
        return []
    problems = []
    panel = urlsplit(settings.hosting_panel_url)
    if panel.scheme != "https" and panel.hostname not in LOOPBACK:
        problems.append("VOLDAAN_HOSTING_PANEL_URL: must use https")
    if settings.hosting_panel_secret.get_secret_value() in {"", DEMO_PANEL_SECRET}:
        problems.append("VOLDAAN_HOSTING_PANEL_SECRET: needs a key of your own, which the panel has too")
    return problems
