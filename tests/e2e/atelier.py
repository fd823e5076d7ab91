"""An account of one journey alone, so that who is let into it, and who goes, is nobody else's trouble."""

from dataclasses import dataclass
from itertools import count

from playwright.sync_api import Locator, Page, expect

from billing.access import SYSTEM
from billing.accounts import service
from billing.accounts.service import OpenAccount
from billing.accounts.tables import MailTopic, Role
from billing.logins.passwords import hash_password
from tests.e2e.stack import Demo
from tests.e2e.steps import PASSWORD, login

USERS = "/account/users"
NUMBERS = count(1)


@dataclass(frozen=True)
class Atelier:
    """An account of this journey alone, and who owns it."""

    account_id: int
    name: str
    owner: str


def person(demo: Demo, account_id: int, role: Role, name: str, *, mails: bool = False) -> str:
    """Somebody with a log-in and a role; returns the address."""
    email = f"{name.split()[0].lower()}-{next(NUMBERS)}@atelier.test"
    password_hash = hash_password(PASSWORD)
    user_id = demo.billing.do(service.add_user, SYSTEM, email=email, name=name, password_hash=password_hash)
    demo.billing.do(
        service.add_member, SYSTEM, account_id=account_id, user_id=user_id, role=role, topics=MailTopic if mails else ()
    )
    return email


def open_atelier(demo: Demo) -> Atelier:
    """A new account with its owner."""
    name = f"Atelier Penseel {next(NUMBERS)}"
    account_id = demo.billing.do(service.open_account, SYSTEM, OpenAccount(name=name))
    return Atelier(account_id, name, person(demo, account_id, Role.OWNER, "Odette Olieverf"))


def open_users(page: Page, email: str) -> None:
    login(page, email)
    page.goto(USERS)
    expect(page.get_by_role("heading", name="Beheer gebruikers", level=1)).to_be_visible()


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


def choose(page: Page, name: str, choice: str) -> None:
    """Choose something from the menu of a row."""
    page.get_by_role("button", name=f"Meer voor {name}").click()
    page.get_by_role("group", name=f"Keuzes voor {name}").get_by_role("button", name=choice).click()


def invite(page: Page, name: str, email: str) -> None:
    page.get_by_role("button", name="Gebruiker uitnodigen").click()
    dialog = page.get_by_role("dialog", name="Gebruiker uitnodigen")
    expect(dialog.get_by_label("Naam")).to_be_focused()
    dialog.get_by_label("Naam").fill(name)
    dialog.get_by_label("E-mailadres").fill(email)
    dialog.get_by_role("button", name="Uitnodigen", exact=True).click()
    expect(row(page, name)).to_contain_text("Uitgenodigd, wacht op reactie")
    expect(dialog).to_have_count(0)
