"""The mailbox over real SMTP."""

import smtplib
from email.message import EmailMessage

import httpx
import pytest

PICTURE = b"\x89PNG not really"


def mail(to="eigenaar@demo.test", message_id="<1@voldaan.test>", html="<p>Beste klant</p>"):
    message = EmailMessage()
    message["From"] = "Voorbeeld Hosting <facturen@voorbeeld.test>"
    message["To"] = to
    message["Subject"] = "Factuur 2026-0438, € 229,90"
    message["Message-ID"] = message_id
    message["Date"] = "Mon, 05 Jan 2026 10:00:00 +0100"
    message.set_content("Beste klant")
    message.add_alternative(html, subtype="html")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="factuur é.pdf")
    return message


@pytest.fixture
def send(sandbox):
    def deliver(message):
        with smtplib.SMTP("127.0.0.1", sandbox.smtp_port, timeout=5) as smtp:
            smtp.send_message(message)

    return deliver


@pytest.fixture
def box(sandbox, http):
    def read(**query):
        return http.get(f"{sandbox.url}/mailbox.json", params=query).json()

    return read


def test_mail_arrives_with_text_html_and_attachment(send, box):
    send(mail())
    (row,) = box()
    (file,) = row["attachments"]
    assert (row["to"], row["subject"]) == ("eigenaar@demo.test", "Factuur 2026-0438, € 229,90")
    assert (row["text"].strip(), row["html"].strip()) == ("Beste klant", "<p>Beste klant</p>")
    assert (row["date"], row["message_id"]) == ("2026-01-05T10:00:00+01:00", "<1@voldaan.test>")
    assert (file["filename"], file["content_type"], file["size"]) == ("factuur é.pdf", "application/pdf", 8)


def test_attachment_is_downloaded_with_its_type_and_name(send, box):
    send(mail())
    answer = httpx.get(box()[0]["attachments"][0]["url"])
    assert (answer.content, answer.headers["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    assert "filename*=UTF-8''factuur%20%C3%A9.pdf" in answer.headers["Content-Disposition"]


def test_same_message_id_for_the_same_recipient_is_one_mail(send, box):
    send(mail())
    send(mail())
    send(mail(message_id="<2@voldaan.test>"))
    assert [row["deliveries"] for row in box()] == [2, 1]


def test_each_recipient_has_an_own_mail(send, box):
    send(mail(to="een@demo.test, twee@demo.test"))
    assert [row["to"] for row in box()] == ["een@demo.test", "twee@demo.test"]
    assert [row["to"] for row in box(to="twee@demo.test")] == ["twee@demo.test"]
    assert box(after=box()[-1]["id"]) == []


def test_mailbox_can_refuse_the_next_mail_for_now(merchant, send, box):
    merchant.control("mail-faults", temporary=1)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(mail())
    assert (refused.value.smtp_code, box()) == (451, [])
    send(mail())
    assert len(box()) == 1


def test_mailbox_can_refuse_the_next_address_for_good(merchant, send, box):
    merchant.control("mail-faults", permanent=1)
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
        send(mail())
    assert (refused.value.recipients["eigenaar@demo.test"][0], box()) == (550, [])
    send(mail())
    assert len(box()) == 1


def test_list_and_mail_are_shown_as_pages(sandbox, send, box):
    send(mail())
    number = box()[0]["id"]
    assert "eigenaar@demo.test" in httpx.get(f"{sandbox.url}/mailbox").text
    shown = httpx.get(f"{sandbox.url}/mailbox/{number}").text
    assert "factuur é.pdf" in shown
    assert f'src="/mailbox/{number}/html"' in shown


def test_html_of_a_mail_runs_nothing_and_reaches_nothing(sandbox, send, box):
    send(mail(html="<script>alert(1)</script>"))
    policy = httpx.get(f"{sandbox.url}/mailbox/{box()[0]['id']}/html").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


def test_inline_picture_is_shown_from_the_mail_itself(sandbox, send, box):
    message = mail(html='<img src="cid:stamp">')
    message.get_body(("html",)).add_related(PICTURE, "image", "png", cid="<stamp>")
    send(message)
    (row,) = box()
    picture = next(file for file in row["attachments"] if file["content_type"] == "image/png")
    path = picture["url"].removeprefix(sandbox.url)
    assert f'src="{path}"' in httpx.get(f"{sandbox.url}/mailbox/{row['id']}/html").text
    assert httpx.get(picture["url"]).content == PICTURE


def test_mailbox_can_be_emptied(sandbox, send, box):
    send(mail())
    httpx.post(f"{sandbox.url}/mailbox/reset")
    assert box() == []
    assert "Nog geen mail" in httpx.get(f"{sandbox.url}/mailbox").text


def test_mail_that_is_not_there_is_not_found(sandbox):
    assert httpx.get(f"{sandbox.url}/mailbox/999999").status_code == 404
