"""English for the log of who did what: for each act, as one did it oneself, and as somebody else did."""

from dashboard.texts.words_users import Log

_PEOPLE = {
    "account.opened": ("You opened this account.", "{actor} opened this account."),
    "account.acted_for": (
        "You opened the dashboard on behalf of {subject}. Reason: {reason}.",
        "{actor} opened the dashboard on your behalf. Reason: {reason}.",
    ),
    "member.added": ("You gave {subject} access: {role}.", "{actor} gave {subject} access: {role}."),
    "member.changed": (
        "You changed the access of {subject}: {role}{until}.",
        "{actor} changed the access of {subject}: {role}{until}.",
    ),
    "member.removed": ("You removed {subject}.", "{actor} removed {subject}."),
    "member.joined": ("You accepted the invitation: {role}.", "{actor} accepted the invitation: {role}."),
    "member.handed_over": (
        "You took over from {subject}: {role}.",
        "{actor} took over from {subject}: {role}.",
    ),
    "user.invited": ("You invited {subject}: {role}{until}.", "{actor} invited {subject}: {role}{until}."),
    "handover.started": (
        "You asked {subject} to take over from {predecessor}: {role}{until}.",
        "{actor} asked {subject} to take over from {predecessor}: {role}{until}.",
    ),
    "invitation.resent": (
        "You sent the invitation to {subject} again.",
        "{actor} sent the invitation to {subject} again.",
    ),
    "invitation.withdrawn": (
        "You withdrew the invitation to {subject}.",
        "{actor} withdrew the invitation to {subject}.",
    ),
    "user.looked_as": (
        "You viewed the dashboard as {whose}.",
        "{actor} viewed the dashboard as {whose}.",
    ),
    "mails.chosen": ("You chose which mails you get: {topics}.", "{actor} chose which mails to get: {topics}."),
    "billing_profile.changed": (
        "You changed the billing details: {fields}.",
        "{actor} changed the billing details: {fields}.",
    ),
    "billing_profile.move_asked": (
        "You gave an address outside the VAT area of the EU. We are looking into it.",
        "{actor} gave an address outside the VAT area of the EU, which is being looked into.",
    ),
    "billing_profile.move_confirmed": (
        "You confirmed that the customer is outside the VAT area of the EU.",
        "{actor} confirmed the address outside the VAT area of the EU.",
    ),
    "billing_profile.move_refused": (
        "You refused the address outside the VAT area of the EU.",
        "{actor} refused the address outside the VAT area of the EU.",
    ),
    "vat_number.invalid": (
        "You heard that the tax authorities do not know VAT number {subject}.",
        "The tax authorities do not know VAT number {subject}.",
    ),
    "einvoice.chosen": (
        "You chose how e-invoices come: {form}.",
        "{actor} chose how e-invoices come: {form}.",
    ),
}

_HOSTING = {
    "hosting.added": ("You added hosting for {subject}.", "{actor} added hosting for {subject}."),
    "website.changed": (
        "You changed the settings of website {subject}.",
        "{actor} changed the settings of website {subject}.",
    ),
    "mailboxes.changed": (
        "You changed the email settings of {subject}.",
        "{actor} changed the email settings of {subject}.",
    ),
}

_LOG_INS = {
    "user.added": ("You made a log-in for {subject}.", "{actor} made a log-in for {subject}."),
    "user.logged_in": ("You logged in.", "{actor} logged in."),
    "sessions.ended": ("You logged {subject} out everywhere.", "{actor} logged {subject} out everywhere."),
    "user.renamed": ("You changed your name to {subject}.", "{actor} changed their own name to {subject}."),
    "email.change_asked": (
        "You gave another email address, which has yet to be confirmed.",
        "{actor} gave another email address, which has yet to be confirmed.",
    ),
    "email.changed": ("You confirmed your new email address.", "{actor} confirmed a new email address."),
    "password.changed": ("You changed your password.", "{actor} changed their own password."),
    "second_factor.on": (
        "You switched two-step log-in on.",
        "{actor} switched two-step log-in on.",
    ),
    "second_factor.off": (
        "You switched two-step log-in off.",
        "{actor} switched two-step log-in off.",
    ),
    "second_factor.lost": (
        "You asked to log in again without the second step.",
        "{actor} asked to log in again without the second step.",
    ),
    "backup_codes.renewed": ("You made new backup codes.", "{actor} made new backup codes."),
    "backup_code.used": ("You used a backup code.", "{actor} used a backup code."),
    "passkey.added": ("You added a passkey.", "{actor} added a passkey."),
    "passkey.removed": ("You removed a passkey.", "{actor} removed a passkey."),
}

