"""Doing one action as one person, as the browser would, and keeping all that the browser gets for it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_base.utils.format import json_dumps
from starlette.testclient import TestClient

from billing.errors import BillingError
from dashboard import guard
from dashboard.pages.overview import OverviewState
from dashboard.rows.problems import by_code
from dashboard.session import DENIED, GONE, MISSING, SessionState
from dashboard.web.app import web
from tests.matrix.decision import Decision
from tests.matrix.decisions import EVENTS
from tests.matrix.world import Ids
from tests.states.conftest import PUBLIC_URL, Tab
from tests.states.test_surface import our_states

# A page says that it is sorry, or what the trouble is.
_SORRY = re.compile(r'"(sorry|trouble)_rx_state_": ("|\{"place": ")[^"]')
_REFUSED = {by_code(code) for code in ("not_allowed", "not_found", "only_looking")}
_NO_STATUS = {401, 403, 404, 409}


@dataclass(frozen=True)
class Answer:
    """What the browser got: all of it as text, and whether it was a no (sent away to log in, or told so)."""

    text: str
    is_no: bool


def call(name: str, decision: Decision, token: str, ids: Ids) -> Answer:
    """Do an action with a session and these ids."""
    doing = _event if name in EVENTS else _route
    return doing(name, filled(decision.at, ids), filled(decision.sends, ids), decision, token, ids)


def filled(template: Any, ids: Ids) -> Any:
    """A template with ids in the place of their names."""
    match template:
        case str():
            for name, value in ids.items():
                template = template.replace(f"{{{name}}}", value)
            return template
        case dict():
            return {key: filled(value, ids) for key, value in template.items()}
        case list() | tuple():
            return type(template)(filled(value, ids) for value in template)
    return template


def _event(name: str, address: str, arguments: Any, decision: Decision, token: str, ids: Ids) -> Answer:
    states = {state.__name__: state for state in our_states()}
    state_name, event = name.split(".")
    state, tab, said = states[state_name], Tab(token), []
    opens = state if "load" in state.event_handlers else OverviewState
    steps: list[tuple[str, Any]] = [*filled(decision.first, ids), (event, arguments)]
    try:
        tab.open(opens, address)
        said += _sent_by(tab.last)
        for step, sends in steps if event != "load" else ():
            tab.do(state, step, *sends)
            said += _sent_by(tab.last)
    except BillingError as refused:
        said += _sent_by(guard.on_error(refused))
    verdict = tab.page(SessionState).verdict
    text = json.dumps(json.loads(json_dumps(tab._root.dict())), ensure_ascii=False) + "\n".join(said)
    is_no = verdict in {DENIED, MISSING, GONE} or bool(_SORRY.search(text)) or any(no in text for no in _REFUSED)
    return Answer(text, is_no or '"path": "/login' in text)


def _sent_by(events: Any) -> list[str]:
    """The events that a handler sends to the browser, as text."""
    every: Iterable[Any] = events if isinstance(events, list) else [events]
    found = rx.event.fix_events([event for event in every if event], token="") if any(every) else []
    return [json.dumps({"name": event.name, "payload": event.payload}, default=str) for event in found]


def _route(name: str, address: str, sends: Any, decision: Decision, token: str, ids: Ids) -> Answer:
    method = name.split()[0]
    headers = dict(decision.headers) | ({"cookie": f"voldaan_session={token}"} if token else {})
    body = {"content": sends.encode()} if isinstance(sends, str) else {"data": dict(sends)}
    with TestClient(web, base_url=PUBLIC_URL, follow_redirects=False, client=("127.0.0.1", 5000)) as browser:
        answer = browser.request(method, address, headers=headers, **(body if method in {"POST", "PATCH"} else {}))
    lines = [str(answer.status_code), *(f"{key}: {value}" for key, value in answer.headers.items())]
    text = "\n".join([*lines, answer.content.decode("latin-1")])
    return Answer(text, answer.status_code in _NO_STATUS or "location: /login" in text)
