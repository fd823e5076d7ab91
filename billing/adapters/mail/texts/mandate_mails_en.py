"""English: mails about mandates and collections."""

from billing.adapters.mail.texts.account_sentences import MailText
from billing.ports import AccountMailKind as Kind

_SHOW_MANDATE = "View your mandate"
_PAY = "Pay now with iDEAL"
_ASK_US = "Not right? Then reply to this mail at once, and we will help you."
_UNDER_WAY = "We try to hold a debit that is under way already; when that is no longer possible, it goes through."
_NO_COSTS = "This costs you nothing extra, and nothing changes about your services."
_OTHER_DAY = "Would you rather have it collected on another day? Choose one at the invoice: {dashboard}"

DEBITS = {
    "reason": {
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
    },
    "why": {
        "mandate_revoked": "The mandate has been stopped.",
        "mandate_paused": "The mandate has been paused.",
        "mandate_expired": "The mandate has lapsed.",
    },
    "what_now": {
        "retry": "We will try once more, on a day that we will tell you of. If you pay before, that debit is off.",
        "active": "We will not debit this amount by itself again. Your mandate stays as it is.",
        "paused": "Nothing more is debited until you want it to be: your mandate is paused.",
        "stopped": "Nothing more is debited: this mandate has been stopped. You can give a new one whenever you want.",
    },
}

MANDATE_MAILS = {
    Kind.MANDATE_GIVEN: MailText(
        subject="standing mandate given",
        intro=(
            "For {account}, {by} authorised {brand} to collect invoices by direct debit. We announce each debit "
            "beforehand, with its amount and date.",
            "You stay in control: you can pause or withdraw it at any time, and undo a debit at your bank.",
        ),
        button=_SHOW_MANDATE,
        notes=(_ASK_US,),
    ),
    Kind.MANDATE_REPLACED: MailText(
        subject="a new mandate in place of the last one",
        intro=(
            "For {account}, {by} gave a new mandate. The last one no longer counts. Debits that were announced already "
            "will be announced again.",
            "From another account, nothing is debited in the first 24 hours.",
        ),
        button=_SHOW_MANDATE,
        notes=(_ASK_US,),
    ),
    Kind.MANDATE_PAUSED: MailText(
        subject="mandate paused",
        intro=(
            "The mandate for {account} has been paused. Nothing is debited until you resume it; until then you pay "
            "invoices yourself.",
        ),
        button=_SHOW_MANDATE,
        notes=(_UNDER_WAY, _ASK_US),
    ),
    Kind.MANDATE_RESUMED: MailText(
        subject="mandate resumed",
        intro=(
            "For {account}, {by} resumed the mandate. Invoices are collected automatically again; we announce each "
            "debit beforehand.",
        ),
        button=_SHOW_MANDATE,
        notes=(_ASK_US,),
    ),
    Kind.MANDATE_WITHDRAWN: MailText(
        subject="mandate stopped",
        intro=("The mandate for {account} has been stopped. Nothing more is debited by it; you pay yourself.",),
        button=_SHOW_MANDATE,
        notes=(_UNDER_WAY, _ASK_US),
    ),
    Kind.MANDATE_EXPIRED: MailText(
        subject="mandate lapsed",
        intro=(
            "The mandate for {account} was not used for 36 months and has lapsed. Nothing else changes. If you want to "
            "pay automatically again, give a new one.",
        ),
        button=_SHOW_MANDATE,
        notes=(_ASK_US,),
    ),
    Kind.DEBIT_ANNOUNCED: MailText(
        subject="debit of {cents} on {collect_on}",
        intro=(
            "On {collect_on}, {brand} debits {cents} for invoice {number} from account {iban}. You need do nothing.",
            "If you pay the invoice yourself before, the debit is off.",
        ),
        button=_SHOW_MANDATE,
        notes=(_OTHER_DAY, _ASK_US),
    ),
    Kind.DEBIT_WITHDRAWN: MailText(
        subject="invoice {number} will not be debited",
        intro=(
            "The debit of {cents} on {collect_on} for invoice {number} is off. {why} The invoice is still open; pay it "
            "yourself with the button below.",
        ),
        button=_PAY,
        notes=(_NO_COSTS, "The invoice in your dashboard: {dashboard}"),
    ),
    Kind.DEBIT_FAILED: MailText(
        subject="the debit for invoice {number} did not succeed",
        intro=(
            "The debit of {cents} for invoice {number} did not succeed. {reason} The invoice is still open.",
            "{what_now}",
        ),
        button=_PAY,
        notes=(_NO_COSTS, _OTHER_DAY),
    ),
    Kind.DEBIT_RETURNED: MailText(
        subject="the payment of invoice {number} was returned",
        intro=(
            "The automatic payment of invoice {number} was returned. {reason} So {cents} is open again, on the same "
            "invoice.",
            "{what_now}",
        ),
        button=_PAY,
        notes=(_NO_COSTS, _OTHER_DAY),
    ),
}
