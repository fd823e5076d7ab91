"""Who plays in the gallery and what they have, all of it made by the real services on the demo's own data."""

from dataclasses import dataclass

from sqlmodel import col, select

from billing.accounts.tables import User
from billing.bank import flows as bank
from billing.db import Work
from billing.demo.bulk import seed_bulk
from billing.demo.doing import stage
from billing.invoices.tables import Invoice
from billing.payments.flows import start_payment
from billing.payments.service import StartPayment
from billing.payments.tables import Payment
from billing.ports import Method
from tests.e2e import newcomers
from tests.e2e.customers import Customer, new_customer
from tests.e2e.stack import Demo
from tests.e2e.steps import BAKERY, OWNER
from tools.gallery import links

MANY = 500
LONG_NAME = "Internationale Coöperatieve Vereniging tot Behoud van Watermolens U.A."
LONG_SUBJECT = "Wolkenopslagcapaciteitsuitbreiding en overeenkomstenbeheer, 12 maanden, met hulp bij de verhuizing"
# Invoices that the bakery of the demo has had all along, by how their subject begins.
SEEDED = {
    "overdue": "E-mail: 4 extra mailboxen", "partly-settled": "Webhosting Plus", "paid": "Webhosting Start",
    "credited": "Reserveringsmodule",
}  # fmt: skip
# How an attempt to pay ends at the bank; the first stays under way.
ENDINGS = {"pending": "", "paid": "success", "failed": "fail", "cancelled": "cancel"}


@dataclass(frozen=True)
class Cast:
    """Addresses of people by what they have, numbers of invoices by their state, and paths of links by what they are
    for and how that stands."""

    people: dict[str, str]
    invoices: dict[str, str]
    links: dict[str, str]


def gather(demo: Demo) -> Cast:
    """Everybody, with all that they have."""
    empty, one, long, payer = (
        new_customer(demo, name)
        for name in ("Stichting Vers Begin", "Kwekerij De Eerste", LONG_NAME, "Smederij Aambeeld")
    )
    demo.issue(one.account, "Webhosting, 1 maand", price="12.50")
    attempts = {state: _attempt(demo, payer, ending) for state, ending in ENDINGS.items()}
    app = newcomers.newcomer(demo)
    newcomers.with_app(app)
    people = {
        "empty": empty.email, "one": one.email, "long": long.email, "payer": payer.email, "many": _many(demo),
        "owner": OWNER, "app": app.email,
        **{login: f"{login}@demo.test" for login in ("boekhouder", "techniek", "finance", "finance2", "presenter")},
    }  # fmt: skip
    invoices = {
        "open": demo.issue(BAKERY, "Domeinnaam, 12 maanden", price="12.00"),
        "long": demo.issue(LONG_NAME, LONG_SUBJECT, price="1234567.89"),
        "begun": attempts["pending"][0],
        **{state: demo.billing.ask(_seeded, subject) for state, subject in SEEDED.items()},
    }  # fmt: skip
    _hand_in_odd_money(demo)
    paths = {
        "pay": links.pay(demo, invoices["open"]), "reset": links.reset(demo), "invite": links.invite(demo),
        "confirm": links.confirm(demo), "recover": links.recover(demo),
        **{f"return-{state}": f"/pay/return/{token}" for state, (_, token) in attempts.items()},
    }  # fmt: skip
    return Cast(people, invoices, paths)


def _hand_in_odd_money(demo: Demo) -> None:
    """A bank file with an amount that fits nothing."""
    billing, finance = demo.billing, newcomers.person(demo, "finance@demo.test")
    bank.upload(billing, finance, stage(billing).bank_file(billing.policy.seller.iban, {"Zonder kenmerk": 4_250}))


def _attempt(demo: Demo, customer: Customer, ending: str) -> tuple[str, str]:
    """The number of a new invoice, and the token of the attempt to pay it."""
    number = demo.issue(customer.account, "Verhuizing van een site", price="40.00")
    payer = newcomers.person(demo, customer.email)
    command = StartPayment((number,), Method.IDEAL, client_ip="")
    token = start_payment(demo.billing, payer, command).token
    if ending:
        key = demo.billing.ask(_key, token)
        demo.control(f"transactions/{key}/outcome", outcome=ending)
    return number, token


def _many(demo: Demo) -> str:
    seed_bulk(demo.billing, customers=1, invoices=MANY)
    newest = select(User.email).where(col(User.email).endswith("@bulk.test"))
    return demo.billing.ask(lambda work: work.session.exec(newest).one())


def _key(work: Work, token: str) -> str:
    return work.session.exec(select(Payment.provider_key).where(Payment.token == token)).one() or ""


def _seeded(work: Work, subject: str) -> str:
    return work.session.exec(select(Invoice.number).where(col(Invoice.subject).startswith(subject))).first() or ""
