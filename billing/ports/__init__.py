"""What the billing module asks of the outside world, and the neutral facts that pass between them.

Adapters implement these protocols; nothing here knows a provider, a protocol or a table.
"""

from billing.ports.documents import (
    CreditNoteDocument,
    DocumentLine,
    DocumentSettlement,
    DocumentVat,
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
)
from billing.ports.payments import (
    GatewayTransaction,
    Method,
    Outcome,
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
    "AccountMail",
    "AccountMailKind",
    "Attachment",
    "CreditNoteDocument",
    "CreditNoteMail",
    "DesiredState",
    "DocumentLine",
    "DocumentSettlement",
    "DocumentVat",
    "GatewayTransaction",
    "HostingPanel",
    "InvoiceDocument",
    "InvoiceMail",
    "Mail",
    "MailSender",
    "MailWriter",
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
    "ServiceNews",
    "ServiceNotice",
    "StartAnswer",
    "TransactionKind",
    "TransferDetails",
]
