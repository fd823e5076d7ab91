"""Buckaroo's codes in neutral words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.adapters.buckaroo.codes import money_direction, outcome, status_class, transaction_kind
from billing.ports import Outcome, TransactionKind

KNOWN = {
    190: (Outcome.SUCCEEDED, "success"),
    490: (Outcome.FAILED, "failed"),
    491: (Outcome.FAILED, "failed"),
    492: (Outcome.FAILED, "failed"),
    690: (Outcome.REJECTED, "failed"),
    790: (Outcome.AWAITING_CUSTOMER, "pending"),
    791: (Outcome.PENDING, "pending"),
    792: (Outcome.AWAITING_CUSTOMER, "pending"),
    793: (Outcome.PENDING, "pending"),
    794: (Outcome.PENDING, "pending"),
    890: (Outcome.CANCELLED, "cancelled"),
    891: (Outcome.CANCELLED, "cancelled"),
}


@pytest.mark.parametrize(("code", "meaning"), KNOWN.items())
def test_a_known_status_has_one_meaning(code: int, meaning: tuple[Outcome, str]) -> None:
    assert (outcome(code), status_class(code)) == meaning


@given(st.integers().filter(lambda code: code not in KNOWN))
def test_an_unknown_status_is_unknown_and_pending(code: int) -> None:
    assert (outcome(code), status_class(code)) == (Outcome.UNKNOWN, "pending")


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ("C021 V021 C001 C002 C003 C004 C005 C008 C090 V090 C093 C094 C044 V044 C043 C046 V003 C990 V010", "payment"),
        ("C121 C101 C102 C500 C092 V092 C080 C881 C079 C877 C082 C873 V066 C992 V110", "refund"),
        ("C501 C502 C562", "reversal"),
        ("C554 C593 C804 C882 V544 V592 C553 C589 C809 C878 V543 V589 C546 C551 C814 C874 V545 V546 V130 C993",
         "chargeback"),
        ("I038 I872 I876 I880 V054 I013 I014", "authorization"),
        ("I150", "group"),
        ("C999 X I999", "unknown"),
    ],
)  # fmt: skip
def test_a_transaction_type_says_what_it_is(codes: str, kind: str) -> None:
    assert {transaction_kind(code) for code in codes.split()} == {kind}


def test_a_transaction_without_a_type_is_of_unknown_kind() -> None:
    assert transaction_kind("") == "unknown"


@pytest.mark.parametrize(
    ("type_code", "relations", "is_credit", "kind"),
    [
        ("C021", [], False, TransactionKind.PAYMENT),
        ("", [], False, TransactionKind.PAYMENT),
        ("C999", [], False, TransactionKind.PAYMENT),
        ("C004", ["reversal"], False, TransactionKind.PAYMENT),
        ("C501", [], True, TransactionKind.REVERSAL),
        ("C501", [], False, TransactionKind.REVERSAL),
        ("C501", ["refund"], True, TransactionKind.REVERSAL),
        ("", ["Reversal"], True, TransactionKind.REVERSAL),
        ("", ["reversal"], False, TransactionKind.REVERSAL),
        ("C004", ["reversal"], True, TransactionKind.REVERSAL),
        ("C121", ["refund"], True, TransactionKind.REFUND),
        ("", ["REFUND"], True, TransactionKind.REFUND),
        ("", ["refund", "reversal"], True, TransactionKind.REVERSAL),
        ("C554", ["reversal"], True, TransactionKind.CHARGEBACK),
        ("C999", [], True, TransactionKind.UNKNOWN),
        ("C021", [], True, TransactionKind.UNKNOWN),
        ("C999", ["partialpayment"], True, TransactionKind.UNKNOWN),
        ("I150", [], False, TransactionKind.GROUP),
        ("I038", [], False, TransactionKind.AUTHORIZATION),
        ("I999", [], False, TransactionKind.UNKNOWN),
    ],
)
def test_the_direction_of_money_is_decided_by_type_relation_and_amount(
    type_code: str, relations: list[str], is_credit: bool, kind: TransactionKind
) -> None:
    assert money_direction(type_code=type_code, relations=relations, is_credit=is_credit) is kind


@given(st.text(max_size=5), st.lists(st.text(max_size=10)))
def test_money_going_out_is_never_a_payment(type_code: str, relations: list[str]) -> None:
    assert money_direction(type_code=type_code, relations=relations, is_credit=True) is not TransactionKind.PAYMENT
