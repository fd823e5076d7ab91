import re
from dataclasses import replace

import pytest
import sample_account_mails as samples
import sample_invoices
from sample_account_mails import ACCOUNT, URL, account_mail

from billing.adapters.mail.texts import account_sentences
from billing.adapters.mail.writer import LetterWriter
from billing.ports import AccountMailKind, InvoiceMail, InvoiceToPay, Party

Kind = AccountMailKind

writer = LetterWriter(sample_invoices.SELLER)

every_kind = pytest.mark.parametrize("kind", list(Kind))
both_languages = pytest.mark.parametrize("language", ["nl", "en"])
text_and_html = pytest.mark.parametrize("part", [1, 2], ids=["text", "html"])

PEOPLE = ("inviter", "by", "name", "email", "predecessor", "successor", "old", "new")
HOSTILE = '<b onclick="x">Eva</b>\r\nBcc: all@example.test\u2028{brand} {0} \u202etest\x07 & Co'


def visible(html: str) -> str:
    body = html[html.index("<body") :]
    return " ".join(re.sub(r"<[^>]+>", " ", body.replace("&nbsp;", " ")).split())


def shown(written: tuple[str, str, str], part: int) -> str:
    return visible(written[2]) if part == 2 else written[part]


@both_languages
@every_kind
def test_every_kind_is_written_without_holes(kind: Kind, language: str) -> None:
    subject, text, html = writer.account(account_mail(kind, language=language))
    for part in (subject, text, visible(html)):
        assert part.strip()
        assert not re.search(r"[{}]|\bNone\b|\w_\w", part.replace(URL, ""))
    assert "\n\n\n" not in text
    assert "<" not in text
    assert f'<html lang="{language}">' in html


@both_languages
@every_kind
def test_every_kind_can_do_without_the_name_of_the_account(kind: Kind, language: str) -> None:
    subject, text, _ = writer.account(account_mail(kind, language=language, account_name="", recipient=""))
    assert subject[0].isupper()
    assert ACCOUNT not in text
    assert text.startswith(("Dag,\n", "Hello,\n"))


@pytest.mark.parametrize("kind", sorted(samples.OF_ACCOUNTS))
def test_the_subject_begins_with_the_account_where_there_is_one(kind: Kind) -> None:
    assert writer.account(account_mail(kind))[0].startswith(f"{ACCOUNT}: ")


@both_languages
@every_kind
def test_the_link_stands_under_the_button_and_once_in_plain_sight(kind: Kind, language: str) -> None:
    _, text, html = writer.account(account_mail(kind, language=language))
    assert text.count(URL) == 1
    assert re.findall(r"<a [^>]*href=\"([^\"]+)\"", html) == [URL]
    assert visible(html).count(URL) == 1


@pytest.mark.parametrize("kind", [Kind.PASSWORD_CHANGED, Kind.USER_REMOVED])
def test_a_mail_without_a_link_has_no_button(kind: Kind) -> None:
    _, text, html = writer.account(account_mail(kind, url=""))
    assert "<a " not in html
    assert account_sentences("nl").link_hint not in visible(html)
    assert account_sentences("nl").mails[kind].button not in text


@text_and_html
def test_an_invitation_says_who_invites_for_what_and_until_when(part: int) -> None:
    written = writer.account(account_mail(Kind.INVITATION))
    for words in (
        "Dag Petra Penning,",
        "Hanna de Graan heeft je voor het account van Bakkerij De Korenaar in het dashboard van Voorbeeld Hosting B.V. "
        "uitgenodigd.",
        "Als boekhouder of penningmeester zie en betaal je facturen",
        "kies je zelf een wachtwoord",
        "Boekhouder of penningmeester",
        "31 december 2027",
        "28 november 2026",
        "De link werkt één keer.",
        "We vragen je nooit per mail om een wachtwoord of code.",
        "Verwachtte je deze uitnodiging niet?",
    ):
        assert words in shown(written, part)


