"""Pwned Passwords of "Have I Been Pwned", or whoever speaks its protocol, behind the port `LeakedPasswords`."""

from billing.adapters.leaks.client import PasswordRanges

__all__ = ["PasswordRanges"]
