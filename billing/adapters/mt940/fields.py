"""MT940 cut into fields: a tag and its lines. What stands between two statements is left out.

Source: SWIFT MT940 Customer Statement Message; the Dutch banks' manuals of their dialects.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FIELD = re.compile(r":(\d{2}[A-Z]?):(.*)")
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d+(?:[.,]\d*)?)")


@dataclass
class MtField:
    """A field, such as 61 with its line and, in some dialects, a second one."""

    tag: str
    lines: list[str]

    @property
    def text(self) -> str:
        return "".join(self.lines)


def decoded(content: bytes) -> str:
    """The text of a file in whichever encoding banks use, without what can't be printed."""
    for encoding in ("utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = content.decode("latin-1")
    return "".join(letter for letter in text if letter.isprintable() or letter in "\r\n")


def statements(text: str) -> Iterator[list[MtField]]:
    """The fields of each statement, from its field 20 on."""
    fields: list[MtField] = []
    is_inside = False
    for line in text.splitlines():
        match = _FIELD.match(line)
        if match and match[1] == "20":
            if fields:
                yield fields
            fields, is_inside = [], True
        if not is_inside:
            continue
        if line == "-" or line.startswith("-}"):
            is_inside = False
        elif match:
            fields.append(MtField(match[1], [match[2]]))
        else:
            fields[-1].lines.append(line)
    if fields:
        yield fields


def balance(text: str) -> tuple[int, str, str] | None:
    """Cents, the day as yymmdd, and the currency of a field 60 or 62; None when it makes no sense."""
    match = _BALANCE.match(text.replace(" ", ""))
    worth = cents(match[4]) if match else None
    if match is None or worth is None:
        return None
    return worth if match[1] == "C" else -worth, match[2], match[3]


def cents(text: str) -> int | None:
    """Cents of an amount such as `12,5`, `500`, `,50` or, from some banks, `300.00`; None when it is none."""
    whole, _, part = text.replace(".", ",").partition(",")
    part = part.rstrip("0")
    if len(part) > 2 or len(whole.lstrip("0")) > 13:
        return None
    return int(whole or "0") * 100 + int(part.ljust(2, "0"))
