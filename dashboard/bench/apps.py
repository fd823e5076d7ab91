"""Apps to measure. Each also answers `/cpu` with the seconds of CPU time that its process has taken so far, and the one
with pages `/event` with the name of the event by which a browser opens the dashboard."""

import hashlib
import hmac
import json
import sqlite3
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from billing import config
from billing.logins.queries import identity
from dashboard import wiring

_TABLE = "CREATE TABLE push (id TEXT PRIMARY KEY, body TEXT NOT NULL)"
_ROWS = (
    "CREATE TABLE bare_key (sha256 TEXT PRIMARY KEY)",
    "CREATE TABLE bare_row (id INTEGER PRIMARY KEY, owner INTEGER, content TEXT NOT NULL)",
)
Insert = Callable[[str, bytes], object]


def web() -> ASGIApp:
    """The product's own routes, without its pages."""
    from dashboard.web.app import web as routes

    return _counted(routes)


def pages() -> ASGIApp:
    """The whole app of the dashboard; the files of its pages are not served."""
    from dashboard.dashboard import app
    from dashboard.pages.overview import OverviewState

    return _counted(app(), event=f"{OverviewState.get_full_name()}.load")


def bare() -> ASGIApp:
    """The limits: a push verified and inserted, a key and some rows looked up, all by the raw driver; a file; and who
    holds a session over a socket."""
    routes = [
        Route("/hooks/buckaroo", _bare_push(), methods=["POST"]),
        Route("/file", _file),
        Route("/api/v1/invoices", _bare_list()),
        WebSocketRoute("/socket", _socket),
    ]
    return _counted(Starlette(routes=routes))


def _counted(app: ASGIApp, *, event: str = "") -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/cpu":
            await JSONResponse(time.process_time())(scope, receive, send)
        elif event and scope["type"] == "http" and scope["path"] == "/event":
            await JSONResponse(event)(scope, receive, send)
        else:
            await app(scope, receive, send)

    return answer


def _bare_push() -> Callable[[Request], Any]:
    secret = wiring.settings().buckaroo_secret.get_secret_value().encode()
    url = wiring.settings().database_url
    insert = _sqlite_insert(config.sqlite_path(url)) if url.startswith("sqlite") else _server_insert(url)
    waits_for_network = not url.startswith("sqlite")

    async def receive(request: Request) -> Response:
        body = await request.body()
        digest = hmac.new(secret, body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(digest, request.headers["x-digest"]):
            return Response(status_code=401)
        if waits_for_network:
            await run_in_threadpool(insert, digest, body)
        else:
            insert(digest, body)
        return Response(b"OK", media_type="text/plain")

    return receive


def _bare_list() -> Callable[[Request], Any]:
    """Whatever key comes is looked up, and the same rows are told each time."""
    url = wiring.settings().database_url
    row = {"id": 1, "number": "2026-0001", "subject": "Webhosting", "total_cents": 12_100, "open_cents": 0} | {
        f"column_{number}": "2026-01-01" for number in range(14)
    }
    opened: list[Any] = []

    def connection() -> Any:
        if not opened:
            is_file = url.startswith("sqlite")
            opened.append(
                sqlite3.connect(url.removeprefix("sqlite:///"), check_same_thread=False)
                if is_file else psycopg.connect(url, autocommit=True)
            )  # fmt: skip
            mark = "?" if is_file else "%s"
            for statement in _ROWS:
                opened[0].execute(statement)
            for number in range(50):
                opened[0].execute(f"INSERT INTO bare_row VALUES ({number}, 1, {mark})", (json.dumps(row),))
        return opened[0]

    async def answer(request: Request) -> Response:
        digest = hashlib.sha256(request.headers["authorization"].encode()).hexdigest()
        connection().execute(f"SELECT * FROM bare_key WHERE sha256 = '{digest}'").fetchone()
        rows = connection().execute("SELECT content FROM bare_row WHERE owner = 1 AND id > 0 ORDER BY id LIMIT 25")
        return JSONResponse({"data": [json.loads(row) for (row,) in rows.fetchall()], "next": None})

    return answer


def _sqlite_insert(path: Any) -> Insert:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", _TABLE):
        connection.execute(statement)
    return lambda digest, body: connection.execute("INSERT INTO push VALUES (?, ?)", (digest, body))


def _server_insert(url: str) -> Insert:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_TABLE)
    own = threading.local()

    def insert(digest: str, body: bytes) -> object:
        if not hasattr(own, "connection"):
            own.connection = psycopg.connect(url, autocommit=True)
        return own.connection.execute("INSERT INTO push VALUES (%s, %s)", (digest, body.decode()), prepare=True)

    return insert


async def _file(request: Request) -> Response:
    return FileResponse(request.query_params["path"], media_type="application/pdf")


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            person = wiring.billing().ask(identity, await socket.receive_text())
            await socket.send_text(person.name if person else "")
    except WebSocketDisconnect:
        return
