"""What others made and judged: our instruments, the official rules and the check of PDF/A-3, say the same of it."""

from collections.abc import Iterator
from pathlib import Path

import facturx
import pikepdf
import pytest

from tests import pdfa
from tests.official_rules import OfficialRules

SAMPLES = Path(__file__).parent / "einvoice_samples"
VALID = sorted(path.name for path in SAMPLES.glob("*.xml"))


@pytest.fixture(scope="module")
def rules() -> Iterator[OfficialRules]:
    with OfficialRules() as running:
        yield running


@pytest.mark.parametrize("name", VALID)
def test_a_valid_sample_is_valid(rules: OfficialRules, name: str) -> None:
    assert rules.broken_by((SAMPLES / name).read_bytes()) == []


@pytest.mark.parametrize("name", [name for name in VALID if "cii" not in name])
def test_a_sample_with_another_total_is_not(rules: OfficialRules, name: str) -> None:
    content = (SAMPLES / name).read_bytes()
    payable = facturx.parse_ubl_cii_xml(content)["BT-115"].encode()
    broken = rules.broken_by(content.replace(b">" + payable + b"</cbc:PayableAmount>", b">1.23</cbc:PayableAmount>"))
    assert "BR-CO-16" in broken


def test_what_a_validator_passed_passes_our_check() -> None:
    path = SAMPLES / "facturx-ok.pdf"
    with pikepdf.open(path) as pdf:
        einvoice = pdf.attachments["factur-x.xml"].get_file().read_bytes()
    assert pdfa.findings(path.read_bytes(), einvoice) == []
