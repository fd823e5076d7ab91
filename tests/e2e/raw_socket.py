"""A browser tab without a browser: it can send what no page of ours would."""

import json
import time
from itertools import count
from typing import Any
from uuid import uuid4

import httpx

from billing.bench.sockets import Socket
from dashboard.pages.overview import OverviewState
from tests.dumps import ALL, LOOKING, Dump, dump
from tests.e2e.stack import Demo
from tests.e2e.steps import PASSWORD
from tests.states.test_surface import our_states

ROOT = "reflex___state____state"
QUIET_SECONDS = 0.5
# The worker prints invoices all the while. Which mails and prints are asked for is compared.
PRINTING = (
    ("account", "version"), ("invoice_file", ALL), ("credit_note_file", ALL),
    ("mail_delivery", ALL), ("book_link", ALL), ("book_contact", ALL), ("book_entry", ALL), ("feed", ALL),
    # What its other lanes see of the world: lights, numbers of the tax authorities, systems that listen.
    *((table, ALL) for table in ("gateway_seen", "book_seen", "day_record", "vat_check", "listener_feed", "trouble",
                                 "reminder_case", "refused_push", "pulse")),
    ("account", "vat_answer"), ("account", "vat_answered_on"), ("account", "vat_tried_on"),
    ("outbox_message", "due_at"),
    ("outbox_message", "state"), ("outbox_message", "tries"), ("outbox_message", "done_at"),
    ("outbox_message", "last_error"),
)  # fmt: skip

_marks = count(1)


def cookie_of(demo: Demo, email: str) -> str:
    """Log in with the form, and the cookie that the browser got."""
    form = {"email": email, "password": PASSWORD}
    answer = httpx.post(f"{demo.url}/auth/login", data=form, trust_env=False, timeout=30)
    cookie = answer.headers["set-cookie"].partition(";")[0]
    assert cookie.startswith("voldaan_session=")
    return str(cookie)


def rows(demo: Demo) -> Dump:
    """All rows that only somebody's doing can change."""
    return dump(demo.options.database, but=[*LOOKING, *PRINTING])


def full_name(event: str) -> str:
    """What a browser calls an event: of `InvoiceState.pay`, with all that stands before."""
    state, name = event.split(".")
    return next(f"{one.get_full_name()}.{name}" for one in our_states() if one.__name__ == state)


class RawTab:
    """A socket with a cookie. tab: the name by which the server keeps what it shows. heard: every text it got."""

    def __init__(self, demo: Demo, cookie: str = "", *, tab: str = "", origin: str = "") -> None:
        self.tab = tab or str(uuid4())
        self.heard: list[str] = []
        path = f"/_event/?EIO=4&transport=websocket&token={self.tab}"
        self._socket = Socket(demo.options.port, path, cookie=cookie, origin=origin)
        self._socket.receive()
        self._socket.send("40/_event,")
        self._hear_until("40/_event")

    def send(self, name: object, payload: object = None, *, at: str = "/") -> None:
        """Send an event from the page at an address, as the script of a page does."""
        route = {"pathname": at.partition("?")[0], "asPath": at, "query": {}}
        self.emit("event", {"name": name, "payload": {} if payload is None else payload, "router_data": route})

    def emit(self, *words: object) -> None:
        """Send whatever by Socket.IO."""
        self.say(f"42/_event,{json.dumps(words)}")

    def say(self, text: str) -> None:
        """Send a text as it is."""
        self._socket.send(text)

    def settled(self, *, patience: float = 0.0) -> list[str]:
        """What came since the last time, once all that was sent is dealt with. patience: seconds to wait on, for what
        goes on beside the events."""
        time.sleep(patience)
        before, mark = len(self.heard), f"mark={next(_marks)}."
        self.send(f"{OverviewState.get_full_name()}.load", at=f"/?{mark}")
        self._hear_until(mark)
        return self.heard[before:]

    def close(self) -> None:
        self._socket.__exit__(None, None, None)

    def __enter__(self) -> "RawTab":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hear_until(self, words: str) -> None:
        def is_it(text: str) -> bool:
            self.heard.append(text)
            return words in text

        self._socket.receive_until(is_it)


def sent_to_do(texts: list[str]) -> list[tuple[str, Any]]:
    """What the server told the browser to do: (name, payload) of each event."""
    told = []
    for text in texts:
        if text.startswith("42/_event,"):
            _, content = json.loads(text.removeprefix("42/_event,"))
            told += [(event["name"], event["payload"]) for event in content.get("events") or ()]
    return told
