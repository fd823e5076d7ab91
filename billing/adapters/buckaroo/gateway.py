"""The port `PaymentGateway`, spoken with Buckaroo."""

import time
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

import httpx

from billing.adapters.buckaroo import answers, codes, mandates, messages
from billing.adapters.buckaroo.answers import Answer
from billing.adapters.buckaroo.client import BuckarooClient
from billing.adapters.buckaroo.scrub import scrubbed
from billing.adapters.buckaroo.settings import BuckarooSettings
from billing.clock import Clock
from billing.errors import InvalidAmount, ProviderRefused, ProviderUnclear
from billing.ports import (
    DebitOrder,
    GatewayMandate,
    GatewayTransaction,
    MandateOrder,
    MandateStart,
    Outcome,
    PaymentOrder,
    RefundInfo,
    RefundOrder,
    StartAnswer,
)

KEYS_PER_QUESTION = 100

_REFUSALS = (Outcome.FAILED, Outcome.REJECTED)
_WAITING = (Outcome.AWAITING_CUSTOMER, Outcome.PENDING)
_CULTURES = {"nl": "nl-NL", "en": "en-GB"}


class BuckarooGateway:
    """Buckaroo as a PaymentGateway. May be shared between threads.

    transport, clock and pause: see BuckarooClient.
    """

    def __init__(
        self,
        settings: BuckarooSettings,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Clock | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._client = BuckarooClient(settings, transport=transport, clock=clock, pause=pause)

    def close(self) -> None:
        """Let go of open connections."""
        self._client.close()

    def start(self, order: PaymentOrder) -> StartAnswer:
        """Start a payment; sent once. Raises ProviderUnclear, also for a redirect to a place we do not know."""
        body = messages.payment(order, card_services=self._settings.card_services)
        return self._started(self._client.send("POST", "/json/Transaction", body=body, culture=_culture(order)))

    def refund(self, order: RefundOrder) -> StartAnswer:
        """Send money back; sent once."""
        _require_key(order.original_key)
        return self._started(self._client.send("POST", "/json/Transaction", body=messages.refund(order)))

    def transactions(self, keys: Sequence[str]) -> Mapping[str, GatewayTransaction]:
        """The present state of each known key, a hundred at a time."""
        wanted = {answers.as_key(key): key for key in keys if answers.as_key(key)}
        asked = list(wanted)
        found: dict[str, GatewayTransaction] = {}
        for start in range(0, len(asked), KEYS_PER_QUESTION):
            for transaction in self._statuses(messages.statuses_of_keys(asked[start : start + KEYS_PER_QUESTION])):
                if transaction.key in wanted:
                    found[wanted[transaction.key]] = transaction
        return found

    def find(self, attempt: str) -> Sequence[GatewayTransaction]:
        """All transactions that carry the token. Raises ProviderUnclear when there are some, but none shows a token."""
        found = self._statuses(messages.statuses_of_attempt(attempt))
        carrying = [one for one in found if one.attempt == attempt]
        if not carrying and any(not one.attempt for one in found):
            # They may be ours or anybody's: neither "it never got the order" nor "this is it" would be safe to say.
            raise ProviderUnclear(reason="attempt_not_shown", sent=True)
        return carrying

    def of_invoice(self, invoice_number: str) -> Sequence[GatewayTransaction]:
        """All transactions that name the invoice, also the copies that wrong amounts of a transfer become."""
        found = self._statuses(messages.statuses_of_invoice(invoice_number))
        return [one for one in found if one.invoice_number == invoice_number]

    def start_mandate(self, order: MandateOrder) -> MandateStart:
        """Have a mandate signed; sent once. Raises as `start`, and InvalidAmount for a limit that can't be one."""
        body = mandates.creation(order)
        answer = self._client.send("POST", "/json/DataRequest", body=body, culture=_culture(order))
        started = self._started(answer)
        return MandateStart(
            key=started.key,
            mandate_id=mandates.mandate_id(answer),
            outcome=started.outcome,
            status_code=started.status_code,
            redirect_url=started.redirect_url,
            reason=started.reason,
        )

    def mandates(self, keys: Sequence[str]) -> Mapping[str, GatewayMandate]:
        """The present state of each known mandate, one question for each."""
        found = {key: self._mandate(key) for key in keys if answers.as_key(key)}
        return {key: mandate for key, mandate in found.items() if mandate is not None}

    def collect(self, order: DebitOrder) -> StartAnswer:
        """Collect by mandate; sent once. Raises ProviderRefused for an order that names no mandate, or two."""
        if bool(order.mandate_id) == bool(order.original_key):
            raise ProviderRefused(reason="not one mandate")
        if order.original_key:
            _require_key(order.original_key)
        return self._started(self._client.send("POST", "/json/Transaction", body=messages.collection(order)))

    def refund_info(self, key: str) -> RefundInfo:
        """What may still be refunded. Raises ProviderRefused for a key that the gateway does not know."""
        answer = self._client.ask("GET", f"/json/Transaction/RefundInfo/{_require_key(key)}")
        if answers.listed(answer, "InvalidRefundInfo"):
            raise ProviderRefused(reason="unknown key", key=key)
        try:
            return _refund_info(answer)
        except InvalidAmount as invalid:
            raise ProviderUnclear(reason="refund_info", key=key, sent=True) from invalid

    def cancel(self, key: str) -> bool:
        """Give up a pending transaction. A GET, but one with an effect: sent once."""
        canceled = self._client.send("GET", f"/json/Transaction/Cancel/{_require_key(key)}").get("IsCanceled")
        if not isinstance(canceled, bool):
            raise ProviderUnclear(reason="cancel", key=key, sent=True)
        return canceled

    def _mandate(self, key: str) -> GatewayMandate | None:
        try:
            answer = self._client.ask("GET", f"/json/DataRequest/Status/{key}")
        except ProviderUnclear as unclear:
            if unclear.facts.get("status") == HTTPStatus.NOT_FOUND:
                return None
            raise
        mandate = mandates.read(answer)
        if mandate is None or mandate.key != key.upper():
            raise ProviderUnclear(reason="mandate_key", key=key, sent=True)
        return mandate

    def _statuses(self, question: messages.Json) -> Sequence[GatewayTransaction]:
        # A POST by form, but a pure question: nothing changes by asking it again.
        answer = self._client.ask("POST", "/json/Transaction/Statuses", body=question)
        known = answers.listed(answer, "Transactions")
        if known is None and answers.listed(answer, "ErrorTransactions") is None:
            raise ProviderUnclear(reason="statuses", sent=True)
        read = [answers.transaction(one) for one in known or ()]
        if None in read:
            # Leaving it out would say that the gateway does not know it.
            raise ProviderUnclear(reason="status_without_key", sent=True)
        return [one for one in read if one is not None]

    def _started(self, answer: Answer) -> StartAnswer:
        key, code = answers.key_of(answer), answers.status_code(answer)
        outcome = codes.outcome(code)
        facts = {"sent": True, "key": key, "status_code": code}
        if not code or (not key and outcome not in _REFUSALS):
            raise ProviderUnclear(reason="start_answer", **facts)
        url = answers.redirect_url(answer) if outcome in _WAITING else ""
        if url and not self._settings.may_redirect_to(url):
            raise ProviderUnclear(reason="redirect_host", **facts)
        return StartAnswer(
            key=key,
            # Some pending codes come with a redirect all the same: then it is the customer's turn.
            outcome=Outcome.AWAITING_CUSTOMER if url else outcome,
            status_code=code,
            sub_code=answers.sub_code(answer),
            redirect_url=url,
            transfer=answers.transfer_details(answer),
            collect_on=answers.collect_on(answer),
            reason=scrubbed(answers.reason(answer), secret=self._settings.secret) if outcome in _REFUSALS else "",
        )


def _refund_info(answer: Answer) -> RefundInfo:
    refundable = answer.get("IsRefundable")
    if not isinstance(refundable, bool):
        raise InvalidAmount()
    return RefundInfo(
        refundable=refundable,
        maximum_cents=answers.cents(answer.get("MaximumRefundAmount")),
        refunded_cents=answers.cents(answer.get("RefundedAmount")),
        explanation=answers.text(answer.get("NotRefundableExplanation")),
    )


def _require_key(key: str) -> str:
    # Anything else could be another path of the gateway.
    if not answers.as_key(key):
        raise ProviderRefused(reason="malformed key")
    return key


def _culture(order: PaymentOrder | MandateOrder) -> str:
    return _CULTURES[order.language]
