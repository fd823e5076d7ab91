"""Turn after turn of damaged input: what surprises the product, and which invariant no longer holds."""

import logging
import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from billing.config import Settings
from billing.db import Database, migrate
from dashboard import wiring
from tests.factories import SELLER, SIGNING_KEY, Shop

PUBLIC_URL = "http://localhost:3000"
MOST_FINDINGS = 10


class Target(Protocol):
    """A door of the product. given: what was last put in, as it may be shown."""

    shop: Shop
    given: object

    def turn(self, chance: random.Random) -> None:
        """Make something up and put it in. Raises whatever the product does not turn into a refusal."""


@dataclass(frozen=True)
class Finding:
    """A turn that went wrong: with the same seed, the same number does it again after those before it."""

    number: int
    given: object
    said: str

    def __str__(self) -> str:
        return f"turn {self.number}: {self.said}\n    given: {self.given!r:.3000}"


def fuzz(target: Target, seed: int, numbers: Iterable[int]) -> tuple[int, list[Finding]]:
    """Take turns until something stops them; returns how many, and what was found."""
    done, findings = 0, []
    with _listening() as surprises:
        for number in numbers:
            done += 1
            try:
                target.turn(random.Random(f"{seed} {number}"))
            except Exception as bug:
                surprises.append(f"{type(bug).__name__}: {bug}")
            findings += [Finding(number, target.given, said) for said in surprises]
            surprises.clear()
            if len(findings) >= MOST_FINDINGS:
                break
    findings += [Finding(done, "all of it", f"no longer holds: {name}") for name in target.shop.broken()]
    return done, findings


def open_shop(folder: Path, name: str) -> Shop:
    """A company on an empty database, whose dashboard runs in this process until another is opened."""
    url = f"sqlite:///{folder / name}.sqlite"
    migrate(url)
    shop = Shop(Database(url))
    wiring.use(
        shop.billing,
        Settings(
            public_url=PUBLIC_URL, seller_name=SELLER.name, signing_key=SIGNING_KEY, database_url=url,
            api_requests_per_minute=10**9,
        ),
    )  # fmt: skip
    return shop


class _Surprises(logging.Handler):
    """Whatever the product logs as an error: it did not expect it."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        bug = record.exc_info[1] if record.exc_info else None
        self._heard.append(f"logged {record.getMessage()}" + (f": {bug!r}" if bug else ""))


@contextmanager
def _listening() -> Iterator[list[str]]:
    heard: list[str] = []
    handler = _Surprises(heard)
    logging.getLogger().addHandler(handler)
    try:
        yield heard
    finally:
        logging.getLogger().removeHandler(handler)
