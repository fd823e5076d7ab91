"""Statements of banks: public samples, the dialects, and files that are broken, cut off or meant to do harm."""

import json
from datetime import date
from pathlib import Path

import pytest

from billing.adapters.camt import CamtReader
from billing.adapters.mt940 import Mt940Reader
from billing.ports import BankEntry, BankFileRefused, BankStatement

SAMPLES = Path(__file__).parent / "bank_samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text())
READERS = (CamtReader(), Mt940Reader())


def read(content: bytes) -> list[BankStatement]:
    [reader] = [reader for reader in READERS if reader.reads(content)]
    return list(reader.read(content))


def cents(euros: str) -> int:
    whole, _, part = euros.lstrip("-").partition(".")
    return (-1 if euros.startswith("-") else 1) * (int(whole) * 100 + int(part.ljust(2, "0")))


def balances(statement: BankStatement) -> bool:
    if statement.currency != "EUR" or statement.opening_cents is None or statement.closing_cents is None:
        return False
    return statement.opening_cents + sum(entry.cents for entry in statement.entries) == statement.closing_cents


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_sample_says_what_is_known_to_be_in_it(name: str) -> None:
    found, expected = read((SAMPLES / name).read_bytes()), EXPECTED[name]
    assert [[entry.cents for entry in one.entries] for one in found] == [
        [cents(euros) for euros in one["entries"]] for one in expected
    ]
    assert [balances(one) for one in found] == [one["balanced"] for one in expected]
    for one, said in zip(found, expected, strict=True):
        assert said.get("iban", said.get("account")).startswith(one.account)
        assert [entry.reference for entry in one.entries if entry.reference] == said.get("references", [])
        if "opening" in said:
            assert (one.opening_cents, one.closing_cents) == (cents(said["opening"]), cents(said["closing"]))


# CAMT.053


def camt(entries: str = "", *, version: str = "02", opening: str = "100.00", closing: str = "100.00",
         codes: tuple[str, str] = ("OPBD", "CLBD"), before: str = "") -> bytes:  # fmt: skip
    ends = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{amount.lstrip('-')}</Amt>"
        f"<CdtDbtInd>{'DBIT' if amount.startswith('-') else 'CRDT'}</CdtDbtInd><Dt><Dt>2026-11-2{day}</Dt></Dt></Bal>"
        for code, amount, day in zip(codes, (opening, closing), (2, 3), strict=True)
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>{before}"
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}'><BkToCstmrStmt><Stmt><Id>S1</Id>"
        f"<Acct><Id><IBAN>NL93TEST0123456789</IBAN></Id></Acct>{ends}{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def ntry(amount: str, more: str = "", *, status: str = "<Sts>BOOK</Sts>") -> str:
    sign = "DBIT" if amount.startswith("-") else "CRDT"
    return (
        f"<Ntry><Amt Ccy='EUR'>{amount.lstrip('-')}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status}"
        f"<BookgDt><Dt>2026-11-23</Dt></BookgDt>{more}</Ntry>"
    )


def only(content: bytes) -> BankEntry:
    [statement] = read(content)
    [entry] = statement.entries
    return entry


@pytest.mark.parametrize("version", [f"{number:02}" for number in range(2, 15)])
def test_every_version_is_read(version: str) -> None:
    assert only(camt(ntry("12.5"), version=version)).cents == 1_250


def test_only_what_is_booked_counts() -> None:
    pending = ntry("5.00", status="<Sts><Cd>PDNG</Cd></Sts>") + ntry("6.00", status="<Sts><Cd>BOOK</Cd></Sts>")
    assert only(camt(pending)).cents == 600


def test_an_entry_for_several_transfers_is_split_when_each_amount_is_told() -> None:
    parts = "".join(
        f"<TxDtls><Amt Ccy='EUR'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty>"
        f"</Dbtr></RltdPties></TxDtls>"
        for amount, name in (("10.00", "Aap"), ("2.50", "Noot"))
    )
    [statement] = read(camt(ntry("12.50", f"<NtryDtls>{parts}</NtryDtls>")))
    assert [(entry.cents, entry.name) for entry in statement.entries] == [(1_000, "Aap"), (250, "Noot")]
    [unsure] = read(camt(ntry("12.51", f"<NtryDtls>{parts}</NtryDtls>")))
    assert [(entry.cents, entry.name) for entry in unsure.entries] == [(1_251, "")]


