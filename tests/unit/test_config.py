from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from billing import config, demo_settings, settings_checks
from billing.adapters.books.settings import parse_ids
from billing.errors import SettingsInvalid
from billing.sandbox.booksrates import RATES
from billing.second_factor import SecondFactor
from billing.vat_rates import standard_rate
from billing.vat_treatment import HOME, MEMBER_STATES

SECRETS = {
    "buckaroo_secret": "gateway-secret-4711",
    "signing_key": "signing-key-4711-with-more-than-32-characters",
    "encryption_keys": "encryption-key-4711-with-more-than-32-characters",
    "smtp_password": "smtp-secret-4711",
    "mail_reports_secret": "whsec_4711bWFpbCByZXBvcnRzIGluIHRoZSB0ZXN0cyE=",
    "hosting_panel_secret": "whsec_4711c2VjcmV0IG9mIHRoZSBwYW5lbCBmb3IgdGVzdHM=",
}
PRODUCTION: dict[str, object] = {
    "public_url": "https://billing.example.com",
    "buckaroo_url": "https://checkout.buckaroo.nl",
    "buckaroo_website_key": "LIVE000KEY",
    "mail_from": "facturen@example.com",
    "seller_name": "Verkoper B.V.",
    "seller_vat_number": "NL000000000B00",
    "seller_iban": "NL93TEST0123456789",
    "hosting_panel_url": "https://panel.example.com/hooks",
    **SECRETS,
}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in config.Settings.model_fields:
        monkeypatch.delenv(f"VOLDAAN_{name.upper()}", raising=False)


def problems(**settings: object) -> list[str]:
    """What is wrong with these settings."""
    try:
        settings_checks.require_valid(config.load(**settings))
    except SettingsInvalid as invalid:
        return list(invalid.facts["problems"])
    return []


def test_a_complete_installation_may_start() -> None:
    assert problems(**PRODUCTION) == []


def test_the_demo_needs_no_settings_at_all() -> None:
    assert problems(demo=True) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("buckaroo_website_key", ""),
        ("buckaroo_secret", ""),
        ("mail_from", ""),
        ("seller_name", ""),
        ("seller_vat_number", ""),
        ("seller_iban", ""),
        ("signing_key", "too short"),
        ("signing_key", demo_settings.DEMO_SIGNING_KEY),
        ("encryption_keys", "too short"),
        ("encryption_keys", f"{SECRETS['encryption_keys']},too short"),
        ("encryption_keys", demo_settings.DEMO_ENCRYPTION_KEY),
        ("buckaroo_url", "http://checkout.buckaroo.nl"),
        ("public_url", "billing.example.com"),
        ("public_url", "https://billing.example.com/app"),
        ("public_url", "https://billing.example.com/"),
        ("public_url", "https://billing.example.com?a=b"),
        ("public_url", "ftp://billing.example.com"),
        ("database_url", "mysql://localhost/voldaan"),
        ("port", "0"),
        ("port", "many"),
        ("web_processes", "0"),
        ("smtp_port", "65536"),
        ("trusted_proxy_hops", "-1"),
        ("buckaroo_push_hash", "md5"),
        ("buckaroo_push_hash", "sha1234"),
        ("demo", "perhaps"),
        ("second_factor", "nobody"),
        ("hosting_panel_url", "http://panel.example.com/hooks"),
        ("hosting_panel_secret", ""),
        ("hosting_panel_secret", demo_settings.DEMO_PANEL_SECRET),
        ("demo_clock", "var/demo.clock"),
        ("leaked_passwords_url", "http://leaks.example.com/range"),
        ("leaked_passwords_url", "leaks.example.com"),
        ("creditor_id", "NL98ZZZ123456780000"),
        ("mail_reports_secret", "not a key"),
        ("mail_reports_secret", "whsec_dG9vIHNob3J0"),
        ("mail_reports_secret", demo_settings.DEMO_MAIL_REPORTS_SECRET),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    [problem] = problems(**{**PRODUCTION, name: value})
    assert problem.startswith(f"VOLDAAN_{name.upper()}: ")


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9/range", "https://leaks.example.com/range"])
def test_leaked_passwords_may_be_asked_about_elsewhere_nearby_or_not_at_all(address: str) -> None:
    assert problems(**PRODUCTION, leaked_passwords_url=address) == []


