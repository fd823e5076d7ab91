"""What Buckaroo's numbers and letters mean. Unknown ones are never guessed: they stay pending or unknown."""

from collections.abc import Sequence

from billing.ports import Outcome, TransactionKind

_OUTCOMES = {
    190: Outcome.SUCCEEDED,
    490: Outcome.FAILED,
    491: Outcome.FAILED,
    492: Outcome.FAILED,
    690: Outcome.REJECTED,
    790: Outcome.AWAITING_CUSTOMER,
    791: Outcome.PENDING,
    792: Outcome.AWAITING_CUSTOMER,
    793: Outcome.PENDING,
    794: Outcome.PENDING,
    890: Outcome.CANCELLED,
    891: Outcome.CANCELLED,
}

_CLASSES = {
    Outcome.SUCCEEDED: "success",
    Outcome.FAILED: "failed",
    Outcome.REJECTED: "failed",
    Outcome.CANCELLED: "cancelled",
}

_PAYMENTS = """
    C021 V021  C001 C002 C003 C004 C005 C008  C090 V090 C093 C094  V010 V014
    C044 V044 C192 C283 C293 C318 C345 C801 C802 C880 C963 V002 V032 V038 V192 V283 V293 V313 V318 V345 V696
    C043 V043 C089 C273 C303 C328 C355 C806 C807 C876 C969 V001 V031 V037 V089 V273 V303 V328 V355 V702
    C046 V046 C251 C288 C308 C333 C811 C812 C872 C972 V034 V040 V094 V245 V288 V308 V333 V705
    V003 V030 V036 V042 C990
"""

_REFUNDS = """
    C121  C101 C102 C500  C092 V092  V110
    C080 C194 C281 C290 C315 C342 C803 C881 C961 V068 V074 V080 V102 V194 V281 V290 V315 V342 V694
    C079 C197 C300 C325 C352 C371 C808 C877 C967 V067 V073 V079 V101 V149 V197 V300 V325 V352 V371 V700
    C082 C252 C286 C305 C330 C813 C873 C970 V070 V076 V082 V246 V286 V305 V330 V703
    V066 V072 V078 V103 C992
"""

# Direct debits that the debtor or the debtor's bank took back.
_REVERSALS = "C501 C502 C562"

_CHARGEBACKS = """
    V111
    C554 C593 C804 C882 V132 V138 V144 V544 V592
    C553 C589 C809 C878 V131 V137 V143 V543 V589
    C546 C551 C814 C874 V134 V140 V146 V545 V546
    V130 V136 V142 C993
"""

# Card amounts that are reserved (or let go again): no money has moved.
_AUTHORIZATIONS = "I038 I872 I876 I880 V054 I013 I014"

# The sum of a payment in parts; the parts are booked, the sum is not.
_GROUPS = "I150"

_KINDS = {
    code: kind
    for kind, codes in (
        (TransactionKind.PAYMENT, _PAYMENTS),
        (TransactionKind.REFUND, _REFUNDS),
        (TransactionKind.REVERSAL, _REVERSALS),
        (TransactionKind.CHARGEBACK, _CHARGEBACKS),
        (TransactionKind.AUTHORIZATION, _AUTHORIZATIONS),
        (TransactionKind.GROUP, _GROUPS),
    )
    for code in codes.split()
}

_RELATIONS = {"reversal": TransactionKind.REVERSAL, "refund": TransactionKind.REFUND}


def outcome(code: int) -> Outcome:
    """The neutral outcome of a status code; UNKNOWN for one that is in no list."""
    return _OUTCOMES.get(code, Outcome.UNKNOWN)


def status_class(code: int) -> str:
    """`success`, `failed`, `pending` or `cancelled`; an unknown code is pending."""
    return _CLASSES.get(outcome(code), "pending")


def transaction_kind(code: str) -> str:
    """What a transaction type code says: `payment`, `refund`, `reversal`, `chargeback`, `authorization`, `group` or
    `unknown`."""
    return _KINDS.get(code.strip().upper(), TransactionKind.UNKNOWN).value


def money_direction(*, type_code: str, relations: Sequence[str], is_credit: bool) -> TransactionKind:
    """Which way the money goes, from all three witnesses. Never looks at the status: a storno "succeeds" too.

    relations: the types of related transactions. is_credit: the amount is money going out.
    A direct debit's return is a reversal by its type, even where the relation calls it a refund. A plain payment
    type on money coming in stands, because an original may list what was done to it later.
    """
    by_type = TransactionKind(transaction_kind(type_code))
    if by_type not in (TransactionKind.PAYMENT, TransactionKind.UNKNOWN):
        return by_type
    related = {_RELATIONS.get(relation.lower()) for relation in relations}
    by_relation = next((kind for kind in _RELATIONS.values() if kind in related), None)
    if is_credit:
        # Money going out that no relation and no type explains is for a person to look at.
        return by_relation or TransactionKind.UNKNOWN
    if by_type is TransactionKind.PAYMENT:
        return by_type
    if type_code.strip().upper().startswith("I"):
        return TransactionKind.UNKNOWN  # Informational: nothing was collected.
    return by_relation or TransactionKind.PAYMENT
