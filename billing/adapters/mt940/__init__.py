"""Bank statements in MT940."""

from billing.adapters.mt940.reader import Mt940Reader

__all__ = ["Mt940Reader"]
