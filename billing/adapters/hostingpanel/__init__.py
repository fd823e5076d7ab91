"""A hosting control panel behind the port `HostingPanel`, told by webhooks signed as "Standard Webhooks" has it."""

from billing.adapters.hostingpanel.client import NoPanel, PanelSettings, WebhookPanel

__all__ = ["NoPanel", "PanelSettings", "WebhookPanel"]