def test_who_has_a_log_in_already_is_not_asked_for_a_password() -> None:
    _, text, _ = writer.account(account_mail(Kind.INVITATION, facts={"is_new": "no"}))
    assert "kies je zelf een wachtwoord" not in text
    assert "Je logt in zoals je gewend bent" in text


def test_access_without_an_end_has_no_line_for_it() -> None:
    _, text, _ = writer.account(account_mail(Kind.INVITATION, facts={"ends_on": ""}))
    assert "Toegang tot en met" not in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.HANDOVER, "Hanna de Graan vraagt je om Karel Kas voor het account van Bakkerij De Korenaar"),
        (Kind.PASSWORD_RESET, "blijft een uur geldig"),
        (Kind.PASSWORD_RESET, "je wachtwoord blijft zoals het is"),
        (Kind.EMAIL_CHANGE, "blijft 24 uur geldig. Tot je bevestigt, log je in met je oude adres."),
        (Kind.EMAIL_CHANGED, "Nieuw e-mailadres: petra@demo.test"),
        (Kind.EMAIL_CHANGED, "Antwoord dan op deze mail"),
        (Kind.PASSWORD_CHANGED, "Op je andere apparaten ben je uitgelogd."),
        (Kind.BACKUP_CODE_USED, "Reservecodes over: 7"),
        (Kind.USER_CHANGED, "Rechten: Facturen zien, facturen betalen"),
        (Kind.OWNERSHIP_TRANSFERRED, "Vanaf nu is Petra Penning de eigenaar."),
        (Kind.VAT_NUMBER_INVALID, "rekenen we btw op je volgende facturen"),
        (Kind.MOVE_REFUSED, "je vorige adres en de btw blijven zoals ze waren"),
        (Kind.ACCESS_ENDS_SOON, "loopt tot en met 31 december 2027"),
    ],
)
def test_a_mail_says_what_its_reader_has_to_know(kind: Kind, words: str) -> None:
    assert words in writer.account(account_mail(kind))[1]


@pytest.mark.parametrize(
    ("language", "at", "expected"),
    [
        ("nl", "2026-11-21T10:20:00+00:00", "Wanneer: 21 november 2026, 11.20 uur"),
        ("nl", "2026-06-30T22:05:00Z", "Wanneer: 1 juli 2026, 00.05 uur"),
        ("en", "2026-11-21T10:20:00+00:00", "When: 21 November 2026, 11:20 (Dutch time)"),
    ],
)
def test_times_are_those_of_the_netherlands(language: str, at: str, expected: str) -> None:
    mail = account_mail(Kind.PASSKEY_ADDED, language=language, facts={"at": at})
    assert expected in writer.account(mail)[1]


def test_an_instant_without_a_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        writer.account(account_mail(Kind.PASSKEY_ADDED, facts={"at": "2026-11-21T10:20:00"}))


def test_a_user_who_may_do_nothing_any_more_is_told_so() -> None:
    assert "Rechten: Geen" in writer.account(account_mail(Kind.USER_CHANGED, facts={"rights": ""}))[1]


@both_languages
@every_kind
def test_a_name_that_ends_with_a_point_ends_no_sentence(kind: Kind, language: str) -> None:
    typed = dict.fromkeys(PEOPLE, "Janssen Sr.")
    _, text, _ = writer.account(account_mail(kind, language=language, account_name="Zand N.V.", facts=typed))
    assert ".." not in text


@every_kind
def test_what_people_typed_stays_text_on_one_line(kind: Kind) -> None:
    typed = dict.fromkeys(("inviter", "by", "name", "email", "predecessor", "successor", "old", "new"), HOSTILE)
    mail = account_mail(kind, recipient=HOSTILE, account_name=HOSTILE, facts=typed)
    subject, text, html = writer.account(mail)
    name = '<b onclick="x">Eva</b> Bcc: all@example.test {brand} {0} test & Co'
    assert subject.startswith(f"{name}: ")
    assert text.startswith(f"Dag {name},\n")
    assert not re.search("[\u0000-\u0009\u000b-\u001f\u2028\u202e]", subject + text + html)
    assert not re.search(r"^Bcc:", text, re.MULTILINE)
    assert "&lt;b onclick=&#34;x&#34;&gt;Eva&lt;/b&gt; Bcc: all@example.test {brand} {0} test &amp; Co" in html
    assert not re.search(r"<b\b", html)


