"""Real messages, damaged: by the byte, by the line, by the value, and by what interpreters trip over."""

import json
import random
from typing import Any

from tests.e2e.hostile import Hostile

PIECES = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"%00", b"&", b"=", b"<", b"]]>", b"&b;", b"-", b"--", b"9" * 40,
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"1e400", b"NaN", b"0.001", b"-0", b",,", b"\xed\xa0\x80", b"{", b"}", b'"',
    b"\\u0000", b"\\ud800", b":61:", b":86:", b":62F:", b"</Stmt>", b"EUR", b"USD", b"2026-02-30", b"99991231",
)  # fmt: skip


def damaged(chance: random.Random, body: bytes) -> bytes:
    """A few changes to a message; sometimes none."""
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3, 8))):
        body = chance.choice((_piece, _cut, _twice, _swapped, _byte, _line, _number))(chance, body)
    return body


def altered(chance: random.Random, value: Any) -> Any:
    """The same value as JSON has it, with something else somewhere in it."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        name = chance.choice(sorted(value))
        if chance.random() < 0.1:
            return {key: inner for key, inner in value.items() if key != name}
        return value | {name: altered(chance, value[name])}
    if isinstance(value, list) and value and chance.random() < 0.8:
        place = chance.randrange(len(value))
        return [*value[:place], altered(chance, value[place]), *value[place + 1 :]]
    return Hostile(chance).value(2)


def as_json(value: Any) -> bytes:
    """As bytes, also where no JSON allows it: half characters and numbers that are none."""
    return json.dumps(value).encode("utf-8", "surrogatepass")


def _piece(chance: random.Random, body: bytes) -> bytes:
    place = chance.randrange(len(body) + 1)
    return body[:place] + chance.choice(PIECES) + body[place:]


def _cut(chance: random.Random, body: bytes) -> bytes:
    start = chance.randrange(len(body) + 1)
    return body[:start] + body[start + chance.choice((1, 2, 10, len(body))) :]


def _twice(chance: random.Random, body: bytes) -> bytes:
    start = chance.randrange(len(body) + 1)
    part = body[start : start + chance.randrange(1, 400)]
    return body[:start] + part * chance.choice((2, 2, 2, 50)) + body[start + len(part) :]


def _swapped(chance: random.Random, body: bytes) -> bytes:
    lines = body.split(b"\n")
    one, other = (chance.randrange(len(lines)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _byte(chance: random.Random, body: bytes) -> bytes:
    place = chance.randrange(len(body) + 1)
    return body[:place] + bytes([chance.randrange(256)]) + body[place + 1 :]


def _line(chance: random.Random, body: bytes) -> bytes:
    lines = body.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def _number(chance: random.Random, body: bytes) -> bytes:
    digits = [place for place, byte in enumerate(body) if chr(byte).isdigit() and byte < 128]
    if not digits:
        return body
    place = chance.choice(digits)
    return body[:place] + str(chance.randrange(10)).encode() + body[place + 1 :]
