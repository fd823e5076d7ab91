"""Direct debits: how they begin, and what weeks of bank days make of them.

791 until the collection day, then 190, or 490 for what the bank refuses before that. What comes back later is a
transaction of its own that "succeeds"; the collection stays 190.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from billing.sandbox.bankdays import add_bank_days, at_dutch_time, collection_day
from billing.sandbox.catalogue import SERVICES
from billing.sandbox.clock import local_date
from billing.sandbox.reasons import explanation, reason_of_test, reversal_type
from billing.sandbox.requests import ServiceCall, read_date
from billing.sandbox.transactions import SUCCEEDED, NameValue, Transaction, new_key

SERVICE = "sepadirectdebit"
SETTLED_AT_HOUR, REFUSED_AT_HOUR, REVERSED_AT = 9, 14, (3, 37)
DAYS_TO_TEST_REVERSAL = 2
# Given in before noon on day X, it is at the bank on X + 1 and collected on X + 2.
DAYS_AT_BANK, LEAVES_AT_HOUR = 2, 12
PROCESSING, FAILED = 791, 490

# Steps to come, kept with the transaction as (instant, step) so that they survive a restart.
SETTLE, REFUSE, REVERSE = "settle", "refuse", "reverse"


def is_collection(call: ServiceCall) -> bool:
    """Whether this takes money from an account by mandate."""
    return call.name.lower() == SERVICE and not call.actions[0].endswith("refund")


def begin(debit: Transaction, call: ServiceCall, source: Transaction | None) -> None:
    """The first state of a collection, with its day and the steps to come.

    source: the signed mandate, or the payment that began the series; none when the merchant gave an account.
    """
    service = SERVICES[SERVICE]
    debit.mutation_type, debit.transaction_type = service.mutation_type, service.pay_type
    day = collection_day(debit.created_at, _wished(call, debit))
    if source is None:
        facts = _own_facts(debit, call)
    else:
        facts = _facts_of(source)
        debit.recurring, debit.transaction_type = "payrecurrent" in call.actions, "C005" if source.uses else "C004"
        debit.customer_name = source.customer_name
    kind = "Recurring" if source and source.uses else "First" if source or debit.start_recurrent else "OneOff"
    debit.outputs = [*facts, ("CollectDate", day.isoformat()), ("DirectDebitType", kind)]
    debit.payer_iban = dict(facts)["CustomerIBAN"]
    if source and source.withdrawn:
        refuse(debit, "MD01", debit.created_at)
        return
    # The first of a series is an iDEAL payment or a collection; only the latter has used the mandate.
    if user := source or (debit if debit.start_recurrent else None):
        user.uses += 1
    debit.status, debit.sub_code, debit.sub_text = service.first_status, service.first_sub_code, service.first_sub_text
    plan(debit, SETTLE, at_dutch_time(day, SETTLED_AT_HOUR))
    if reason := reason_of_test(debit.invoice, debit.amount_cents):
        plan(debit, f"{REVERSE}:{reason}", at_dutch_time(add_bank_days(day, DAYS_TO_TEST_REVERSAL), *REVERSED_AT))


def plan(debit: Transaction, step: str, moment: datetime) -> None:
    """Write down a step to come."""
    debit.steps.append((moment.isoformat(), step))


def plan_refusal(debit: Transaction, reason: str) -> None:
    """The bank will refuse it on the day before it would be collected."""
    debit.steps.clear()
    day = add_bank_days(collected_on(debit), -1)
    plan(debit, f"{REFUSE}:{reason}", max(at_dutch_time(day, REFUSED_AT_HOUR), debit.created_at))


def days_after(debit: Transaction, days: int) -> datetime:
    """The moment at which a debit comes back, so many days after it was collected."""
    return at_dutch_time(collected_on(debit) + timedelta(days=days), *REVERSED_AT)


def collected_on(debit: Transaction) -> date:
    """The collection day; for another kind of payment the day it last changed."""
    written = dict(debit.outputs).get("CollectDate")
    return date.fromisoformat(written) if written else local_date(debit.changed_at)


def is_with_bank(debit: Transaction, moment: datetime) -> bool:
    """Whether it is a collection that has left for the bank: at noon, two bank days before the account is debited."""
    if "CollectDate" not in dict(debit.outputs):
        return False
    return moment >= at_dutch_time(add_bank_days(collected_on(debit), -DAYS_AT_BANK), LEAVES_AT_HOUR)


def refuse(debit: Transaction, reason: str, moment: datetime) -> None:
    """The bank refuses it: no money was ever taken."""
    debit.status, debit.changed_at = FAILED, moment
    debit.sub_code, debit.sub_text = "S997", "The transaction failed at the bank"
    debit.outputs = [*debit.outputs, *_reason(reason)]
    debit.steps.clear()


def reversal(original: Transaction, reason: str, moment: datetime) -> Transaction:
    """What takes the original back: money out that "succeeds", with a key of its own and without our parameters."""
    return replace(
        original,
        key=new_key(),
        created_at=moment,
        changed_at=moment,
        status=SUCCEEDED,
        sub_code="",
        sub_text="",
        is_credit=True,
        transaction_type=reversal_type(reason),
        description=f"Reversal: {original.description}",
        outputs=_reason(reason),
        related=[("reversal", original.key)],
        additional=[],
        custom=[],
        steps=[],
        token="",
        start_recurrent=False,
        recurring=False,
        uses=0,
    )


def _wished(call: ServiceCall, debit: Transaction) -> date:
    written = call.parameters.get("collectdate", "")
    return read_date(written) if written else local_date(debit.created_at)


def _own_facts(debit: Transaction, call: ServiceCall) -> list[NameValue]:
    given = call.parameters
    debit.customer_name = given["customeraccountname"]
    return [
        ("MandateReference", given.get("mandatereference") or debit.key),
        ("MandateDate", given.get("mandatedate") or local_date(debit.created_at).isoformat()),
        ("CustomerIBAN", given["customeriban"]),
    ]


def _facts_of(source: Transaction) -> list[NameValue]:
    known = dict(source.outputs)
    return [
        ("MandateReference", known.get("MandateId") or known.get("MandateReference") or source.key),
        ("MandateDate", known.get("MandateDate") or local_date(source.changed_at).isoformat()),
        ("CustomerIBAN", known.get("Iban") or source.payer_iban),
    ]


def _reason(code: str) -> list[NameValue]:
    return [("ReasonCode", code), ("ReasonExplanation", explanation(code))]
