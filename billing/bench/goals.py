"""What each benchmark should reach, who else does such work how fast, and why we fall short where we do.

Peers were measured on this kind of machine (two shared cores, Python 3.11, PostgreSQL 15) doing equivalent work.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from billing.bench.figures import Figure


@dataclass(frozen=True)
class Goal:
    """For the figures whose limit is called so. ratio: of the limit, at least. per_second: at least, by database.
    cpu_ms: for each item, at most."""

    of: str = ""
    ratio: float = 0
    per_second: Mapping[str, float] = field(default_factory=dict)
    cpu_ms: float = inf

    def reached(self, figure: Figure) -> float:
        """How much of the goal a figure reaches; 1 or more when it is met."""
        pace = self.per_second.get(figure.database, 0)
        return min(
            figure.ratio / self.ratio if self.ratio else inf,
            figure.per_second / pace if pace else inf,
            self.cpu_ms / figure.cpu_ms_per_item if figure.cpu_ms_per_item else inf,
        )

    def words(self, database: str) -> str:
        """The goal as a line of a table has it."""
        parts = [f"{self.ratio:g} of the limit"] if self.ratio else []
        parts += [f"{self.per_second[database]:,.0f} a second"] if database in self.per_second else []
        parts += [f"{self.cpu_ms:g} ms of processor at most"] if self.cpu_ms < inf else []
        return ", ".join(parts)


@dataclass(frozen=True)
class Subject:
    """A benchmark on paper. short: why we fall short, and what would be next."""

    title: str
    goals: tuple[Goal, ...] = ()
    peers: str = ""
    short: str = ""


def goal_of(figure: Figure) -> Goal | None:
    """The goal that was set for a figure."""
    goals = SUBJECTS[figure.name].goals
    return next((goal for goal in goals if goal.of in figure.limit_name and goal.words(figure.database)), None)


SUBJECTS = {
    "P1": Subject(
        "An invoice run: issued, numbered, settled, journalled, mails and documents in the outbox",
        (Goal(ratio=0.5, per_second={"sqlite": 4_000, "postgresql": 2_000}),),
        peers="FOSSBilling 139, django-plans 96, Dolibarr 80, silver 61, pretix 53, Odoo 27, Tryton 14 a second",
        short="what a run pays once (its row, prices, numbers reserved) weighs on a thousand invoices and not on ten "
        "thousand; a real run is as long as there are customers, so nothing is planned.",
    ),
    "P2": Subject(
        "A push of the gateway: received, verified, stored, answered",
        (Goal(ratio=0.7),),
        short="pushes that come together share a commit; one that comes alone takes 0.8 ms of processor, of which the "
        "bare one has 0.3 too. The rest is the way to the writer's thread and back, a transaction with SQLAlchemy's "
        "session around it, and 0.05 ms of routing, measures, steps and ids for the log; next would be a transaction "
        "that makes its session only when somebody asks for it.",
    ),
    "P3": Subject(
        "Pushes booked: asked over HTTP, attempt, journal, settlement, audit, outbox",
        (Goal("this is two", ratio=1.7), Goal("raw", per_second={"sqlite": 1_000, "postgresql": 1_000})),
        peers="dj-stripe 108, Odoo with its Buckaroo module 7 to 58 a second",
        short="a payment takes 1 ms of processor: 0.55 the worker, 0.37 PostgreSQL, 0.05 the sandbox. Two workers no "
        "longer wait for each other's locks, but share two processors with the database, which leaves them 1.8 times "
        "one at best; next would be to write the settled invoices, attempts and shares in one statement each.",
    ),
    "P4": Subject(
        "The open invoices of one customer, with the check of rights",
        (Goal(ratio=0.4, per_second={"sqlite": 1_429, "postgresql": 667}),),
        peers="Odoo 269, Tryton 69, FOSSBilling 12 a second among 100,000 invoices",
        short="it asks two questions, the right and the invoices, where the raw query asks one, begins and ends a "
        "transaction, and gives each row its label; in milliseconds it is two to three times as fast as asked. Next "
        "would be the right and the rows in one statement, which would be a second door beside the one.",
    ),
    "P5": Subject(
        "The dashboard opened: the browser's event to the page's data",
        (Goal(ratio=0.4, cpu_ms=8),),
        peers="Dolibarr 39, Odoo 34, pretix 31, FOSSBilling 5 pages a second",
        short="the limit asks who holds the session and nothing else, two questions; the page asks twenty-nine, for "
        "however many invoices, and sends five kilobytes, so that it can't come near. The processor time is what "
        "counts. Next would be the account and the price list, which two parts of the page look up each for itself.",
    ),
    "P7": Subject(
        "Paper: an invoice of 15 lines as PDF/A-3 with its XML, and a stored one downloaded",
        (Goal("bare WeasyPrint", ratio=0.87), Goal("this is two", ratio=1.9), Goal("this is a download", ratio=0.5)),
        peers="Dolibarr 87, pretix 47, FOSSBilling 14, Odoo 0.9 plain PDFs a second, by simpler printers",
        short="a download is one turn of a thread and one transaction of five statements, for session, accounts, "
        "invoice, rights and file: 0.6 to 1.0 ms of processor where a bare file takes 0.2. A third to two thirds of "
        "that is asking the database; next would be session and accounts in one statement. Two printers share two "
        "processors with all else on the machine.",
    ),
    "P8": Subject(
        "Logging in, nearly all of which is the password check, slow on purpose",
        (Goal(ratio=0.91),),
        peers="Dolibarr 11.5, Tryton 8, pretix 6.6, FOSSBilling 4.5, Odoo 2.6 a second, most with a weaker check",
    ),
    "P9": Subject(
        "A statement of the bank: read; and matched and booked",
        (
            Goal("this is reading", per_second={"none": 5_000}),
            Goal("raw", per_second={"sqlite": 1_500, "postgresql": 1_500}),
        ),
    ),
    "P10": Subject("From the customer's yes to *paid*, and to the mail with its PDF", (Goal(ratio=1),)),
    "P11": Subject("From `make demo` to pages that answer", (Goal(ratio=1),)),
    "P12": Subject("A machine asks for invoices over the API"),
}
