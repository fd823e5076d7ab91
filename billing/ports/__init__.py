"""What the billing module asks of the outside world, and the neutral facts that pass between them.

Adapters implement these protocols; nothing here knows a provider, a protocol or a table.
"""

from billing.ports.bank import MOST_BYTES, BankEntry, BankFileReader, BankFileRefused, BankStatement
from billing.ports.documents import (
    CreditNoteDocument,
    Document,
    DocumentLine,
    DocumentSettlement,
    DocumentVat,
    EInvoiceWriter,
    InvoiceDocument,
    Party,
    PdfRenderer,
)
from billing.ports.hosting import (
    DesiredState,
    HostingPanel,
    ServiceNews,
    ServiceNotice,
)
from billing.ports.mail import (
    ACCOUNT_MAIL_FACTS,
    AccountMail,
    AccountMailKind,
    Attachment,
    CreditNoteMail,
    InvoiceMail,
    Mail,
    MailSender,
    MailWriter,
    ReminderMail,
    ReminderRow,
)
from billing.ports.mandates import (
    DebitOrder,
    GatewayMandate,
    MandateOrder,
    MandateScheme,
    MandateStart,
)
from billing.ports.outcomes import Outcome
from billing.ports.payments import (
    BY_HAND,
    GatewayTransaction,
    Method,
    PaymentGateway,
    PaymentOrder,
    RefundInfo,
    RefundOrder,
    StartAnswer,
    TransactionKind,
    TransferDetails,
)
from billing.ports.pushes import (
    Push,
    PushNotice,
    PushReader,
)

__all__ = [
    "ACCOUNT_MAIL_FACTS",
    "BY_HAND",
    "MOST_BYTES",
    "AccountMail",
    "AccountMailKind",
    "Attachment",
    "BankEntry",
    "BankFileReader",
    "BankFileRefused",
    "BankStatement",
    "CreditNoteDocument",
    "CreditNoteMail",
    "DebitOrder",
    "DesiredState",
    "Document",
    "DocumentLine",
    "DocumentSettlement",
    "DocumentVat",
    "EInvoiceWriter",
    "GatewayMandate",
    "GatewayTransaction",
    "HostingPanel",
    "InvoiceDocument",
    "InvoiceMail",
    "Mail",
    "MailSender",
    "MailWriter",
    "MandateOrder",
    "MandateScheme",
    "MandateStart",
    "Method",
    "Outcome",
    "Party",
    "PaymentGateway",
    "PaymentOrder",
    "PdfRenderer",
    "Push",
    "PushNotice",
    "PushReader",
    "RefundInfo",
    "RefundOrder",
    "ReminderMail",
    "ReminderRow",
    "ServiceNews",
    "ServiceNotice",
    "StartAnswer",
    "TransactionKind",
    "TransferDetails",
]
