"""Small pages for what can't be shown by Reflex, and the one place that turns errors into answers."""

from html import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from billing.errors import BillingError, NotAllowed, NotFound
from dashboard.run import Problem
from dashboard.texts import web as texts

_PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{title} · Voldaan</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{head}
<style>body{{font:16px/1.5 Inter,system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color:#1b2430}}
h1{{font-size:1.5rem;line-height:1.25}}a{{color:#0b5cad}}</style></head>
<body><main><h1>{title}</h1><p>{sentence}</p><p><a href="/">{back}</a></p></main></body></html>"""


def page(status: int, *, title: str, sentence: str, retry_after_seconds: int = 0, retries: bool = False) -> Response:
    """A page with one sentence. retries: the browser asks again by itself after that time."""
    refresh = f'<meta http-equiv="refresh" content="{retry_after_seconds}">' if retries else ""
    headers = {"Cache-Control": "no-store"}
    if retry_after_seconds:
        headers["Retry-After"] = str(retry_after_seconds)
    html = _PAGE.format(title=escape(title), sentence=escape(sentence), head=refresh, back=escape(texts.BACK))
    return HTMLResponse(html, status, headers)


def of_status(status: int, headers: dict[str, str] | None = None) -> Response:
    """The page that goes with an HTTP status."""
    title, sentence = texts.ANSWERS.get(status, texts.ANSWERS[400])
    answer = page(status, title=title, sentence=sentence)
    answer.headers.update(headers or {})
    return answer


async def on_http_error(request: Request, error: Exception) -> Response:
    """What a route refused by status."""
    assert isinstance(error, HTTPException)
    return of_status(error.status_code, dict(error.headers or {}))


async def on_billing_error(request: Request, error: Exception) -> Response:
    """What may not be seen and what is not there look the same."""
    return of_status(404 if isinstance(error, NotFound | NotAllowed) else 400)


async def on_problem(request: Request, error: Exception) -> Response:
    """A bug or an outage: the user gets the id under which it is in the log."""
    assert isinstance(error, Problem)
    title, _ = texts.ANSWERS[503]
    return page(503, title=title, sentence=texts.PROBLEM.format(id=error.id), retry_after_seconds=5)


HANDLERS = {HTTPException: on_http_error, BillingError: on_billing_error, Problem: on_problem}
