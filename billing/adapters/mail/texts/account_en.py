"""English: log-ins and users."""

from billing.adapters.mail.texts.account_sentences import AccountSentences
from billing.adapters.mail.texts.credit_mails_en import CREDIT_MAILS
from billing.adapters.mail.texts.login_mails_en import LOGIN_MAILS
from billing.adapters.mail.texts.mandate_mails_en import DEBITS, MANDATE_MAILS
from billing.adapters.mail.texts.service_mails_en import SERVICE_MAILS
from billing.adapters.mail.texts.user_mails_en import USER_MAILS

SENTENCES = AccountSentences(
    mails=LOGIN_MAILS | USER_MAILS | CREDIT_MAILS | SERVICE_MAILS | MANDATE_MAILS,
    debits=DEBITS,
    labels={
        "account_name": "Account",
        "name": "User",
        "email": "E-mail address",
        "new_email": "New e-mail address",
        "role": "Role",
        "rights": "Rights",
        "predecessor": "Predecessor",
        "successor": "Successor",
        "old": "Previous owner",
        "new": "New owner",
        "inviter": "Invited by",
        "by": "Done by",
        "number": "Invoice",
        "cents": "Amount",
        "collect_on": "Debit on",
        "again_on": "New debit on",
        "reason": "Reason",
        "why": "Reason",
        "reference": "Mandate reference",
        "iban": "Account number",
        "creditor": "Creditor identifier",
        "instead_of": "Does not arrive at",
        "service": "Product",
        "product": "New product",
        "invoices": "Invoices",
        "last_day": "Runs through",
        "earliest_on": "Not before",
        "kept_on": "Kept until",
        "at": "When",
        "opens_at": "Possible from",
        "left": "Backup codes left",
        "ends_on": "Access through",
        "expires_on": "Link valid until",
    },
    roles={
        "owner": "Owner",
        "administrator": "Administrator",
        "bookkeeper": "Bookkeeper or treasurer",
        "read_only": "Read only",
        "technician": "Technician",
    },
    role_hints={
        "owner": "As the owner you manage everything: invoices, products, website, e-mail and who has access.",
        "administrator": "As an administrator you manage invoices, products, website and e-mail.",
        "bookkeeper": (
            "As a bookkeeper or treasurer you see and pay invoices; you can't change anything about website or e-mail."
        ),
        "read_only": "With read only you see the invoices and documents, and can't change anything.",
        "technician": "As a technician you manage the website, e-mail and domains; you don't see any invoices.",
    },
    rights={
        "invoices.view": "see invoices",
        "invoices.pay": "pay invoices",
        "credits.view": "see credits",
        "credits.choose": "choose what happens with credits",
        "mandate.view": "see the direct debit mandate",
        "mandate.manage": "give or stop the direct debit mandate",
        "billing_profile.edit": "change billing details",
        "notifications.manage": "choose who gets which mail",
        "services.view": "see products",
        "services.change": "change or cancel products",
        "website.manage": "manage the website",
        "email.manage": "manage e-mail",
        "domains.manage": "manage domains",
        "users.manage": "manage users",
        "audit.view": "see the log",
        "ownership.transfer": "hand over the account",
    },
    no_rights="None",
    account="the account of {name}",
    account_nameless="an account",
    chooses_password="You choose a password of your own when you accept the invitation.",
    has_login="You log in the way you are used to; you don't need a new password.",
    moment="{day}, {hour}:{minute} (Dutch time)",
    link_hint="Button not working? Then open this link in your browser:",
)
