"""The MailWriter port: one letter, printed twice."""

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from billing.adapters.mail.account_letter import account_letter
from billing.adapters.mail.credit_note_letter import credit_note_letter
from billing.adapters.mail.einvoice_letter import einvoice_letter
from billing.adapters.mail.invoice_letter import invoice_letter
from billing.adapters.mail.letter import Letter
from billing.adapters.mail.logo import LOGO_ID
from billing.adapters.mail.reminder_letter import reminder_letter
from billing.brand import Brand
from billing.ports import AccountMail, CreditNoteMail, EInvoiceMail, InvoiceMail, Party, ReminderMail


@dataclass(frozen=True)
class LetterWriter:
    """Writes the mails. seller: who they are from. brand: how that looks, and the name it goes by when it has one."""

    seller: Party
    brand: Brand = field(default_factory=Brand)

    def invoice(self, mail: InvoiceMail) -> tuple[str, str, str]:
        """Subject, plain text and HTML of the mail about a new invoice (`invoice`) or a paid one (`paid`).

        Raises ValueError for another kind, and for a paid mail without the day of payment.
        """
        return self._printed("document", invoice_letter(mail))

    def credit_note(self, mail: CreditNoteMail) -> tuple[str, str, str]:
        """Subject, plain text and HTML of the mail about a credit note."""
        return self._printed("document", credit_note_letter(mail))

    def einvoice(self, mail: EInvoiceMail) -> tuple[str, str, str]:
        """Subject, plain text and HTML of the mail that brings an e-invoice which the network did not."""
        return self._printed("account", einvoice_letter(mail))

    def account(self, mail: AccountMail) -> tuple[str, str, str]:
        """Subject, plain text and HTML of a mail about a log-in or the users of an account.

        Raises ValueError for a date or an instant that is none, and KeyError for a role that does not exist.
        """
        return self._printed("account", account_letter(mail, self.seller, self._name))

    def reminder(self, mail: ReminderMail) -> tuple[str, str, str]:
        """Subject, plain text and HTML of a reminder. Raises KeyError for a kind that does not exist."""
        return self._printed("reminder", reminder_letter(mail, self.seller))

    @property
    def _name(self) -> str:
        return self.brand.name or self.seller.name

    def _printed(self, template: str, letter: Letter) -> tuple[str, str, str]:
        shown = {"letter": letter, "name": self._name, "brand": self.brand, "logo_id": LOGO_ID}
        text, html = (_templates().get_template(f"{template}.{form}.j2").render(shown) for form in ("txt", "html"))
        return letter.subject, text, html


@cache
def _templates() -> Environment:
    package = files(__package__)
    return Environment(
        loader=FunctionLoader(lambda name: package.joinpath(name).read_text("utf-8")),
        autoescape=select_autoescape(enabled_extensions=("html.j2",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
