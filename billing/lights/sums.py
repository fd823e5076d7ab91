"""What some receipts come to, source by source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from billing.lights.receipts import Receipt
from billing.lights.rules import Lamp, Source


@dataclass(frozen=True)
class SourceSum:
    """One source. cents: of what it has as it should; red_cents: of what it should have and has not, or otherwise;
    coming_cents: of what it will have. The counts go with them; none: receipts that it has no part in."""

    cents: int
    red_cents: int
    coming_cents: int
    ok: int
    red: int
    coming: int
    none: int


def of(receipts: Sequence[Receipt]) -> Mapping[Source, SourceSum]:
    """By source."""
    return {source: _sum(receipts, source) for source in Source}


def _sum(receipts: Sequence[Receipt], source: Source) -> SourceSum:
    cents = {lamp: sum(one.cents for one in receipts if one.lamps[source] is lamp) for lamp in Lamp}
    count = {lamp: sum(one.lamps[source] is lamp for one in receipts) for lamp in Lamp}
    return SourceSum(
        cents=cents[Lamp.OK], red_cents=cents[Lamp.RED], coming_cents=cents[Lamp.COMING], ok=count[Lamp.OK],
        red=count[Lamp.RED], coming=count[Lamp.COMING], none=count[Lamp.NONE],
    )  # fmt: skip
