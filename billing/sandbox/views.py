"""Turns facts into HTML: the templates, and how amounts and moments are written in Dutch."""

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from billing.sandbox.clock import AMSTERDAM

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
STATUS_LABELS = {
    190: ("Geslaagd", "paid"),
    490: ("Mislukt", "late"),
    491: ("Ongeldig", "late"),
    690: ("Geweigerd", "late"),
    790: ("Wacht op klant", "pending"),
    791: ("In behandeling", "pending"),
    792: ("Wacht op geld", "pending"),
    793: ("Aangehouden", "pending"),
    794: ("Wacht op akkoord", "pending"),
    890: ("Geannuleerd", "open"),
    891: ("Ingetrokken", "open"),
}


RESULT_LABELS = {"delivered": "bezorgd", "failed": "mislukt", "dropped": "verloren", "given up": "opgegeven"}
AREA_LABELS = {"website": "website", "email": "e-mail", "service": "dienst"}
NEWS_LABELS = {
    "stopped": ("staat stil, gegevens bewaard", "open"),
    "restored": ("staat weer aan", "paid"),
    "ending": ("loopt af", "open"),
    "kept": ("gaat gewoon door", "paid"),
    "changed": ("is een ander product", "paid"),
    "renew": ("verlengd", "paid"),
}
VERDICT_LABELS = {
    "applied": ("ingesteld", "paid"),
    "repeat": ("herhaling", "open"),
    "older": ("oudere versie", "open"),
    "not believed": ("niet vertrouwd", "late"),
    "not read": ("niet te lezen", "late"),
    "down": ("storing", "pending"),
}


def euros(cents: int) -> str:
    """1234.56 as "1.234,56"."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,}".replace(",", ".") + f",{rest:02d}"


def dutch_moment(moment: datetime | str) -> str:
    """For example "3 feb 2026, 14:05"; takes ISO text too."""
    local = (datetime.fromisoformat(moment) if isinstance(moment, str) else moment).astimezone(AMSTERDAM)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"


def clock_time(moment: datetime) -> str:
    """For example "14:05"."""
    return f"{moment.astimezone(AMSTERDAM):%H:%M}"


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
_templates.filters.update(euros=euros, moment=dutch_moment, clock=clock_time)
_templates.globals.update(status_labels=STATUS_LABELS, result_labels=RESULT_LABELS)
_templates.globals.update(area_labels=AREA_LABELS, verdict_labels=VERDICT_LABELS, news_labels=NEWS_LABELS)


def page(template: str, status: int = 200, **facts: Any) -> HTMLResponse:
    """A rendered page that no browser keeps."""
    html = _templates.get_template(template).render(**facts)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
