"""For whoever runs this: is the process alive, can it work, and how much is waiting."""

import ipaddress
import os
from collections.abc import Iterable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from billing import health
from billing.errors import BillingError
from dashboard.run import Problem, ask
from dashboard.web import hooks, requests

_NO_STORE = {"Cache-Control": "no-store"}


async def live(request: Request) -> Response:
    """200 as long as the process answers at all."""
    return PlainTextResponse("ok\n", headers=_NO_STORE)


async def ready(request: Request) -> Response:
    """200 when the database answers and has the tables of this version, else 503."""
    try:
        is_current = await ask(health.schema_is_current)
    except (BillingError, Problem):
        return PlainTextResponse("the database does not answer\n", 503, _NO_STORE)
    if not is_current:
        return PlainTextResponse("the database needs `voldaan migrate`\n", 503, _NO_STORE)
    return PlainTextResponse("ok\n", headers=_NO_STORE)


async def metrics(request: Request) -> Response:
    """Figures in the text format of Prometheus, for callers in the own network alone."""
    if not _is_near(request):
        raise HTTPException(404)
    counts = await ask(health.counts)
    lines = [
        *_messages("pushes", "Gateway messages", hooks.received),
        *_messages("mail_reports", "Reports about mails", hooks.reported),
        *_messages("books_news", "Messages of the bookkeeping", hooks.told),
        *_gauge("inbox_waiting", "Stored gateway messages that have to be dealt with.", {"": counts.inbox_waiting}),
        *_gauge("outbox_waiting", "Side effects that have to happen.", {"": counts.outbox_waiting}),
        *_gauge("outbox_given_up", "Side effects that could not happen.", {"": counts.outbox_given_up}),
        *_gauge("gateway_records_parked", "Gateway transactions for a person to look at.", {"": counts.parked}),
        *_gauge("renewals_held", "Renewals of domains for a person to decide.", {"": counts.renewals_held}),
        *_gauge("webhooks_waiting", "Messages to systems of the host.", {"": counts.webhooks_waiting}),
        *_gauge("webhooks_failing", "Systems of the host that take no messages.", {"": counts.webhooks_failing}),
        *_gauge("books_waiting", "Documents that have to be handed to the bookkeeping.", {"": counts.books_waiting}),
        *_gauge("books_held", "Documents that the bookkeeping refused, for a person.", {"": counts.books_held}),
        *_gauge("books_foreign", "Documents with money there that is unknown here.", {"": counts.books_foreign}),
        *_gauge("troubles", "What the worker tries in vain; `voldaan troubles` lists it.", {"": counts.troubles}),
        *_gauge("payments", "Payment attempts by state.", _labelled("state", counts.payments_by_state)),
    ]
    return PlainTextResponse("\n".join([*lines, ""]), headers=_NO_STORE, media_type="text/plain; version=0.0.4")


def _is_near(request: Request) -> bool:
    # Without a proxy that we trust, a forwarded request may come from anywhere.
    address = requests.client_address(request)
    peer = request.client.host if request.client else ""
    if address == peer and "x-forwarded-for" in request.headers:
        return False
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False


def _messages(name: str, what: str, counted: hooks.Counted) -> Iterable[str]:
    process = os.getpid()
    values = {
        f'{{process="{process}",result="{result}",reason="{reason}"}}': count
        for (result, reason), count in sorted(counted.items())
    }
    return _series(f"{name}_total", "counter", f"{what} that this process got, by what came of them.", values)


def _gauge(name: str, meaning: str, values: Mapping[str, int]) -> Iterable[str]:
    return _series(name, "gauge", meaning, values)


def _series(name: str, kind: str, meaning: str, values: Mapping[str, int]) -> Iterable[str]:
    yield f"# HELP voldaan_{name} {meaning}"
    yield f"# TYPE voldaan_{name} {kind}"
    for labels, value in values.items():
        yield f"voldaan_{name}{labels} {value}"


def _labelled(label: str, values: Mapping[str, int]) -> dict[str, int]:
    return {f'{{{label}="{name}"}}': value for name, value in sorted(values.items())}
