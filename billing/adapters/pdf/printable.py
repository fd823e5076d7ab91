"""What of a text can stand on paper."""

import unicodedata

# Marks that turn the direction of all text after them: a name could make the rest of its line read backwards.
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Control, surrogate, private and unassigned characters have no agreed shape.
_SHAPELESS = frozenset({"Cc", "Cs", "Co", "Cn"})

# Emoji, their style selectors and their tags: text fonts lack them, and the box that is drawn for a missing one covers
# the letters beside it.
_PICTURES = (range(0x1F000, 0x1FC00), range(0xFE00, 0xFE10), range(0xE0000, 0xE1000))


def printable(value: object) -> object:
    """Text from people without what a printer has no letter for; a template's own markup as it is."""
    # Exactly str: markup is a kind of str too.
    if type(value) is not str:
        return value
    return "".join(character for character in value if _has_a_letter(character))


def _has_a_letter(character: str) -> bool:
    if character in "\n\t":
        return True
    if character in _DIRECTION_MARKS or unicodedata.category(character) in _SHAPELESS:
        return False
    return not any(ord(character) in pictures for pictures in _PICTURES)
