"""Bookkeeping software: Moneybird, or none."""

from billing.adapters.books.moneybird import Moneybird
from billing.adapters.books.none import NoBooks
from billing.adapters.books.settings import MoneybirdSettings

__all__ = ["Moneybird", "MoneybirdSettings", "NoBooks"]
