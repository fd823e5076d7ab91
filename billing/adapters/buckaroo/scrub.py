"""Takes what may not be kept out of a provider's words before they reach a log or a screen."""

import re

# A transaction key (32 hexadecimal digits) may look like an account number, and must stay readable.
_IBAN = re.compile(r"\b(?![0-9A-F]{32}\b)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_CARD = re.compile(r"\b\d(?:[ -]?\d){11,18}\b")
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
_HMAC = re.compile(r"\bhmac\s+\S+", re.IGNORECASE)


def scrubbed(text: str, *, secret: str) -> str:
    """The text without the secret, signatures and mail addresses; of account and card numbers the last four stay."""
    text = text.replace(secret, "[secret]")
    text = _HMAC.sub("[signature]", text)
    text = _MAIL.sub("[mail]", text)
    for number in (_IBAN, _CARD):
        text = number.sub(lambda found: f"[…{found.group()[-4:]}]", text)
    return text
