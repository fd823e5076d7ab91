"""Passwords: hashes (argon2id through passlib), and how soon one would be guessed (zxcvbn)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from passlib.context import CryptContext
from zxcvbn import zxcvbn

from billing.errors import WeakPassword

SHORTEST, LONGEST = 10, 1024
# The estimator gets slow on long texts, and a good start is good enough.
ESTIMATED = 72
# On zxcvbn's scale of 0 to 4: safe against guessing without the hash, and hard enough with it.
GOOD_ENOUGH = 3

# The estimator knows English; these are what a Dutch customer of a hosting company thinks of first.
_DUTCH = (
    "wachtwoord", "welkom", "geheim", "boekhouder", "boekhouding", "penningmeester", "factuur", "facturen", "betalen",
    "bakkerij", "hosting", "domein", "voldaan", "lente", "zomer", "herfst", "winter", "januari", "februari", "maart",
    "april", "juni", "juli", "augustus", "september", "oktober", "november", "december", "maandag", "vrijdag", "zondag",
    "nederland", "amsterdam", "rotterdam", "utrecht", "ajax", "feyenoord", "fiets", "vereniging", "schatje", "liefde",
)  # fmt: skip

_HASHES = CryptContext(schemes=["argon2"])


@dataclass(frozen=True)
class Verdict:
    """Whether a password is right, and its hash with today's parameters when the kept one is of an older make."""

    is_right: bool
    new_hash: str | None = None


def hash_password(password: str) -> str:
    """A salted argon2id hash."""
    return str(_HASHES.hash(password))


def verify(password: str, password_hash: str | None) -> Verdict:
    """Check a password; takes equally long when there is nobody to compare with."""
    right, new_hash = _HASHES.verify_and_update(password[:LONGEST], password_hash or _nobody())
    return Verdict(bool(right), new_hash) if password_hash else Verdict(False)


def require_strong(password: str, about: Sequence[str]) -> None:
    """Raises WeakPassword for one that is short, long, or easy to guess; about: the person's name and addresses."""
    if len(password) < SHORTEST:
        raise WeakPassword(reason="short")
    if len(password) > LONGEST:
        raise WeakPassword(reason="long")
    if zxcvbn(password[:ESTIMATED], user_inputs=[*about, *_DUTCH])["score"] < GOOD_ENOUGH:
        raise WeakPassword(reason="guessable")


@cache
def _nobody() -> str:
    return hash_password("nobody has this password")
