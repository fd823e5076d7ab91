"""Nothing a browser can ask for is without a decision, and no decision is about what is gone."""

from collections.abc import Iterable, Iterator

import pytest
from reflex.event import EventHandler
from starlette.routing import BaseRoute, Mount, Route

from dashboard.dashboard import app
from dashboard.web.app import routes
from tests.matrix.decisions import ACTIONS, EVENTS, PAGES, ROUTES
from tests.states.test_surface import our_states


def events() -> list[str]:
    """Every event handler of every state of ours; the guard refuses the one that Reflex adds."""
    return sorted(
        f"{state.__name__}.{name}" for state in our_states() for name in state.event_handlers if name != "setvar"
    )


def methods() -> list[str]:
    """Every method of every route of ours; HEAD is a GET of which the body stays out."""
    return sorted(
        f"{method} {path}" for path, route in _flat(routes()) for method in (route.methods or ()) if method != "HEAD"
    )


def pages() -> dict[str, str]:
    """Every page, and the event by which it opens; empty when nothing happens."""
    found = app._registration_context.decorated_pages
    return {options["route"]: _name(options["on_load"]) if "on_load" in options else "" for _, options in found}


def test_every_action_has_a_decision():
    assert events() == sorted(EVENTS)
    assert methods() == sorted(ROUTES)
    assert pages() == PAGES


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_a_decision_can_be_seen_to_hold(action):
    assert ACTIONS[action].shows or ACTIONS[action].writes


def test_pages_open_by_events_that_were_decided_on():
    assert set(filter(None, PAGES.values())) <= set(EVENTS)


def _flat(found: Iterable[BaseRoute], prefix: str = "") -> Iterator[tuple[str, Route]]:
    """Routes with their whole paths, those of what is mounted too."""
    for route in found:
        if isinstance(route, Mount):
            yield from _flat(route.routes, prefix + route.path)
        else:
            assert isinstance(route, Route)
            yield prefix + route.path, route


def _name(handler: EventHandler) -> str:
    return handler.fn.__qualname__
