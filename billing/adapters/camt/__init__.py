"""Bank statements in CAMT.053."""

from billing.adapters.camt.reader import CamtReader

__all__ = ["CamtReader"]
