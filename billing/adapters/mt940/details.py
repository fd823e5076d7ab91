"""Field 86 in the words of the Dutch banks: `/TRTP/…/IBAN/…/NAME/…/REMI/…`, ING's `/CNTP/…`, or plain text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_KEY = re.compile(
    r"/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|CNTP|RTRN|PREF|ORDP|BENM|ISDT|ADDR|ID|PURP|ULTC|ULTD|ULTB|TRCD|SVCL|"
    r"CRED|CREF|IREF)/"
)
_REASON = re.compile(r"[A-Z]{2}\d{2}")
_NOTHING = {"NOTPROVIDED", "NONREF", "NOT PROVIDED"}
# SWIFT cuts a text into lines of 65 characters, wherever that falls.
_FULL_LINE = 65


@dataclass(frozen=True)
class Details:
    """What field 86 tells of a line."""

    name: str = ""
    iban: str = ""
    text: str = ""
    reference: str = ""
    end_to_end_id: str = ""
    return_reason: str = ""


def details(lines: Sequence[str]) -> Details:
    """What stands in a field 86."""
    joined = "".join(lines)
    first = _KEY.search(joined)
    if first is None or first.start() > 0:
        return Details(text=_words(_unfolded(lines)))
    parts = _KEY.split(joined)[1:]
    said: dict[str, str] = {}
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        # Of the parties the nearest one comes first, the one behind it later.
        said.setdefault(key, value.strip())
    text, reference = _remittance(said.get("REMI", ""))
    account, name = _other_party(said)
    reason = _REASON.search(said.get("RTRN", ""))
    return Details(
        name=_words(name), iban=account, text=text, reference=reference,
        end_to_end_id=_meant(said.get("EREF", "")), return_reason=reason[0] if reason else "",
    )  # fmt: skip


def _other_party(said: dict[str, str]) -> tuple[str, str]:
    if "CNTP" in said:
        account, _, name, *_ = [*said["CNTP"].split("/"), "", "", ""]
        return account.strip(), name
    return said.get("IBAN", "").strip("/ "), said.get("NAME", "")


def _remittance(value: str) -> tuple[str, str]:
    """The text, and the creditor's reference when the payer's bank kept it apart: `STRD/CUR/RF18…`."""
    kind, _, rest = value.partition("/")
    if kind == "USTD":
        return _words(rest.strip("/")), ""
    if kind == "STRD":
        return "", rest.strip("/").rpartition("/")[2]
    return _words(value), ""


def _meant(value: str) -> str:
    value = _words(value.strip("/"))
    return "" if value.upper() in _NOTHING else value


def _unfolded(lines: Sequence[str]) -> str:
    return "".join(line if len(line) >= _FULL_LINE else f"{line} " for line in lines)


def _words(text: str) -> str:
    return " ".join(text.split())