def test_leaked_passwords_are_asked_about_unless_it_is_a_demo() -> None:
    assert config.load(**PRODUCTION).leaked_passwords_url == "https://api.pwnedpasswords.com/range"
    assert config.load(demo=True).leaked_passwords_url == ""
    assert problems(demo=True, leaked_passwords_url="http://localhost:9/range") == []


def test_a_second_factor_is_demanded_of_staff_unless_it_is_a_demo_or_said_otherwise() -> None:
    assert config.load(**PRODUCTION).second_factor is SecondFactor.STAFF
    assert config.load(demo=True).second_factor is SecondFactor.OFFERED
    for demo in (True, False):
        assert config.load(demo=demo, second_factor="everybody").second_factor is SecondFactor.EVERYBODY


def test_every_wrong_setting_is_named_at_once() -> None:
    wrong = problems(**{**PRODUCTION, "mail_from": "", "seller_iban": "", "public_url": "x"})
    assert [problem.split(":")[0] for problem in wrong] == [
        "VOLDAAN_MAIL_FROM", "VOLDAAN_SELLER_IBAN", "VOLDAAN_PUBLIC_URL",
    ]  # fmt: skip


def test_several_web_processes_need_redis() -> None:
    assert [p.split(":")[0] for p in problems(**PRODUCTION, web_processes=2)] == ["VOLDAAN_REDIS_URL"]
    assert problems(**PRODUCTION, web_processes=2, redis_url="redis://localhost") == []


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("buckaroo_url", "https://checkout.buckaroo.nl", "VOLDAAN_BUCKAROO_URL"),
        ("buckaroo_url", "https://testcheckout.buckaroo.nl", "VOLDAAN_BUCKAROO_URL"),
        ("buckaroo_website_key", "LIVE000KEY", "VOLDAAN_BUCKAROO_WEBSITE_KEY"),
        ("buckaroo_secret", "live-secret", "VOLDAAN_BUCKAROO_WEBSITE_KEY"),
        ("hosting_panel_url", "https://panel.example.com/hooks", "VOLDAAN_HOSTING_PANEL_URL"),
        ("hosting_panel_secret", SECRETS["hosting_panel_secret"], "VOLDAAN_HOSTING_PANEL_SECRET"),
        ("mail_reports_secret", SECRETS["mail_reports_secret"], "VOLDAAN_MAIL_REPORTS_SECRET"),
        ("books_url", "https://moneybird.com/api/v2", "VOLDAAN_BOOKS_URL"),
        ("books_token", "a live token", "VOLDAAN_BOOKS_TOKEN"),
        ("books_news_secret", "a live secret", "VOLDAAN_BOOKS_NEWS_SECRET"),
        ("peppol_url", "https://ap.example.com/v1", "VOLDAAN_PEPPOL_URL"),
        ("peppol_token", "a live token", "VOLDAAN_PEPPOL_TOKEN"),
        ("leaked_passwords_url", "https://api.pwnedpasswords.com/range", "VOLDAAN_LEAKED_PASSWORDS_URL"),
        ("vies_url", "https://ec.europa.eu/taxation_customs/vies/rest-api", "VOLDAAN_VIES_URL"),
        ("signing_key", SECRETS["signing_key"], "VOLDAAN_SIGNING_KEY"),
        ("encryption_keys", SECRETS["encryption_keys"], "VOLDAAN_ENCRYPTION_KEYS"),
        ("smtp_password", SECRETS["smtp_password"], "VOLDAAN_SMTP_PASSWORD"),
        ("smtp_host", "mail.example.com", "VOLDAAN_SMTP_HOST"),
    ],
)
def test_the_demo_refuses_live_keys(name: str, value: str, named: str) -> None:
    [problem] = problems(demo=True, **{name: value})
    assert problem.startswith(named)


