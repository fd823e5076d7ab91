"""Signed messages to systems of the host, over HTTP."""

from billing.adapters.listeners.client import WebhookLine

__all__ = ["WebhookLine"]
