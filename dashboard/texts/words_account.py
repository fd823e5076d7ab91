"""What a language has to say on the pages about a person's own log-in and the account."""

from dataclasses import dataclass
from typing import Protocol


class Counted(Protocol):
    """Says how many there are: `8 reservecodes`."""

    def __call__(self, count: int) -> str: ...


@dataclass(frozen=True)
class Nav:
    """The menu at the side. label: what the whole menu is called."""

    label: str
    profile: str
    billing: str
    security: str
    users: str
    mandate: str
    data: str


@dataclass(frozen=True)
class Profile:
    lede: str
    person: str
    name: str
    name_hint: str
    save: str
    name_saved: str
    email: str
    email_hint: str
    change: str
    new_email: str
    new_email_hint: str
    send: str
    cancel: str
    asked: str
    mails: str
    mails_lede: str
    topics: tuple[tuple[str, str, str], ...]
    mails_saved: str
    no_mails: str
    accounts: str
    accounts_lede: str
    on_screen: str
    until: str
    no_accounts: str
    own_acts: str
    own_acts_lede: str


@dataclass(frozen=True)
class EInvoice:
    """How e-invoices come. forms: name and explanation, by the word that `billing` has for each."""

    card: str
    lede: str
    legend: str
    forms: dict[str, tuple[str, str]]
    save: str
    saved: str


@dataclass(frozen=True)
class Billing:
    """fields: of the form, by name. kinds: of customers. optional: after the label of what may stay empty. vat_means:
    what country and VAT number mean for the invoices, by `VatTreatment` or by what is known of the number."""

    lede: str
    card: str
    next_ones: str
    fields: dict[str, str]
    optional: str
    kinds: dict[str, str]
    kind_hint: str
    vat_hint: str
    vat_means: dict[str, str]
    moving: str
    save: str
    saved: str
    look_only: str
    empty: str
    einvoice: EInvoice


@dataclass(frozen=True)
class Security:
    """systems, browsers: what a browser calls itself, and its name."""

    lede: str
    needed: str
    on: str
    off: str
    password: str
    password_text: str
    change_password: str
    new_password: str
    new_password_hint: str
    save_password: str
    cancel: str
    password_saved: str
    app: str
    app_text: str
    app_on: str
    app_since: str
    app_start: str
    app_stop: str
    app_stop_sure: str
    app_stopped: str
    scan: str
    scan_text: str
    qr: str
    type_it: str
    copy_key: str
    copied: str
    code: str
    code_label: str
    code_hint: str
    finish: str
    codes_left: Counted
    codes_few: str
    renew: str
    renew_sure: str
    codes: str
    codes_text: str
    copy_codes: str
    print_codes: str
    codes_kept: str
    passkeys: str
    passkeys_text: str
    passkey_name: str
    passkey_name_hint: str
    passkey_add: str
    passkey_ask: str
    passkey_added: str
    passkey_used: str
    passkey_unused: str
    passkey_remove: str
    passkey_remove_named: str
    passkey_saved: str
    passkey_sure: str
    passkey_keep: str
    passkey_removed: str
    no_support: str
    no_passkeys: str
    sessions: str
    sessions_text: str
    session_here: str
    session_since: str
    session_seen: str
    session_now: str
    minutes_ago: Counted
    hours_ago: Counted
    session_end: str
    session_end_named: str
    session_ended: str
    end_others: str
    others_ended: str
    device: str
    device_unknown: str
    browsers: tuple[tuple[str, str], ...]
    systems: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Data:
    """Taking one's data along, and having them erased. refused: why not, by the reason."""

    lede: str
    take: str
    take_text: str
    take_button: str
    taken: str
    erase: str
    erase_text: str
    kept: str
    name: str
    name_hint: str
    erase_button: str
    refused: dict[str, str]


@dataclass(frozen=True)
class AccountPages:
    """title: what these pages are called together. roles: by the name that `billing` has for them. problems: what an
    error is called here, by its code, where that differs from elsewhere."""

    title: str
    nav: Nav
    profile: Profile
    billing: Billing
    security: Security
    data: Data
    problems: dict[str, str]
