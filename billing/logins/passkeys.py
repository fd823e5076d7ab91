"""Passkeys: a device proves who somebody is, by its own lock, without a secret that could be typed elsewhere.

Source: W3C Web Authentication, through py_webauthn. Every question to a device is kept until it is answered, once.
"""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete
from sqlmodel import col, select
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from billing import audit, locks
from billing.access import Actor, require_proof
from billing.accounts import notices, people
from billing.accounts.tables import User
from billing.db import Work, rows_changed
from billing.errors import Conflict, NotFound, PasskeyRefused
from billing.logins import factors
from billing.logins.tables import Passkey, PasskeyChallenge
from billing.ports import AccountMailKind

ANSWER_WITHIN = timedelta(minutes=5)
MOST = 20
LONGEST_NAME = 40
LONGEST_ANSWER = 16 * 1024
_BASE64URL = re.compile(r"[A-Za-z0-9_-]{1,1400}")


@dataclass(frozen=True)
class Site:
    """For which site passkeys are: the address of the dashboard, and the name that people know it by."""

    origin: str
    name: str

    @property
    def id(self) -> str:
        return urlsplit(self.origin).hostname or ""


def registration_options(work: Work, actor: Actor, site: Site) -> str:
    """The question to a device that is to become a passkey, as JSON. Raises CheckNeeded, Conflict for too many."""
    require_proof(work, actor)
    user = locks.user(work, actor.user_id or 0)
    known = _of_user(work, user.id or 0)
    if len(known) >= MOST:
        raise Conflict()
    options = generate_registration_options(
        rp_id=site.id, rp_name=site.name, user_name=user.email, user_display_name=user.name,
        user_id=f"user:{user.id}".encode(), exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )  # fmt: skip
    _remember(work, options.challenge, user.id)
    return options_to_json(options)


def register(work: Work, actor: Actor, site: Site, answer: str, name: str) -> None:
    """Add the device that gave this answer. Raises CheckNeeded, PasskeyRefused."""
    require_proof(work, actor)
    user = locks.user(work, actor.user_id or 0)
    challenge = _taken_challenge(work, answer, user.id)
    try:
        verified = verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.id, expected_origin=site.origin,
            require_user_verification=True,
        )  # fmt: skip
    except WebAuthnException:
        raise PasskeyRefused() from None
    credential_id = bytes_to_base64url(verified.credential_id)
    if work.session.exec(select(Passkey.id).where(Passkey.credential_id == credential_id)).first() is not None:
        raise PasskeyRefused()
    title = people.one_line(name, longest=LONGEST_NAME) or site.name
    work.session.add(
        Passkey(
            user_id=user.id or 0, credential_id=credential_id, name=title, sign_count=verified.sign_count,
            public_key=bytes_to_base64url(verified.credential_public_key), created_at=work.now,
        )
    )  # fmt: skip
    _told(work, actor, user, "passkey.added", AccountMailKind.PASSKEY_ADDED, title)


def remove(work: Work, actor: Actor, passkey_id: int) -> None:
    """Forget one of one's own devices. Raises CheckNeeded, NotFound, LastSecondFactor."""
    require_proof(work, actor)
    user = locks.user(work, actor.user_id or 0)
    passkey = work.session.get(Passkey, passkey_id)
    if passkey is None or passkey.user_id != actor.user_id:
        raise NotFound()
    work.session.delete(passkey)
    factors.require_one_left(work, user)
    _told(work, actor, user, "passkey.removed", AccountMailKind.PASSKEY_REMOVED, passkey.name)


def question(work: Work, site: Site, user_id: int | None = None) -> str:
    """The question to a device that is to prove who somebody is, as JSON. user_id: whose; None for anybody's."""
    known = _of_user(work, user_id) if user_id is not None else []
    options = generate_authentication_options(
        rp_id=site.id, allow_credentials=_descriptors(known), user_verification=UserVerificationRequirement.REQUIRED
    )
    _remember(work, options.challenge, user_id)
    return options_to_json(options)


def prove(work: Work, site: Site, answer: str, user_id: int | None = None) -> int:
    """Whose device gave this answer: the user's id. Raises PasskeyRefused; user_id: who it has to be."""
    credential_id = _plain(_parsed(answer).get("id", ""))
    passkey = work.session.exec(select(Passkey).where(Passkey.credential_id == credential_id)).first()
    if passkey is None or user_id not in {None, passkey.user_id}:
        raise PasskeyRefused()
    locks.user(work, passkey.user_id)
    challenge = _taken_challenge(work, answer, user_id)
    try:
        verified = verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.id, expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count, require_user_verification=True,
        )  # fmt: skip
    except WebAuthnException:
        raise PasskeyRefused() from None
    passkey.sign_count, passkey.last_used_at = verified.new_sign_count, work.now
    work.session.add(passkey)
    return passkey.user_id


def _remember(work: Work, challenge: bytes, user_id: int | None) -> None:
    work.session.execute(delete(PasskeyChallenge).where(col(PasskeyChallenge.expires_at) < work.now))
    work.session.add(
        PasskeyChallenge(challenge=bytes_to_base64url(challenge), user_id=user_id, expires_at=work.now + ANSWER_WITHIN)
    )


def _taken_challenge(work: Work, answer: str, user_id: int | None) -> bytes:
    """The question that was answered; from now on it counts as answered. Raises PasskeyRefused."""
    challenge = _challenge_in(answer)
    whose = col(PasskeyChallenge.user_id)
    taken = delete(PasskeyChallenge).where(
        col(PasskeyChallenge.challenge) == challenge, col(PasskeyChallenge.expires_at) >= work.now,
        whose.is_(None) if user_id is None else whose == user_id,
    )  # fmt: skip
    if rows_changed(work.session.execute(taken)) != 1:
        raise PasskeyRefused()
    return base64url_to_bytes(challenge)


def _challenge_in(answer: str) -> str:
    try:
        said = json.loads(base64url_to_bytes(_parsed(answer)["response"]["clientDataJSON"]))
        return _plain(said["challenge"])
    except (KeyError, TypeError, ValueError):
        raise PasskeyRefused() from None


def _plain(value: object) -> str:
    """A name in base64url, as devices give them. Raises PasskeyRefused for anything else."""
    if not isinstance(value, str) or not _BASE64URL.fullmatch(value):
        raise PasskeyRefused()
    return value


def _parsed(answer: str) -> dict[str, Any]:
    try:
        parsed = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        parsed = None
    if not isinstance(parsed, dict):
        raise PasskeyRefused()
    return parsed


def _of_user(work: Work, user_id: int) -> list[Passkey]:
    return list(work.session.exec(select(Passkey).where(Passkey.user_id == user_id).order_by(col(Passkey.id))))


def _descriptors(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential_id)) for passkey in passkeys]


def _told(work: Work, actor: Actor, user: User, action: str, kind: AccountMailKind, name: str) -> None:
    audit.record(work, actor, action, chain=audit.of_user(user.id or 0), subject=user.name, device=name)
    notices.to_user(work, user.id or 0, kind, {})
