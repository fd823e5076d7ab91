"""What people may ask of their data: all of it in a file, and all of it gone but for what the law keeps."""

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO

import pytest

from billing.access import SYSTEM, Actor
from billing.accounts import service as accounts
from billing.accounts.tables import Account, Membership, Role, User
from billing.credits import service as credits
from billing.credits.service import GiveCredits
from billing.errors import CheckNeeded, ErasureRefused, NotAllowed, NotFound
from billing.invoices.tables import Invoice, InvoiceFile
from billing.logins.flows import LogIn, log_in
from billing.logins.tables import LoginSession
from billing.privacy import erasing, export, personal
from tests.factories import PASSWORD, Shop
from tests.fakes.collecting import sign
from tests.renewals import product, service

NAME = "Bakkerij Test"


def exported(shop: Shop, actor: Actor, account: int) -> zipfile.ZipFile:
    target = BytesIO()
    export.export(shop.billing, shop.proven(actor), account, target)
    return zipfile.ZipFile(target)


def erase(shop: Shop, actor: Actor, account: int, name: str = NAME) -> int:
    return shop.do(erasing.erase, shop.proven(actor), account, name)


def paid(shop: Shop, account: int, owner: Actor) -> str:
    """An invoice that was paid and printed; nothing is open."""
    number = shop.invoice(account)
    shop.pay(owner, number)
    shop.carry_out()
    return number


def test_the_archive_has_the_data_and_every_document_with_its_digest(shop: Shop, account: int, owner: Actor) -> None:
    number = paid(shop, account, owner)
    note = shop.credit(number, 100).number
    archive = exported(shop, owner, account)
    assert archive.namelist() == [
        "data.json", f"documents/{number}.pdf", f"documents/{number}.xml", f"documents/{note}.pdf",
        f"documents/{note}.xml", "sha256.txt",
    ]  # fmt: skip
    for line in archive.read("sha256.txt").decode().splitlines():
        digest, name = line.split("  ")
        assert sha256(archive.read(name)).hexdigest() == digest


def test_the_data_are_the_account_s_and_those_of_who_asks(shop: Shop, account: int, owner: Actor) -> None:
    number = paid(shop, account, owner)
    shop.invoice(shop.customer("Ander"))
    data = json.loads(exported(shop, owner, account).read("data.json"))
    assert (data["account"]["name"], [one["number"] for one in data["invoices"]]) == (NAME, [number])
    assert [one["email"] for one in data["people"]] == ["person-1@test.example"]
    assert data["person"]["person"]["name"] == owner.name
    assert any(one["action"] == "payment.booked" for one in data["log"])


def test_no_secret_is_in_it(shop: Shop, account: int, owner: Actor) -> None:
    token = log_in(shop.billing, LogIn("person-1@test.example", PASSWORD)).token
    sign(shop, owner, account)
    text = exported(shop, owner, account).read("data.json").decode()
    assert token not in text
    for name in ("password_hash", "token_sha256", "iban_secret", "evidence_secret"):
        assert f'"{name}"' not in text
    assert "argon2" not in text


def test_taking_the_data_along_is_written_down(shop: Shop, account: int, owner: Actor) -> None:
    exported(shop, owner, account)
    assert shop.audit()[-1].action == "privacy.exported"


Act = Callable[[Shop, Actor, int], object]


@pytest.mark.parametrize("act", [exported, erase])
def test_only_the_owner_and_finance_may_and_only_with_a_fresh_proof(
    shop: Shop, account: int, owner: Actor, first: Actor, act: Act
) -> None:
    administrator, stranger = shop.member(account, Role.ADMINISTRATOR), shop.member(shop.customer("Ander"))
    with pytest.raises(NotAllowed):
        act(shop, administrator, account)
    with pytest.raises(NotFound):
        act(shop, stranger, account)
    with pytest.raises(CheckNeeded):
        shop.ask(personal.of_account, owner, account)
    with pytest.raises(CheckNeeded):
        shop.do(erasing.erase, first, account, NAME)
    act(shop, first, account)


