"""The page of website settings: what it shows, saves and says."""

import asyncio

import pytest

from billing.access import SYSTEM
from billing.accounts.tables import Role
from billing.hosting import queries, service
from billing.hosting.service import AddPackage
from billing.hosting.settings import EmailSettings, WebsiteSettings
from billing.hosting.tables import HostingVersion
from dashboard.pages.website_state import WebsiteState
from tests.states.conftest import signed_in

DOMAIN = "voorbeeld.test"
AT = "6 maart 2026, 10.00"


@pytest.fixture
def package(shop, account):
    return str(shop.package(account, DOMAIN))


@pytest.fixture
def technician(shop, account):
    return shop.member(account, Role.TECHNICIAN)


@pytest.fixture
def tab(shop, technician, package):
    """A tab in which the technician is logged in."""
    return signed_in(shop, technician)


@pytest.fixture
def website(tab):
    tab.open(WebsiteState, "/website")
    return tab.page(WebsiteState)


def sent(package, php="8.4", root="public_html", **ticked):
    """What the form of a website sends."""
    return {"package": package, "php_version": php, "web_root": root, **ticked}


def settings(shop, account):
    [found] = shop.ask(queries.websites, SYSTEM, account)
    return found.settings


def versions(shop):
    return len(shop.all(HostingVersion))


def change_elsewhere(shop, account, package, version=1):
    """Somebody else chooses PHP 8.5."""
    other = shop.member(account, Role.ADMINISTRATOR)
    new = WebsiteSettings("8.5", force_https=True, web_root="public_html")
    shop.do(service.change_website, other, int(package), version, new)
    return other


def test_the_page_shows_how_a_website_is_set_and_who_did_that(website):
    [shown] = website.cards
    assert (shown.php_version, shown.force_https, shown.web_root) == ("8.3", False, "public_html")
    assert [option.value for option in shown.php_versions] == ["8.5", "8.4", "8.3", "8.2"]
    assert (shown.card.domain, shown.card.changed) == (DOMAIN, f"Zo ingesteld door Voldaan op {AT}")
    assert shown.card.hand_over.label == f"Doorgegeven aan het controlepaneel op {AT}"


def test_saved_settings_are_kept_and_on_their_way(shop, account, technician, tab, website, package):
    shown = tab.do(WebsiteState, "save", sent(package, force_https="on", root=" public_html/nieuw "))
    assert settings(shop, account) == WebsiteSettings("8.4", force_https=True, web_root="public_html/nieuw")
    [site] = shown.cards
    assert (site.card.said, site.card.hand_over.label) == ("Opgeslagen.", "Wordt doorgegeven")
    assert site.card.changed == f"Gewijzigd door {technician.name} op {AT}"
    assert site.card.earlier == (f"Voldaan, op {AT}",)


def test_the_page_tells_by_itself_when_the_panel_has_it(shop, tab, website, package):
    tab.do(WebsiteState, "save", sent(package))
    shop.carry_out()
    asyncio.run(tab.page(WebsiteState)._reload())
    [site] = tab.page(WebsiteState).cards
    assert site.card.hand_over.label == f"Doorgegeven aan het controlepaneel op {AT}"
    assert (site.newer, site.card.said) == ("", "Opgeslagen.")


def test_a_refusing_panel_is_told_without_alarm(shop, tab, website, package):
    shop.panel.refuses = True
    tab.do(WebsiteState, "save", sent(package))
    shop.carry_out()
    asyncio.run(tab.page(WebsiteState)._reload())
    [site] = tab.page(WebsiteState).cards
    assert site.card.hand_over.label == "Niet overgenomen door het controlepaneel"
    assert "Je instellingen zijn bewaard" in site.card.hand_over_text


def test_the_same_again_is_not_saved(shop, tab, website, package):
    shown = tab.do(WebsiteState, "save", sent(package, php="8.3"))
    assert shown.cards[0].card.said == "Er was niets te wijzigen: dit stond al zo ingesteld."
    assert versions(shop) == 2


