"""A whole year by command: python -m tests.year --accounts 500 --days 365 --seed 7"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from billing.db import Database, migrate
from tests.year.observer import Observer
from tests.year.simulation import Year

MONTH = 30


def main() -> int:
    """Tell how it goes, month by month, and what it came to; 1 when anything was found that should never have been."""
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    for name, usual in (("accounts", 500), ("days", 365), ("seed", 7)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--database", default="", help="URL of an empty one; a new SQLite file when left out")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voldaan-year-") as folder:
        url = asked.database or f"sqlite:///{Path(folder) / 'year.sqlite'}"
        migrate(url)
        year = Year(Database(url), seed=asked.seed, accounts=asked.accounts)
        found = year.go_on(asked.days, _Progress(year).day)
    print("\n".join(found.lines))
    return 1 if found.findings else 0


class _Progress:
    def __init__(self, year: Year) -> None:
        self._year, self._began, self._told = year, time.monotonic(), 0

    def day(self, day: int, observer: Observer) -> None:
        for finding in observer.findings[self._told :]:
            print(finding, flush=True)
        self._told = len(observer.findings)
        if day % MONTH == 0:
            [(invoices,)] = self._year.world.rows("SELECT count(*) FROM invoice")
            seconds, mails = time.monotonic() - self._began, observer.counts["mails"]
            print(
                f"day {day}, {self._year.world.today}: {invoices} invoices, {mails} mails, "
                f"{len(observer.findings)} findings, {seconds:.0f} s", flush=True,
            )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
