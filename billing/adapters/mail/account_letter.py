"""A mail about a log-in or a user as the strings that its two templates, HTML and plain text, both print."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from billing.adapters.mail.invoice_letter import SumRow
from billing.adapters.mail.letter import Letter, greeting, imprint, one_line
from billing.adapters.mail.texts import AccountSentences, account_sentences, reminder_sentences, sentences
from billing.clock import AMSTERDAM
from billing.documents import long_date, money
from billing.ports import AccountMail, Party


@dataclass(frozen=True)
class AccountLetter(Letter):
    """rows: the facts as a table, label and value. invoices: to be paid, each with a link of its own.

    link_hint: stands above the button's address in plain sight.
    """

    rows: tuple[tuple[str, str], ...]
    invoices: tuple[SumRow, ...]
    link_hint: str


def account_letter(mail: AccountMail, seller: Party, brand: str) -> AccountLetter:
    """The words of one mail, in its own language. brand: the name that the host goes by."""
    text = account_sentences(mail.language)
    words, shown = text.mails[mail.kind], _shown(mail)
    filling = shown | _phrases(mail, text) | {"brand": brand}
    return AccountLetter(
        language=mail.language,
        subject=_subject(words.subject.format_map(filling), one_line(mail.account_name)),
        greeting=greeting(mail.recipient, mail.language),
        intro=tuple(paragraph.format_map(filling) for paragraph in words.intro),
        button=words.button,
        url=mail.url,
        notes=(*(note.format_map(filling) for note in words.notes), *_call(mail)),
        sign_off=sentences(mail.language).sign_off,
        imprint=imprint(seller, mail.language),
        rows=tuple((label, shown[fact]) for fact, label in text.labels.items() if shown.get(fact)),
        invoices=tuple(
            SumRow(
                sentences(mail.language).invoice_label.format(number=one.number),
                money(one.cents, mail.language),
                url=one.pay_url,
            )
            for one in mail.invoices
        ),
        link_hint=text.link_hint,
    )


def _call(mail: AccountMail) -> tuple[str, ...]:
    phone = one_line(mail.phone)
    return (reminder_sentences(mail.language).call.format(phone=phone),) if phone else ()


def _shown(mail: AccountMail) -> dict[str, str]:
    facts = {fact: _fact(fact, raw, mail.language) for fact, raw in mail.facts.items()}
    return {**facts, "account_name": one_line(mail.account_name)}


def _fact(fact: str, raw: str, language: str) -> str:
    text = account_sentences(language)
    match fact:
        case "at" | "opens_at":
            return _moment(raw, language)
        case "ends_on" | "expires_on" | "last_day" | "collect_on" | "again_on" | "earliest_on" | "kept_on":
            return long_date(date.fromisoformat(raw), language) if raw else ""
        case "cents":
            return money(int(raw), language)
        case "role":
            return text.roles[raw]
        case "reason" | "why" | "what_now":
            return text.debits[fact][raw]
        case "rights":
            return _rights(raw, text)
        case _:
            return one_line(raw)


def _phrases(mail: AccountMail, text: AccountSentences) -> dict[str, str]:
    """What depends on a fact without being one: words that sentences are filled with."""
    name, is_new = one_line(mail.account_name), mail.facts.get("is_new") == "yes"
    return {
        "account": text.account.format(name=name) if name else text.account_nameless,
        "login_hint": text.chooses_password if is_new else text.has_login,
        "role_hint": text.role_hints[mail.facts["role"]] if "role" in mail.facts else "",
    }


def _moment(raw: str, language: str) -> str:
    instant = datetime.fromisoformat(raw)
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    local = instant.astimezone(AMSTERDAM)
    day = long_date(local.date(), language)
    return account_sentences(language).moment.format(day=day, hour=f"{local:%H}", minute=f"{local:%M}")


def _rights(raw: str, text: AccountSentences) -> str:
    names = [name for name in re.split(r"[\s,]+", raw) if name]
    return _capital(", ".join(text.rights.get(name, name) for name in names)) or text.no_rights


def _subject(subject: str, account_name: str) -> str:
    return f"{account_name}: {subject}" if account_name else _capital(subject)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
