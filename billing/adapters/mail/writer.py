"""The MailWriter port: one letter, printed twice."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from billing.adapters.mail.letter import invoice_letter
from billing.ports import InvoiceMail


@dataclass(frozen=True)
class InvoiceMailWriter:
    """Writes the mails about an invoice. brand: the name by which customers know the sender."""

    brand: str

    def invoice(self, mail: InvoiceMail) -> tuple[str, str, str]:
        """Subject, plain text and HTML of the mail about a new invoice (`invoice`) or a paid one (`paid`).

        Raises ValueError for another kind, and for a paid mail without the day of payment.
        """
        letter = invoice_letter(mail)
        text = _template("invoice.txt.j2", autoescape=False).render(letter=letter, brand=self.brand)
        html = _template("invoice.html.j2", autoescape=True).render(letter=letter, brand=self.brand)
        return letter.subject, text, html


@cache
def _template(name: str, *, autoescape: bool) -> Template:
    environment = Environment(
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    return environment.from_string(files(__package__).joinpath(name).read_text("utf-8"))
