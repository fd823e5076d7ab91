"""The sandbox pays out: a report a day with its costs, and the file of our bank that the payout arrives in."""

from datetime import UTC, date, datetime, timedelta

from billing.adapters.camt import CamtReader
from billing.adapters.mt940 import Mt940Reader
from billing.clearing.reading import told
from billing.sandbox.payouts import FEE_CENTS, HOLDER_IBAN, REVERSAL_FEE_CENTS, Payouts
from billing.sandbox.transactions import Transaction, Transactions, new_key

IBAN = "NL93DEMO0123456789"
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def kinds(payout) -> list[tuple[str, int]]:
    """What each line of a report is, as the product reads it."""
    [statement] = Mt940Reader().read(payout["report"].encode())
    assert statement.opening_cents + sum(entry.cents for entry in statement.entries) == statement.closing_cents
    lines = [told(entry) for entry in statement.entries]
    assert all(line.key for line in lines)
    return [(line.kind.value, line.entry.cents) for line in lines]


def moved(transactions, cents, on=MONDAY, **other):
    transactions.add(
        Transaction(key=new_key(), created_at=on, changed_at=on, status=190, amount_cents=cents, invoice="F1", **other)
    )


def paid(merchant):
    """A transfer of € 10.25 arrives, and is paid out."""
    transfer = merchant.transfer()
    merchant.control("transfers", key=transfer["Key"], amounts_cents=[1_025])
    return merchant.control("payouts", iban=IBAN, today=True)["payouts"]


def test_what_was_collected_is_paid_out_less_its_costs(merchant):
    [payout] = paid(merchant)
    assert kinds(payout) == [("transaction", 1_025), ("fee", -FEE_CENTS), ("payout", FEE_CENTS - 1_025)]


def test_nothing_is_paid_out_twice(merchant):
    paid(merchant)
    assert merchant.control("payouts", iban=IBAN, today=True)["payouts"] == []


def test_a_day_that_is_not_over_is_not_paid_out_by_itself(merchant):
    transfer = merchant.transfer()
    merchant.control("transfers", key=transfer["Key"], amounts_cents=[1_025])
    assert merchant.control("payouts", iban=IBAN)["payouts"] == []


def test_the_payout_stands_in_the_file_of_our_bank_with_its_identity(merchant):
    [payout] = paid(merchant)
    file = merchant.control("bank-files", iban=IBAN, transfers=[payout["transfer"]])["file"]
    [statement] = CamtReader().read(file.encode())
    [entry] = statement.entries
    assert (entry.cents, entry.iban) == (1_025 - FEE_CENTS, HOLDER_IBAN)
    assert payout["reference"] in entry.text


def test_a_day_on_which_more_goes_back_waits_for_a_better_one():
    transactions = Transactions()
    payouts = Payouts(transactions)
    moved(transactions, 5_000, is_credit=True, related=[("reversal", "X")])
    moved(transactions, 9_000, on=MONDAY + timedelta(days=1))
    bad, good = payouts.pay_out(IBAN, date(2026, 11, 24))
    assert (bad["transfer"], kinds(bad)) == (None, [("transaction", -5_000), ("fee", -REVERSAL_FEE_CENTS)])
    assert good["amount_cents"] == 9_000 - 5_000 - FEE_CENTS - REVERSAL_FEE_CENTS


def test_a_restart_goes_on_where_it_was():
    transactions = Transactions()
    before, after = Payouts(transactions), Payouts(transactions)
    moved(transactions, 5_000, is_credit=True)
    before.pay_out(IBAN, MONDAY.date())
    after.load(before.dump())
    moved(transactions, 9_000)
    [payout] = after.pay_out(IBAN, MONDAY.date())
    assert payout["amount_cents"] == 9_000 - 5_000 - 2 * FEE_CENTS