_MONEY = {
    "invoice.drafted": ("You prepared an invoice.", "{actor} prepared an invoice."),
    "invoice.issued": ("You made invoice {subject}.", "{actor} made invoice {subject}."),
    "credit_note.issued": (
        "You made credit note {subject} of {amount} for invoice {invoice}.",
        "{actor} made credit note {subject} of {amount} for invoice {invoice}.",
    ),
    "credits.given": ("You gave {amount} in credits.", "{actor} gave {amount} in credits."),
    "overpayment.kept": (
        "You kept {amount} that was paid too much as credits.",
        "{actor} kept {amount} that was paid too much as credits.",
    ),
    "payout.asked": ("You had {amount} sent back.", "{actor} had {amount} sent back."),
    "privacy.exported": ("You downloaded all data.", "{actor} downloaded all data."),
    "privacy.erased": ("You had the data erased.", "{actor} had the data erased."),
    "payout.sent": ("You sent {amount} to the bank.", "{actor} sent {amount} to the bank."),
    "payout.put_back": ("You released {amount} again.", "{actor} released {amount} again."),
    "payout.made": ("You sent {amount} back.", "{actor} sent {amount} back."),
    "pay_link.withdrawn": (
        "You withdrew the pay link of invoice {subject}.",
        "{actor} withdrew the pay link of invoice {subject}.",
    ),
    "payment.started": (
        "You started to pay {invoices}, {method}.",
        "{actor} started to pay {invoices}, {method}.",
    ),
    "payment.booked": (
        "You booked an incoming payment of {amount}.",
        "{actor} booked an incoming payment of {amount}.",
    ),
    "payment.returned": ("You returned {amount}.", "{amount} was returned."),
    "payment.unmatched": (
        "You detached an incoming payment of {amount} from this account.",
        "{actor} detached an incoming payment of {amount} from this account.",
    ),
    "payment.parked": (
        "You set a payment aside to look into it.",
        "{actor} set a payment aside to look into it. The money is not gone.",
    ),
}

_SERVICES = {
    "service.cancelled": ("You cancelled {subject}{until}.", "{actor} cancelled {subject}{until}."),
    "service.changed": (
        "You changed {subject} to {product}.",
        "{actor} changed {subject} to {product}.",
    ),
    "service.kept": (
        "You took back the cancellation of {subject}.",
        "{actor} took back the cancellation of {subject}.",
    ),
    "stop.proposed": (
        "You proposed to pause {subject} for now. It simply keeps working.",
        "{actor} proposed to pause {subject} for now. It simply keeps working.",
    ),
    "stop.approved": (
        "You agreed to pause {subject} for now, and announced it. It still works as usual.",
        "{actor} agreed to pause {subject} for now, and announced it. It still works as usual.",
    ),
    "stop.carried_out": (
        "You paused {subject} for now. All data is kept.",
        "{actor} paused {subject} for now. All data is kept.",
    ),
    "stop.withdrawn": (
        "You made sure that {subject} is simply on: it will not be paused.",
        "{actor} made sure that {subject} is simply on: it will not be paused.",
    ),
    "domain.renewed": ("You renewed {subject}{until}.", "{actor} renewed {subject}{until}."),
    "domain.renewal_held": (
        "You are having a colleague look into the renewal of {subject}{until}.",
        "{actor} is having a colleague look into the renewal of {subject}{until}.",
    ),
    "service.started": ("You added a product: {label}.", "{actor} added a product: {label}."),
}

