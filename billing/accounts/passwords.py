"""Password hashes: argon2id through passlib."""

from passlib.hash import argon2

# Compared against when an address is unknown, so that the answer takes as long as for a wrong password.
_NOBODY = argon2.hash("nobody has this password")


def hash_password(password: str) -> str:
    """A salted argon2id hash."""
    return str(argon2.hash(password))


def verify(password: str, password_hash: str | None) -> bool:
    """Whether the password is right; takes equally long when there is nobody to compare with."""
    return bool(argon2.verify(password, password_hash or _NOBODY)) and password_hash is not None
