"""Secrets that the database keeps only encrypted: Fernet (AES-128 with an HMAC), with keys that can be replaced."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Vault:
    """Encrypts with the first key and reads with all of them, so that a new key can be put in front of the old ones."""

    def __init__(self, keys: Sequence[str]) -> None:
        fernets = [Fernet(_derived(key)) for key in keys]
        self._newest, self._keys = fernets[0], MultiFernet(fernets)

    def encrypt(self, plain: str) -> str:
        """The text for the database."""
        return self._keys.encrypt(plain.encode()).decode()

    def decrypt(self, secret: str) -> str:
        """What was encrypted. Raises cryptography's InvalidToken when none of the keys fits."""
        return self._keys.decrypt(secret.encode()).decode()

    def is_newest(self, secret: str) -> bool:
        """Whether the newest key alone reads it, so that the others are not needed for it."""
        try:
            self._newest.decrypt(secret.encode())
        except InvalidToken:
            return False
        return True

    def renewed(self, secret: str) -> str:
        """The same secret under the newest key. Raises InvalidToken when none of the keys fits."""
        return self._keys.rotate(secret.encode()).decode()


def _derived(key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"voldaan vault").derive(key.encode())
    return base64.urlsafe_b64encode(derived)
