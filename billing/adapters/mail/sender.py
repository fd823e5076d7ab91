"""SMTP behind the MailSender port."""

import re
import smtplib
import socket
import ssl
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from billing.adapters.mail.logo import add_logo
from billing.brand import Picture
from billing.clock import Clock, SystemClock
from billing.errors import AddressRefused, ProviderRefused, ProviderUnclear
from billing.ports import Attachment, Mail

# "Log in first" and its kin: permanent by number, but about our settings and not about this mail.
_OUR_SETTINGS = frozenset({530, 534, 535, 538})

_MESSAGE_TOO_LARGE = 552

# Seven bits, because not every mail server on the way takes eight.
_POLICY = SMTP.clone(cte_type="7bit")

_ENHANCED_CODE = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True)
class SmtpSettings:
    """The mail server and who our mails are from. No username means no log-in.

    reports_address: where mail servers report what became of a mail; empty for the sender's own address, which then
    hears of failures alone.
    """

    host: str
    port: int
    sender_name: str
    sender_address: str
    starttls: bool
    timeout_seconds: float
    username: str = ""
    password: str = field(default="", repr=False)
    reports_address: str = ""

    @property
    def envelope_sender(self) -> str:
        return self.reports_address or self.sender_address


@dataclass(frozen=True)
class SmtpSender:
    """One connection for each mail, so that a mail never waits for the troubles of another. logo: sent with each."""

    settings: SmtpSettings
    clock: Clock = field(default_factory=SystemClock)
    logo: Picture | None = None

    def send(self, mail: Mail) -> None:
        """Hand over one mail.

        Raises ProviderUnclear when the server can't be reached or did not say that it took the mail: it may be sent
        again, with the same Message-ID. Raises ProviderRefused when the mail itself will never do, and AddressRefused
        when its address won't.
        """
        message = self._message(mail)
        with self._connection() as server:
            try:
                server.send_message(
                    message, self.settings.envelope_sender, [mail.to_address], **self._report_options(server)
                )
            except smtplib.SMTPRecipientsRefused as error:
                raise _verdict(*next(iter(error.recipients.values())), final=AddressRefused) from error
            except smtplib.SMTPSenderRefused as error:
                raise _sender_verdict(error) from error
            except smtplib.SMTPNotSupportedError as error:
                raise AddressRefused(reason="address not supported by the mail server") from error
            except smtplib.SMTPResponseException as error:
                raise _verdict(error.smtp_code, error.smtp_error) from error
            except (smtplib.SMTPException, OSError) as error:
                raise ProviderUnclear(reason=type(error).__name__) from error

    def _report_options(self, server: smtplib.SMTP) -> dict[str, Sequence[str]]:
        """Ask for reports where the server can give them (RFC 3461), and to leave our attachments out of them."""
        server.ehlo_or_helo_if_needed()
        if not self.settings.reports_address or not server.has_extn("dsn"):
            return {}
        return {"mail_options": ("RET=HDRS",), "rcpt_options": ("NOTIFY=SUCCESS,FAILURE,DELAY",)}

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        try:
            server = self._connected()
        except smtplib.SMTPResponseException as error:
            raise ProviderUnclear(reason=_reason(error.smtp_code, error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise ProviderUnclear(reason=type(error).__name__) from error
        try:
            yield server
        finally:
            # The mail is taken or not by now; a server that hangs up without goodbye changes nothing about that.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        settings = self.settings
        # The name is given, because looking it up may wait for a name server longer than our own time-out.
        server = smtplib.SMTP(
            settings.host, settings.port, local_hostname=socket.gethostname(), timeout=settings.timeout_seconds
        )
        try:
            if settings.starttls:
                server.starttls(context=ssl.create_default_context())
            if settings.username:
                server.login(settings.username, settings.password)
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server

    def _message(self, mail: Mail) -> EmailMessage:
        _require_plain_headers(mail)
        message = EmailMessage(policy=_POLICY)
        try:
            message["From"] = _mailbox(self.settings.sender_name, address=self.settings.sender_address)
            message["To"] = _mailbox(mail.to_name, address=mail.to_address)
            message["Subject"] = mail.subject
            message["Message-ID"] = f"<{mail.message_id.strip('<>')}>"
            message["Date"] = format_datetime(self.clock.now())
        except (ValueError, IndexError, MessageError) as error:
            # The standard library's address parser has no one error of its own.
            raise ProviderRefused(reason="header not valid") from error
        # Holiday replies to an invoice help nobody.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        add_logo(message, self.logo)
        for attachment in mail.attachments:
            _attach(message, attachment)
        return message


def _require_plain_headers(mail: Mail) -> None:
    # A line break in a header starts another header: an extra recipient, or a body of somebody's choice.
    names = [mail.message_id, mail.to_name, mail.to_address, mail.subject]
    names += [attachment.filename for attachment in mail.attachments]
    if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for name in names for character in name):
        raise ProviderRefused(reason="control character in a header")


def _mailbox(name: str, *, address: str) -> Address:
    mailbox = Address(name, addr_spec=address)
    if not mailbox.username or not mailbox.domain:
        raise ValueError("not an address")
    return mailbox


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main_type, _, sub_type = attachment.media_type.partition("/")
    message.add_attachment(attachment.content, maintype=main_type, subtype=sub_type, filename=attachment.filename)


def _verdict(
    code: int, reply: bytes | str, final: type[ProviderRefused] = ProviderRefused
) -> ProviderRefused | ProviderUnclear:
    if 500 <= code < 600 and code not in _OUR_SETTINGS:
        return final(reason=_reason(code, reply))
    return ProviderUnclear(reason=_reason(code, reply))


def _sender_verdict(error: smtplib.SMTPSenderRefused) -> ProviderRefused | ProviderUnclear:
    # The sender is ours and the same in every mail: when it is wrong, this mail is not lost but has to wait.
    if error.smtp_code == _MESSAGE_TOO_LARGE:
        return ProviderRefused(reason=_reason(error.smtp_code, error.smtp_error))
    return ProviderUnclear(reason=_reason(error.smtp_code, error.smtp_error))


def _reason(code: int, reply: bytes | str) -> str:
    # Only the codes: the sentence often repeats the address, which has no place in a log.
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    enhanced = _ENHANCED_CODE.search(text)
    return f"{code} {enhanced.group()}" if enhanced else str(code)
