"""Settings: the only reader of the environment (`VOLDAAN_…`). Secrets never show in a repr or a log."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from billing.demo_settings import demo_values
from billing.errors import SettingsInvalid
from billing.second_factor import SecondFactor

LIVE_GATEWAY_HOST = "checkout.buckaroo.nl"
DEMO_DATABASE_URL = "sqlite:///var/demo.sqlite"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class LogSettings(BaseSettings):
    """How a process speaks; known before it is known whether the rest of its settings is right."""

    model_config = SettingsConfigDict(env_prefix="VOLDAAN_", extra="ignore", frozen=True)

    log_format: str = Field(default="text", pattern="^(text|json)$", description="Logs as text for people, or json")


class Settings(LogSettings):
    """Everything a process can be told. Each field is read from `VOLDAAN_` + its name in capitals."""

    demo: bool = Field(False, description="Demo mode: sandbox gateway, demo data, never live keys")
    database_url: str = Field(
        "sqlite:///var/voldaan.sqlite",
        pattern=r"^(sqlite:///|postgresql(\+psycopg)?://).",
        repr=False,
        description="SQLite file or PostgreSQL URL",
    )
    public_url: str = Field("http://localhost:3000", description="Address of the dashboard as customers see it")
    port: int = Field(3000, ge=1, le=65535, description="Port of the dashboard")
    web_processes: int = Field(1, ge=1, le=64, description="Web processes; more than one needs Redis")
    redis_url: str = Field("", repr=False, description="Redis for dashboard state, needed with several web processes")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="Bearer token for /metrics and details of health from elsewhere; empty: this machine"
    )
    worker_metrics: str = Field(
        "", pattern=r"^([\w.:\[\]-]+:\d{1,5})?$", description="Where the worker shows its metrics: 127.0.0.1:9464"
    )
    otlp_endpoint: str = Field(
        "", pattern=r"^(https?://.+)?$", description="Where traces go: http://localhost:4318; empty for none"
    )
    check_hours: int = Field(24, ge=0, le=720, description="Hours between checks of every invariant; 0 for never")
    drain_seconds: int = Field(
        0, ge=0, le=300, description="Seconds that a web process says it is not ready before it stops"
    )
    postgres_programs: str = Field("", description="Folder of pg_dump and pg_restore; empty: those on the path")
    second_factor: SecondFactor = Field(
        SecondFactor.STAFF, description="Who can do nothing without a second factor: offered (nobody), staff, everybody"
    )
    trusted_proxy_hops: int = Field(0, ge=0, le=9, description="Reverse proxies whose forwarded address is believed")
    api_requests_per_minute: int = Field(600, ge=1, description="Requests to the API by one key")
    signing_key: SecretStr = Field(SecretStr(""), description="Signs the links in mails; at least 32 characters")
    encryption_keys: SecretStr = Field(
        SecretStr(""), description="Encrypt stored secrets; 32 characters or more each, the newest first, with commas"
    )

    buckaroo_url: str = Field("https://testcheckout.buckaroo.nl", description="Gateway: test or live checkout host")
    buckaroo_website_key: str = Field("", description="Website key from the Plaza")
    buckaroo_secret: SecretStr = Field(SecretStr(""), description="Secret key from the Plaza")
    buckaroo_push_hash: str = Field("sha1", pattern="^(sha1|sha256|sha512)$", description="Hash method of form pushes")
    buckaroo_require_signed_answers: bool = Field(False, description="Refuse gateway answers without a signature")

    smtp_host: str = Field("localhost", description="Mail server")
    smtp_port: int = Field(25, ge=1, le=65535, description="Port of the mail server")
    smtp_username: str = Field("", description="Log-in of the mail server, empty for none")
    smtp_password: SecretStr = Field(SecretStr(""), description="Password of the mail server")
    smtp_starttls: bool = Field(False, description="Encrypt the connection to the mail server")
    mail_from: str = Field("", description="Address that mails come from")
    mail_reports_to: str = Field("", description="Address that mail servers report to; empty: no reports of success")
    mail_reports_secret: SecretStr = Field(
        SecretStr(""), description="Verifies mail reports at /hooks/mail: whsec_ and base64 of 24 to 64 bytes"
    )

    hosting_panel_url: str = Field("", description="Where the hosting panel takes webhooks, empty for no panel")
    hosting_panel_secret: SecretStr = Field(
        SecretStr(""), description="Signs webhooks: whsec_ and base64 of 24 to 64 bytes"
    )

    books_url: str = Field("", description="Bookkeeping: https://moneybird.com/api/v2, empty for none")
    books_token: SecretStr = Field(SecretStr(""), description="API token of the bookkeeping")
    books_administration: str = Field("", pattern=r"^\d*$", description="Number of the administration there")
    books_since: str = Field(
        "", pattern=r"^(\d{4}-\d{2}-\d{2})?$",
        description="Hand over documents from this day on; empty: from the day of connecting on",
    )  # fmt: skip
    books_tax_rates: str = Field("", description="Ids there of VAT rates: 21=…,9=…,0=…,reverse_charge=…")
    books_ledgers: str = Field(
        "", description="Ids there of ledgers: revenue=…, and each of payments, bank, credits, notes, carried, "
        "unallocated, payout, goodwill, fees, bank_other, bad_debt",
    )  # fmt: skip
    books_news_secret: SecretStr = Field(
        SecretStr(""), description="Verifies messages of the bookkeeping at /hooks/books; empty: none are believed"
    )

    peppol_url: str = Field("", description="Access point to the e-invoice network Peppol, empty for none")
    peppol_token: SecretStr = Field(SecretStr(""), description="Token of the access point")
    vies_url: str = Field(
        "https://ec.europa.eu/taxation_customs/vies/rest-api", description="Register of VAT numbers of the Union"
    )
    leaked_passwords_url: str = Field(
        "https://api.pwnedpasswords.com/range", description="Who knows leaked passwords; empty: nobody is asked"
    )
    vat_recheck_days: int = Field(30, ge=1, le=365, description="Days that an answer about a VAT number counts")
    vat_grace_days: int = Field(
        60, ge=0, le=365, description="Days that it counts longer while the register does not answer"
    )
    oss_since: str = Field(
        "", pattern=r"^(\d{4}-\d{2}-\d{2})?$",
        description="Consumers in the Union pay their own country's VAT from this day on; empty: past the threshold",
    )  # fmt: skip

    seller_name: str = Field("", description="Seller's name on invoices")
    seller_street: str = Field("", description="Seller's street and number")
    seller_postal_code: str = Field("", description="Seller's postal code")
    seller_city: str = Field("", description="Seller's city")
    seller_vat_number: str = Field("", description="Seller's VAT number")
    seller_chamber_number: str = Field("", description="Seller's number at the Chamber of Commerce")
    seller_iban: str = Field("", description="Account that customers transfer to")
    seller_phone: str = Field("", description="Number that customers can call about an invoice")

    brand_name: str = Field("", max_length=40, description="Name on screens and mails; empty: Voldaan, the seller's")
    brand_logo: str = Field("", description="File with the logo, SVG or PNG; empty: Voldaan's own mark")
    brand_icon: str = Field("", description="File with a square PNG of 512 pixels or more, for home screens")
    brand_blue: str = Field("", description="Colour of buttons and links, such as #1f4fcf; its shades are derived")
    brand_red: str = Field("", description="Colour of the button to the invoices, such as #c0212f")

    bank_ibans: str = Field("", description="Own accounts besides the one that customers transfer to, with commas")
    gateway_ibans: str = Field("", description="Accounts from which the gateway pays out, with commas")
    bank_match_by_iban: bool = Field(
        False, description="A known account with an exact amount is enough to book a transfer"
    )

    two_people_from_cents: int = Field(
        100_000, ge=0, description="From so much in one file of transfers on, in cents, two people approve it"
    )

    invoice_lead_days: int = Field(
        14, ge=0, le=90, description="Days before its period begins that a service is invoiced"
    )
    invoice_run_factor: int = Field(
        3, ge=2, le=1000, description="A run so many times more or less than the last ones is held"
    )
    invoice_run_small: int = Field(25, ge=0, description="A run of fewer invoices than this is never held")

    small_rest_cents: int = Field(
        100, ge=0, le=1000, description="A rest of an invoice below this goes on to the next one; 0 for never"
    )
    reminder_floor_cents: int = Field(0, ge=0, description="So much or less is no reason for a reminder, in cents")
    reminder_charges_costs: bool = Field(False, description="Formal notices name the legal costs of collecting")
    mandate_prefix: str = Field(
        "", pattern="^([A-Za-z0-9]{3})?$", description="Three characters that mandate references begin with (Plaza)"
    )
    creditor_id: str = Field("", max_length=35, description="Creditor identifier that customers' banks show")
    debit_notice_days: int = Field(14, ge=1, le=60, description="Days before a debit that the customer is told of it")
    debit_failed_percent: int = Field(
        30, ge=1, le=100, description="Collections freeze when more than this part of the last ones failed"
    )

    demo_clock: str = Field(
        "", description="File by which a demo's time is moved, empty to leave it; next to its SQLite file"
    )
    stop_floor_cents: int = Field(
        2_500, ge=0, description="What has to be late, in cents, before a service may be stopped for it"
    )
    stop_cooling_days: int = Field(
        7, ge=0, le=365, description="Days after money withdrew a stop order before one may be proposed for the same"
    )
    domain_renew_days: int = Field(
        7, ge=1, le=90, description="Days before its period ends that a domain is renewed, paid or not"
    )
    domain_renew_ceiling_cents: int = Field(
        25_000, ge=0, description="What may be open, in cents, when an unpaid domain is renewed without asking"
    )

    sandbox_port: int = Field(3100, ge=1, le=65535, description="Port of the sandbox")
    sandbox_smtp_port: int = Field(3125, ge=1, le=65535, description="Port of the sandbox's mail server")
    sandbox_state: str = Field("", description="File that keeps the sandbox between runs, empty for none")

    @property
    def gateway_is_live(self) -> bool:
        """True when payments move real money."""
        return urlsplit(self.buckaroo_url).hostname == LIVE_GATEWAY_HOST

    @property
    def gateway_origins(self) -> frozenset[str]:
        """Origins that a customer may be sent to: the gateway's own and nothing else."""
        parts = urlsplit(self.buckaroo_url)
        return frozenset({f"{parts.scheme}://{parts.netloc}"})

    @property
    def push_url(self) -> str:
        return f"{self.public_url}/hooks/buckaroo"


