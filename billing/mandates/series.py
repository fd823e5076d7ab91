"""Mandates that begin with a payment: they live from the moment that it is paid. One transaction each."""

from dataclasses import dataclass

from sqlmodel import select

from billing import locks
from billing.db import Work
from billing.errors import InvalidIban, NotFound
from billing.mandates import answers, rules
from billing.mandates.answers import Signature
from billing.mandates.rules import MandateRules
from billing.mandates.tables import Mandate
from billing.payments.tables import Payment
from billing.ports import GatewayTransaction, Method
from billing.states import OPEN_STATES, MandateState, PaymentState
from billing.vault import Vault


@dataclass(frozen=True)
class Story:
    """A payment that a mandate depends on. key: what to ask the gateway about; empty when there is nothing to ask."""

    key: str
    is_debit: bool


def story(work: Work, payment_id: int) -> Story:
    """What is needed to know more of a payment. Raises NotFound."""
    payment = work.session.get(Payment, payment_id)
    if payment is None:
        raise NotFound()
    is_debit = payment.method == Method.DIRECT_DEBIT
    # A debit that was refused at once has not been asked about yet, and only the answer says why.
    asks = payment.state in ({PaymentState.FAILED, PaymentState.REJECTED} if is_debit else {PaymentState.SUCCEEDED})
    return Story(payment.provider_key or "" if asks else "", is_debit)


def follow(work: Work, payment_id: int, paid: GatewayTransaction | None, vault: Vault, limits: MandateRules) -> None:
    """Sign the mandate that began with a payment once that has succeeded, or end it when the payment did not.

    paid: what the gateway says of the payment; it knows the account.
    """
    found = select(Mandate.id).where(Mandate.payment_id == payment_id)
    mandate_id = work.session.exec(found).first()
    if mandate_id is None:
        return
    mandate = locks.owned(work, Mandate, mandate_id)
    payment = work.session.get_one(Payment, payment_id, populate_existing=True)
    state = PaymentState(payment.state)
    if state is PaymentState.SUCCEEDED and paid is not None:
        _sign(work, mandate, paid, vault, limits)
    elif state not in OPEN_STATES and state is not PaymentState.SUCCEEDED:
        answers.end_request(work, mandate, MandateState.FAILED, "not_paid")


def _sign(work: Work, mandate: Mandate, paid: GatewayTransaction, vault: Vault, limits: MandateRules) -> None:
    try:
        iban = rules.compact_iban(paid.payer_iban)
    except InvalidIban as problem:
        # The method did not tell whose account it was, so nobody could check what is collected from where.
        answers.end_request(work, mandate, MandateState.FAILED, problem.code)
        return
    # The gateway shows the key of the first payment as the reference of all that follow (Buckaroo, PayRecurrent).
    answers.sign(work, mandate, Signature(paid.key, paid.key, iban, holder=paid.payer_name), vault, limits)