def test_of_an_erased_account_only_what_the_law_keeps_is_left(shop: Shop, account: int, owner: Actor) -> None:
    number = paid(shop, account, owner)
    before = shop.one(InvoiceFile).sha256 if len(shop.all(InvoiceFile)) == 1 else shop.all(InvoiceFile)[-1].sha256
    assert erase(shop, owner, account) == 1
    row = shop.one(Account)
    assert (row.name, row.attention, row.street) == (f"Gewist {account}", "", "")
    assert (shop.all(Membership), shop.one(User).name) == ([], "Gewist")
    assert shop.row(number).buyer["name"] == NAME
    assert shop.all(InvoiceFile)[-1].sha256 == before
    assert shop.audit()[-1].action == "privacy.erased"
    assert shop.broken() == []


def test_nobody_gets_in_any_more(shop: Shop, account: int, owner: Actor) -> None:
    log_in(shop.billing, LogIn("person-1@test.example", PASSWORD))
    erase(shop, owner, account)
    session = shop.one(LoginSession)
    assert (session.ended_at is not None, session.address, session.device) == (True, "", "")
    assert "person-1" not in shop.one(User).email


def test_who_is_a_member_elsewhere_or_works_here_stays(shop: Shop, account: int, owner: Actor) -> None:
    other = shop.customer("Ander")
    shop.also_member(owner, other, Role.OWNER)
    assert erase(shop, owner, account) == 0
    assert shop.one(User, id=owner.user_id).name == owner.name
    assert shop.broken() == []


def test_without_the_right_name_nothing_happens(shop: Shop, account: int, owner: Actor) -> None:
    with pytest.raises(ErasureRefused, match="confirmation"):
        erase(shop, owner, account, "Bakkerij")
    assert shop.one(Account).name == NAME


def test_it_is_done_once_and_never_undone(shop: Shop, account: int, owner: Actor, first: Actor) -> None:
    erase(shop, owner, account)
    with pytest.raises(ErasureRefused, match="erased"):
        erase(shop, first, account, f"Gewist {account}")
    assert "account is erased" in shop.refusal("UPDATE account SET erased_at = NULL")
    assert "account is erased" in shop.refusal("UPDATE account SET name = 'x'")


def open_invoice(shop: Shop, owner: Actor, account: int) -> None:
    shop.invoice(account)


def credits_to_spend(shop: Shop, owner: Actor, account: int) -> None:
    shop.do(credits.give_credits, SYSTEM, GiveCredits(account, 100, "storing"))


def a_running_service(shop: Shop, owner: Actor, account: int) -> None:
    service(shop, account, shop.clock.now().date(), product(shop))


def a_mandate(shop: Shop, owner: Actor, account: int) -> None:
    sign(shop, owner, account)


@pytest.mark.parametrize(("given", "reason"), [
    (open_invoice, "open_money"), (credits_to_spend, "open_money"), (a_running_service, "services"),
    (a_mandate, "mandate"),
])  # fmt: skip
def test_while_something_is_not_over_it_is_refused(
    shop: Shop, account: int, owner: Actor, given: Act, reason: str
) -> None:
    given(shop, owner, account)
    with pytest.raises(ErasureRefused, match=reason):
        erase(shop, owner, account)
    assert shop.one(Account).erased_at is None


def test_a_person_who_was_erased_can_come_again_under_the_same_address(shop: Shop, account: int, owner: Actor) -> None:
    erase(shop, owner, account)
    shop.do(accounts.add_user, SYSTEM, email="person-1@test.example", name="Nieuw", password_hash="x")
    assert len(shop.all(User)) == 2


def test_settings_of_a_website_go_with_it_and_only_then(shop: Shop, account: int, owner: Actor) -> None:
    shop.package(account)
    assert "hosting_version is final" in shop.refusal("DELETE FROM hosting_version")
    erase(shop, owner, account)
    assert shop.broken() == []


def test_an_erased_account_with_people_in_it_is_found(shop: Shop, account: int, owner: Actor) -> None:
    damage = "UPDATE account SET erased_at = created_at"
    assert shop.broken_after(damage) == ["of an account that was erased nobody, nothing open and no service is left"]


def test_an_invoice_that_is_no_number_yet_is_no_document(shop: Shop, account: int, owner: Actor) -> None:
    shop.draft(account)
    assert shop.all(Invoice)[0].number is None
    assert exported(shop, owner, account).namelist() == ["data.json", "sha256.txt"]
