"""Asking for a mandate: what the customer agreed to is written down first, and then it is signed at the bank."""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlmodel import func, select

from billing import access, audit, locks
from billing.access import Actor, Permission
from billing.accounts import service as accounts
from billing.accounts.tables import Account
from billing.db import Work
from billing.errors import MandateRefused
from billing.mandates import answers, rules
from billing.mandates.answers import CHECK_AFTER
from billing.mandates.rules import MandateRules, dutch_iban
from billing.mandates.tables import Mandate
from billing.money import MAX_CENTS
from billing.payments import service as payments
from billing.payments.service import OpenedPayment, StartPayment
from billing.ports import MandateScheme, Method
from billing.states import MandateState

EMANDATE, FIRST_PAYMENT = "emandate", "first_payment"


@dataclass(frozen=True)
class Consent:
    """What a customer agreed to: the text as it stood on the screen, its version, and from which address."""

    version: str
    text: str
    client_ip: str


@dataclass(frozen=True)
class RequestMandate:
    """Sign a mandate at the bank. maximum_cents: the most for one debit; needed for the business scheme.

    iban: the account that the customer means to use, if that was asked; it is not kept.
    """

    account_id: int
    consent: Consent
    scheme: MandateScheme = MandateScheme.CORE
    maximum_cents: int | None = None
    iban: str = ""


@dataclass(frozen=True)
class StartSeries:
    """Pay invoices with iDEAL and agree that later ones are collected from the account that pays these."""

    invoice_numbers: tuple[str, ...]
    consent: Consent


@dataclass(frozen=True)
class OpenedRequest:
    """A request, ready to be sent to the gateway."""

    mandate_id: int
    account_id: int
    token: str
    reference: str
    scheme: MandateScheme
    maximum_cents: int | None
    language: str


def open_request(work: Work, actor: Actor, command: RequestMandate, limits: MandateRules) -> OpenedRequest:
    """Write down what the customer agrees to; an older request that was not signed gives way.

    Raises NotFound, NotAllowed, CheckNeeded, MandateRefused (consent, maximum), InvalidIban or ForeignAccount.
    """
    allowed = access.require_checked(work, actor, Permission.MANDATE_MANAGE, command.account_id)
    if command.iban:
        dutch_iban(command.iban)
    if command.scheme is MandateScheme.BUSINESS and command.maximum_cents is None:
        raise MandateRefused(reason="maximum")
    if command.maximum_cents is not None and not 0 < command.maximum_cents <= MAX_CENTS:
        raise MandateRefused(reason="maximum")
    mandate = Mandate(
        account_id=allowed, way=EMANDATE, scheme=command.scheme.value, maximum_cents=command.maximum_cents,
        **_requested(work, actor, allowed, command.consent, limits),
    )  # fmt: skip
    _write(work, actor, mandate)
    return OpenedRequest(
        mandate_id=mandate.id or 0, account_id=allowed, token=mandate.token, reference=mandate.reference,
        scheme=command.scheme, maximum_cents=command.maximum_cents,
        language=work.session.get_one(Account, allowed).language,
    )  # fmt: skip


def open_series(
    work: Work, actor: Actor, payment: StartPayment, consent: Consent, limits: MandateRules
) -> OpenedPayment:
    """Open a payment that begins a mandate, with what the customer agreed to beside it.

    Raises what `open_payment` raises, NotAllowed also for who may pay and may not give a mandate, CheckNeeded,
    MandateRefused (consent), or MethodUnavailable.
    """
    opened = payments.open_payment(work, actor, payment)
    access.require_checked(work, actor, Permission.MANDATE_MANAGE, opened.account_id)
    mandate = Mandate(
        account_id=opened.account_id, way=FIRST_PAYMENT, scheme=MandateScheme.CORE.value, payment_id=opened.payment_id,
        **_requested(work, actor, opened.account_id, consent, limits),
    )  # fmt: skip
    _write(work, actor, mandate)
    return opened


def first_payment(command: StartSeries) -> StartPayment:
    """The payment that a series begins with."""
    return StartPayment(command.invoice_numbers, Method.IDEAL, command.consent.client_ip, starts_series=True)


def _requested(work: Work, actor: Actor, account_id: int, consent: Consent, limits: MandateRules) -> dict[str, Any]:
    """What every request begins with: an identity and the evidence of what was agreed to."""
    if not consent.version or not consent.text.strip():
        raise MandateRefused(reason="consent")
    locks.living_account(work, account_id)
    earlier = select(func.count()).select_from(Mandate).where(Mandate.account_id == account_id)
    return {
        "state": MandateState.REQUESTED.value, "token": secrets.token_urlsafe(24),
        "reference": rules.reference(limits.prefix, account_id, work.session.exec(earlier).one() + 1),
        "consent_version": consent.version, "consent_text": consent.text, "consented_at": work.now,
        "consented_by": actor.user_id, "consented_by_name": actor.name, "consent_ip": consent.client_ip,
        "next_check_at": work.now + CHECK_AFTER[0],
    }  # fmt: skip


def _write(work: Work, actor: Actor, mandate: Mandate) -> None:
    older = select(Mandate).where(
        Mandate.account_id == mandate.account_id, Mandate.state == MandateState.REQUESTED.value
    )
    for request in work.session.exec(older).all():
        answers.end_request(work, request, MandateState.CANCELLED, "newer_request")
    work.session.add(mandate)
    work.flush()
    audit.record(
        work, actor, "mandate.requested", chain=audit.of_account(mandate.account_id), subject=mandate.reference,
        way=mandate.way, scheme=mandate.scheme, consent=mandate.consent_version,
    )  # fmt: skip
    accounts.bump_version(work, mandate.account_id)
