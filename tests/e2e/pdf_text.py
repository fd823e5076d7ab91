"""The words in a PDF, as far as our own documents go: simple fonts with a table from glyphs to characters."""

import re
from io import BytesIO
from typing import Any

import pikepdf

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_TRIPLE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def words(pdf: bytes) -> str:
    """All text in the order it is painted, with plain spaces."""
    with pikepdf.open(BytesIO(pdf)) as document:
        text = " ".join(_shown(page) for page in document.pages)
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def _shown(page: Any) -> str:
    fonts = {name: _characters(font) for name, font in page.Resources.Font.items()}
    parts: list[str] = []
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                current = fonts[str(operands[0])]
            case "Tj":
                parts.append(_decoded(bytes(operands[0]), current))
            case "TJ":
                glyphs = [bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)]
                parts.append(_decoded(b"".join(glyphs), current))
    return " ".join(parts)


def _characters(font: Any) -> dict[int, str]:
    table = font.ToUnicode.read_bytes()
    found = {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for block in _CHARS.findall(table)
        for glyph, text in _PAIR.findall(block)
    }
    for block in _RANGES.findall(table):
        for first, last, text in _TRIPLE.findall(block):
            start = int(first, 16)
            found |= {glyph: chr(int(text, 16) + glyph - start) for glyph in range(start, int(last, 16) + 1)}
    return found


def _decoded(glyphs: bytes, characters: dict[int, str]) -> str:
    codes = (int.from_bytes(glyphs[at : at + 2], "big") for at in range(0, len(glyphs), 2))
    return "".join(characters.get(code, "") for code in codes)
