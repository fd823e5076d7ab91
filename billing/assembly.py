"""Puts the running billing module together from settings: the one place that chooses the adapters."""

from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from billing import config, settings_checks
from billing.adapters.books import Moneybird, MoneybirdSettings, NoBooks
from billing.adapters.books.settings import parse_ids
from billing.adapters.buckaroo import BuckarooGateway, BuckarooPushReader, BuckarooSettings
from billing.adapters.camt import CamtReader
from billing.adapters.einvoice.writer import XmlWriter
from billing.adapters.hostingpanel import NoPanel, PanelSettings, WebhookPanel
from billing.adapters.leaks import PasswordRanges
from billing.adapters.listeners import WebhookLine
from billing.adapters.mail.sender import SmtpSender, SmtpSettings
from billing.adapters.mail.writer import LetterWriter
from billing.adapters.mt940 import Mt940Reader
from billing.adapters.pain import PainWriter
from billing.adapters.peppol import AccessPoint, NoNetwork
from billing.adapters.stage import SandboxStage
from billing.adapters.traces import export_traces
from billing.adapters.vies import Vies
from billing.bank.matching import BankRules
from billing.brand import Brand
from billing.brand_settings import brand
from billing.clock import Clock, DemoClock, SystemClock
from billing.config import Settings, vault_keys
from billing.db import Database
from billing.errors import SettingsInvalid
from billing.mandates.rules import MandateRules
from billing.ports import (
    AccountStatement,
    Books,
    CreditNoteDocument,
    EInvoiceNetwork,
    EInvoiceWriter,
    HostingPanel,
    InvoiceDocument,
    Party,
    PdfRenderer,
)
from billing.reminders.rules import ReminderRules
from billing.renewals.rules import RenewalRules
from billing.runs.rules import RunRules
from billing.runtime import Billing, Policy
from billing.vat_treatment import VatRules
from billing.vault import Vault

MAIL_TIMEOUT_SECONDS = 30


class RendererOnDemand:
    """Loads WeasyPrint with the first document: it takes a second and much memory, and most processes never print."""

    def __init__(self, einvoices: EInvoiceWriter, brand: Brand) -> None:
        self._einvoices, self._brand = einvoices, brand

    def invoice(self, document: InvoiceDocument) -> bytes:
        """The printed invoice."""
        return self._renderer.invoice(document)

    def credit_note(self, document: CreditNoteDocument) -> bytes:
        """The printed credit note."""
        return self._renderer.credit_note(document)

    def statement(self, document: AccountStatement) -> bytes:
        """The printed account statement."""
        return self._renderer.statement(document)

    @cached_property
    def _renderer(self) -> PdfRenderer:
        from billing.adapters.pdf.renderer import WeasyPrintRenderer

        renderer = WeasyPrintRenderer(self._einvoices, self._brand)
        renderer.warm_up()
        return renderer


def open_billing(settings: Settings | None = None) -> Billing:
    """The billing module as the environment of this process says, or these settings. Raises SettingsInvalid."""
    settings = settings or config.load()
    settings_checks.require_valid(settings)
    if settings.otlp_endpoint:
        export_traces(settings.otlp_endpoint)
    billing = build(settings)
    if settings.demo:
        settings_checks.require_demo_database(billing.database)
    return billing


def build(settings: Settings) -> Billing:
    """The billing module of this process. Connects to nothing yet. Raises SettingsInvalid for unusable keys."""
    time, buckaroo, einvoices, look = clock(settings), _buckaroo(settings), XmlWriter(), brand(settings)
    return Billing(
        database=Database(settings.database_url),
        clock=time,
        policy=_policy(settings),
        gateway=BuckarooGateway(buckaroo, clock=time),
        pushes=BuckarooPushReader(buckaroo, clock=time),
        panel=_panel(settings, time),
        books=_books(settings, time),
        # In a demo, what listens runs on this machine too.
        listeners=WebhookLine(clock=time, allows_near=settings.demo),
        pdf=RendererOnDemand(einvoices, look),
        einvoices=einvoices,
        network=_network(settings),
        mail=SmtpSender(_smtp(settings), time, look.mail_logo),
        mail_writer=LetterWriter(_seller(settings), look),
        vault=Vault(vault_keys(settings)),
        transfers=PainWriter(),
        vat_register=Vies(settings.vies_url),
        bank_files=(CamtReader(), Mt940Reader()),
        leaks=PasswordRanges(settings.leaked_passwords_url) if settings.leaked_passwords_url else None,
        stage=SandboxStage(f"http://localhost:{settings.sandbox_port}") if settings.demo else None,
    )


