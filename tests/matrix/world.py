"""Two customers who have everything, each with a word of its own in all that is theirs, and everybody who may look.

It is made once; each test gets a copy of the file.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from billing.access import DEFAULTS, ON_BEHALF, PRESENTER, SYSTEM, Actor, Rights
from billing.accounts import service as accounts
from billing.accounts.service import OpenAccount
from billing.accounts.tables import Role
from billing.clock import local_day
from billing.credits import service as credits
from billing.credits.service import IssueCreditNote
from billing.credits.tables import CreditLot
from billing.db import Database
from billing.invoices import service as invoices
from billing.invoices.service import DraftInvoice, IssueInvoice, NewLine
from billing.logins import sessions
from billing.logins.sessions import Visitor
from billing.payments import paylinks
from billing.ports import GatewayMandate, GatewayTransaction
from billing.products import service as products
from billing.products.service import AddProduct, StartService
from billing.products.tables import ProductKind
from tests.factories import SELLER, SIGNING_KEY, Shop, password_hash
from tests.fakes import collecting
from tests.matrix.bank import give_lines
from tests.matrix.hosting import give_package
from tests.matrix.log_ins import equip, nameable, number_high
from tests.reminding import link_of, write_step
from tests.staffing import finance

DAY, VAT = timedelta(days=1), Decimal(21)
OURS, THEIRS = "heideroos", "zwerfkei"
ROLES = tuple(role.value for role in Role)
LOOKS_AS = Role.ADMINISTRATOR
NO_RIGHTS: Rights = frozenset()

Ids = dict[str, str]


@dataclass(frozen=True)
class Person:
    """Somebody at a browser. rights: in the account under test. token: what the cookie says; empty without one."""

    name: str
    token: str
    rights: Rights = NO_RIGHTS
    is_in: bool = True
    is_member: bool = True
    is_half: bool = False
    looks: bool = False
    is_finance: bool = False
    is_presenter: bool = False
    acts: bool = False
    ids: Ids = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """All of it. ours, theirs, nobodys: by kind, an id of the account under test, of the other, and of nothing.

    at_gateway, mandates: the transactions and the mandates that the gateway knows.
    """

    people: dict[str, Person]
    at_gateway: dict[str, GatewayTransaction]
    mandates: dict[str, GatewayMandate]
    ours: Ids
    theirs: Ids
    nobodys: Ids


def make(database: Database) -> World:
    """Fill an empty database."""
    shop = Shop(database)
    shop.do(number_high)
    ours, theirs = _furnished(shop, OURS), _furnished(shop, THEIRS)
    account_id = int(ours["account"])
    people = {role: _person(shop, account_id, role, Role(role)) for role in ROLES}
    yesterday = local_day(shop.clock.now()) - timedelta(days=1)
    people |= {
        "nobody": Person("nobody", "", is_in=False, is_member=False),
        "half": _half(shop, account_id),
        "ended": replace(
            _person(shop, account_id, "ended", Role.ADMINISTRATOR, ends_on=yesterday), rights=NO_RIGHTS, is_member=False
        ),
        "looking": _looking(shop, account_id),
        "finance": _finance(shop),
        "acting": _acting(shop, account_id),
        "presenter": _presenter(shop),
    }
    # As at a first log-in: the account on screen is the first one, without having been chosen.
    shop.sql("UPDATE login_session SET account_id = NULL WHERE looks_as_role = ''")
    nobodys = {
        "word": THEIRS, "account": "987654", "invoice": "2026-9999", "pending": "2026-9998",
        "payment": "x" * len(ours["payment"]), "pay_link": paylinks.sign(987654, SIGNING_KEY),
        "reminder": link_of(987654, SIGNING_KEY),
        "email": "nobody@matrix.test", "member": "m987654", "invited": "i987654", "session": "987654",
        "passkey": "987654", "overpaid": "987654", "service": "987654", "hanging": "987654", "lot": "987654",
        "note": "C2026-9999",
        "package": "987654", "domain": "nergens.test", "line": "987654", "matched": "987654",
    }  # fmt: skip
    return World(people, shop.gateway.known, shop.gateway.known_mandates, ours, theirs, nobodys)


def set_scopes(path: Path, role: str, scopes: str, *, checked: bool = True) -> None:
    """Write what the members with this role may do into their rows, past all services, and past the database's own
    checks when not `checked`."""
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"PRAGMA ignore_check_constraints = {int(not checked)}")
        file.execute("UPDATE membership SET scopes = ? WHERE role = ?", (scopes, role))
        file.commit()


def _furnished(shop: Shop, word: str) -> Ids:
    """A customer with an owner, invoices in each state, a payment under way, credits, a mandate, services and so on."""
    account_id = shop.do(
        accounts.open_account, SYSTEM,
        OpenAccount(name=f"{word} klant", attention=f"{word} aandacht", street=f"{word}straat 1", city=f"{word}stad"),
    )  # fmt: skip
    email = f"{word}@matrix.test"
    user_id = shop.do(accounts.add_user, SYSTEM, email=email, name=f"{word} mens", password_hash=password_hash())
    payer = Actor(name=f"{word} mens", user_id=user_id)
    shop.also_member(payer, account_id, Role.BOOKKEEPER, mails=True)
    lid = shop.do(
        accounts.add_user, SYSTEM, email=f"{word}-lid@matrix.test", name=f"{word} lid", password_hash=password_hash()
    )
    shop.also_member(Actor(name=f"{word} lid", user_id=lid), account_id, Role.READ_ONLY)
    paid, pending, unpaid = (_issued(shop, account_id, word) for _ in range(3))
    key = shop.start_key(payer, paid)
    shop.succeed(key, amount_cents=shop.row(paid).total_cents + 500)
    note = IssueCreditNote(shop.row(paid).id or 0, 1_000, Decimal(21), f"{word}-reden")
    credited = shop.do(credits.issue_credit_note, SYSTEM, note)
    collecting.decide(shop, collecting.ask(shop, SYSTEM, account_id), account_name=f"{word} rekening")
    shop.carry_out()
    return {
        "word": word, "account": str(account_id), "email": email, "invoice": unpaid, "pending": pending,
        "payment": shop.start(payer, pending).token, "overpaid": str(shop.payment_of(key).id), "note": credited.number,
        "lot": str(shop.one(CreditLot, account_id=account_id).id),
        "pay_link": paylinks.sign(shop.row(unpaid).id or 0, SIGNING_KEY),
        "reminder": link_of(shop.do(write_step, unpaid), SIGNING_KEY),
        **_give_services(shop, account_id, word), **give_lines(shop, account_id, word, unpaid),
    } | give_package(shop, account_id, word) | nameable(shop, account_id, payer, word) | equip(shop, payer)  # fmt: skip


def _issued(shop: Shop, account_id: int, word: str) -> str:
    line = NewLine(f"{word}-regel", f"{word}-toelichting", Decimal(1), Decimal(100), Decimal(21))
    draft_id = shop.do(invoices.draft_invoice, SYSTEM, DraftInvoice(account_id, f"{word}-factuur", (line,)))
    return shop.do(invoices.issue_invoice, SYSTEM, IssueInvoice(draft_id, SELLER)).number or ""


def _give_services(shop: Shop, account_id: int, word: str) -> Ids:
    """A service with another that hangs on it, and products to change to; nothing is prepaid of either."""
    today = local_day(shop.clock.now())
    kind = (ProductKind.EMAIL, 12)
    for name, price in (("Goedkoper", 6), ("Duurder", 24)):
        shop.do(
            products.add_product, SYSTEM, AddProduct(f"{word}-{price}", name, *kind, Decimal(price), VAT, today - DAY)
        )
    add = AddProduct(word, f"{word}-product", *kind, Decimal(12), VAT, today - DAY, on_offer=False)
    product_id = shop.do(products.add_product, SYSTEM, add)
    start = StartService(account_id, product_id, f"{word}-dienst", today - DAY, today + DAY)
    service_id = shop.do(products.start_service, SYSTEM, start)
    hanging = replace(start, label=f"{word}-hangt", hangs_on=service_id)
    return {"service": str(service_id), "hanging": str(shop.do(products.start_service, SYSTEM, hanging))}


def _person(shop: Shop, account_id: int, name: str, role: Role, *, ends_on: date | None = None) -> Person:
    actor = shop.member(account_id, role, ends_on=ends_on)
    token = shop.do(sessions.start, actor.user_id or 0, Visitor())
    return Person(name, token, DEFAULTS[role], ids=equip(shop, actor))


def _half(shop: Shop, account_id: int) -> Person:
    actor = shop.member(account_id, Role.ADMINISTRATOR)
    ids = equip(shop, actor, app_is_on=True)
    return Person(
        "half", shop.do(sessions.start_half, actor.user_id or 0, Visitor()), is_in=False, is_half=True, ids=ids
    )


def _finance(shop: Shop) -> Person:
    """Somebody of the company itself, who is no member of any account."""
    actor = finance(shop)
    token = shop.do(sessions.start, actor.user_id or 0, Visitor())
    return Person("finance", token, is_member=False, is_finance=True, ids=equip(shop, actor))


def _presenter(shop: Shop) -> Person:
    """Who shows the demo, and is no member of any account either."""
    actor = finance(shop, "Pia", role=PRESENTER)
    token = shop.do(sessions.start, actor.user_id or 0, Visitor())
    return Person("presenter", token, is_member=False, is_presenter=True, ids=equip(shop, actor))


def _acting(shop: Shop, account_id: int) -> Person:
    """Another of them, who acts on a customer's behalf."""
    actor = finance(shop, "Fred")
    token, ids = shop.do(sessions.start, actor.user_id or 0, Visitor()), equip(shop, actor)
    shop.do(sessions.act_for, actor, token, account_id, "Vroeg erom")
    return Person("acting", token, ON_BEHALF, acts=True, ids=ids)


def _looking(shop: Shop, account_id: int) -> Person:
    """Somebody who may manage users, and looks as somebody with a wide role."""
    actor = shop.member(account_id, Role.ADMINISTRATOR)
    ids = equip(shop, actor)
    everything = " ".join(sorted(DEFAULTS[Role.ADMINISTRATOR] | {"users.manage"}))
    shop.sql("UPDATE membership SET scopes = :scopes WHERE user_id = :user", scopes=everything, user=actor.user_id)
    token = shop.do(sessions.start, actor.user_id or 0, Visitor())
    scopes = tuple(sorted(DEFAULTS[LOOKS_AS]))
    shop.do(sessions.look_as, shop.proven(actor), token, account_id, role=LOOKS_AS.value, scopes=scopes)
    return Person("looking", token, DEFAULTS[LOOKS_AS], looks=True, ids=ids)
