"""What a language has to say: one dataclass per screen. `{…}` is filled in by `dashboard.rows` and the pages."""

from dataclasses import dataclass
from typing import Protocol

from dashboard.texts.words_account import AccountPages
from dashboard.texts.words_credits import Credits
from dashboard.texts.words_demo import Demo
from dashboard.texts.words_help import Help
from dashboard.texts.words_hosting import Email, Hosting, Website
from dashboard.texts.words_inbox import Inbox, LinkWithdrawal, Period
from dashboard.texts.words_login import Door, Login, Passkeys, Proof
from dashboard.texts.words_mandate import Mandate
from dashboard.texts.words_money import Invoice, Methods, Paper, PayLink, Return
from dashboard.texts.words_products import Products
from dashboard.texts.words_reminder import Reminder
from dashboard.texts.words_safety import Safety
from dashboard.texts.words_staff import Staff
from dashboard.texts.words_users import Users
from dashboard.texts.words_web import Web


class Counted(Protocol):
    """Says how many there are: `drie facturen`."""

    def __call__(self, count: int) -> str: ...


@dataclass(frozen=True)
class Shell:
    """Top bar, footer, and what every page has in common."""

    home: str
    skip: str
    switch_account: str
    your_accounts: str
    invoices: str
    invoices_open: str
    dark: str
    light: str
    other_language: str
    switch_language: str
    switch_language_short: str
    user_menu: str
    account: str
    log_out: str
    crumbs: str
    dashboard: str
    loading: str
    offline: str
    broken_title: str
    broken: str
    reload: str
    title: str
    copied: str
    close: str
    seller: str
    demo: str
    manifest: str


@dataclass(frozen=True)
class Stop:
    """A page that can't be shown: what happened, and the way on."""

    title: str
    text: str
    link: str


@dataclass(frozen=True)
class Status:
    """The seven labels and what follows them."""

    credited: str
    paid: str
    under_way: str
    returned: str
    partly_settled: str
    overdue: str
    unpaid: str
    on: str
    expected: str
    open_again: str
    still: str


@dataclass(frozen=True)
class Dashboard:
    title: str
    greetings: tuple[str, str, str]
    today_open: str
    today_clear: str
    today_other: str
    stands: str
    stand: str
    invoices_in_words: Counted
    main_nav: str
    products: str
    website: str
    email: str
    users: str
    credits: str
    invoices: str
    open_suffix: str
    open_title: str
    open_count: Counted
    open_first: str
    together: str
    pay: str
    pay_named: str
    view: str
    view_named: str
    number: str
    status: str
    date: str
    due: str
    due_short: str
    to_pay: str
    with_credits: str
    all_invoices: str
    pay_together: str
    clear_title: str
    clear_text: str
    last_paid: str
    no_right: str
    overpaid: str
    overpaid_text: str
    overpaid_choose: str


@dataclass(frozen=True)
class Invoices:
    title: str
    list: str
    filters: tuple[tuple[str, str], ...]
    filter: str
    search: str
    search_hint: str
    choose: str
    choose_row: str
    amount: str
    previous: str
    next: str
    range: str
    none: str
    none_text: str
    none_yet: str
    none_yet_text: str
    chosen: str
    chosen_count: Counted
    chosen_documents: Counted
    download: str
    pay: str
    pay_title: str
    pay_text: str
    clear: str
    too_many: str


@dataclass(frozen=True)
class Texts:
    """All sentences of one language.

    roles, rights: by the names that billing has for them. errors: by error code, `{…}` from the facts. weak_passwords:
    by reason.
    """

    shell: Shell
    days_ago: Counted
    days_ahead: Counted
    seconds: Counted
    minutes: Counted
    today: str
    at: str
    clock: str
    login: Login
    status: Status
    methods: Methods
    dashboard: Dashboard
    invoices: Invoices
    paper: Paper
    invoice: Invoice
    pay_return: Return
    pay_link: PayLink
    reminder: Reminder
    link_withdrawal: LinkWithdrawal
    inbox: Inbox
    period: Period
    credits: Credits
    products: Products
    safety: Safety
    hosting: Hosting
    website: Website
    email: Email
    account: AccountPages
    users: Users
    mandate: Mandate
    staff: Staff
    demo: Demo
    help: Help
    roles: dict[str, str]
    rights: dict[str, str]
    denied: Stop
    denied_staff: Stop
    locked: Stop
    gone: Stop
    missing: Stop
    moved: Stop
    broken: Stop
    not_found: Stop
    errors: dict[str, str]
    weak_passwords: dict[str, str]
    door: Door
    proof: Proof
    passkeys: Passkeys
    problem: str
    web: Web
