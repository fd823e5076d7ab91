"""What collecting a debt may cost the debtor by Dutch law. Pure.

Besluit vergoeding voor buitengerechtelijke incassokosten, article 2: 15 % of the first € 2.500 with a minimum of € 40,
10 % of the next € 2.500, 5 % of the next € 5.000, 1 % of the next € 190.000, 0,5 % above, € 6.775 at most. Several
invoices in one letter are one principal (Hoge Raad 25 November 2016, ECLI:NL:HR:2016:2704). Without VAT: a seller that
can reclaim it may not charge it.
"""

from decimal import Decimal

from billing.money import round_cents

_BANDS = ((250_000, Decimal("15")), (250_000, Decimal("10")), (500_000, Decimal("5")), (19_000_000, Decimal("1")))
_ABOVE = Decimal("0.5")
_LEAST_CENTS, _MOST_CENTS = 4_000, 677_500


def collection_costs(principal_cents: int) -> int:
    """The highest costs, in cents, over a principal in cents.

    >>> collection_costs(300_000)
    42500
    """
    left, costs = principal_cents, Decimal(0)
    for width, percentage in _BANDS:
        part = min(left, width)
        costs += part * percentage / 100
        left -= part
    costs += left * _ABOVE / 100
    return min(max(round_cents(costs), _LEAST_CENTS), _MOST_CENTS)
