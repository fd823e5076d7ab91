"""How Moneybird is reached, and what our codes are called there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from billing.errors import SettingsInvalid
from billing.ports import Contra

REVENUE = "revenue"


@dataclass(frozen=True)
class MoneybirdSettings:
    """One administration. url: of the API, up to and with its version. token: lets us in; news_secret: signs its
    messages, empty while it sends none.

    tax_rates: VAT code (such as "21" or "reverse_charge") to its id there. ledgers: "revenue" and each contra to the id
    of a ledger account there. Raises SettingsInvalid when one of these is missing.
    """

    url: str
    administration: str
    token: str = field(repr=False)
    tax_rates: Mapping[str, str]
    ledgers: Mapping[str, str]
    news_secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        missing = [name for name in (REVENUE, *Contra) if not self.ledgers.get(name)]
        if missing:
            raise SettingsInvalid(problems=[f"VOLDAAN_BOOKS_LEDGERS: no id for {', '.join(missing)}"])
        if not self.tax_rates:
            raise SettingsInvalid(problems=["VOLDAAN_BOOKS_TAX_RATES: needs the id of each VAT rate"])


def parse_ids(text: str) -> dict[str, str]:
    """Names with ids, as settings have them: `21=4960813,9=4960814`. Raises ValueError for anything else."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    ids = {name.strip(): value.strip() for name, _, value in pairs}
    if len(ids) != len(pairs) or not all(name and value.isascii() and value.isdigit() for name, value in ids.items()):
        raise ValueError("not names with numbers")
    return ids
