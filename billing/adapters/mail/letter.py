"""What every letter has, whatever it is about: the strings of the frame that all templates share."""

import re
from dataclasses import dataclass

from billing.adapters.mail.texts import sentences
from billing.ports import Party

# Line breaks and other controls, and the marks that turn the direction of a text: in a name they are never needed, and
# they could make a mail say what we did not write.
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Letter:
    """intro: paragraphs under the greeting. button, url: both empty when there is nothing to open."""

    language: str
    subject: str
    greeting: str
    intro: tuple[str, ...]
    button: str
    url: str
    notes: tuple[str, ...]
    sign_off: str
    imprint: tuple[str, ...]


def one_line(text: str) -> str:
    """What a person typed, as one line without anything unseen."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def greeting(recipient: str, language: str) -> str:
    """`Dag Hanna,`; without a name when there is none."""
    text, name = sentences(language), one_line(recipient)
    return text.greeting.format(name=name) if name else text.greeting_nameless


def imprint(seller: Party, language: str) -> tuple[str, ...]:
    """The small lines at the end: who sent this, and where they are registered."""
    text = sentences(language)
    town = " ".join(part for part in (seller.postal_code, seller.city) if part)
    registered = (
        f"{text.chamber} {seller.chamber_number}" if seller.chamber_number else "",
        f"{text.vat_number} {seller.vat_number}" if seller.vat_number else "",
    )
    address = ", ".join(part for part in (seller.name, seller.street, town) if part)
    return tuple(line for line in (address, " · ".join(part for part in registered if part)) if line)
