"""SEPA credit transfers as pain.001.001.09, each with a line of its own on the statement.

Source: ISO 20022, pain.001.001.09; European Payments Council, EPC132-08 (SEPA Credit Transfer, customer to bank).
"""

import unicodedata

from lxml import etree

from billing.money import euros
from billing.ports import OutgoingTransfer, TransferOrder

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
_NAME, _TEXT = 70, 140


class PainWriter:
    """Writes pain.001.001.09."""

    def write(self, order: TransferOrder) -> bytes:
        """The file; the same order makes the same bytes."""
        root = etree.Element(_tag("Document"), nsmap={None: NAMESPACE})
        message = _add(root, "CstmrCdtTrfInitn")
        count, total = str(len(order.transfers)), str(euros(sum(one.cents for one in order.transfers)))
        head = _add(message, "GrpHdr")
        _add(head, "MsgId", order.message_id)
        _add(head, "CreDtTm", f"{order.made_at:%Y-%m-%dT%H:%M:%S}")
        _add(head, "NbOfTxs", count)
        _add(head, "CtrlSum", total)
        _add(_add(head, "InitgPty"), "Nm", latin(order.name, _NAME))
        _payment(message, order, count, total)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def latin(text: str, most: int) -> str:
    """A text in the characters that every bank in SEPA takes; others become their nearest, or a blank.

    >>> latin("Café & Zoë ✓", 70)
    'Cafe Zoe'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = "".join(letter if letter in _ALLOWED else " " for letter in plain).split()
    # A text that begins with a slash, or has two of them, means something else to a bank.
    joined = " ".join(words).strip("/")
    while "//" in joined:
        joined = joined.replace("//", "/")
    return joined[:most].strip()


def _payment(message: etree._Element, order: TransferOrder, count: str, total: str) -> None:
    payment = _add(message, "PmtInf")
    _add(payment, "PmtInfId", order.message_id)
    _add(payment, "PmtMtd", "TRF")
    # One line on our statement for each transfer, or none could be recognised there.
    _add(payment, "BtchBookg", "false")
    _add(payment, "NbOfTxs", count)
    _add(payment, "CtrlSum", total)
    _add(_add(_add(payment, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    _add(_add(payment, "ReqdExctnDt"), "Dt", order.execute_on.isoformat())
    _add(_add(payment, "Dbtr"), "Nm", latin(order.name, _NAME))
    _account(payment, "DbtrAcct", order.iban)
    agent = _add(_add(_add(payment, "DbtrAgt"), "FinInstnId"), "Othr")
    _add(agent, "Id", "NOTPROVIDED")
    _add(payment, "ChrgBr", "SLEV")
    for transfer in order.transfers:
        _transfer(payment, transfer)


def _transfer(payment: etree._Element, transfer: OutgoingTransfer) -> None:
    one = _add(payment, "CdtTrfTxInf")
    _add(_add(one, "PmtId"), "EndToEndId", transfer.end_to_end_id)
    amount = _add(_add(one, "Amt"), "InstdAmt", str(euros(transfer.cents)))
    amount.set("Ccy", "EUR")
    _add(_add(one, "Cdtr"), "Nm", latin(transfer.name, _NAME) or "Onbekend")
    _account(one, "CdtrAcct", transfer.iban)
    _add(_add(one, "RmtInf"), "Ustrd", latin(transfer.text, _TEXT))


def _account(parent: etree._Element, name: str, iban: str) -> None:
    _add(_add(_add(parent, name), "Id"), "IBAN", iban)


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, _tag(name))
    if text:
        element.text = text
    return element


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
