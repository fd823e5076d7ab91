"""The door for what comes over a browser's socket. What does not look like our own pages' doing never reaches Reflex.

Reflex calls any handler with anything, lets a client say again who it is, and logs what it can't use together with the
headers, and so the session cookie. Here only known events with fitting arguments pass; of the rest a line is logged.
"""

import hashlib
import logging
import secrets
from typing import Any

import reflex as rx
from reflex.app import EventNamespace
from reflex.event import Event, EventSpec
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.registry import RegistrationContext

from billing.errors import BillingError
from dashboard.language import Speaker
from dashboard.payloads import fits, is_plain
from dashboard.run import Problem
from dashboard.session import SessionState, forget_everything
from dashboard.web.cookies import session_token

log = logging.getLogger(__name__)

# What Reflex's own part of the page sends: on opening a socket, on going to another page, and on an error in a script.
_OF_REFLEX = (".hydrate_and_load", ".on_load_internal", ".handle_frontend_exception")
_MAX_LOGGED = 500
TELL: Any = SessionState.tell


class Guard(EventNamespace):
    """Reflex's end of the sockets, behind the door."""

    async def on_connect(self, sid: str, opened: dict[str, Any], auth: Any = None) -> None:
        """A socket opens. A client can send an event of this name too, with headers and a tab of its own choice."""
        if self.app.sio is None or opened is not self.app.sio.get_environ(sid, self.namespace):
            log.warning("event refused: connect")
            return
        await super().on_connect(sid, opened, auth)

    async def on_event(self, sid: str, data: Any = None, *more: Any) -> None:
        """Passes on what our own pages could have sent."""
        if more or sid not in self.sid_to_token or not is_ours(data):
            log.warning("event refused: %s", _name_of(data))
            return
        await super().on_event(sid, data)


class OneHolder(Middleware):
    """What a tab shows belongs to the session that it was shown to; with another cookie the tab starts empty.

    Whoever learns the name of somebody's tab could else have all of it sent, before any page asks who is there.
    """

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Never stops an event."""
        session = await state.get_state(SessionState)
        token = session_token(session.router.headers.cookie)
        holder = hashlib.sha256(token.encode()).hexdigest()
        if session._holder not in {"", holder}:
            await forget_everything(session)
        session._holder = holder
        return None


def install(app: rx.App) -> None:
    """Put the door in its place; before the app starts."""
    if app.sio is None or app.event_namespace is None:
        raise RuntimeError("the app has no sockets to guard")
    guard = Guard(app.event_namespace.namespace, app)
    app._event_namespace = guard
    app.sio.register_namespace(guard)
    app.add_middleware(OneHolder())
    app.add_middleware(Speaker())


def is_ours(data: object) -> bool:
    """Whether an event has the form of one that our pages send, for a handler that they use."""
    if not isinstance(data, dict):
        return False
    name, payload, route = data.get("name"), data.get("payload", {}), data.get("router_data", {})
    if not isinstance(name, str) or not _is_route(route):
        return False
    registered = RegistrationContext.get().event_handlers.get(name)
    return registered is not None and _is_open(name) and fits(registered.handler.fn, payload)


def on_error(exception: Exception) -> EventSpec:
    """An event was refused where no page says so, or it went wrong: log that under an id, and tell the person."""
    if isinstance(exception, BillingError):
        return TELL(exception.code, "")
    problem = Problem(secrets.token_hex(4))
    log.error("problem %s", problem.id, exc_info=exception)
    return TELL("problem", problem.id)


def on_script_error(exception: Exception) -> None:
    """A browser reports an error in a script, in its own words: one line, so that it can't pretend to be others."""
    log.error("a script went wrong: %s", ascii(str(exception)[:_MAX_LOGGED]))


def _is_open(name: str) -> bool:
    """Whether a handler is there for pages: of ours, all but the one that sets any var, which Reflex adds to each."""
    is_ours = ".dashboard___" in name and not name.endswith(".setvar")
    return is_ours or name.endswith(_OF_REFLEX)


def _is_route(route: object) -> bool:
    if not isinstance(route, dict) or not is_plain(route):
        return False
    address, path, query = route.get("asPath", "/"), route.get("pathname", "/"), route.get("query", {})
    if not (isinstance(address, str) and isinstance(path, str) and isinstance(query, dict)):
        return False
    # An address that leads nowhere comes in its parts.
    parts = query.get("splat", [])
    are_parts = isinstance(parts, list) and all(isinstance(part, str) for part in parts)
    texts = [value for name, value in query.items() if name != "splat" or not are_parts]
    return address.startswith("/") and all(isinstance(value, str) for value in texts)


def _name_of(data: object) -> str:
    name = data.get("name") if isinstance(data, dict) else None
    return ascii(name)[:_MAX_LOGGED] if isinstance(name, str) else "no event"
