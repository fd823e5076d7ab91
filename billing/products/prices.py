"""Which price counts on a day: the newest version that is not later than it."""

from bisect import bisect_right
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from billing.db import Work, table_of
from billing.products.tables import PriceVersion

_P = table_of(PriceVersion).c
_VERSIONS = (
    select(_P.id, _P.product_id, _P.valid_from, _P.unit_price, _P.vat_rate)
    .where(_P.product_id.in_(bindparam("products", expanding=True)))
    .order_by(_P.product_id, _P.valid_from)
)


class PriceList:
    """All price versions of some products."""

    def __init__(self, work: Work, products: Collection[int]) -> None:
        self._versions: dict[int, list[Any]] = {}
        for version in work.plain(_VERSIONS, products=sorted(set(products))):
            self._versions.setdefault(version.product_id, []).append(version)

    def on(self, product_id: int, day: date) -> Any | None:
        """The version that counts on a day, as a plain row of PriceVersion; None before the first."""
        versions = self._versions.get(product_id, [])
        place = bisect_right(versions, day, key=lambda version: version.valid_from)
        return versions[place - 1] if place else None
