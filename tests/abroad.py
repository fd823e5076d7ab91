"""Customers elsewhere in the Union for tests, on the shop of `tests.factories`."""

from dataclasses import replace

from billing.access import Actor
from billing.accounts import service
from billing.accounts.service import EditBillingDetails
from billing.taxes import flows as taxes
from tests.factories import SELLER, Shop

# Right numbers; those with the zeros belong to nobody.
BELGIAN, OTHER_BELGIAN, GERMAN, DUTCH = "BE0428759497", "BE0000000097", "DE136695976", "NL000000012B01"
SELLER_WITHOUT_NUMBER = replace(SELLER, vat_number="")


def number_becomes(shop: Shop, owner: Actor, account_id: int, number: str) -> None:
    """Fill in another VAT number, or none; it is asked about at once."""
    fill_in_number(shop, owner, account_id, number)
    taxes.check_stale(shop.billing, [account_id])


def fill_in_number(shop: Shop, owner: Actor, account_id: int, number: str) -> None:
    """Fill in another VAT number, or none, about which nothing is known yet."""
    details = EditBillingDetails("Chocolaterie Test", "A. Tester", "", "", "", number)
    shop.do(service.edit_billing_details, shop.proven(owner), account_id, details)
