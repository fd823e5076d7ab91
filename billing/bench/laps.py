"""A member of a team: gets ready, says so, waits for the word, works, and says what it did.

`python -m billing.bench.laps book` books the pushes that are stored; `… print N` prints N invoices.
"""

import json
import sys
import time
from collections.abc import Callable

from billing import assembly, config
from billing.bench.documents import fifteen_lines
from billing.payments import flows
from billing.runtime import Billing

Job = Callable[[Billing], int]
WARM_UP = 2


def main(command: str, *arguments: str) -> None:
    """Run one job with the settings from the environment."""
    billing = assembly.build(config.load())
    job = book(billing) if command == "book" else print_invoices(billing, int(arguments[0]))
    _tell(ready=True)
    sys.stdin.readline()
    before = time.process_time()
    n = job(billing)
    _tell(n=n, cpu=time.process_time() - before)
    billing.database.dispose()


def book(billing: Billing) -> Job:
    """Book pushes until none is left, as a worker does that has been running: the first few, with all that is opened
    and compiled for them, are not timed."""
    flows.process_pushes(billing, WARM_UP)

    def job(billing: Billing) -> int:
        total = 0
        while taken := flows.process_pushes(billing):
            total += taken
        return total

    return job


def print_invoices(billing: Billing, count: int) -> Job:
    """Print invoices with a warm renderer."""
    documents = [fifteen_lines(number) for number in range(count)]
    billing.pdf.invoice(fifteen_lines(count))

    def job(billing: Billing) -> int:
        for document in documents:
            billing.pdf.invoice(document)
        return count

    return job


def _tell(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
