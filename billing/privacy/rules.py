"""How long money that came in can still be taken back by the payer or a bank."""

from datetime import date, timedelta

from billing.proration import renewal
from billing.workdays import add_bank_days

# A payer tells of a debit that was never authorised within thirteen months (Directive (EU) 2015/2366, article 71).
UNAUTHORISED_MONTHS = 13
# A debit under the core scheme is given back without any reason for eight weeks (SEPA Core rulebook, 4.3.2).
REFUND_DAYS = 56
# A debtor bank returns a debit within five days on which banks work.
RETURN_BANK_DAYS = 5
# What the payer or a bank can take back at all, without us.
TAKEN_BACK = frozenset({"direct_debit", "card", "bancontact"})


def final_on(paid_on: date, way: str = "", scheme: str = "") -> date:
    """The first day on which nobody can take a payment back any more.

    paid_on: the day of the card payment or the debit. way, scheme: of the mandate behind it; empty without one. What
    was signed at the bank is authorised, and between businesses nothing but a return is possible.
    """
    if way == "emandate" and scheme == "b2b":
        last = add_bank_days(paid_on, RETURN_BANK_DAYS)
    elif way == "emandate":
        last = paid_on + timedelta(days=REFUND_DAYS)
    else:
        last = renewal(paid_on.day, paid_on, UNAUTHORISED_MONTHS)
    return last + timedelta(days=1)