def test_a_return_tells_its_reason_and_who_had_paid() -> None:
    entry = only(camt(ntry(
        "-121.00",
        "<RvslInd>true</RvslInd><NtryDtls><TxDtls><Refs><EndToEndId>E-1</EndToEndId></Refs><RltdPties><Dbtr><Nm>Mies"
        "</Nm></Dbtr><DbtrAcct><Id><IBAN>NL02ABNA0123456789</IBAN></Id></DbtrAcct></RltdPties><RtrInf><Rsn><Cd>AC04"
        "</Cd></Rsn></RtrInf></TxDtls></NtryDtls>",
    )))  # fmt: skip
    assert (entry.cents, entry.return_reason, entry.is_reversal) == (-12_100, "AC04", True)
    assert (entry.name, entry.iban, entry.end_to_end_id) == ("Mies", "NL02ABNA0123456789", "E-1")


def test_a_page_of_a_statement_begins_and_ends_with_an_interim_balance() -> None:
    [first] = read(camt(ntry("1.00"), closing="101.00", codes=("OPBD", "ITBD")))
    [second] = read(camt(ntry("1.00"), opening="101.00", closing="102.00", codes=("ITBD", "ITBD")))
    [last] = read(camt(ntry("1.00"), opening="102.00", closing="103.00", codes=("ITBD", "CLBD")))
    assert [balances(page) for page in (first, second, last)] == [True, True, True]


@pytest.mark.parametrize("amount", ["1,00", "1.001", "", "1e2", "12345678901234.00"])
def test_an_amount_that_makes_no_sense_is_said_and_never_guessed(amount: str) -> None:
    [statement] = read(camt(ntry(amount)))
    assert (statement.problem, statement.opening_cents) == ("amount", None)


LAUGHS = "<!DOCTYPE lolz [<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {name} '{('&' + before + ';') * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    "before",
    [LAUGHS, "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>", "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"],
)  # fmt: skip
def test_xml_that_could_fetch_or_expand_is_refused(before: str) -> None:
    name = "i" if before is LAUGHS else "f"
    inside = f"<Ustrd>&{name};</Ustrd>" if "ENTITY" in before else ""
    with pytest.raises(BankFileRefused) as refused:
        read(camt(ntry("1.00", f"<NtryDtls><TxDtls><RmtInf>{inside}</RmtInf></TxDtls></NtryDtls>"), before=before))
    assert refused.value.facts["reason"] in {"hostile", "malformed"}


@pytest.mark.parametrize("end", [10, 300, 900])
def test_xml_that_was_cut_off_is_refused(end: int) -> None:
    with pytest.raises(BankFileRefused) as refused:
        read(camt(ntry("1.00") * 5)[:end])
    assert refused.value.facts["reason"] == "malformed"


@pytest.mark.parametrize("content", [
    b"<?xml version='1.0'?><html/>",
    camt().replace(b"camt.053", b"camt.052"),
    camt().replace(b"<Stmt>", b"<Rpt>").replace(b"</Stmt>", b"</Rpt>"),
])  # fmt: skip
def test_xml_that_is_no_statement_is_refused(content: bytes) -> None:
    with pytest.raises(BankFileRefused) as refused:
        read(content)
    assert refused.value.facts["reason"] == "no_statement"


def test_xml_in_the_wrong_encoding_is_refused() -> None:
    wrong = camt(ntry("1.00", "<AddtlNtryInf>Caf\u00e9</AddtlNtryInf>")).decode().encode("cp1252")
    with pytest.raises(BankFileRefused):
        read(wrong)


# MT940


def mt940(*lines: str, account: str = "NL93TEST0123456789", opening: str = "C261122EUR100,00",
          closing: str = "C261123EUR112,50") -> bytes:  # fmt: skip
    fields = [":20:S", f":25:{account}", ":28C:1", f":60F:{opening}", *lines, f":62F:{closing}", "-"]
    return "\r\n".join(fields).encode()


