"""Random input that nobody means well by, the same again for the same seed."""

import os
import random
import secrets
from collections.abc import Callable
from inspect import signature
from typing import Any, get_type_hints

# Words that our pages use, keys that mean something to an interpreter, and what databases, paths and pages trip over.
WORDS = (
    "", " ", "ideal", "card", "all", "open", "paid", "null", "undefined", "NaN", "true", "-1", "0", "1e309", "0x41",
    "__proto__", "constructor", "__class__", "__reflex_form_data__", "setvar", "self", "prototype", "toString",
    "' OR 1=1 --", "1; DROP TABLE account", "%' ESCAPE '!", "{{7*7}}", "${7*7}", "{0.__class__}", "%s%n", "\\", "\"",
    "<script>alert(1)</script>", "../../etc/passwd", "..%2f..%2f", "file:///etc/passwd", "//evil.example", "\r\nX-A: b",
    "a\0b", "\ud800", "x\udfffy", "\u202e", "\ufeff", "\u0130", "\ufb03", "\U0001d518", "é" * 50, "\u0663", "²",
    "\x1b[2J", "\x7f",
)  # fmt: skip
NUMBERS = (
    -1, 2**31 - 1, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 10**40, 1.5, -0.0, 1e308, float("inf"),
    float("nan"),
)  # fmt: skip
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get")
MANY, DEEP, HUGE = 700, 30, 50_000


def seed() -> int:
    """The seed of this run: VOLDAAN_TEST_SEED, to see a failure again, or a new one."""
    return int(os.environ.get("VOLDAAN_TEST_SEED") or secrets.randbits(32))


class Hostile:
    """Makes it up. No id is ever one that exists: numbers are too high, and texts are no invoice numbers."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def text(self) -> str:
        match self.chance.randrange(8):
            case 0:
                return "".join(chr(self.chance.randrange(0x110000)) for _ in range(self.chance.randrange(20)))
            case 1:
                return self.chance.choice(WORDS) * self.chance.randrange(1, 200)
            case 2 if self.chance.random() < 0.1:
                return "x" * HUGE
            case 3:
                return str(self.chance.randrange(10**6, 10**20))
        return self.chance.choice(WORDS)

    def number(self) -> float:
        return self.chance.choice((*NUMBERS, self.chance.randrange(10**6, 10**12)))

    def value(self, depth: int = 4) -> Any:
        """Anything that JSON can say."""
        kind = self.chance.randrange(9 if depth else 6)
        if kind < 3:
            return self.text()
        if kind < 5:
            return self.number()
        if kind == 5:
            return self.chance.choice((None, True, False))
        if kind == 6:
            return [self.value(depth - 1) for _ in range(self.chance.randrange(4))]
        if kind == 7 and self.chance.random() < 0.05:
            return self.chance.choice((nested(DEEP), [0] * MANY, {str(number): 0 for number in range(MANY)}))
        return {self.text(): self.value(depth - 1) for _ in range(self.chance.randrange(4))}

    def payload(self, handler: Callable[..., Any]) -> Any:
        """Arguments of an event: right but for what they say, or wrong in kind, in number, or altogether."""
        _, *names = signature(handler).parameters
        hints = get_type_hints(handler)
        match self.chance.randrange(10):
            case 0:
                return self.value()
            case 1:
                return {name: self.value() for name in [*names, self.text()]}
            case 2 if names:
                return {name: self.value() for name in names[1:]}
            case 3 | 4 | 5:
                return {name: self.value() for name in names}
        return {name: self.of(hints.get(name)) for name in names}

    def of(self, kind: Any) -> Any:
        """A value of the declared kind."""
        if kind is str:
            return self.text()
        if kind is int:
            return self.chance.choice((-1, 0, 1, 7, self.chance.randrange(-(2**62), 2**62)))
        if kind is bool:
            return self.chance.random() < 0.5
        return {self.text(): self.value(2) for _ in range(3)}

    def address(self, page: str) -> str:
        """An address of a page, with nonsense where it has a variable part and behind it."""
        path = "/".join(self.part() if "[" in part or "{" in part else part for part in page.split("/"))
        return path + (f"?{self.part()}={self.part()}" if self.chance.random() < 0.4 else "")

    def part(self) -> str:
        """A piece of an address: some of it escaped, some of it as it is."""
        escaped = "".join(f"%{self.chance.randrange(256):02x}" for _ in range(self.chance.randrange(1, 8)))
        return self.chance.choice(
            (escaped, "zz", "%00", "%ed%a0%80", "..", "%2e%2e", "%2f", ";", "a" * 3000, "zz%0d%0a")
        )


def nested(depth: int) -> Any:
    """A list in a list in a list."""
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value