_REMINDERS = {
    "reminders.step": (
        "You sent a reminder about {invoices}.",
        "{actor} sent a reminder about {invoices}.",
    ),
    "reminders.dropped": (
        "You did not send a reminder, because something had changed meanwhile.",
        "{actor} did not send a reminder, because something had changed meanwhile.",
    ),
    "reminders.held": (
        "You put the reminders on hold{until}.",
        "{actor} put the reminders on hold{until}.",
    ),
    "reminders.resumed": (
        "You switched the reminders on again.",
        "{actor} switched the reminders on again.",
    ),
    "reminders.task_done": (
        "You wrote down how the contact about open invoices went.",
        "{actor} wrote down how the contact about open invoices went.",
    ),
}

_MANDATES = {
    "mandate.requested": (
        "You started to give mandate {subject}.",
        "{actor} started to give mandate {subject}.",
    ),
    "mandate.given": ("You processed mandate {subject}.", "{actor} processed mandate {subject}."),
    "mandate.paused": ("You paused mandate {subject}.", "{actor} paused mandate {subject}."),
    "mandate.resumed": ("You resumed mandate {subject}.", "{actor} resumed mandate {subject}."),
    "mandate.revoked": ("You stopped mandate {subject}.", "{actor} stopped mandate {subject}."),
    "mandate.expired": (
        "You let mandate {subject} lapse.",
        "{actor} let mandate {subject} lapse: it was not used for 36 months.",
    ),
    "mandate.replaced": (
        "You replaced mandate {subject} with a new one.",
        "{actor} replaced mandate {subject} with a new one.",
    ),
    "collection.announced": (
        "You announced the debit of {amount} for invoice {subject}.",
        "{actor} announced the debit of {amount} for invoice {subject}.",
    ),
    "collection.recalled": (
        "You asked to hold the debit of invoice {subject}.",
        "{actor} asked the bank to hold the debit of invoice {subject}.",
    ),
    "collection.failed": (
        "You noted that the debit for invoice {subject} did not succeed.",
        "{actor} noted that the debit for invoice {subject} did not succeed.",
    ),
    "collection.returned": (
        "You noted that the debit for invoice {subject} was returned.",
        "{actor} noted that the debit for invoice {subject} was returned.",
    ),
    "collection.date_chosen": (
        "You chose another day for the debit of invoice {subject}.",
        "{actor} chose another day for the debit of invoice {subject}.",
    ),
}

_STAFF = {
    "demo.scene_set": ("You set up story {subject}.", "{actor} set up story {subject}."),
    "receipt.repaired": (
        "You had an incoming payment repaired: {subject}.",
        "{actor} had an incoming payment repaired: {subject}.",
    ),
    "push.replayed": ("You had message {subject} replayed.", "{actor} had message {subject} replayed."),
}

_MACHINES = {
    "api_key.made": ("You made API key {subject}.", "{actor} made API key {subject}."),
    "api_key.withdrawn": ("You withdrew API key {subject}.", "{actor} withdrew API key {subject}."),
    "webhook.added": (
        "You arranged that {subject} is told of what happens.",
        "{actor} arranged that {subject} is told of what happens.",
    ),
    "webhook.removed": ("You stopped the messages to {subject}.", "{actor} stopped the messages to {subject}."),
    "webhook.turned_off": (
        "You stopped the messages to {subject}, because they were not accepted for days.",
        "{actor} stopped the messages to {subject}, because they were not accepted for days.",
    ),
}

LOG = Log(
    title="Who did what",
    none="There is nothing to tell yet.",
    newer="Newer",
    older="Older",
    paging="Turn the pages of who did what",
    until=", through {date}",
    at_once=", at once",
    whose="{name} ({role})",
    invoice="invoice {numbers}",
    invoices="invoices {numbers}",
    topics={"invoices": "payment requests", "receipts": "paid invoices"},
    nothing="none",
    acts=_PEOPLE | _HOSTING | _LOG_INS | _MONEY | _SERVICES | _MANDATES | _REMINDERS | _STAFF | _MACHINES,
    on_behalf="(A member of staff, on your behalf.)",
    unknown="{actor} did something that this page does not know yet: {action}.",
)
