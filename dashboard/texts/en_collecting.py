"""English for what a standing mandate means for one invoice, and why a collection came to nothing."""

from dashboard.texts import words_mandate as words

OF_INVOICE = words.OfInvoice(
    hints={
        "": "Takes a few days",
        "requested": "Requested, takes a few days",
        "active": "Active",
        "paused": "Paused",
    },
    planned="This invoice pays itself.",
    planned_text="On {date}, {amount} will be debited from {iban} automatically. There is nothing you need to do.",
    card="Direct debit",
    announced="Announced on {date}",
    to_announce="You will get a mail beforehand with the amount and the date",
    collected_on="{amount} is debited from {iban}",
    pay_text="You always may. If your payment comes in before, the debit is off.",
    pay_sure="You choose to pay yourself now. If your payment comes in on time, the debit is off.",
    failed_title="The debit did not succeed.",
    failed="{reason} Nothing was debited on {date}, and the invoice is still open.",
    returned="{reason} The debit of {date} was returned on {on}, and so the invoice is open again.",
    returned_once="{reason} The debit of {date} was returned, and so the invoice is open again.",
    no_stop="Nothing will be switched off.",
    date_title="Choose a new date",
    date_other="On another day",
    date="Day of the debit",
    date_hint="Only days on which banks work. We announce the debit again by mail.",
    date_submit="Debit on this day",
    untold_title="This invoice is not debited.",
    untold="Our mail about the debit reached nobody, and without an announcement we debit nothing. Check at Users "
    "whether the email addresses are right. You can simply pay this invoice yourself.",
    date_done="Invoice {number} will be debited on {date}. You will get a mail about it beforehand.",
)

FROZEN = {
    "stale": "Nothing is debited now, because we can't be sure yet that we see all payments of the last few days.",
    "spike": "Nothing is debited now, because an unusual amount is going wrong at banks. We are finding out why.",
    "person": "Nothing is debited now, because we want to check something first.",
}
FROZEN_THEN = (
    "There is nothing you need to do: it goes on again by itself, and whatever is later because of this, we announce "
    "again. Nothing changes about your services."
)

REASONS = {
    "no_money": "There was not enough money in the account.",
    "not_said": "The bank gave no reason; often there was not enough money in the account.",
    "wrong_account": "The account number is no longer right.",
    "account_closed": "The account has been closed.",
    "account_blocked": "The account is not open to direct debits.",
    "consumer_account": "A private account can't be debited by a business mandate.",
    "not_possible": "This account can't be debited automatically.",
    "duplicate": "The bank took the debit for a duplicate.",
    "creditor_unknown": "The bank did not recognise us as a creditor.",
    "no_mandate": "The bank does not know the mandate.",
    "mandate_data": "According to the bank, the mandate's details were not right.",
    "taken_back": "The debit was undone at the bank.",
    "holder_died": "The bank can no longer debit this account.",
    "refused_by_payer": "The debit was refused at the bank.",
    "blocked_by_payer": "At the bank it is set that we may not debit this account, or not so much.",
    "details": "The bank missed details that we should have sent along.",
    "not_taken": "The order could not be carried out because of a disruption.",
    "unknown": "The bank gave a reason that we do not know yet; a colleague looks into it.",
}
