import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from billing.adapters.mail.sender import SmtpSender, SmtpSettings
from billing.errors import ProviderRefused, ProviderUnclear
from billing.ports import Attachment, Mail

MAIL = Mail(
    message_id="outbox-42@voldaan.example.test",
    to_name="Zoë de Graan",
    to_address="zoe@klant.example.test",
    subject="Factuur 2026-0441: € 43,56, te betalen uiterlijk 4 december 2026",
    text="Dag Zoë,\n\nNog te betalen: € 43,56\n",
    html="<p>Dag Zoë, nog te betalen: <b>€ 43,56</b></p>",
    attachments=(Attachment("factuur-2026-0441.pdf", "application/pdf", b"%PDF-1.7 demo\x00\xff"),),
)


@dataclass(frozen=True)
class StoppedClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


class PostOffice:
    """Takes every mail, unless another answer is given for a step of the conversation."""

    def __init__(
        self, *, sender: str = "250 OK", recipient: str = "250 OK", data: str = "250 OK", hangs_up_at: str = ""
    ) -> None:
        self.envelopes: list[Any] = []
        self._sender, self._recipient, self._data, self._hangs_up_at = sender, recipient, data, hangs_up_at
        hooks = {"MAIL": self._take_sender, "RCPT": self._take_recipient, "DATA": self._take_data, "QUIT": self._leave}
        for command, hook in hooks.items():
            setattr(self, f"handle_{command}", hook)

    async def _take_sender(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self._sender

    async def _take_recipient(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.rcpt_tos.append(address)
        return self._recipient

    async def _take_data(self, server: Any, session: Any, envelope: Any) -> str:
        if self._hangs_up_at == "DATA":
            server.transport.close()
        self.envelopes.append(envelope)
        return self._data

    async def _leave(self, server: Any, session: Any, envelope: Any) -> str:
        if self._hangs_up_at == "QUIT":
            server.transport.close()
        return "221 Bye"

    def only_message(self) -> EmailMessage:
        (envelope,) = self.envelopes
        return message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)


def settings(port: int) -> SmtpSettings:
    return SmtpSettings(
        host="127.0.0.1",
        port=port,
        sender_name="Voorbeeld Hosting",
        sender_address="facturen@voorbeeld.example.test",
        starttls=False,
        timeout_seconds=5,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(office: PostOffice, server: type[Controller] = Controller, **options: Any) -> Iterator[SmtpSender]:
    controller = server(office, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield SmtpSender(settings(controller.port), clock=StoppedClock())
    finally:
        controller.stop()


def delivered(mail: Mail) -> EmailMessage:
    office = PostOffice()
    with running(office) as sender:
        sender.send(mail)
    return office.only_message()


def test_a_mail_arrives_with_text_html_and_attachment() -> None:
    message = delivered(MAIL)
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    (attachment,) = message.iter_attachments()
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == MAIL.text.splitlines()
    assert html.get_content().strip() == MAIL.html
    assert attachment.get_filename() == "factuur-2026-0441.pdf"
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_content() == MAIL.attachments[0].content


def test_the_headers_carry_names_subject_and_date() -> None:
    message = delivered(MAIL)
    assert message["Subject"] == MAIL.subject
    assert message["To"] == "Zoë de Graan <zoe@klant.example.test>"
    assert message["From"] == "Voorbeeld Hosting <facturen@voorbeeld.example.test>"
    assert message["Date"].datetime == StoppedClock().now()


def test_the_envelope_goes_to_the_one_recipient() -> None:
    office = PostOffice()
    with running(office) as sender:
        sender.send(replace(MAIL, to_name='Graan, "Zoe" <x@elders.example.test>'))
    assert office.envelopes[0].rcpt_tos == ["zoe@klant.example.test"]
    assert office.envelopes[0].mail_from == "facturen@voorbeeld.example.test"


@pytest.mark.parametrize(
    "message_id",
    [MAIL.message_id, f"<{MAIL.message_id}>", f"{'0123456789abcdef' * 6}@voldaan.example.test"],
    ids=["bare", "in brackets", "long"],
)
def test_the_message_id_is_kept(message_id: str) -> None:
    assert delivered(replace(MAIL, message_id=message_id))["Message-ID"].strip("<>") == message_id.strip("<>")


def test_a_mail_that_is_sent_again_is_the_same_mail() -> None:
    office = PostOffice()
    with running(office) as sender:
        sender.send(MAIL)
        sender.send(MAIL)
    first, second = (message_from_bytes(envelope.content) for envelope in office.envelopes)
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize(
    "tampered",
    [
        replace(MAIL, subject="Factuur\r\nBcc: iedereen@example.test"),
        replace(MAIL, to_name="Zoe\nBcc: iedereen@example.test"),
        replace(MAIL, to_address="zoe@klant.example.test\r\nRCPT TO:<iedereen@example.test>"),
        replace(MAIL, to_address="zoe@klant.example.test, iedereen@example.test"),
        replace(MAIL, to_address="geen adres"),
        replace(MAIL, to_address=""),
        replace(MAIL, message_id="42@example.test>\r\nBcc: iedereen@example.test"),
        replace(MAIL, attachments=(Attachment("a.pdf\r\nX: y", "application/pdf", b""),)),
    ],
)
def test_a_header_can_not_be_smuggled_in(tampered: Mail) -> None:
    office = PostOffice()
    with running(office) as sender, pytest.raises(ProviderRefused):
        sender.send(tampered)
    assert office.envelopes == []


@pytest.mark.parametrize(
    ("office", "reason"),
    [
        (PostOffice(recipient="550 5.1.1 <zoe@klant.example.test> unknown"), "550 5.1.1"),
        (PostOffice(data="554 5.7.1 looks like spam"), "554 5.7.1"),
        (PostOffice(sender="552 message too large"), "552"),
    ],
)
def test_a_permanent_no_is_a_refusal_that_names_no_address(office: PostOffice, reason: str) -> None:
    with running(office) as sender, pytest.raises(ProviderRefused) as refused:
        sender.send(MAIL)
    assert refused.value.facts == {"reason": reason}


@pytest.mark.parametrize(
    "office",
    [
        PostOffice(recipient="450 4.2.1 mailbox busy"),
        PostOffice(recipient="530 5.7.0 log in first"),
        PostOffice(sender="550 5.7.1 not your address"),
        PostOffice(data="451 4.3.0 try again"),
        PostOffice(hangs_up_at="DATA"),
    ],
    ids=["recipient later", "log in first", "our sender", "data later", "line lost"],
)
def test_anything_less_certain_is_unclear(office: PostOffice) -> None:
    with running(office) as sender, pytest.raises(ProviderUnclear):
        sender.send(MAIL)


def test_a_server_that_hangs_up_after_taking_the_mail_has_taken_it() -> None:
    office = PostOffice(hangs_up_at="QUIT")
    with running(office) as sender:
        sender.send(MAIL)
    assert len(office.envelopes) == 1


def test_an_absent_server_is_unclear() -> None:
    with pytest.raises(ProviderUnclear):
        SmtpSender(settings(free_port())).send(MAIL)


def test_a_silent_server_is_given_up_as_unclear() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        impatient = replace(settings(silent.getsockname()[1]), timeout_seconds=0.2)
        with pytest.raises(ProviderUnclear):
            SmtpSender(impatient).send(MAIL)


def test_nothing_is_sent_in_the_clear_when_encryption_was_asked_for() -> None:
    office = PostOffice()
    with running(office) as sender, pytest.raises(ProviderUnclear):
        SmtpSender(replace(sender.settings, starttls=True)).send(MAIL)
    assert office.envelopes == []


def test_a_known_sender_logs_in() -> None:
    office = PostOffice()
    with running(office, authenticator=_only_right, auth_require_tls=False) as sender:
        SmtpSender(replace(sender.settings, username="voldaan", password="right")).send(MAIL)
    assert len(office.envelopes) == 1


def test_a_wrong_password_loses_no_mail() -> None:
    with running(PostOffice(), authenticator=_only_right, auth_require_tls=False) as sender:
        unknown = SmtpSender(replace(sender.settings, username="voldaan", password="wrong"))
        with pytest.raises(ProviderUnclear) as unclear:
            unknown.send(MAIL)
    assert unclear.value.facts == {"reason": "535 5.7.8"}


def test_the_password_is_not_shown() -> None:
    assert "geheim" not in repr(SmtpSender(replace(settings(25), password="geheim")))


def _only_right(server: Any, session: Any, envelope: Any, mechanism: str, credentials: Any) -> AuthResult:
    return AuthResult(success=credentials.password == b"right", handled=False)
