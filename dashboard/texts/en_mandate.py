"""English for standing mandates: what they are, giving one, and how it stands."""

from dashboard.texts import words_mandate as words
from dashboard.texts.en_collecting import FROZEN, FROZEN_THEN, OF_INVOICE, REASONS

MANDATE = words.Mandate(
    title="Mandate",
    lede="Let your invoices pay themselves. You stay in control.",
    how="How a standing direct debit mandate works",
    points=(
        words.Point(
            "repeat",
            "Your invoices pay themselves",
            "You give permission once. At least {days} days before each debit we mail you the amount and the date.",
        ),
        words.Point(
            "clock",
            "It takes a few days",
            "Your bank processes the mandate, and a debit takes a few working days too. All that time everything keeps "
            "working.",
        ),
        words.Point(
            "receipt",
            "What is open now is included",
            "We debit that too, on a day that you hear beforehand. If you pay it yourself before, the debit is off.",
        ),
        words.Point(
            "shield",
            "You stay in control",
            "You can pause or withdraw it here at any time. Your bank can undo a debit for you for up to eight weeks. "
            "If one fails, nothing is switched off.",
        ),
    ),
    waiting=words.Said(
        "We are waiting for your bank",
        "Your request has been received. Often the mandate is there within minutes; sometimes it takes a few days, for "
        "example when two people have to sign. There is nothing you need to do: this page changes by itself. Meanwhile "
        "you can pay what is open yourself.",
    ),
    ended={
        "failed": words.Said(
            "The mandate did not succeed",
            "Your bank has not confirmed it. Nothing was debited. You are welcome to try again.",
        ),
        "failed.foreign_account": words.Said(
            "This account can't be used for this",
            "Signing at the bank is possible with a Dutch account only. Nothing was debited. Start the mandate with an "
            "iDEAL payment, or pay your invoices yourself.",
        ),
        "failed.expired": words.Said(
            "The mandate was not signed in time",
            "We waited for a week. Nothing was debited. You are welcome to try again.",
        ),
        "failed.not_paid": words.Said(
            "The iDEAL payment did not succeed",
            "So there is no mandate either. Nothing was debited. You are welcome to try again.",
        ),
        "failed.invalid_iban": words.Said(
            "The mandate did not succeed",
            "Your payment has been received, but your bank did not pass on from which account. Please sign at your "
            "bank instead.",
        ),
        "cancelled": words.Said(
            "You cancelled the signing",
            "Nothing has changed and nothing was debited. You can start again at any time.",
        ),
        "revoked": words.Said(
            "Your mandate was stopped on {date}",
            "{reason} Nothing more is debited by it; you pay your invoices yourself. Nothing was switched off, and you "
            "can give a new mandate whenever you want.",
        ),
        "revoked.customer": words.Said(
            "Your mandate was withdrawn on {date}",
            "Nothing more is debited by it; you pay your invoices yourself. You can give a new mandate whenever you "
            "want.",
        ),
        "revoked.bank": words.Said(
            "Your mandate was withdrawn at your bank on {date}",
            "Nothing more is debited by it; you pay your invoices yourself. You can give a new mandate whenever you "
            "want.",
        ),
        "expired": words.Said(
            "Your mandate lapsed on {date}",
            "It was not used for 36 months. Nothing else has changed. If you want to pay automatically again, give a "
            "new one.",
        ),
    },
    paused={
        "customer": "You paused the mandate. Nothing is debited until you resume it; until then you pay your invoices "
        "yourself.",
        "reason": "{reason} That is why nothing more is debited until you want it to be. Nothing was switched off. If "
        "this account is still right, resume the mandate; otherwise give a mandate for another account.",
    },
    card=words.Card(
        title="Standing direct debit mandate",
        states={"active": "Active", "paused": "Paused"},
        bank="Bank",
        holder="Account name",
        iban="Account",
        reference="Reference",
        kind="Kind",
        kinds={"core": "Ordinary mandate", "b2b": "Business mandate"},
        maximum="Highest amount per debit",
        given="Given on",
        given_by="{date}, by {name}",
        free_from="Debits possible from",
        last="Last debit",
        next="Next debit",
        next_on="{date}, invoice {number}",
        nothing="Nothing is planned yet. You will hear the amount and the date of each debit beforehand.",
        other="Other account",
        banks={
            "ABNA": "ABN AMRO",
            "ASNB": "ASN Bank",
            "BUNQ": "bunq",
            "FVLB": "Van Lanschot Kempen",
            "INGB": "ING",
            "KNAB": "Knab",
            "NTSB": "N26",
            "RABO": "Rabobank",
            "RBRB": "RegioBank",
            "REVO": "Revolut",
            "SNSB": "SNS",
            "TRIO": "Triodos Bank",
        },
    ),
    coming=words.Coming(
        title="Coming debits",
        lede="We announce each debit beforehand. If you pay it yourself before it is at the bank, the debit is off.",
        invoice="Invoice",
        on="On",
        amount="Amount",
        status="Status",
        states={"planned": "Planned", "announced": "Announced", "submitted": "At the bank"},
        announced_on="on {date}",
        expected_on="done around {date}",
    ),
    outcomes={
        "collected": "{amount} on {date}, succeeded",
        "submitted": "{amount} on {date}, at the bank",
        "failed": "{amount} on {date}, did not succeed. {reason}",
        "returned": "{amount} on {date}, returned. {reason}",
    },
    give=words.Give(
        title="Give a mandate",
        title_other="For another account",
        lede="Choose how you want to start. Either way it takes a few days until all is processed; that is normal.",
        lede_other="The new mandate takes the place of this one once your bank confirms it. Until then this one keeps "
        "counting. From another account we debit nothing in the first 24 hours.",
        again="Not signed? Start again",
        bank="Sign at your bank",
        bank_text="You choose your bank and sign there, the way you approve a payment. Nothing is debited now.",
        scheme="Kind of mandate",
        core="Ordinary mandate",
        core_hint="For everybody. Debits can be undone for up to eight weeks.",
        business="Business mandate",
        business_hint="For companies only. With a maximum; debits can't be undone.",
        maximum="Highest amount per debit, in euros",
        maximum_hint="You pay higher invoices yourself. Register the mandate with your bank as well.",
        to_bank="Go to your bank",
        ideal="Start with an iDEAL payment",
        ideal_text="You pay an open invoice with iDEAL. We debit the next ones from the same account.",
        invoice="Invoice",
        option="{number}, {amount}",
        agree="Yes, I want this. ",
        pay="Pay and authorise",
        nothing_open="Nothing is open now. When you have an invoice, you can do it this way too.",
        no_pay="Paying is not among your rights. Signing at the bank is possible.",
        version="2026-11",
        consent="I authorise {seller}{creditor} to send recurrent collection orders to my bank for my invoices, and my "
        "bank to carry them out. At least {days} days beforehand I will hear the amount and the date.",
        creditor=" (creditor {id})",
        refund=" I can have a debit undone by my bank within eight weeks.",
        no_refund=" This is a business mandate: I write down what is debited at most each time, and I can't have a "
        "debit undone that is right.",
        opening="The bank is being opened",
    ),
    pause=words.Act(
        "Pause",
        "Pause the mandate",
        "We debit nothing until you resume it. Until then you pay your invoices yourself. What is at your bank already "
        "still goes through.",
        "The mandate has been paused. Nothing is debited until you resume it.",
    ),
    resume=words.Act(
        "Resume",
        "Resume the mandate",
        "We debit your invoices again. We announce each debit anew, at least {days} days beforehand.",
        "The mandate has been resumed. We announce each debit beforehand.",
    ),
    withdraw=words.Act(
        "Withdraw",
        "Withdraw the mandate",
        "Nothing more is debited by it, and you pay your invoices yourself. We try to hold what is under way already. "
        "Nothing changes about your services. If you want to pay automatically again later, you give a new one.",
        "The mandate has been withdrawn. Nothing more is debited by it.",
    ),
    cancel="Never mind",
    look_only="Giving or changing a mandate is not among your rights. The owner of this account can do it, or give you "
    "that right.",
    of_invoice=OF_INVOICE,
    reasons=REASONS,
    frozen=FROZEN,
    frozen_then=FROZEN_THEN,
    problems={
        "consent": "First tick the box with which you give permission. Nothing has changed and nothing was debited.",
        "maximum": "Fill in an amount in euros, for example 500. Nothing has changed and nothing was debited.",
        "no_mandate": "There is no mandate any more. Nothing has changed; this page shows how it stands now.",
        "not_active": "The mandate is paused already. Nothing has changed.",
        "not_paused": "The mandate has been resumed already. Nothing has changed.",
        "not_allowed": "Giving or changing a mandate is not among your rights. Nothing has changed. The owner of this "
        "account can give you that right.",
        "provider_refused": "The payment service refused the request. Nothing was debited. Please try again later, or "
        "pay your invoices yourself meanwhile.",
        "provider_unclear": "The payment service does not answer now. Nothing was debited. Please try again in a "
        "minute; only your last request counts.",
        "unreadable": "This could not be read. Nothing has changed. Please reload the page.",
    },
    line={
        "requested": "Your mandate has been requested. That may take a few days; until then you can pay yourself.",
        "active": "Your invoices are paid automatically from {iban}.",
        "paused": "Your mandate is paused: nothing is debited.",
    },
    line_next=" The next debit is {amount} on {date}.",
    line_link="View your mandate",
)
