"""English for the page of a reminder's link."""

from dashboard.texts.words_money import End
from dashboard.texts.words_reminder import Reminder

REMINDER = Reminder(
    title="Tell us how things stand",
    lede="Then we send you no reminders in the meantime. There is no need to log in.",
    invoice="It is about invoice {numbers} of {amount}.",
    invoices="It is about invoices {numbers}, {amount} together.",
    both=" and ",
    paid_title="I have paid already",
    paid_text="We will look the payment up. With these details we find it soonest.",
    paid_on="Paid on",
    how_label="How",
    how={
        "transfer": "Bank transfer", "ideal": "iDEAL", "card": "Credit card", "bancontact": "Bancontact",
        "direct_debit": "Direct debit", "other": "Some other way",
    },
    amount="Amount in euros",
    amount_hint="For example 121.00",
    paid_button="Look my payment up",
    later_title="I will pay later",
    later_text="Choose the day on which you will pay, within two weeks. We will not write to you until that day is "
    "over.",
    pay_on="I will pay on",
    later_button="Wait until that day",
    told_paid="Thank you. We will look your payment up, and send no reminders through {date}.",
    told_later="Agreed. We send no reminders through {date}.",
    settled=End("Nothing is open any more", "Everything in this reminder is paid. There is nothing you need to do."),
    missing=End(
        "This link does not work",
        "Perhaps the link is not complete. Nothing has changed. Open the link in the latest mail, or log in.",
    ),
    too_often=End(
        "One moment",
        "Many links were opened from your internet address in a short time. Nothing has changed. Please try again in a "
        "minute.",
    ),
    privacy="This page shows only numbers and amounts. Log in to see the invoices.",
    log_in="Log in",
)  # fmt: skip
