"""The port `PushReader`: verifies Buckaroo's pushes, JSON and form, and says what they are about."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime

from billing.adapters.buckaroo import answers
from billing.adapters.buckaroo.answers import Answer
from billing.adapters.buckaroo.settings import BuckarooSettings
from billing.adapters.buckaroo.signing import form_fields, parse_authorization, verify_form_push, verify_json_push
from billing.clock import Clock, SystemClock
from billing.errors import InvalidAmount, PushRefused
from billing.ports import Push, PushNotice

MAX_PUSH_BYTES = 256 * 1024

# Clocks differ a little; a signature from further in the future is a fault.
_AHEAD_SECONDS = 300

# What the fields that name money and identity may look like; an empty value is no value.
_FORM_SYNTAX = {
    "brq_transactions": r"[0-9A-Fa-f]{32}",
    "brq_datarequest": r"[0-9A-Fa-f]{32}",
    "brq_amount": r"\d{1,10}(\.\d{1,2})?",
    "brq_amount_credit": r"\d{1,10}(\.\d{1,2})?",
    "brq_currency": r"[A-Za-z]{3}",
    "brq_statuscode": r"\d{3}",
    "brq_timestamp": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
}


class BuckarooPushReader:
    """Takes both formats on one address, since the format is a setting in the Plaza and not ours to choose."""

    def __init__(self, settings: BuckarooSettings, *, clock: Clock | None = None) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()

    def read(self, push: Push) -> PushNotice:
        """What a genuine push is about.

        Raises PushRefused with `status` 401 for a signature, key or time that is not right, 415 for SOAP and other
        formats, 400 for what can't be read; `reason` is for the log.
        """
        if len(push.body) > MAX_PUSH_BYTES:
            raise PushRefused(status=400, reason="huge")
        if not _is_utf8(push.body):
            raise PushRefused(status=400, reason="not_utf8")
        return self._read_json(push) if _is_json(push) else self._read_form(push)

    def _read_json(self, push: Push) -> PushNotice:
        # Rebuilt from our own address: the Host header is whatever the sender likes it to be.
        url = self._settings.push_base_url.rstrip("/") + push.path
        genuine = verify_json_push(
            authorization=push.authorization, method=push.method, url=url, body=push.body,
            website_key=self._settings.website_key, secret=self._settings.secret,
        )  # fmt: skip
        given = parse_authorization(push.authorization)
        if given is None or not genuine:
            raise PushRefused(status=401, reason="signature")
        age_seconds = self._clock.now().timestamp() - given.timestamp
        self._require_not_old(age_seconds)
        if age_seconds < -_AHEAD_SECONDS:
            raise PushRefused(status=401, reason="not_fresh")
        message = answers.parsed(push.body)
        if message is None:
            raise PushRefused(status=400, reason="not_an_object")
        return _json_notice(message, push.body)

    def _read_form(self, push: Push) -> PushNotice:
        if not verify_form_push(push.body, self._settings.secret, self._settings.push_hash):
            raise PushRefused(status=401, reason="signature")
        fields = {name.lower(): value for name, value in form_fields(push.body)}
        if fields.get("brq_websitekey") != self._settings.website_key:
            raise PushRefused(status=401, reason="website_key")
        if not _well_formed(fields):
            raise PushRefused(status=400, reason="field_syntax")
        sent_at = answers.local_instant(fields.get("brq_timestamp", ""))
        if sent_at is not None:
            # A form's time is the status's and not the signature's, so that only its age says something.
            self._require_not_old((self._clock.now() - sent_at).total_seconds())
        return _form_notice(fields, sent_at, push.body)

    def _require_not_old(self, age_seconds: float) -> None:
        if age_seconds > self._settings.push_max_age_seconds:
            raise PushRefused(status=401, reason="not_fresh")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_json(push: Push) -> bool:
    media_type = push.content_type.partition(";")[0].strip().lower()
    first = push.body.lstrip()[:1]
    if "xml" in media_type or "soap" in media_type or first == b"<":
        raise PushRefused(status=415, reason="format")
    if media_type == "application/json":
        return True
    return media_type != "application/x-www-form-urlencoded" and first == b"{"


def _well_formed(fields: Mapping[str, str]) -> bool:
    return all(
        re.fullmatch(syntax, fields[name], re.ASCII) for name, syntax in _FORM_SYNTAX.items() if fields.get(name)
    )


def _json_notice(message: Answer, body: bytes) -> PushNotice:
    for wrapper, subject in (("Transaction", "transaction"), ("DataRequest", "data_request")):
        inner = message.get(wrapper)
        if not isinstance(inner, dict):
            continue
        key = answers.key_of(inner)
        if not key:
            raise PushRefused(status=400, reason="key")
        external_id = _external_id(
            key=key,
            status_code=answers.status_code(inner),
            sub_code=answers.sub_code(inner),
            changed_at=answers.changed_at(inner),
            amount_cents=_signed_cents(inner.get("AmountDebit"), inner.get("AmountCredit")),
            type_code=answers.text(inner.get("TransactionType")),
        )
        return PushNotice(key=key, external_id=external_id, subject=subject)
    return _other(answers.text(message.get("InvoiceKey")), body)


def _form_notice(fields: Mapping[str, str], sent_at: datetime | None, body: bytes) -> PushNotice:
    transaction, data_request = fields.get("brq_transactions", ""), fields.get("brq_datarequest", "")
    key = (transaction or data_request).upper()
    if not key:
        return _other(answers.text(fields.get("brq_invoicekey", "")), body)
    external_id = _external_id(
        key=key,
        status_code=int(fields.get("brq_statuscode") or 0),
        sub_code=answers.text(fields.get("brq_statuscode_detail", "")),
        changed_at=sent_at,
        amount_cents=_signed_cents(fields.get("brq_amount"), fields.get("brq_amount_credit")),
        type_code=answers.text(fields.get("brq_transaction_type", "")),
    )
    return PushNotice(key=key, external_id=external_id, subject="transaction" if transaction else "data_request")


def _other(key: str, body: bytes) -> PushNotice:
    # Events about other things have no common identity; sent again, they have the same bytes.
    return PushNotice(key=key, external_id=hashlib.sha256(body).hexdigest(), subject="other")


def _signed_cents(debit: object, credit: object) -> int:
    # Only tells states apart; what is booked is asked for.
    try:
        return answers.cents(debit) - answers.cents(credit)
    except InvalidAmount:
        return 0


def _external_id(
    *, key: str, status_code: int, sub_code: str, changed_at: datetime | None, amount_cents: int, type_code: str
) -> str:
    moment = changed_at.isoformat() if changed_at else ""
    state = json.dumps([key, status_code, sub_code, moment, amount_cents, type_code.upper()])
    return hashlib.sha256(state.encode()).hexdigest()
