"""Buckaroo's JSON gateway behind the ports `PaymentGateway` and `PushReader`."""

from billing.adapters.buckaroo.gateway import BuckarooGateway
from billing.adapters.buckaroo.pushes import BuckarooPushReader
from billing.adapters.buckaroo.settings import BuckarooSettings

__all__ = ["BuckarooGateway", "BuckarooPushReader", "BuckarooSettings"]
