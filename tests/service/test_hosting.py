"""Changing the settings of a hosting package, and telling the control panel."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from billing import access
from billing.access import SYSTEM, Actor
from billing.accounts.tables import Account, Role
from billing.errors import BillingError, Conflict, InvalidSetting, NotAllowed, NotFound
from billing.hosting import queries, service
from billing.hosting.queries import HandOver, Package
from billing.hosting.service import AddPackage
from billing.hosting.settings import EmailSettings, Forward, WebsiteSettings
from billing.hosting.tables import HostingVersion
from billing.outbox import OutboxMessage
from tests.factories import Shop

DOMAIN = "voorbeeld.test"
MAY, MAY_NOT = (Role.OWNER, Role.ADMINISTRATOR, Role.TECHNICIAN), (Role.BOOKKEEPER, Role.READ_ONLY)
NEW = WebsiteSettings("8.4", force_https=True, web_root="public_html/nieuw")


@pytest.fixture
def package(shop: Shop, account: int) -> int:
    return shop.package(account, DOMAIN)


@pytest.fixture
def technician(shop: Shop, account: int) -> Actor:
    return shop.member(account, Role.TECHNICIAN)


def website(shop: Shop, account: int) -> Package[WebsiteSettings]:
    [found] = shop.ask(queries.websites, SYSTEM, account)
    return found


def email(shop: Shop, account: int) -> Package[EmailSettings]:
    [found] = shop.ask(queries.emails, SYSTEM, account)
    return found


def refused(act: Callable[..., Any], *args: Any) -> type[BillingError] | None:
    try:
        act(*args)
    except BillingError as error:
        return type(error)
    return None


@pytest.mark.parametrize("role", MAY)
def test_who_may_change_settings_changes_them(shop: Shop, account: int, package: int, role: Role) -> None:
    actor = shop.member(account, role)
    assert shop.do(service.change_website, actor, package, 1, NEW) == 2
    off = email(shop, account).settings.switched(f"info@{DOMAIN}")
    assert shop.do(service.change_email, actor, package, 1, off) == 2
    assert website(shop, account).settings == NEW
    assert [box.active for box in email(shop, account).settings.mailboxes] == [False, True]


@pytest.mark.parametrize("role", MAY_NOT)
def test_who_pays_can_not_touch_or_see_settings(shop: Shop, account: int, package: int, role: Role) -> None:
    actor, before = shop.member(account, role), email(shop, account).settings
    assert refused(shop.do, service.change_website, actor, package, 1, NEW) is NotAllowed
    assert refused(shop.do, service.change_email, actor, package, 1, before.switched(f"info@{DOMAIN}")) is NotAllowed
    assert refused(shop.ask, queries.websites, actor, account) is NotAllowed
    assert refused(shop.ask, queries.emails, actor, account) is NotAllowed
    assert (website(shop, account).version, email(shop, account).version) == (1, 1)


@pytest.mark.parametrize("role", MAY_NOT)
def test_the_rights_to_settings_can_never_be_given_to_who_pays(role: Role) -> None:
    assert not access.possible(role) & set(queries.RIGHTS.values())


def test_a_foreign_package_and_one_that_is_not_there_are_the_same(shop: Shop, technician: Actor) -> None:
    foreign = shop.package(shop.customer("Van een ander"), "elders.test")
    assert refused(shop.do, service.change_website, technician, foreign, 1, NEW) is NotFound
    assert refused(shop.do, service.change_website, technician, foreign + 100, 1, NEW) is NotFound
    assert refused(shop.do, service.change_email, technician, foreign, 1, EmailSettings()) is NotFound


def test_who_saw_an_older_version_changes_nothing(shop: Shop, account: int, package: int, technician: Actor) -> None:
    shop.do(service.change_website, technician, package, 1, NEW)
    mine = replace(NEW, php_version="8.5")
    assert refused(shop.do, service.change_website, technician, package, 1, mine) is Conflict
    assert refused(shop.do, service.change_website, technician, package, 3, mine) is Conflict
    assert website(shop, account).settings == NEW


def test_of_two_at_one_moment_one_is_told(shop: Shop, account: int, package: int, technician: Actor) -> None:
    other = replace(NEW, php_version="8.5")
    with pytest.raises(Conflict):
        shop.overlap(
            lambda work: service.change_website(work, technician, package, 1, NEW),
            lambda work: service.change_website(work, technician, package, 1, other),
        )
    assert website(shop, account).settings == NEW


def test_the_same_again_makes_no_version(shop: Shop, account: int, package: int, technician: Actor) -> None:
    before = website(shop, account)
    assert shop.do(service.change_website, technician, package, 1, before.settings) == 1
    assert website(shop, account) == before
    assert len(shop.all(HostingVersion)) == 2


def test_settings_that_make_no_sense_are_refused(shop: Shop, account: int, package: int, technician: Actor) -> None:
    outside = replace(NEW, web_root="../elders")
    abroad = email(shop, account).settings.with_forward(Forward("info@elders.test", "a@b.test"))
    assert refused(shop.do, service.change_website, technician, package, 1, outside) is InvalidSetting
    assert refused(shop.do, service.change_email, technician, package, 1, abroad) is InvalidSetting
    assert refused(shop.do, service.change_email, technician, package, 1, EmailSettings()) is InvalidSetting
    assert len(shop.all(HostingVersion)) == 2


def test_a_package_needs_a_real_domain(shop: Shop, account: int) -> None:
    command = AddPackage(account, "geen domein", NEW, EmailSettings())
    assert refused(shop.do, service.add_package, SYSTEM, command) is InvalidSetting


def test_the_audit_log_tells_who_changed_what(shop: Shop, account: int, package: int, technician: Actor) -> None:
    shop.do(service.change_website, technician, package, 1, NEW)
    shop.do(service.change_email, technician, package, 1, email(shop, account).settings.switched(f"info@{DOMAIN}"))
    told = [(e.action, e.actor, e.user_id, e.subject, e.facts) for e in shop.audit() if e.action.endswith(".changed")]
    who, what = (technician.name, technician.user_id), (DOMAIN, {"version": 2})
    assert told == [(f"{what_changed}.changed", *who, *what) for what_changed in ("website", "mailboxes")]
    assert shop.broken() == []


def test_the_last_changes_are_told_the_newest_first(shop: Shop, account: int, package: int, technician: Actor) -> None:
    for version in range(1, 9):
        shop.clock.advance(minutes=1)
        changed = replace(NEW, web_root=f"public_html/{version}")
        shop.do(service.change_website, technician, package, version, changed)
    changes = website(shop, account).changes
    assert [change.version for change in changes] == [9, 8, 7, 6, 5, 4]
    assert (changes[0].by, changes[0].at) == (technician.name, shop.clock.now())


def test_the_panel_gets_the_new_settings_and_the_screens_hear_of_it(
    shop: Shop, account: int, package: int, technician: Actor
) -> None:
    versions = [shop.one(Account, id=account).version]
    shop.do(service.change_website, technician, package, 1, NEW)
    waiting = website(shop, account)
    versions.append(shop.one(Account, id=account).version)
    shop.clock.advance(seconds=2)
    shop.carry_out()
    versions.append(shop.one(Account, id=account).version)
    [told] = shop.panel.told
    assert (told.domain, told.area, told.version, told.settings) == (DOMAIN, "website", 2, NEW.to_json())
    assert (waiting.hand_over, waiting.handed_at) == (HandOver.WAITING, None)
    done = website(shop, account)
    assert (done.hand_over, done.handed_at) == (HandOver.DONE, shop.clock.now())
    assert versions == sorted(set(versions))


def test_only_the_newest_version_is_sent(shop: Shop, account: int, package: int, technician: Actor) -> None:
    shop.do(service.change_website, technician, package, 1, replace(NEW, php_version="8.5"))
    shop.do(service.change_website, technician, package, 2, NEW)
    shop.carry_out()
    assert [(told.version, told.settings) for told in shop.panel.told] == [(3, NEW.to_json())]
    assert {row.state for row in shop.all(OutboxMessage)} == {"done"}


def test_a_panel_that_is_down_gets_the_same_message_later(
    shop: Shop, account: int, package: int, technician: Actor
) -> None:
    shop.panel.down = True
    shop.do(service.change_website, technician, package, 1, NEW)
    shop.carry_out()
    assert website(shop, account).hand_over is HandOver.WAITING
    shop.panel.down = False
    shop.clock.advance(minutes=5)
    shop.carry_out()
    assert [told.version for told in shop.panel.told] == [2]
    assert website(shop, account).hand_over is HandOver.DONE


def test_a_repeated_delivery_is_the_same_message(shop: Shop, account: int, package: int, technician: Actor) -> None:
    shop.do(service.change_website, technician, package, 1, NEW)
    shop.carry_out()
    shop.sql("UPDATE outbox_message SET state = 'waiting' WHERE dedup_key LIKE '%:website:2'")
    shop.clock.advance(minutes=5)
    shop.carry_out()
    first, second = shop.panel.told
    assert first == second


def test_a_panel_that_refuses_is_not_asked_again_and_the_page_can_tell(
    shop: Shop, account: int, package: int, technician: Actor
) -> None:
    shop.panel.refuses = True
    shop.do(service.change_website, technician, package, 1, NEW)
    shop.carry_out()
    assert website(shop, account).hand_over is HandOver.REFUSED
    shop.panel.refuses = False
    shop.clock.advance(hours=2)
    shop.carry_out()
    assert shop.panel.told == []


def test_packages_of_others_are_not_in_the_list(shop: Shop, account: int, package: int, technician: Actor) -> None:
    shop.package(shop.customer("Van een ander"), "elders.test")
    shop.package(account, "aan-het-begin.test")
    domains = [found.domain for found in shop.ask(queries.websites, technician, account)]
    assert domains == ["aan-het-begin.test", DOMAIN]


def test_an_account_without_packages_has_an_empty_list(shop: Shop, account: int, technician: Actor) -> None:
    assert shop.ask(queries.websites, technician, account) == ()


@pytest.mark.parametrize("statement", ["UPDATE hosting_version SET version = 9", "DELETE FROM hosting_version"])
def test_a_version_can_not_be_changed_or_deleted(shop: Shop, package: int, statement: str) -> None:
    assert "hosting_version is final" in shop.refusal(statement)


@pytest.mark.parametrize(
    ("area", "version", "by"), [("domain", 2, "Tom"), ("website", 0, "Tom"), ("website", 1, "Tom"), ("website", 2, "")]
)  # fmt: skip
def test_the_database_takes_no_version_that_can_not_be(
    shop: Shop, package: int, area: str, version: int, by: str
) -> None:
    assert shop.refusal(
        "INSERT INTO hosting_version (package_id, area, version, settings, changed_by_name, created_at)"
        f" VALUES ({package}, '{area}', {version}, '{{}}', '{by}', '2026-03-06 09:00:00')"
    )


def test_the_database_takes_a_version_that_can_be(shop: Shop, package: int) -> None:
    assert not shop.refusal(
        "INSERT INTO hosting_version (package_id, area, version, settings, changed_by_name, created_at)"
        f" VALUES ({package}, 'website', 2, '{{}}', 'Tom', '2026-03-06 09:00:00')"
    )


def test_a_domain_belongs_to_one_package(shop: Shop, account: int, package: int) -> None:
    assert shop.refusal(f"INSERT INTO hosting_package (account_id, domain) VALUES ({account}, '{DOMAIN}')")
    assert shop.refusal(f"INSERT INTO hosting_package (account_id, domain) VALUES ({account}, 'Hoofd.test')")
