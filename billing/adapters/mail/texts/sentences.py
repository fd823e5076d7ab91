"""What a language has to say to write our mails."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Sentences:
    """One language. `{…}` is filled in by the writer. einvoice_reasons: by the word for why one was not brought."""

    invoice_subject: str
    settled_subject: str
    paid_subject: str
    greeting: str
    greeting_nameless: str
    invoice_intro: str
    settled_intro: str
    paid_intro: str
    invoice_label: str
    to_pay: str
    due: str
    paid_on: str
    total: str
    credits_used: str
    carried_on: str
    pay_button: str
    view_button: str
    transfer_heading: str
    transfer_hint: str
    iban: str
    reference: str
    holder: str
    amount: str
    paid_already: str
    attached: str
    attached_both: str
    paid_attached: str
    vat_notes: Mapping[str, str]
    credit_note_subject: str
    credit_note_intro: str
    credit_note_label: str
    credited: str
    credited_for: str
    offset: str
    as_credits: str
    paid_out: str
    credits_wait: str
    payout_follows: str
    credit_note_attached: str
    credit_note_attached_both: str
    einvoice_subject: str
    einvoice_intro: str
    einvoice_reasons: dict[str, str]
    einvoice_refused: str
    einvoice_next: str
    credits_button: str
    dashboard: str
    sign_off: str
    chamber: str
    vat_number: str