def test_a_long_text_is_joined_where_the_bank_cut_it() -> None:
    entry = only(mt940(
        ":61:2611231123C12,50NTRFEREF//B-1", ":86:/TRTP/SEPA OVERBOEKING/IBAN/NL02ABNA0123456789/BIC/ABNANL2A/NAME/De",
        " Bakker/REMI/Factuur 2026-00", "01/EREF/E-9/RE", "MI/",
    ))  # fmt: skip
    assert (entry.text, entry.iban, entry.name) == ("Factuur 2026-0001", "NL02ABNA0123456789", "De Bakker")
    assert (entry.end_to_end_id, entry.bank_reference) == ("E-9", "B-1")


def test_a_structured_reference_is_kept_apart() -> None:
    entry = only(
        mt940(":61:261123C12,5NTRFNONREF", ":86:/CNTP/NL02ABNA0123456789/ABNANL2A/Bakker//REMI/STRD/CUR/RF18/")
    )
    assert (entry.reference, entry.text, entry.name) == ("RF18", "", "Bakker")


@pytest.mark.parametrize(("mark", "worth"), [("C", 1_250), ("D", -1_250), ("RC", -1_250), ("RD", 1_250), ("CR", 1_250)])
def test_reversals_turn_the_sign(mark: str, worth: int) -> None:
    assert only(mt940(f":61:261123{mark}12,50NTRFNONREF")).cents == worth


@pytest.mark.parametrize("amount", ["12,50", "12,5", "12.50", "0000000012,50"])
def test_every_way_to_write_an_amount_is_understood(amount: str) -> None:
    assert only(mt940(f":61:2611231123C{amount}NTRFNONREF")).cents == 1_250


def test_the_day_of_booking_may_be_in_another_year() -> None:
    entry = only(mt940(":61:2612310102C12,50NTRFNONREF"))
    assert (entry.value_on, entry.booked_on) == (date(2026, 12, 31), date(2027, 1, 2))


def test_a_return_by_mt940_tells_its_reason() -> None:
    assert (
        only(mt940(":61:261123D12,50NRTINONREF", ":86:/EREF/E-1//RTRN/MS03//REMI/USTD//terug/")).return_reason == "MS03"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_survive_every_encoding(encoding: str) -> None:
    content = mt940(":61:261123C12,50NTRFNONREF", ":86:/IBAN/NL02ABNA0123456789/NAME/Caf\u00e9 Zo\u00eb/REMI/x")
    assert only(content.decode().encode(encoding)).name == "Caf\u00e9 Zo\u00eb"


def test_bytes_that_no_encoding_knows_lose_nothing_else() -> None:
    content = mt940(":61:261123C12,50NTRFNONREF", ":86:/NAME/Bak\x00ker/REMI/2026-0001").replace(b"Bak", b"\x81Bak")
    assert (only(content).name, only(content).text) == ("Bakker", "2026-0001")


@pytest.mark.parametrize("line", [":61:261123X12,50NTRF", ":61:261399C12,50NTRF", ":61:261123C12,505NTRF", ":61:"])
def test_a_line_that_makes_no_sense_is_said_and_never_left_out(line: str) -> None:
    [statement] = read(mt940(line))
    assert (statement.problem, statement.entries) == ("line", ())


def test_a_statement_that_was_cut_off_has_no_closing_balance() -> None:
    [statement] = read(mt940(":61:261123C12,50NTRFNONREF").split(b":62F:")[0])
    assert (statement.opening_cents, statement.closing_cents, len(statement.entries)) == (10_000, None, 1)


def test_several_statements_and_accounts_in_one_file_stay_apart() -> None:
    found = read(mt940(":61:261123C12,50NTRFNONREF") + b"\r\n" + mt940(account="NL02ABNA0123456789"))
    assert [(one.account, len(one.entries)) for one in found] == [("NL93TEST0123456789", 1), ("NL02ABNA0123456789", 0)]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"datum;bedrag;naam\n", b"PK\x03\x04", bytes(range(256))])
def test_what_is_no_statement_at_all_is_read_by_nobody(content: bytes) -> None:
    assert [reader for reader in READERS if reader.reads(content)] == []
