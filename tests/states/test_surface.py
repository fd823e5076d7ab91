"""What a browser may call, and what it is sent: nothing comes in or goes out that is not on the list."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import reflex as rx

from dashboard import dashboard

LIST = Path(__file__).with_name("surface.txt")
PLAIN = {str, bool, int}


def our_states() -> list[type[rx.State]]:
    """Every state of ours; importing the app imported all pages."""
    assert dashboard.app
    states = [state for state in rx.State.get_substates() if state.__module__.startswith("dashboard.")]
    return sorted(states, key=lambda state: state.__name__)


def surface() -> Iterator[str]:
    """One line for each event a client can send and each var it is sent."""
    for state in our_states():
        yield from sorted(f"{state.__name__}.{name}()" for name in state.event_handlers if name != "setvar")
        yield from sorted(f"{state.__name__}.{name}" for name in state.base_vars)
        yield from sorted(f"{state.__name__}.{name} computed" for name in state.computed_vars)


def test_the_surface_is_the_one_on_the_list():
    assert list(surface()) == LIST.read_text().splitlines()


@pytest.mark.parametrize("state", our_states(), ids=lambda state: state.__name__)
def test_states_are_flat_and_their_events_asynchronous(state):
    assert state.__bases__ == (rx.State,)
    events = [handler.fn for name, handler in state.event_handlers.items() if name != "setvar"]
    assert all(_is_async(event) for event in events)


@pytest.mark.parametrize("state", our_states(), ids=lambda state: state.__name__)
def test_vars_hold_text_and_frozen_dataclasses_of_text_only(state):
    annotations = [state.get_fields()[name].outer_type_ for name in state.base_vars]
    assert [kind for annotation in annotations for kind in _parts(annotation) if not _is_display(kind)] == []


def _is_async(function: Any) -> bool:
    return bool(function.__code__.co_flags & 0x280)


def _parts(annotation: Any) -> Iterator[Any]:
    """The types that an annotation is made of, without the tuples round them."""
    inside = [part for part in get_args(annotation) if part is not Ellipsis]
    if not inside:
        yield annotation
    for part in inside:
        yield from _parts(part)


def _is_display(kind: Any) -> bool:
    if kind in PLAIN:
        return True
    if not dataclasses.is_dataclass(kind) or not kind.__dataclass_params__.frozen:
        return False
    return all(_is_display(part) for field in dataclasses.fields(kind) for part in _parts(field.type))
