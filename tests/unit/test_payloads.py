"""The arguments of an event, before a handler gets them."""

from typing import Any

import pytest

from dashboard.payloads import MAX_ITEMS, MAX_TEXT, fits


class Page:
    async def show(self, text: str) -> None: ...

    async def turn(self, step: int, fast: bool = False) -> None: ...

    async def save(self, sent: dict[str, Any]) -> None: ...

    async def fill_in(self, sent: dict[str, str]) -> None: ...

    async def tick(self, names: list[str], why: str | None = None) -> None: ...

    async def clear(self) -> None: ...


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (Page.show, {"text": ""}),
        (Page.show, {"text": "x" * MAX_TEXT}),
        (Page.turn, {"step": -1}),
        (Page.turn, {"step": 2**63 - 1, "fast": True}),
        (Page.save, {"sent": {}}),
        (Page.save, {"sent": {"name": "Zoë", "boxes": ["a", 1, None, 1.5, {"deep": True}]}}),
        (Page.save, {"sent": {"__reflex_form_data__": [["name", "a"], ["name", "b"]]}}),
        (Page.tick, {"names": []}),
        (Page.tick, {"names": ["a"], "why": None}),
        (Page.clear, {}),
    ],
)
def test_what_a_handler_declares_reaches_it(handler, payload):
    assert fits(handler, payload)


@pytest.mark.parametrize(
    "text", ["a\0b", "a\ud800", "\udfffb", "x" * (MAX_TEXT + 1)], ids=["nul", "half", "other half", "endless"]
)
@pytest.mark.parametrize("shape", [lambda t: {"text": t}, lambda t: {t: "a"}], ids=["value", "name"])
def test_text_that_cannot_be_stored_does_not(text, shape):
    assert not fits(Page.show, shape(text))
    assert not fits(Page.save, {"sent": shape(text)})


@pytest.mark.parametrize("payload", [None, "text", 1, [], ["a"], {1: "a"}, {"text": "a", "more": 1}, {}, {"Text": "a"}])
def test_what_has_not_the_declared_names_does_not(payload):
    assert not fits(Page.show, payload)


@pytest.mark.parametrize("value", [None, 1, True, 1.5, [], ["a"], {}, {"a": "b"}, b"a"])
def test_what_is_no_text_is_no_text(value):
    assert not fits(Page.show, {"text": value})


@pytest.mark.parametrize("value", [None, "1", 1.0, True, 2**63, -(2**63) - 1, float("nan"), float("inf"), [1]])
def test_what_is_no_number_of_a_column_is_no_number(value):
    assert not fits(Page.turn, {"step": value})


@pytest.mark.parametrize("value", [None, "a", [], [["a", "b"]]])
def test_what_is_no_form_is_no_form(value):
    assert not fits(Page.save, {"sent": value})


@pytest.mark.parametrize("fields", [None, "ab", {"a": "b"}, ["ab"], [["a"]], [[1, "b"]], [["a", "b", "c"]]])
def test_the_fields_of_a_form_come_in_pairs(fields):
    assert not fits(Page.save, {"sent": {"__reflex_form_data__": fields}})


@pytest.mark.parametrize("value", [None, 1, True, ["a"], {"a": "b"}])
def test_the_fields_of_a_form_are_what_it_declares(value):
    assert fits(Page.fill_in, {"sent": {"a": "b"}})
    assert fits(Page.fill_in, {"sent": {"__reflex_form_data__": [["a", "b"], ["a", "c"]]}})
    assert not fits(Page.fill_in, {"sent": {"a": "b", "c": value}})
    assert not fits(Page.fill_in, {"sent": {"__reflex_form_data__": [["a", "b"], ["c", value]]}})


def test_a_list_holds_what_it_declares():
    assert not fits(Page.tick, {"names": ["a", 1]})
    assert not fits(Page.tick, {"names": "ab"})


def test_too_much_and_too_deep_does_not_pass():
    deep: Any = "a"
    for _ in range(10):
        deep = {"a": deep}
    assert not fits(Page.save, {"sent": deep})
    assert not fits(Page.save, {"sent": {"a": ["b"] * (MAX_ITEMS + 1)}})
