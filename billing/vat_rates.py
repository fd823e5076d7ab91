"""What VAT the member states of the European Union charge, and from when. Pure.

Only standard rates: what a hosting company sells to consumers are electronic services, which no member state taxes at a
reduced one (annex III of directive 2006/112/EC). Source: the European Commission, "Taxes in Europe Database"; each
change was announced by the state itself. Regional rates of Madeira and the Azores are not told apart.
"""

from datetime import date
from decimal import Decimal
from functools import cache

# Since 1 July 2021 one return in the seller's own state (OSS) tells of the sales to all of them.
_OSS = "2021-07-01"
# By ISO 3166 code: from which day on, and how much, in per cent; the oldest first.
_STANDARD: dict[str, tuple[tuple[str, str], ...]] = {
    "AT": ((_OSS, "20"),),
    "BE": ((_OSS, "21"),),
    "BG": ((_OSS, "20"),),
    "CY": ((_OSS, "19"),),
    "CZ": ((_OSS, "21"),),
    "DE": ((_OSS, "19"),),
    "DK": ((_OSS, "25"),),
    "EE": ((_OSS, "20"), ("2024-01-01", "22"), ("2025-07-01", "24")),
    "ES": ((_OSS, "21"),),
    "FI": ((_OSS, "24"), ("2024-09-01", "25.5")),
    "FR": ((_OSS, "20"),),
    "GR": ((_OSS, "24"),),
    "HR": ((_OSS, "25"),),
    "HU": ((_OSS, "27"),),
    "IE": ((_OSS, "23"),),
    "IT": ((_OSS, "22"),),
    "LT": ((_OSS, "21"),),
    "LU": ((_OSS, "17"), ("2023-01-01", "16"), ("2024-01-01", "17")),
    "LV": ((_OSS, "21"),),
    "MT": ((_OSS, "18"),),
    "NL": ((_OSS, "21"),),
    "PL": ((_OSS, "23"),),
    "PT": ((_OSS, "23"),),
    "RO": ((_OSS, "19"), ("2025-08-01", "21")),
    "SE": ((_OSS, "25"),),
    "SI": ((_OSS, "22"),),
    "SK": ((_OSS, "20"), ("2025-01-01", "23")),
}


def standard_rate(country: str, on: date) -> Decimal | None:
    """The rate (per cent) that counts in a member state on a day; None for another country, and before the table."""
    known = [rate for since, rate in _dated(country) if since <= on]
    return known[-1] if known else None


@cache
def _dated(country: str) -> tuple[tuple[date, Decimal], ...]:
    return tuple((date.fromisoformat(since), Decimal(rate)) for since, rate in _STANDARD.get(country, ()))
