"""How a day stood, as a file that a spreadsheet reads: its sums, its receipts, and the hash that seals it."""

from collections.abc import Mapping
from typing import Any

from billing import spreadsheets
from billing.lights.queries import SealedDay
from billing.lights.rules import Source
from dashboard.rows.common import moment
from dashboard.texts.languages import SAID

TEXTS = SAID.staff.certificate
LIGHTS = SAID.staff.lights


def certificate(sealed: SealedDay) -> bytes:
    """The sums first, then each receipt; see `billing.spreadsheets` for its shape."""
    row = sealed.row
    facts = [
        (TEXTS.day, spreadsheets.day(row.day)), (TEXTS.version, str(row.version)),
        (TEXTS.made_at, moment(sealed.made_at)), (TEXTS.state, TEXTS.reds(row.red) if row.red else TEXTS.green),
        (TEXTS.receipts, str(row.receipts)), (TEXTS.coming, str(row.coming)),
        (TEXTS.expected, spreadsheets.amount(row.expected_cents)),
        *((LIGHTS.sources[source], spreadsheets.amount(sealed.cents[source])) for source in Source),
        (TEXTS.previous_hash, sealed.previous_hash), (TEXTS.hash, row.hash),
    ]  # fmt: skip
    heads = (TEXTS.key, TEXTS.kind, TEXTS.numbers, LIGHTS.amount, *(LIGHTS.sources[source] for source in Source))
    return spreadsheets.sheet((TEXTS.title, ""), [*facts, (), (*heads, LIGHTS.cause), *map(_line, sealed.content)])


def _line(one: Mapping[str, Any]) -> tuple[str, ...]:
    lamps = (LIGHTS.lamps[one[source]] for source in Source)
    kind, numbers = LIGHTS.kinds.get(one["kind"], one["kind"]), spreadsheets.words(" ".join(one["numbers"]))
    return (one["key"], kind, numbers, spreadsheets.amount(one["cents"]), *lamps, TEXTS.causes.get(one["cause"], ""))
