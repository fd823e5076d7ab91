"""The port to the tax authorities of the Union, who know which VAT numbers belong to somebody."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class VatVerdict(StrEnum):
    """UNAVAILABLE: no answer about the number itself, of whichever kind."""

    VALID = "valid"
    INVALID = "invalid"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class VatReply:
    """What came of a question. consultation: its number at the authorities, which proves that we asked.

    name, address: of whom the number belongs to, where its state tells that. reason: why there was no answer.
    """

    verdict: VatVerdict
    consultation: str = ""
    name: str = ""
    address: str = ""
    reason: str = ""


class VatRegister(Protocol):
    """Tells whether a VAT number belongs to somebody now. Both numbers begin with the prefix of their state; requester:
    ours, without which there is no proof. Never raises: whatever goes wrong is a reply of UNAVAILABLE."""

    def check(self, number: str, requester: str) -> VatReply: ...
