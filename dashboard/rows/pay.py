"""The two pages of paying that work without a log-in: a pay link, and the way back from the gateway."""

from dataclasses import dataclass, field
from datetime import date

from billing.payments.paylinks import PayLinkView
from billing.payments.queries import AttemptView
from billing.settlement import Label
from billing.states import OPEN_STATES, PaymentState
from dashboard.rows.common import Amount, amount, cents, day
from dashboard.texts.languages import SAID
from dashboard.texts.words_money import End

# Paying again makes sense.
_MAY_TRY_AGAIN = {PaymentState.CANCELLED, PaymentState.REJECTED, PaymentState.FAILED, PaymentState.EXPIRED}
_ENDS = {
    PaymentState.CANCELLED: ("cancelled", "x", "s-open"),
    PaymentState.REJECTED: ("rejected", "x", "s-open"),
    PaymentState.FAILED: ("failed", "x", "s-open"),
    PaymentState.EXPIRED: ("expired", "clock", "s-open"),
    PaymentState.PARKED: ("parked", "eye", "s-pending"),
}


@dataclass(frozen=True)
class Outcome:
    """What the return page says. look: waiting, paid, or ended. stamp: the day, once it is settled. hint: in small."""

    look: str = "waiting"
    title: str = field(default_factory=lambda: SAID.pay_return.waiting.title)
    text: str = field(default_factory=lambda: SAID.pay_return.waiting.text)
    icon: str = ""
    tone: str = ""
    stamp: str = ""
    invoice_label: str = ""
    invoices: str = ""
    method: str = ""
    amount: str = ""
    settled: str = ""
    url: str = "/invoices"
    link: str = field(default_factory=lambda: SAID.pay_return.back)
    hint: str = field(default_factory=lambda: SAID.pay_return.do_not_repeat)


@dataclass(frozen=True)
class Link:
    """What a pay link shows. look: payable, under_way, settled or missing."""

    look: str = "missing"
    number: str = ""
    amount: Amount = field(default_factory=Amount)
    title: str = field(default_factory=lambda: SAID.pay_link.missing.title)
    text: str = field(default_factory=lambda: SAID.pay_link.missing.text)


def outcome(attempt: AttemptView, today: date, *, is_slow: bool) -> Outcome:
    """Where a payment stands, said kindly and truly."""
    look, end, icon, tone = _end(attempt, is_slow=is_slow)
    is_paid, numbers = look == "paid", attempt.invoice_numbers
    return Outcome(
        look=look,
        title=end.title,
        text=end.text.format(amount=cents(attempt.amount_cents)),
        icon=icon,
        tone=tone,
        stamp=day(today) if is_paid and attempt.settled else "",
        invoice_label=SAID.pay_return.invoice if len(numbers) == 1 else SAID.pay_return.invoices,
        invoices=", ".join(numbers),
        method=SAID.methods.names.get(attempt.method, attempt.method),
        amount=cents(attempt.amount_cents),
        settled=cents(0) if is_paid and attempt.settled else "",
        url=f"/invoices/{numbers[0]}" if len(numbers) == 1 else "/invoices",
        link=SAID.pay_return.forward if is_paid else SAID.pay_return.back,
        hint=_hint(look, attempt.state),
    )


def unknown_attempt() -> Outcome:
    """For a token that belongs to no payment."""
    texts = SAID.pay_return
    return Outcome(
        look="ended", title=texts.unknown.title, text=texts.unknown.text, icon="info", tone="s-open",
        link=texts.to_invoices, hint="",
    )  # fmt: skip


def link(view: PayLinkView) -> Link:
    """What the bearer of a pay link sees: number and amount, and nothing else."""
    status, texts = view.status, SAID.pay_link
    if not view.payable:
        return Link("settled", view.number, title=texts.settled_title, text=texts.settled.format(number=view.number))
    if status.label is Label.UNDER_WAY:
        sentence = texts.under_way.format(amount=cents(status.open_cents), date=day(status.on))
        return Link("under_way", view.number, amount(status.open_cents), texts.under_way_title, sentence)
    return Link("payable", view.number, amount(status.open_cents), texts.title, texts.lede)


def too_many_links() -> Link:
    """For who opens so many links that it could be guessing."""
    return Link("missing", title=SAID.pay_link.too_often.title, text=SAID.pay_link.too_often.text)


def _hint(look: str, state: PaymentState) -> str:
    texts = SAID.pay_return
    if look == "waiting":
        return texts.do_not_repeat
    return f"{texts.log_in} {texts.by_link}" if state in _MAY_TRY_AGAIN else texts.log_in


def _end(attempt: AttemptView, *, is_slow: bool) -> tuple[str, End, str, str]:
    texts = SAID.pay_return
    if attempt.state is PaymentState.SUCCEEDED:
        return "paid", texts.paid if attempt.settled else texts.partly, "okc", "s-paid"
    if attempt.state in OPEN_STATES:
        return ("ended", texts.slow, "clock", "s-pending") if is_slow else ("waiting", texts.waiting, "", "")
    name, icon, tone = _ENDS[attempt.state]
    end = getattr(SAID.pay_return, name)
    return "ended", end, icon, tone
