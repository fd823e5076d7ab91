"""What a language has to say to who looks after several customers, and about taking back a pay link."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Inbox:
    """The open invoices of all customers of one person."""

    title: str
    lede: str
    link: str
    customers: str
    everybody: str
    nothing_open: str
    list: str
    list_of: str
    customer: str
    view: str
    pay_named: str
    view_named: str
    clear_title: str
    clear_text: str
    clear_of_title: str
    clear_of_text: str


@dataclass(frozen=True)
class StatementSheet:
    """An account statement as a spreadsheet. kinds: what happened, by its kind."""

    columns: tuple[str, ...]
    opening: str
    closing: str
    kinds: dict[str, str]


@dataclass(frozen=True)
class Period:
    """The download of all invoices and credit notes of a period. columns: headings of its index, in their order.

    note_of: the status of a credit note. refused: title and sentence by the reason of a refusal.
    """

    button: str
    title: str
    text: str
    customer: str
    first: str
    last: str
    submit: str
    hint: str
    file_name: str
    index_name: str
    columns: tuple[str, ...]
    note_of: str
    statement_pdf: str
    statement_csv: str
    statement_text: str
    statement_file: str
    statement: StatementSheet
    not_ready: str
    refused: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class LinkWithdrawal:
    """Taking back the pay links that were mailed."""

    button: str
    title: str
    text: str
    confirm: str
    cancel: str
    done: str
