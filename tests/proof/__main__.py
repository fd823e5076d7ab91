"""Every document of the demo and many random ones, judged: python -m tests.proof --documents 2000 --seed 7"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from billing.access import SYSTEM
from billing.correspondence import files
from billing.credits.tables import CreditNote
from billing.db import Database, migrate
from billing.demo.seed import seed_demo
from billing.invoices.tables import ISSUED, Invoice
from billing.ports import CreditNoteDocument, Document
from billing.vat_treatment import VatTreatment
from tests.factories import Shop
from tests.proof.documents import SELLER, Maker
from tests.proof.judge import Judge

CHUNK = 50
_MADE: list[Document] = []


def main() -> int:
    """Tell what was judged and found; 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__)
    for name, usual in (("documents", 2_000), ("seed", 7), ("processes", 2)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voldaan-proof-") as folder:
        fresh = partial(_database, Path(folder))
        made = [*demo(fresh("demo")), *Maker(fresh("random"), asked.seed).documents(asked.documents)]
    print(_told(made), flush=True)
    found = _judged(made, asked.processes)
    print("\n".join(found) or "No finding.")
    return 1 if found else 0


def demo(database: Database) -> Sequence[Document]:
    """Every document that the demo begins with."""
    shop = Shop(database)
    shop.do(seed_demo, SELLER)
    numbers = [invoice.number or "" for invoice in shop.all(Invoice, state=ISSUED)]
    notes = [note.number for note in shop.all(CreditNote)]
    return [
        *shop.ask(files.invoice_documents, SYSTEM, numbers),
        *shop.ask(files.note_documents, SYSTEM, notes),
    ]


def judge(documents: Sequence[Document]) -> list[str]:
    """What is found of some documents."""
    with Judge() as judging:
        return [finding for document in documents for finding in judging.findings(document)]


def _judged(documents: Sequence[Document], processes: int) -> list[str]:
    began, done, found = time.monotonic(), 0, []
    places = [range(start, min(start + CHUNK, len(documents))) for start in range(0, len(documents), CHUNK)]
    # Children begin with all documents in their memory, so that only places go to them.
    with ProcessPoolExecutor(processes, get_context("fork"), _MADE.extend, (documents,)) as pool:
        for judged in as_completed([pool.submit(_judge_at, chunk) for chunk in places]):
            count, findings = judged.result()
            done += count
            found += findings
            print(f"{done} judged, {len(found)} findings, {time.monotonic() - began:.0f} s", flush=True)
    return found


def _judge_at(places: range) -> tuple[int, list[str]]:
    return len(places), judge([_MADE[place] for place in places])


def _told(documents: Sequence[Document]) -> str:
    """How much of what there is among them; a proof without any of these would prove little."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(kind for kind, is_so in KINDS.items() if is_so(document))
    return f"{len(documents)} documents: " + ", ".join(f"{count} {kind}" for kind, count in counts.items())


def _database(folder: Path, name: str) -> Database:
    url = f"sqlite:///{folder / name}.sqlite"
    migrate(url)
    return Database(url)


def _has(document: Document, *kinds: str) -> bool:
    settlements = () if isinstance(document, CreditNoteDocument) else document.settlements
    return any(settlement.kind in kinds for settlement in settlements)


KINDS: dict[str, Callable[[Document], bool]] = {
    "credit notes": lambda document: isinstance(document, CreditNoteDocument),
    "reverse-charged": lambda document: document.vat_treatment == VatTreatment.REVERSE_CHARGE,
    "with several rates": lambda document: len(document.vat) > 1,
    "without VAT": lambda document: not document.vat_cents and not document.is_untaxed,
    "outside the Union": lambda document: document.vat_treatment == VatTreatment.OUTSIDE,
    "with credits": lambda document: _has(document, "credit"),
    "paid in part or full": lambda document: _has(document, "payment"),
    "with a rest carried on": lambda document: _has(document, "carried"),
    "with a rest brought": lambda document: _has(document, "brought"),
    "with negative lines": lambda document: any(line.net_cents < 0 for line in document.lines),
    "with more than 100 lines": lambda document: len(document.lines) > 100,
    "by mandate": lambda document: not isinstance(document, CreditNoteDocument) and bool(document.mandate),
}


if __name__ == "__main__":
    sys.exit(main())
