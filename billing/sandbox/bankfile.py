"""The pretend bank's statement of a day, as the file that a real bank hands out.

Source: ISO 20022, camt.053.001.08.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from billing.sandbox.catalogue import PAYER_IBAN, PAYER_NAME

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def statement(iban: str, opening_cents: int, transfers: Sequence[Mapping[str, Any]], today: date) -> str:
    """A CAMT.053 file. Each transfer: amount_cents (below zero goes out), and if wanted text, reference, name, iban,
    value_on, end_to_end_id, return_reason. A wrong one is as the caller makes it: this bank writes what it is told."""
    closing_cents = opening_cents + sum(int(transfer["amount_cents"]) for transfer in transfers)
    entries = "".join(_entry(transfer, today, number) for number, transfer in enumerate(transfers, start=1))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{_NAMESPACE}"><BkToCstmrStmt><Stmt>'
        f"<Id>{today:%Y%m%d}</Id><Acct><Id><IBAN>{escape(iban)}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{_balance('OPBD', opening_cents, today)}{_balance('CLBD', closing_cents, today)}{entries}"
        "</Stmt></BkToCstmrStmt></Document>\n"
    )


def _entry(transfer: Mapping[str, Any], today: date, number: int) -> str:
    cents = int(transfer["amount_cents"])
    role = "Dbtr" if cents > 0 else "Cdtr"
    end_to_end = escape(str(transfer.get("end_to_end_id", "")))
    named = f"<Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>" if end_to_end else ""
    value_on = date.fromisoformat(transfer.get("value_on", today.isoformat()))
    said = {name: escape(str(transfer.get(name, ""))) for name in ("text", "reference", "return_reason")}
    structured = f"<Strd><CdtrRefInf><Ref>{said['reference']}</Ref></CdtrRefInf></Strd>" if said["reference"] else ""
    returned = f"<RtrInf><Rsn><Cd>{said['return_reason']}</Cd></Rsn></RtrInf>" if said["return_reason"] else ""
    return (
        f"<Ntry>{_amount(cents)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{today}</Dt></BookgDt>"
        f"<ValDt><Dt>{value_on}</Dt></ValDt><AcctSvcrRef>{today:%Y%m%d}-{number}</AcctSvcrRef><NtryDtls><TxDtls>"
        f"{named}<RltdPties><{role}><Pty><Nm>{escape(str(transfer.get('name', PAYER_NAME)))}</Nm></Pty></{role}>"
        f"<{role}Acct><Id><IBAN>{escape(str(transfer.get('iban', PAYER_IBAN)))}</IBAN></Id></{role}Acct></RltdPties>"
        f"<RmtInf><Ustrd>{said['text']}</Ustrd>{structured}</RmtInf>{returned}</TxDtls></NtryDtls></Ntry>"
    )


def _balance(code: str, cents: int, today: date) -> str:
    kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
    return f"<Bal>{kind}{_amount(cents)}<Dt><Dt>{today}</Dt></Dt></Bal>"


def _amount(cents: int) -> str:
    whole, part = divmod(abs(cents), 100)
    side = "CRDT" if cents >= 0 else "DBIT"
    return f'<Amt Ccy="EUR">{whole}.{part:02}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