def test_a_hostile_link_cannot_leave_its_attribute() -> None:
    url = 'https://dashboard.example.test/?a="><script>alert(1)</script>'
    _, _, html = writer.account(account_mail(Kind.PASSWORD_RESET, url=url))
    assert "<script" not in html


@both_languages
@every_kind
def test_no_mail_threatens_or_shouts(kind: Kind, language: str) -> None:
    subject, text, _ = writer.account(account_mail(kind, language=language))
    assert not re.search(r"blokke|laatste|afsluiten|onmiddellijk|suspend|immediately|urgent|!", subject + text)


@every_kind
def test_the_html_loads_nothing_from_elsewhere(kind: Kind) -> None:
    _, _, html = writer.account(account_mail(kind))
    assert set(re.findall(r'https?://[^"\s<]+', html)) - {samples.FACTS["dashboard"]} == {URL}
    assert not re.search(r"\bsrc=|@import|url\(", html)


def test_they_look_like_the_mails_about_invoices() -> None:
    about = InvoiceMail("invoice", "Hanna", sample_invoices.UNPAID, pay_url=URL, dashboard_url=URL)
    written, known = writer.account(account_mail(Kind.INVITATION))[2], writer.invoice(about)[2]
    colours = re.findall(r"#[0-9a-f]{6}\b", written)
    assert colours
    assert set(colours) <= set(re.findall(r"#[0-9a-f]{6}\b", known))
    assert written[written.index("<style>") : written.index("</style>")] in known


@text_and_html
def test_the_sender_signs_and_stands_in_the_imprint(part: int) -> None:
    written = shown(writer.account(account_mail(Kind.USER_JOINED)), part)
    assert re.search(r"Groet,\s+Voorbeeld Hosting B\.V\.", written)
    assert "Voorbeeld Hosting B.V., Demostraat 1, 1234 AB Voorbeeldstad" in written
    assert "KvK 00000000" in written


def test_a_seller_with_only_a_name_can_write_too() -> None:
    _, text, _ = LetterWriter(Party(name="Eenvoud")).account(account_mail(Kind.USER_JOINED))
    assert text.endswith("-- \nEenvoud\n")


def test_a_mail_that_misses_a_fact_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="needs expires_on, is_new"):
        replace(account_mail(Kind.INVITATION), facts={"inviter": "Hanna", "role": "bookkeeper", "ends_on": ""})


@pytest.mark.parametrize("kind", [Kind.INVITATION, Kind.HANDOVER, Kind.PASSWORD_RESET, Kind.EMAIL_CHANGE])
def test_a_mail_that_is_all_about_its_link_cannot_be_made_without(kind: Kind) -> None:
    with pytest.raises(ValueError, match="needs a url"):
        account_mail(kind, url="")


def test_a_link_stays_out_of_logs() -> None:
    assert URL not in repr(account_mail(Kind.PASSWORD_RESET))


@both_languages
@text_and_html
@pytest.mark.parametrize("kind", [Kind.STOP_ANNOUNCED, Kind.SERVICE_STOPPED])
def test_each_invoice_to_pay_has_its_amount_and_a_link_of_its_own(kind: Kind, language: str, part: int) -> None:
    asked = tuple(
        InvoiceToPay(number, cents, f"https://dashboard.example.test/pay/{number}")
        for number, cents in (("2026-0412", 1_210), ("2026-0438", 2_420))
    )
    mail = replace(account_mail(kind, language=language), invoices=asked, phone="085 000 00 00")
    written = writer.account(mail)
    assert all(invoice.pay_url in written[part] for invoice in asked)
    shown_part = shown(written, part)
    assert "2026-0438" in shown_part
    assert "24,20" in shown_part or "24.20" in shown_part
    assert "085 000 00 00" in shown_part
