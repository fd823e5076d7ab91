"""A person's own log-in and the account's details, as their pages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from billing.accounts.queries import Belonging, BillingDetails
from billing.clock import local_day
from billing.documents import DUTCH, country_name, percentage
from billing.errors import BillingError
from billing.invoice_rules import countries as country_codes
from billing.logins.queries import KnownPasskey, OpenSession, Security
from billing.logins.sessions import SEEN_EVERY
from billing.taxes.queries import VatStanding
from billing.vat_treatment import HOME, VatTreatment
from dashboard.rows import problems
from dashboard.rows.common import day, moment
from dashboard.texts.language_names import LANGUAGE_NAMES
from dashboard.texts.languages import SAID, language

TEXTS = SAID.account
FEW_CODES = 3
EINVOICE = "einvoice"
# The form that needs one.
NETWORK = "peppol"


@dataclass(frozen=True)
class Told:
    """What came of the last try, and at which part of the page it is told."""

    place: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Proof:
    """The question who somebody is. has_app, has_passkey: with what it can be answered beside a password."""

    is_open: bool = False
    has_app: bool = False
    has_passkey: bool = False


@dataclass(frozen=True)
class Topic:
    """Something to be mailed about."""

    id: str
    name: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Place:
    """An account that somebody belongs to. until: the last day in words; empty when there is none."""

    account: str
    role: str
    until: str
    on_screen: bool


@dataclass(frozen=True)
class Profile:
    """asked: that a new address has still to be confirmed. topics: none for who gets no mails about the account."""

    name: str = ""
    email: str = ""
    asked: str = ""
    mails_lede: str = ""
    topics: tuple[Topic, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Details:
    """The billing details, by the names of the form's fields. country_name, kind_name, language_name: three of them in
    words."""

    name: str = ""
    attention: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = HOME
    customer_kind: str = ""
    vat_number: str = ""
    chamber_number: str = ""
    language: str = DUTCH
    country_name: str = ""
    kind_name: str = ""
    language_name: str = ""


@dataclass(frozen=True)
class FormOption:
    """A form in which e-invoices can come."""

    form: str
    name: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class KeyRow:
    """A passkey. facts: when it was added and used."""

    id: str
    name: str
    facts: str
    remove_name: str


@dataclass(frozen=True)
class SessionRow:
    """A place where somebody is logged in."""

    id: str
    device: str
    address: str
    since: str
    seen: str
    here: bool
    end_name: str


@dataclass(frozen=True)
class Safety:
    """How a log-in is protected. few_codes: it is time for new backup codes. needs_factor: a second step is demanded of
    this person, who has none."""

    has_app: bool = False
    app_since: str = ""
    codes_left: str = ""
    few_codes: bool = False
    passkeys: tuple[KeyRow, ...] = ()
    sessions: tuple[SessionRow, ...] = ()
    elsewhere: bool = False
    needs_factor: bool = False


def sentence(problem: Exception) -> str:
    """What to say about an error on these pages, where nothing is about paying."""
    if isinstance(problem, BillingError) and problem.code in TEXTS.problems:
        return TEXTS.problems[problem.code]
    return problems.sentence(problem)


def topics(chosen: Collection[str]) -> tuple[Topic, ...]:
    """Everything to be mailed about, with what was chosen of it."""
    return tuple(Topic(id_, name, text, id_ in chosen) for id_, name, text in TEXTS.profile.topics)


def place(belonging: Belonging, account_id: int) -> Place:
    """An account of somebody; account_id: the one on screen."""
    until = TEXTS.profile.until.format(date=day(belonging.ends_on)) if belonging.ends_on else ""
    role = SAID.roles[belonging.role.value]
    return Place(belonging.account_name, role, until, belonging.account_id == account_id)


def details(found: BillingDetails) -> Details:
    """The details as the form has them."""
    return Details(
        **{name: getattr(found, name) for name in TEXTS.billing.fields},
        country_name=country_name(found.country, language()), kind_name=TEXTS.billing.kinds[found.customer_kind],
        language_name=LANGUAGE_NAMES[found.language],
    )  # fmt: skip


def einvoice_forms(chosen: str, *, has_network: bool) -> tuple[FormOption, ...]:
    """All forms of e-invoices; the network's only where there is one, or where it was chosen when there was."""
    return tuple(
        FormOption(form, name, text, form == chosen)
        for form, (name, text) in TEXTS.billing.einvoice.forms.items()
        if has_network or form != NETWORK or form == chosen
    )