@pytest.mark.parametrize(
    ("name", "value"),
    [("buckaroo_website_key", demo_settings.DEMO_WEBSITE_KEY), ("buckaroo_secret", demo_settings.DEMO_SECRET)],
)
def test_a_live_installation_refuses_the_demos_keys(name: str, value: str) -> None:
    [problem] = problems(**{**PRODUCTION, name: value})
    assert problem.startswith("VOLDAAN_BUCKAROO_WEBSITE_KEY: ")


def test_without_a_panel_no_key_for_it_is_needed() -> None:
    assert problems(**{**PRODUCTION, "hosting_panel_url": "", "hosting_panel_secret": ""}) == []


@pytest.mark.parametrize("name", SECRETS)
def test_no_secret_shows(name: str) -> None:
    settings = config.load(**PRODUCTION)
    assert "4711" not in f"{settings!r} {settings} {getattr(settings, name)}"


@pytest.mark.parametrize("name", ["database_url", "redis_url"])
def test_no_password_in_an_address_shows(name: str) -> None:
    settings = config.load(**{**PRODUCTION, name: "postgresql://voldaan:secret-4711@db.example.com/voldaan"})
    assert "4711" not in f"{settings!r} {settings}"


def test_a_wrong_setting_is_not_repeated_in_the_message() -> None:
    assert "4711" not in str(problems(**{**PRODUCTION, "port": "4711-secret"}))


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOLDAAN_PORT", "8080")
    monkeypatch.setenv("VOLDAAN_BUCKAROO_SECRET", "from the environment")
    settings = config.load()
    assert (settings.port, settings.buckaroo_secret) == (8080, SecretStr("from the environment"))


def test_what_is_set_wins_over_the_demos_own_values() -> None:
    settings = config.load(demo=True, seller_name="Onze naam", sandbox_port=4000)
    assert (settings.seller_name, settings.buckaroo_url) == ("Onze naam", "http://localhost:4000")


@pytest.mark.parametrize(
    ("url", "live"),
    [
        ("https://checkout.buckaroo.nl", True),
        ("https://CHECKOUT.buckaroo.nl", True),
        ("https://testcheckout.buckaroo.nl", False),
        ("http://localhost:3100", False),
    ],
)
def test_only_the_live_host_moves_real_money(url: str, live: bool) -> None:
    assert config.load(buckaroo_url=url).gateway_is_live is live


def test_customers_are_sent_to_the_gateways_own_origin_only() -> None:
    settings = config.load(buckaroo_url="https://checkout.buckaroo.nl/json/")
    assert settings.gateway_origins == {"https://checkout.buckaroo.nl"}


def test_pushes_come_in_under_the_public_address() -> None:
    assert (
        config.load(public_url="https://billing.example.com").push_url == "https://billing.example.com/hooks/buckaroo"
    )


@pytest.mark.parametrize("country", sorted(MEMBER_STATES - {HOME}))
def test_the_demos_bookkeeping_has_the_rate_of_every_other_member_state(country: str) -> None:
    rate = standard_rate(country, date(2026, 11, 20))
    ids = parse_ids(config.load(demo=True).books_tax_rates)
    assert RATES[ids[f"oss_{country}_{rate}"]] == rate


def test_a_look_that_will_not_do_is_named_setting_by_setting(tmp_path: Path) -> None:
    (tmp_path / "logo.gif").write_bytes(b"GIF89a")
    found = problems(
        **PRODUCTION, brand_blue="#ffcc00", brand_red="red", brand_logo=str(tmp_path / "logo.gif"),
        brand_icon=str(tmp_path / "absent.png"),
    )  # fmt: skip
    assert [problem.split(":")[0] for problem in found] == [
        "VOLDAAN_BRAND_BLUE", "VOLDAAN_BRAND_RED", "VOLDAAN_BRAND_LOGO", "VOLDAAN_BRAND_ICON",
    ]  # fmt: skip
    assert "nearest shade" in found[0]


def test_a_look_of_ones_own_may_start() -> None:
    assert problems(**PRODUCTION, brand_name="Hostland", brand_blue="#0B6E4F", brand_red="#8a1c7c") == []
