"""English for why services are safe, and for what they will cost next. Nothing here threatens anybody."""

from dashboard.texts.words_safety import Next, Safety, Said

_WORKS = "Everything simply keeps working."

SAFETY = Safety(
    title="Your services are safe",
    title_plain="Your services",
    text="No service ever stops by itself. Here you see the next step for each product.",
    none="There are no services in this account yet.",
    stages={
        "ending": Said("You cancelled this yourself.", "Everything keeps working through {date}."),
        "stopped": Said(
            "This is paused for now.",
            "Your data is kept through {date} at least, and your email keeps working as long.",
        ),
        "announced": Said(
            "Everything works as usual.", "We would like to agree on something about {invoice} with you."
        ),
        "resting": Said(_WORKS, "We let {invoice} rest until we have found out together how things stand."),
        "under_way": Said("The payment of {invoice} is on its way.", "There is nothing you need to do."),
        "returned": Said("The payment of {invoice} came back.", f"{_WORKS} We will sort that out together."),
        "overdue": Said("{Invoice} is {days} late; we will sort that out together.", _WORKS),
        "debit": Said("{Invoice} is collected automatically.", "There is nothing you need to do."),
        "open": Said("{Invoice} can be paid through {date}.", "Nothing will be switched off."),
        "paid": Said("Paid through {date}.", "There is nothing you need to do."),
        "past": Said("The period ran through {date}.", f"{_WORKS} The invoice will follow by itself."),
    },
    steps={
        "last_day": Next("the last day; until then you can take the cancellation back"),
        "pay_to_restore": Next("everything is on again within minutes", "After your payment"),
        "pay_or_call": Next("pay or call us before this day, and everything stays on"),
        "we_call_back": Next(
            "you will hear from us, and there is nothing you need to do now", "As soon as we know more"
        ),
        "expected": Next("we expect the payment then"),
        "reminder": Next("a reminder"),
        "call": Next("we will give you a call then"),
        "pay": Next("pay the invoice, or call us to agree on something", "Now"),
        "debit": Next("the debit"),
        "due": Next("please pay by that day"),
        "invoice": Next("the next invoice"),
        "invoice_by_debit": Next("the next invoice, which we collect automatically"),
    },
    invoice="invoice {number}",
    some_invoice="an invoice",
    days="{count} days",
    one_day="one day",
    named="{moment}: {step}.",
    badge_stopped="Paused for now",
    badge_announced="Pay or call before {date}",
    coming="Coming charges",
    coming_none="No new invoice is coming in the next three months.",
    coming_vat="incl. {amount} VAT",
    coming_by_mandate="Invoiced on {date}. We collect the amount automatically.",
    coming_to_pay="Invoiced on {date}, to be paid by you through {pay_by}.",
)
