"""A reminder as the strings that its two templates print: in the form of an invoice mail, with a row an invoice."""

from dataclasses import dataclass

from billing import documents
from billing.adapters.mail.invoice_letter import DocumentLetter, SumRow
from billing.adapters.mail.letter import greeting, imprint, one_line
from billing.adapters.mail.texts import ReminderSentences, reminder_sentences, sentences
from billing.adapters.mail.texts.reminder_sentences import ReminderText
from billing.documents import long_date, money
from billing.ports import Party, ReminderMail

FORMAL = "formal"


@dataclass(frozen=True)
class ReminderLetter(DocumentLetter):
    """paid_link, paid_url: where a reader says that it has been paid, or when it will be."""

    paid_link: str
    paid_url: str


def reminder_letter(mail: ReminderMail, seller: Party) -> ReminderLetter:
    """The words of one mail, in its own language. Raises KeyError for a kind that does not exist."""
    text, common = reminder_sentences(mail.language), sentences(mail.language)
    words, filling = _words(mail, text), _filling(mail)
    is_one = len(mail.rows) == 1
    return ReminderLetter(
        language=mail.language,
        subject=(words.subject if is_one else words.subject_more).format_map(filling),
        label=(common.invoice_label if is_one else text.label_more).format_map(filling),
        greeting=greeting(mail.recipient, mail.language),
        intro=tuple(part.format_map(filling) for part in (words.intro if is_one else words.intro_more)),
        to_pay=common.to_pay,
        amount=money(mail.open_cents, mail.language),
        standing=common.due.format_map(filling) if is_one else "",
        is_paid=False,
        sums=_rows(mail, text),
        notes=(*words.notes, _questions(mail, text), text.attached if is_one else text.attached_more),
        button=common.pay_button if is_one else text.pay_all_button,
        url=mail.rows[0].pay_url if is_one else mail.dashboard_url,
        transfer_heading=common.transfer_heading,
        transfer_hint=common.transfer_hint,
        facts=_transfer_facts(mail, seller) if is_one else (),
        dashboard=common.dashboard,
        dashboard_url=mail.dashboard_url,
        sign_off=common.sign_off,
        imprint=imprint(seller, mail.language),
        paid_link=text.paid_link,
        paid_url=mail.paid_url,
    )


def _words(mail: ReminderMail, text: ReminderSentences) -> ReminderText:
    if mail.kind == FORMAL:
        return text.with_costs if mail.costs_cents else text.without_costs
    return text.of_kind[mail.kind]


def _filling(mail: ReminderMail) -> dict[str, object]:
    return {
        "number": mail.rows[0].number, "count": len(mail.rows), "amount": money(mail.open_cents, mail.language),
        "due": long_date(mail.rows[0].due_on, mail.language), "costs": money(mail.costs_cents, mail.language),
    }  # fmt: skip


def _rows(mail: ReminderMail, text: ReminderSentences) -> tuple[SumRow, ...]:
    """Each with a link of its own, so that who has no log-in can pay all of them."""
    return tuple(
        SumRow(
            text.row.format(number=row.number, due=long_date(row.due_on, mail.language)),
            money(row.open_cents, mail.language), url=row.pay_url,
        )
        for row in mail.rows
    )  # fmt: skip


def _questions(mail: ReminderMail, text: ReminderSentences) -> str:
    phone = one_line(mail.phone)
    return text.call.format(phone=phone) if phone else text.reply


def _transfer_facts(mail: ReminderMail, seller: Party) -> tuple[tuple[str, str], ...]:
    if not seller.iban:
        return ()
    text, [row] = sentences(mail.language), mail.rows
    return (
        (text.iban, documents.in_fours(seller.iban)),
        (text.holder, seller.name),
        (text.reference, documents.reference_text(row.reference)),
        (text.amount, money(row.open_cents, mail.language)),
    )
