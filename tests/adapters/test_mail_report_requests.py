"""Asking mail servers to report what becomes of a mail, where they can and where somebody reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from billing.adapters.mail.sender import SmtpSender
from billing.errors import AddressRefused, ProviderRefused
from tests.adapters.test_mail_sender import MAIL, PostOffice, running

SENDER, REPORTS = "facturen@voorbeeld.example.test", "bounces@voorbeeld.example.test"


class ReportingServer(SMTP):
    """A mail server that can report about a mail (RFC 3461). asked: the options that it was given."""

    asked: ClassVar[list[str]] = []

    async def take_ehlo(self, hostname: str) -> None:
        for line in (f"250-{self.hostname}", "250-DSN"):
            await self.push(line)
        await super().smtp_EHLO(hostname)

    async def take_mail(self, arg: str) -> None:
        await super().smtp_MAIL(self._without(arg, " RET="))

    async def take_rcpt(self, arg: str) -> None:
        await super().smtp_RCPT(self._without(arg, " NOTIFY="))

    def _without(self, arg: str, option: str) -> str:
        rest, found, value = arg.partition(option)
        self.asked.append(f"{found}{value}".strip())
        return rest


# The names are the library's.
for command in ("EHLO", "MAIL", "RCPT"):
    setattr(ReportingServer, f"smtp_{command}", getattr(ReportingServer, f"take_{command.lower()}"))


class ReportingController(Controller):
    def factory(self) -> SMTP:
        ReportingServer.asked.clear()
        return ReportingServer(self.handler, **self.SMTP_kwargs)


@contextmanager
def reporting(office: PostOffice, server: type[Controller] = ReportingController) -> Iterator[SmtpSender]:
    """A sender that was told where reports go."""
    with running(office, server) as sender:
        yield replace(sender, settings=replace(sender.settings, reports_address=REPORTS))


def test_reports_are_asked_for_where_the_mail_server_gives_them() -> None:
    office = PostOffice()
    with reporting(office) as sender:
        sender.send(MAIL)
    assert ReportingServer.asked == ["RET=HDRS", "NOTIFY=SUCCESS,FAILURE,DELAY"]
    assert office.envelopes[0].mail_from == REPORTS
    assert office.only_message()["From"] == f"Voorbeeld Hosting <{SENDER}>"


def test_no_reports_of_success_are_asked_for_when_nobody_reads_them() -> None:
    with running(PostOffice(), ReportingController) as sender:
        sender.send(MAIL)
    assert ReportingServer.asked == ["", ""]


def test_a_mail_server_without_reports_is_not_asked_for_them() -> None:
    office = PostOffice()
    with reporting(office, Controller) as sender:
        sender.send(MAIL)
    assert office.envelopes[0].mail_from == REPORTS


@pytest.mark.parametrize(("step", "refused"), [("recipient", AddressRefused), ("data", ProviderRefused)])
def test_an_address_that_is_refused_is_told_from_a_mail_that_is(step: str, refused: type[ProviderRefused]) -> None:
    answers: dict[str, Any] = {step: "550 5.1.1 no such mailbox"}
    with running(PostOffice(**answers)) as sender, pytest.raises(ProviderRefused) as raised:
        sender.send(MAIL)
    assert type(raised.value) is refused
