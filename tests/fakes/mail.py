"""A mail system in memory, and a writer with as few words as possible."""

from billing.errors import AddressRefused, ProviderUnclear
from billing.ports import AccountMail, CreditNoteMail, EInvoiceMail, InvoiceMail, Mail, ReminderMail


class FakeMailSender:
    """Keeps what it was given. down: takes nothing for now; refuses: will never take a mail to these addresses."""

    def __init__(self) -> None:
        self.sent: list[Mail] = []
        self.down = False
        self.refuses: set[str] = set()

    def send(self, mail: Mail) -> None:
        if self.down:
            raise ProviderUnclear(reason="ConnectError")
        if mail.to_address in self.refuses:
            raise AddressRefused(reason="550 no such mailbox")
        self.sent.append(mail)


class FakeMailWriter:
    """Keeps what each mail is about; the subject says its kind, and the invoice or the account."""

    def __init__(self) -> None:
        self.asked: list[InvoiceMail] = []
        self.asked_notes: list[CreditNoteMail] = []
        self.asked_einvoices: list[EInvoiceMail] = []
        self.asked_accounts: list[AccountMail] = []
        self.asked_reminders: list[ReminderMail] = []

    def invoice(self, mail: InvoiceMail) -> tuple[str, str, str]:
        self.asked.append(mail)
        return f"{mail.kind} {mail.document.number}", mail.pay_url, f"<p>{mail.recipient}</p>"

    def credit_note(self, mail: CreditNoteMail) -> tuple[str, str, str]:
        self.asked_notes.append(mail)
        return f"credit_note {mail.document.number}", mail.dashboard_url, f"<p>{mail.recipient}</p>"

    def einvoice(self, mail: EInvoiceMail) -> tuple[str, str, str]:
        self.asked_einvoices.append(mail)
        return f"einvoice {mail.document.number} {mail.reason}", mail.dashboard_url, f"<p>{mail.recipient}</p>"

    def account(self, mail: AccountMail) -> tuple[str, str, str]:
        self.asked_accounts.append(mail)
        return f"{mail.kind} {mail.account_name}".strip(), mail.url, f"<p>{mail.recipient}</p>"

    def reminder(self, mail: ReminderMail) -> tuple[str, str, str]:
        self.asked_reminders.append(mail)
        numbers = " ".join(row.number for row in mail.rows)
        return f"{mail.kind} {numbers}", mail.paid_url, f"<p>{mail.recipient}</p>"
