"""A device with a passkey in memory: what the browser's own one does is seen in a browser."""

import base64
import json
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


class Device:
    """A security key with one key pair. origin: the site that its answers name.

    Source: W3C Web Authentication, sections 6.1 and 6.5.
    """

    def __init__(self, origin: str, *, name: bytes = b"device-1", counts: bool = True) -> None:
        self.id = name
        self.flags = PRESENT | VERIFIED
        self.count = 0
        self.origin = origin
        self._counts = counts
        self._key = generate_private_key(SECP256R1())

    def create(self, options: str) -> str:
        """The answer to a question for a new passkey."""
        numbers = self._key.public_key().public_numbers()
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + key
        data = self._data(json.loads(options)["rp"]["id"], HAS_KEY) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options)
        return self._answer({"clientDataJSON": _b64(client), "attestationObject": _b64(attestation)})

    def get(self, options: str) -> str:
        """The answer to a question who is there."""
        self.count += self._counts
        data = self._data(json.loads(options)["rpId"], 0)
        client = self._client("webauthn.get", options)
        signature = self._key.sign(data + sha256(client).digest(), ECDSA(SHA256()))
        return self._answer(
            {"clientDataJSON": _b64(client), "authenticatorData": _b64(data), "signature": _b64(signature)}
        )

    def _data(self, site: str, extra: int) -> bytes:
        return sha256(site.encode()).digest() + bytes([self.flags | extra]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: str) -> bytes:
        challenge = json.loads(options)["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, str]) -> str:
        return json.dumps({"id": _b64(self.id), "rawId": _b64(self.id), "type": "public-key", "response": response})


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
