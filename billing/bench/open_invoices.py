"""P4: the open invoices of one customer, with the check of rights, beside the bare indexed query on the same rows."""

from collections.abc import Iterator

from sqlmodel import select

from billing.access import Actor
from billing.accounts.tables import Membership
from billing.bench import raw
from billing.bench.figures import Figure, Lap, beside, timed
from billing.bench.room import Room, billing_on, settings_for
from billing.db import Work
from billing.demo.bulk import seed_bulk
from billing.invoices.queries import open_invoices
from billing.runtime import Billing

# About a hundred invoices each, of which some ten are open. No multiple of the bulk data's rhythm of ten, so that
# every customer has open ones.
INVOICES_EACH = 100
CUSTOMERS_ASKED = 200
INDEXED = "SELECT * FROM invoice WHERE account_id = ? AND open_cents > 0 ORDER BY due_on, id LIMIT 100"


def measure(room: Room) -> Iterator[Figure]:
    """On each engine, among a tenth of the invoices and among all."""
    for engine in room.engines:
        for invoices in (room.sizes.invoices // 10, room.sizes.invoices):
            url = room.fresh(engine)
            with billing_on(settings_for(url)) as billing:
                seed_bulk(billing, customers=invoices // INVOICES_EACH + 1, invoices=invoices)
                yield _figure(room, billing, url, engine, invoices)
            room.drop(url)


def _figure(room: Room, billing: Billing, url: str, engine: str, invoices: int) -> Figure:
    people = billing.ask(_people)
    asked = [people[n % len(people)] for n in range(room.sizes.questions)]
    with raw.connection(url) as execute:

        def bare() -> Lap:
            return timed(lambda: [execute(INDEXED, (account,)).fetchall() for _, account in asked], len(asked))

        def ours() -> Lap:
            return timed(lambda: [billing.ask(open_invoices, actor, account) for actor, account in asked], len(asked))

        bare(), ours()
        name = f"raw indexed query, among {invoices:,} invoices"
        return beside("P4", engine, ours, name, bare, runs=room.sizes.runs)


def _people(work: Work) -> list[tuple[Actor, int]]:
    """Customers from all over the table, and who may look at their invoices."""
    everybody = work.session.exec(select(Membership.user_id, Membership.account_id)).all()
    step = max(1, len(everybody) // CUSTOMERS_ASKED)
    return [(Actor("Klant", user_id), account_id) for user_id, account_id in everybody[::step]]
