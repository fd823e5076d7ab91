"""What a language has to say about an invoice and paying it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Methods:
    """How to pay, in the words of the buttons."""

    region: str
    by_hand: str
    automatic: str
    transfer: str
    names: dict[str, str]
    hints: dict[str, str]
    mandate: str
    iban: str
    reference: str
    holder: str
    copy: str
    qr: str
    scan: str
    transfer_hint: str
    transfer_ordered: str
    opening: str
    pay_with: str


@dataclass(frozen=True)
class Paper:
    """The words on the document; the printed file has the same."""

    as_printed: str
    invoice: str
    to: str
    attention: str
    issued_on: str
    due_on: str
    reference: str
    chamber: str
    vat_number: str
    description: str
    quantity: str
    price: str
    vat: str
    amount: str
    net: str
    vat_over: str
    vat_untaxed: Mapping[str, str]
    legends: Mapping[str, str]
    vat_at: str
    total: str
    total_untaxed: str
    open: str
    stamp: str
    how_to_pay: str
    partly_credited: str
    partly_paid: str
    under_way: str
    nothing_to_pay: str
    in_name_of: str


@dataclass(frozen=True)
class Invoice:
    title: str
    amount: str
    to_pay: str
    due: str
    total: str
    credits: str
    credit_note: str
    brought: str
    carried: str
    received: str
    received_with: str
    paid_on: str
    settled: str
    credited: str
    download: str
    einvoice: str
    not_ready: str
    print: str
    pending_title: str
    pending: str
    pending_card: str
    pending_steps: tuple[str, str, str]
    now: str
    pay_anyway: str
    pay_anyway_text: str
    pay_anyway_sure: str
    returned_title: str
    returned: str
    look_only: str
    look_only_text: str
    payment: str
    paid_with: str
    paid_by: str
    paid_at: str
    payment_reference: str
    download_paid: str
    history: str
    events: dict[str, str]
    event_details: dict[str, str]
    said_paid: str


@dataclass(frozen=True)
class End:
    """How a payment ended, as the return page says it."""

    title: str
    text: str


@dataclass(frozen=True)
class Return:
    title: str
    invoice: str
    invoices: str
    method: str
    amount: str
    to_pay: str
    back: str
    forward: str
    to_invoices: str
    do_not_repeat: str
    log_in: str
    by_link: str
    waiting: End
    slow: End
    paid: End
    partly: End
    cancelled: End
    rejected: End
    failed: End
    expired: End
    parked: End
    unknown: End


@dataclass(frozen=True)
class PayLink:
    title: str
    lede: str
    invoice: str
    settled_title: str
    settled: str
    under_way_title: str
    under_way: str
    missing: End
    too_often: End
    log_in: str
    privacy: str