def load(**overrides: object) -> Settings:
    """Read and check the settings; in demo mode what is not set comes from the demo.

    Raises SettingsInvalid naming each wrong setting.
    """
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]  # the settings themselves validate
    except ValidationError as invalid:
        problems = [f"VOLDAAN_{str(e['loc'][0]).upper()}: {e['msg'].lower()}" for e in invalid.errors()]
        raise SettingsInvalid(problems=problems) from None
    if settings.demo:
        settings = settings.model_copy(update=_demo_values(settings))
    return settings


def log_format() -> str:
    """How to log, `text` or `json`; a setting that is wrong is for `load` to complain of."""
    try:
        return LogSettings().log_format
    except ValidationError:
        return "text"


def shown(settings: Settings, name: str) -> str:
    """A setting's value as it may be shown to people: no secrets, and no passwords inside addresses."""
    value = str(getattr(settings, name))
    password = urlsplit(value).password if "://" in value else None
    return value.replace(f":{password}@", ":**********@") if password else value


def vault_keys(settings: Settings) -> list[str]:
    """The keys that stored secrets are encrypted with, the newest first."""
    return [key.strip() for key in settings.encryption_keys.get_secret_value().split(",")]


def sqlite_path(database_url: str) -> Path | None:
    """The database file, or None on PostgreSQL."""
    prefix = "sqlite:///"
    return Path(database_url.removeprefix(prefix)) if database_url.startswith(prefix) else None


def _demo_values(settings: Settings) -> dict[str, object]:
    given = settings.model_fields_set
    demo = demo_values(settings.port, settings.sandbox_port, settings.sandbox_smtp_port) | {
        "database_url": DEMO_DATABASE_URL,
        "demo_clock": _clock_beside(settings.database_url if "database_url" in given else DEMO_DATABASE_URL),
    }
    return {name: value for name, value in demo.items() if name not in given}


def _clock_beside(database_url: str) -> str:
    path = sqlite_path(database_url)
    return f"{path}.clock" if path else ""
