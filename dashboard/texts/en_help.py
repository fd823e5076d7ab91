"""Explanations in English."""

from dashboard.texts.words_help import Explanation, Help

HELP = Help(
    mandate=Explanation(
        question="What is a mandate?",
        answer=(
            "You allow us once to collect invoices from your bank account. From then on each new invoice pays itself, "
            "on a day that we mail you in advance.",
            "That takes a few days, because your bank wants to know of the debit beforehand and debits on working days "
            "only. If an invoice has to be paid today, choose iDEAL.",
            "You can always withdraw a mandate, and have your bank return a debit.",
        ),
    ),
    under_way=Explanation(
        question="What does 'on its way' mean?",
        answer=(
            "The order was given, but the money has not reached us yet. With iDEAL that takes seconds, with a credit "
            "card sometimes minutes, with a direct debit a few working days.",
            "You need do nothing: as soon as the money is there, this says 'Paid' and you get a mail. If it does not "
            "go through, the invoice is simply open again.",
        ),
    ),
    credits=Explanation(
        question="What are credits?",
        answer=(
            "Money that is yours and that you have not used yet, for instance because you cancelled a product halfway "
            "through its period.",
            "We settle credits with your next invoice by ourselves. You need not redeem them, and they do not expire.",
        ),
    ),
)