def countries(language: str) -> list[tuple[str, str]]:
    """Every country with its code, ours first and then by name. language: of the names."""
    named = sorted((country_name(code, language), code) for code in country_codes() if code != HOME)
    return [(country_name(HOME, language), HOME), *named]


def vat_meaning(found: VatStanding) -> str:
    """What address and VAT number mean for the next invoices; empty for a customer at home who stays there."""
    return " ".join(filter(None, [_moving(found), _taxed(found)]))


def _moving(found: VatStanding) -> str:
    """That finance looks at an address outside the Union first."""
    if not found.moving_to:
        return ""
    country = country_name(found.moving_to["country"], language())
    parts = (found.moving_to[name] for name in ("street", "postal_code", "city"))
    return TEXTS.billing.moving.format(address=", ".join(filter(None, [*parts, country])))


def _taxed(found: VatStanding) -> str:
    if found.treatment is VatTreatment.DOMESTIC:
        return ""
    pattern = TEXTS.billing.vat_means[_meaning(found)]
    return pattern.format(
        country=country_name(found.country, language()), rate=percentage(format(found.rate, "f"), language()),
        date=day(found.answered_on) if found.answered_on else "",
    )  # fmt: skip


def _meaning(found: VatStanding) -> str:
    if not found.is_known:
        return "in_vain" if found.is_in_vain else "asking"
    if found.has_number and found.treatment is not VatTreatment.REVERSE_CHARGE:
        return f"invalid_{found.treatment.value}"
    if found.is_consumer and found.treatment is not VatTreatment.OUTSIDE:
        return f"consumer_{found.treatment.value}"
    return found.treatment.value


def safety(found: Security, now: datetime, *, needs_factor: bool = False) -> Safety:
    """How a log-in is protected, in words. needs_factor: as `Safety` has it."""
    since = day(local_day(found.app_since)) if found.app_since else ""
    return Safety(
        has_app=found.app_since is not None,
        app_since=TEXTS.security.app_since.format(date=since) if since else "",
        codes_left=TEXTS.security.codes_left(found.codes_left),
        few_codes=found.codes_left <= FEW_CODES,
        passkeys=tuple(_key(passkey) for passkey in found.passkeys),
        sessions=tuple(_session(session, now) for session in found.sessions),
        elsewhere=any(not session.is_here for session in found.sessions),
        needs_factor=needs_factor,
    )


def device(user_agent: str) -> str:
    """What kind of device a browser says it runs on: `Chrome op Windows`."""
    texts = TEXTS.security
    browser, system = _named(user_agent, texts.browsers), _named(user_agent, texts.systems)
    if browser and system:
        return texts.device.format(browser=browser, system=system)
    return browser or system[:1].upper() + system[1:] or texts.device_unknown


def seen(at: datetime, now: datetime) -> str:
    """When a session was last in use; it lasts a day at most, and what is just now is noted only so often."""
    texts, minutes = TEXTS.security, int((now - at) / timedelta(minutes=1))
    if now - at <= SEEN_EVERY:
        return texts.session_now
    ago = texts.minutes_ago(minutes) if minutes < 60 else texts.hours_ago(minutes // 60)
    return texts.session_seen.format(ago=ago)


def _named(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in user_agent), "")


def _key(passkey: KnownPasskey) -> KeyRow:
    texts, used = TEXTS.security, passkey.last_used_at
    added = texts.passkey_added.format(date=day(local_day(passkey.created_at)))
    last = texts.passkey_used.format(date=day(local_day(used))) if used else texts.passkey_unused
    remove_name = texts.passkey_remove_named.format(name=passkey.name)
    return KeyRow(str(passkey.passkey_id), passkey.name, f"{added}, {last}", remove_name)


def _session(session: OpenSession, now: datetime) -> SessionRow:
    texts, name = TEXTS.security, device(session.device)
    return SessionRow(
        id=str(session.session_id), device=name, address=session.address,
        since=texts.session_since.format(at=moment(session.created_at)),
        seen=seen(session.seen_at, now),
        here=session.is_here, end_name=texts.session_end_named.format(device=name),
    )  # fmt: skip
