"""One mail of each kind about log-ins and users, as a customer gets it; names and addresses are invented."""

from billing.ports import ACCOUNT_MAIL_FACTS, AccountMail, AccountMailKind

URL = "https://dashboard.example.test/welkom/Zk9vYmFyLXRva2VuLTEyMzQ1Njc4OTA"
ACCOUNT = "Bakkerij De Korenaar"
OF_ACCOUNTS = frozenset(AccountMailKind) - {
    AccountMailKind.PASSWORD_RESET,
    AccountMailKind.EMAIL_CHANGE,
    AccountMailKind.EMAIL_CHANGED,
    AccountMailKind.PASSWORD_CHANGED,
    AccountMailKind.SECOND_FACTOR_ON,
    AccountMailKind.SECOND_FACTOR_OFF,
    AccountMailKind.SECOND_FACTOR_RECOVERY,
    AccountMailKind.PASSKEY_ADDED,
    AccountMailKind.PASSKEY_REMOVED,
    AccountMailKind.BACKUP_CODES_RENEWED,
    AccountMailKind.BACKUP_CODE_USED,
}

FACTS = {
    "inviter": "Hanna de Graan",
    "by": "Hanna de Graan",
    "name": "Petra Penning",
    "email": "penningmeester@demo.test",
    "new_email": "petra@demo.test",
    "predecessor": "Karel Kas",
    "successor": "Petra Penning",
    "old": "Hanna de Graan",
    "new": "Petra Penning",
    "role": "bookkeeper",
    "rights": "invoices.view, invoices.pay",
    "at": "2026-11-21T10:20:00+00:00",
    "opens_at": "2026-11-22T10:20:00+00:00",
    "ends_on": "2027-12-31",
    "expires_on": "2026-11-28",
    "is_new": "yes",
    "left": "7",
    "cents": "1210",
    "service": "Webshopmodule",
    "product": "Webshop Start",
    "last_day": "2027-03-03",
    "reference": "X6A12-1",
    "iban": "NL•• •••• 6789",
    "creditor": "NL69ZZZ123456780000",
    "instead_of": "",
    "number": "2026-0042",
    "collect_on": "2026-12-07",
    "again_on": "2026-12-28",
    "reason": "no_money",
    "why": "mandate_paused",
    "what_now": "retry",
    "dashboard": "https://dashboard.example.test/invoices/2026-0042",
    "invoices": "2026-0412, 2026-0438",
    "earliest_on": "2027-03-10",
    "kept_on": "2027-04-09",
}


def account_mail(
    kind: AccountMailKind,
    *,
    language: str = "nl",
    recipient: str = "Petra Penning",
    account_name: str | None = None,
    url: str = URL,
    facts: dict[str, str] | None = None,
) -> AccountMail:
    """A mail of a kind with the facts that it needs, some of them replaced."""
    name = account_name if account_name is not None else ACCOUNT if kind in OF_ACCOUNTS else ""
    needed = {fact: FACTS[fact] for fact in ACCOUNT_MAIL_FACTS[kind]}
    return AccountMail(
        kind=kind, recipient=recipient, language=language, account_name=name, url=url, facts=needed | (facts or {})
    )
