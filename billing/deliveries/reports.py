"""Reading the reports of mail servers about mails: delivery status notifications (RFC 3464). Pure.

A report says for each recipient what was done (Action) and why (Status), and returns the mail, or its headers, by which
we know which one it is about. Each of our mails goes to one person, so whatever address a report names, of a mail that
was passed on perhaps, it is about that person's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum

from billing.errors import ReportRefused

LARGEST_BYTES = 1024 * 1024


class DeliveryState(StrEnum):
    """How far a mail got, in the order in which one counts for more than another.

    HANDED_OVER: the mail server took it. DELAYED: it is still being tried. DELIVERED: it is in the mailbox. BOUNCED: it
    could not be delivered, which is final (RFC 3464, 2.3.3), also after a delivery: of a mail that was passed on.
    REFUSED: our mail server took no mail for this address.
    """

    HANDED_OVER = "handed_over"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    REFUSED = "refused"

    @property
    def replaces(self) -> tuple["DeliveryState", ...]:
        """The states that it counts for more than, in whatever order they become known; nothing follows a final one."""
        every = tuple(DeliveryState)
        return every[: every.index(min(self, DeliveryState.BOUNCED, key=every.index))]


# Passed on to where nobody reports from, or to several addresses: nothing new is known, nor will be.
_ACTIONS = {
    "failed": DeliveryState.BOUNCED, "delayed": DeliveryState.DELAYED, "delivered": DeliveryState.DELIVERED,
    "relayed": DeliveryState.HANDED_OVER, "expanded": DeliveryState.HANDED_OVER,
}  # fmt: skip
_RETURNED_MAILS = {"message/rfc822", "message/global", "message/global-headers"}
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
# Printable ASCII but for < > @: there are databases that take no other characters just like that.
_MESSAGE_ID = re.compile(r"<([!-;=?A-~]{1,200})@([!-;=?A-~]{1,255})>")


@dataclass(frozen=True)
class Report:
    """What a mail server says of a mail. identity, host: the sides of its Message-ID. status_code: 5.1.1, or empty."""

    identity: str
    host: str
    state: DeliveryState
    status_code: str


def read_report(raw: bytes) -> Report:
    """The report in a mail, as it came. Of several recipients the one that fared worst counts.

    Raises ReportRefused (400, or 413 above LARGEST_BYTES); reason: huge, no_report, no_recipient, no_message_id.
    """
    if len(raw) > LARGEST_BYTES:
        raise ReportRefused(status=413, reason="huge")
    try:
        parts = list(message_from_bytes(raw).walk())
    except RecursionError:
        # Mails within mails within mails: nobody reports like that.
        raise ReportRefused(status=400, reason="no_report") from None
    notices = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if not notices:
        raise ReportRefused(status=400, reason="no_report")
    found = list(_recipients(notices[0]))
    if not found:
        raise ReportRefused(status=400, reason="no_recipient")
    identity, host = _message_id(parts)
    state, status_code = max(found, key=lambda recipient: list(DeliveryState).index(recipient[0]))
    return Report(identity, host, state, status_code)


def _recipients(notice: "Message[str, str]") -> Iterator[tuple[DeliveryState, str]]:
    for block in notice.walk():
        action = _ACTIONS.get(str(block.get("Action", "")).split(" ")[0].strip().lower())
        if action is not None:
            status = _STATUS.search(str(block.get("Status", "")))
            yield action, status.group() if status else ""


def _message_id(parts: "list[Message[str, str]]") -> tuple[str, str]:
    for returned in _returned(parts):
        found = _MESSAGE_ID.search(str(returned.get("Message-ID", "")))
        if found:
            return found[1], found[2].lower()
    raise ReportRefused(status=400, reason="no_message_id")


def _returned(parts: "list[Message[str, str]]") -> "Iterator[Message[str, str]]":
    """The mail that came back, whole or its headers alone."""
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            yield message_from_bytes(bytes(part.get_payload(decode=True) or b""))
        elif part.get_content_type() in _RETURNED_MAILS and part.is_multipart():
            yield part.get_payload(0)  # type: ignore[misc]  # a parsed mail holds the mail in it