@pytest.mark.parametrize(
    ("changes", "errors"), [({"root": "../elders"}, (False, True)), ({"php": "7.4"}, (True, False))]
)
def test_a_wrong_value_is_told_beside_its_field(shop, tab, website, package, changes, errors):
    [shown] = tab.do(WebsiteState, "save", sent(package, **changes)).cards
    assert (shown.php_version_error != "", shown.web_root_error != "") == errors
    assert (shown.card.sorry, shown.key) == ("", f"{package}-1")
    assert "Er is niets veranderd" in shown.php_version_error + shown.web_root_error
    assert versions(shop) == 2


def test_a_version_that_is_no_longer_offered_stays_in_the_list(shop, account, technician):
    old = AddPackage(account, DOMAIN, WebsiteSettings("7.4", force_https=True, web_root="www"), EmailSettings())
    package = str(shop.do(service.add_package, SYSTEM, old))
    tab = signed_in(shop, technician)
    [shown] = tab.open(WebsiteState, "/website").cards
    assert shown.php_versions[-1].label == "7.4, wordt niet meer aangeboden"
    tab.do(WebsiteState, "save", sent(package, php="7.4", root="public_html"))
    assert settings(shop, account).web_root == "public_html"


def test_who_was_just_too_late_is_told_and_may_decide_again(shop, account, tab, website, package):
    other = change_elsewhere(shop, account, package)
    [shown] = tab.do(WebsiteState, "save", sent(package, php="8.2", root="www")).cards
    assert settings(shop, account).php_version == "8.5"
    assert "Er is niets opgeslagen" in shown.card.sorry
    assert f"{other.name} heeft dit gewijzigd" in shown.newer
    assert "Nu geldt: PHP 8.5, https aan, webmap public_html." in shown.newer
    # The browser keeps what was typed as long as the key of the form stays.
    assert shown.key == f"{package}-1"
    [shown] = tab.do(WebsiteState, "save", sent(package, php="8.2", root="www")).cards
    assert settings(shop, account) == WebsiteSettings("8.2", force_https=False, web_root="www")
    assert (shown.newer, shown.card.sorry) == ("", "")


def test_a_change_elsewhere_does_not_fill_the_form_by_itself(shop, account, tab, website, package):
    change_elsewhere(shop, account, package)
    asyncio.run(website._reload())
    [shown] = tab.page(WebsiteState).cards
    assert (shown.php_version, shown.key) == ("8.3", f"{package}-1")
    assert "Nu geldt: PHP 8.5" in shown.newer
    [shown] = tab.do(WebsiteState, "take_over", package).cards
    assert (shown.php_version, shown.key, shown.newer) == ("8.5", f"{package}-2", "")


def test_seeing_a_change_elsewhere_is_not_yet_agreeing_to_overwrite_it(shop, account, tab, website, package):
    change_elsewhere(shop, account, package)
    asyncio.run(website._reload())
    tab.do(WebsiteState, "save", sent(package))
    assert settings(shop, account).php_version == "8.5"


def test_several_packages_have_a_card_each(shop, account, tab, package):
    second = str(shop.package(account, "aan-het-begin.test"))
    shown = tab.open(WebsiteState, "/website")
    assert [(site.card.domain, site.button) for site in shown.cards] == [
        ("aan-het-begin.test", "soft"), (DOMAIN, "soft"),
    ]  # fmt: skip
    shown = tab.do(WebsiteState, "save", sent(second, root="../elders"))
    assert [site.web_root_error != "" for site in shown.cards] == [True, False]


@pytest.mark.parametrize(
    "changes",
    [{"php": 8.4}, {"php": None}, {"root": ["x"]}, {"root": None}, {"force_https": "yes"}, {"force_https": [True]}],
)
def test_a_value_of_another_type_is_told_and_changes_nothing(shop, tab, website, package, changes):
    [shown] = tab.do(WebsiteState, "save", sent(package, **changes)).cards
    told = shown.card.sorry + shown.php_version_error + shown.web_root_error
    assert "Dit konden we niet lezen. Er is niets veranderd." in told
    assert versions(shop) == 2
