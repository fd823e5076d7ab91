"""The page of who shows the demo, in English."""

from dashboard.texts import words_demo as words
from dashboard.texts.words_demo import FaultWords, StepWords, StoryWords

# The names to log in with are the demo's own, whatever the language.
_OWNER, _BOOKKEEPER, _CHAIR, _FINANCE = "eigenaar", "boekhouder", "voorzitter", "finance"
_INVOICE = "/invoices/{invoice}"
_MAILED = StepWords("The invoice is mailed", "Show the mail: amount, due date and one button to pay.")
_STARTED = StepWords("The customer starts to pay", "Choose iDEAL on the invoice. Nothing is taken until the bank says "
                     "yes.", _OWNER, _INVOICE)  # fmt: skip
_PAID = StepWords("The bank says yes", "The invoice turns to Paid by itself, in a second window too.", _OWNER, _INVOICE)


def _size(steps: int, minutes: int) -> str:
    return f"{steps} steps, {minutes} {'minute' if minutes == 1 else 'minutes'}"


_STORIES = {
    "ideal": StoryWords("Paying with iDEAL", 1, "what is on the screen is in the journal too; the payment service’s "
        "push is only a signal, we ask for the amount ourselves.", {
        "mailed": _MAILED, "started": _STARTED, "paid": _PAID,
        "told": StepWords("The customer is told", "The mail with the paid invoice is in the mailbox."),
    }),
    "bookkeeper": StoryWords("The bookkeeper pays", 1, "viewing, paying and managing are separate rights. The "
        "bookkeeper does not see the website, the technician does not see the money.", {
        "mailed": StepWords("Two invoices are mailed", "The owner and the bookkeeper both get them."),
        "together": StepWords("Paying together", "Choose both invoices and pay them in one go.", _BOOKKEEPER,
                              "/invoices"),
        "paid": StepWords("Both paid", "One payment, two invoices, every cent in its place.", _BOOKKEEPER,
                          "/invoices"),
    }),
    "storno": StoryWords("Mandate, and a reversal on day 40", 3, "a reversal switches nothing off. The customer sees "
        "why the invoice is open again and can simply pay.", {
        "signed": StepWords("The customer gives a mandate", "Signing at their own bank, from the invoice.", _OWNER,
                            _INVOICE),
        "submitted": StepWords("Announced and submitted", "Days go by. The announcement is in the mailbox, then the "
                               "collection goes to the bank.", _OWNER, "/account/mandate"),
        "collected": StepWords("Collected", "The bank has debited the account; the invoice is paid.", _OWNER, _INVOICE),
        "returned": StepWords("Reversal on day 40", "The payment is reversed, and the reason is shown. Nothing is "
                              "switched off.", _OWNER, _INVOICE),
    }),
    "credits": StoryWords("Partly with credits", 2, "credits are used by themselves, and what is left is the same "
        "everywhere: screen, mail and PDF.", {
        "given": StepWords("The credit note", "A month of outage gives credits. They are at Credits, with the reason.",
                           _OWNER, "/credits"),
        "settled": StepWords("The new invoice comes", "Show it: amount less credits, and in large what is still to "
                             "pay.", _OWNER, _INVOICE),
        "started": _STARTED, "paid": _PAID,
    }),
    "cancel": StoryWords("Cancelling, and the credit note", 2, "cancelling takes no phone call. It says beforehand, to "
        "the cent, what comes back.", {
        "cancelled": StepWords("The customer cancels", "Cancel the webshop module from today, at Products.", _OWNER,
                               "/products"),
        "noted": StepWords("The credit note is there", "What was paid in advance comes back pro rata.", _OWNER,
                           "/credits"),
        "credited": StepWords("Credits are ready", "The next invoice is settled with them by itself.", _OWNER,
                              "/credits"),
    }),
    "double": StoryWords("Double push", 1, "every message may come twice, late or out of order. It is booked once.", {
        "started": _STARTED, "paid": _PAID,
        "twice": StepWords("Two messages, one booking", "Look the invoice up in the push recorder.", _FINANCE,
                           "/staff/pushes"),
    }),
    "late": StoryWords("Bank file too late", 2, "as long as the bank’s file is not there, we remind nobody who may "
        "have paid already.", {
        "mailed": _MAILED,
        "silent": StepWords("Two days without a file", "The customer made a transfer; we know nothing of it yet.",
                            _OWNER, _INVOICE),
        "file": StepWords("The file comes after all", "Import it at Unmatched money.", _FINANCE, "/staff/money"),
        "matched": StepWords("Matched by itself", "By the invoice’s reference, without anyone’s work.", _OWNER,
                             _INVOICE),
    }),
    "handover": StoryWords("A treasurer hands over", 2, "a club often changes treasurers. The rights go along, and who "
        "leaves keeps access for a while.", {
        "invited": StepWords("The successor is invited", "Choose Hand over at the treasurer.", _CHAIR,
                             "/account/users"),
        "joined": StepWords("The successor joins", "Open the invitation in the mailbox and choose a password."),
        "ends": StepWords("Access ends", "The former treasurer now has a last day.", _CHAIR,
                          "/account/users"),
    }),
}  # fmt: skip

DEMO = words.Demo(
    watermark="Demo",
    title="Presentation",
    lede="Eight stories that go the same way every time. Without keys, without a network.",
    list="Stories",
    size=_size,
    place="Story {number} of {count}",
    again="Set up again",
    begin="Set up",
    next="Next step",
    busy="Busy…",
    by_itself="This happens by itself; it takes a few seconds.",
    not_begun="Not begun yet",
    at_step="Under way, step {number} of {count}",
    told="Told",
    say="Say with it:",
    where="Open in a private window as {login}@demo.test",
    open="Open as {login}",
    private="Log others in in a private window: logging in here logs you out.",
    cue="{story}, step {number} of {count}: {step}",
    cue_none="No story begun yet",
    cue_told="{story}: told",
    cue_link="To the presentation",
    clock="Clock",
    clock_note="The clock only goes forward. What should have happened on the way, happens. Put everything back brings "
    "back today as well.",
    moves={"1": "+1 hour", "24": "+1 day", "168": "+1 week", "960": "+40 days"},
    to_event="To {day}",
    faults="Faults",
    mailbox="Mailbox",
    mailbox_all="All mails",
    no_mails="There is no mail yet.",
    reset="Put everything back",
    reset_took="Putting back took {seconds} seconds",
    no_outside="The sandbox does not answer. Nothing is lost; start the demo again with make demo.",
    stories=_STORIES,
    fault={
        "lost_push": FaultWords("Lose pushes", "No push arrives; we ask for ourselves"),
        "double_push": FaultWords("Send pushes twice", "Every push comes twice"),
        "late_push": FaultWords("Pushes too late", "Every push comes an hour later"),
        "gateway_down": FaultWords("Payment service down", "Does not answer; we try again"),
        "mail_down": FaultWords("Mail server down", "Mails wait until it is back"),
    },
    refused={
        "again": "This story has been told already. Nothing has changed. Put everything back first.",
        "too_early": "The step before has not happened yet. Nothing has changed. Wait a few seconds.",
        "by_itself": "This step happens by itself. Nothing has changed. Wait a few seconds.",
        "too_far": "The clock goes forward 60 days at most at a time. Nothing has changed.",
        "no_event": "Nothing is due to happen. The clock has not been moved.",
        "nothing_kept": "No beginning of this demo was kept, or that of an older version. Nothing has changed. Start "
        "the demo with RESET=1.",
        "step": "This step did not work; nothing was booked. Is a fault switched on? Switch it off and try again.",
    },
)
