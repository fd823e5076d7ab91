"""English: reminders. The formal notice says what Dutch law asks of it (article 6:96 paragraph 6 of the Civil Code)."""

from billing.adapters.mail.texts.reminder_sentences import ReminderSentences, ReminderText

_TERM = "Please pay {amount} within fifteen days after this letter was delivered to you."
_LATE = ("Invoice {number} has not been paid after our reminders. Its term of payment has ended.",)
_LATE_MORE = ("These {count} invoices have not been paid after our reminders. Their terms of payment have ended.",)
_COSTS = (
    "If you do not pay within that time, {costs} of collection costs will be added. That is the legal rate over "
    "{amount}. If you pay a part, the costs are those over what is still open after that."
)
_NO_COSTS = "This letter costs you nothing, and we do not charge collection costs either."
_TALK = "Is that not possible? Call or mail us, and we will find a way together."


def _notice(*closing: str) -> ReminderText:
    return ReminderText(
        subject="Last reminder: invoice {number}, {amount}",
        subject_more="Last reminder: {count} invoices, {amount} together",
        intro=(*_LATE, _TERM, *closing),
        intro_more=(*_LATE_MORE, _TERM, *closing),
        notes=(_TALK,),
    )


SENTENCES = ReminderSentences(
    of_kind={
        "friendly": ReminderText(
            subject="Invoice {number}: please pay by {due}",
            subject_more="{count} invoices to pay soon",
            intro=("You may have missed the mail with invoice {number}. Here it is once more.",),
            intro_more=("You may have missed the mails with these {count} invoices. Here they are once more.",),
        ),
        "first": ReminderText(
            subject="Reminder: invoice {number}, {amount}",
            subject_more="Reminder: {count} invoices, {amount} together",
            intro=("Invoice {number} is still open with us. That can happen. Could you pay it today?",),
            intro_more=("These {count} invoices are still open with us. That can happen. Could you pay them today?",),
        ),
        "second": ReminderText(
            subject="Second reminder: invoice {number}, {amount}",
            subject_more="Second reminder: {count} invoices, {amount} together",
            intro=(
                "Invoice {number} is still open. This mail goes to the owner of the account as well, so that it is "
                "not forgotten.",
            ),
            intro_more=(
                "These {count} invoices are still open. This mail goes to the owner of the account as well, so that "
                "they are not forgotten.",
            ),
            notes=("Is it too much at once? Ask us to pay in parts, and we will arrange something.",),
        ),
    },
    with_costs=_notice(_COSTS),
    without_costs=_notice(_NO_COSTS),
    label_more="{count} invoices",
    row="Invoice {number}, to be paid by {due}",
    pay_all_button="View and pay all invoices",
    paid_link="Paid already, or paying on another day? Tell us",
    call="Any questions? Call {phone} or reply to this mail.",
    reply="Any questions? Reply to this mail, and we will help you.",
    attached="The invoice is attached as a PDF.",
    attached_more="The invoices are attached as PDFs.",
)