def clock(settings: Settings) -> Clock:
    """What time this process lives in: the machine's own, but for a demo, whose time can be moved."""
    return DemoClock(Path(settings.demo_clock)) if settings.demo and settings.demo_clock else SystemClock()


def _seller(settings: Settings) -> Party:
    return Party(
        name=settings.seller_name, street=settings.seller_street, postal_code=settings.seller_postal_code,
        city=settings.seller_city, vat_number=settings.seller_vat_number,
        chamber_number=settings.seller_chamber_number, iban=settings.seller_iban, email=settings.mail_from,
        creditor_id=settings.creditor_id,
    )  # fmt: skip


def _policy(settings: Settings) -> Policy:
    return Policy(
        seller=_seller(settings),
        public_url=settings.public_url,
        push_url=settings.push_url,
        signing_key=settings.signing_key.get_secret_value(),
        gateway_is_live=settings.gateway_is_live,
        runs=RunRules(settings.invoice_lead_days, settings.invoice_run_factor, settings.invoice_run_small),
        floor_cents=settings.small_rest_cents,
        reminders=ReminderRules(settings.reminder_floor_cents, settings.reminder_charges_costs, settings.seller_phone),
        mandates=MandateRules(
            settings.mandate_prefix, settings.creditor_id, settings.debit_notice_days, settings.debit_failed_percent
        ),
        renewals=RenewalRules(settings.domain_renew_days, settings.domain_renew_ceiling_cents),
        stop_floor_cents=settings.stop_floor_cents,
        stop_cooling_days=settings.stop_cooling_days,
        check_every=timedelta(hours=settings.check_hours),
        second_factor=settings.second_factor,
        books_since=_day("books_since", settings.books_since),
        vat=VatRules(_day("oss_since", settings.oss_since), settings.vat_recheck_days, settings.vat_grace_days),
        bank=BankRules(
            ibans=_ibans(f"{settings.seller_iban},{settings.bank_ibans}"),
            gateway_ibans=_ibans(settings.gateway_ibans),
            by_iban=settings.bank_match_by_iban,
            two_people_from_cents=settings.two_people_from_cents,
        ),
    )


def _ibans(listed: str) -> frozenset[str]:
    found = ("".join(iban.split()).upper() for iban in listed.split(","))
    return frozenset(iban for iban in found if iban)


def _buckaroo(settings: Settings) -> BuckarooSettings:
    return BuckarooSettings(
        website_key=settings.buckaroo_website_key,
        secret=settings.buckaroo_secret.get_secret_value(),
        base_url=settings.buckaroo_url,
        redirect_hosts=settings.gateway_origins,
        push_base_url=settings.public_url,
        require_signed_answers=settings.buckaroo_require_signed_answers,
        push_hash=settings.buckaroo_push_hash,
    )


def _panel(settings: Settings, clock: Clock) -> HostingPanel:
    if not settings.hosting_panel_url:
        return NoPanel()
    panel = PanelSettings(settings.hosting_panel_url, settings.hosting_panel_secret.get_secret_value())
    return WebhookPanel(panel, clock=clock)


def _books(settings: Settings, clock: Clock) -> Books:
    if not settings.books_url:
        return NoBooks()
    moneybird = MoneybirdSettings(
        url=settings.books_url, administration=settings.books_administration,
        token=settings.books_token.get_secret_value(), tax_rates=_ids("tax_rates", settings.books_tax_rates),
        ledgers=_ids("ledgers", settings.books_ledgers), news_secret=settings.books_news_secret.get_secret_value(),
    )  # fmt: skip
    return Moneybird(moneybird, clock=clock)


def _network(settings: Settings) -> EInvoiceNetwork:
    if not settings.peppol_url:
        return NoNetwork()
    return AccessPoint(settings.peppol_url, settings.peppol_token.get_secret_value())


def _ids(name: str, text: str) -> dict[str, str]:
    try:
        return parse_ids(text)
    except ValueError:
        raise SettingsInvalid(problems=[f"VOLDAAN_BOOKS_{name.upper()}: such as 21=123,9=456"]) from None


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise SettingsInvalid(problems=[f"VOLDAAN_{name.upper()}: a day such as 2026-01-01"]) from None


def _smtp(settings: Settings) -> SmtpSettings:
    return SmtpSettings(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender_name=settings.seller_name,
        sender_address=settings.mail_from,
        starttls=settings.smtp_starttls,
        timeout_seconds=MAIL_TIMEOUT_SECONDS,
        username=settings.smtp_username,
        password=settings.smtp_password.get_secret_value(),
        reports_address=settings.mail_reports_to,
    )
