"""The composition root of the web process: its settings, and its one running billing module."""

from dataclasses import dataclass
from functools import lru_cache

from reflex_base import otel

from billing import assembly, brand_settings, config
from billing.brand import Brand
from billing.config import Settings
from billing.runtime import Billing


@dataclass
class _Replaced:
    settings: Settings | None = None
    billing: Billing | None = None


_replaced = _Replaced()


def settings() -> Settings:
    """The settings of this process. Raises SettingsInvalid."""
    return _replaced.settings or _loaded()


def billing() -> Billing:
    """The billing module of this process. Raises SettingsInvalid."""
    return _replaced.billing or _built()


def brand() -> Brand:
    """How this installation looks. Raises SettingsInvalid."""
    return brand_settings.brand(settings())


def use(billing: Billing | None, settings: Settings | None = None) -> None:
    """Put others in their place, as tests do; None brings back what the environment says."""
    _replaced.billing, _replaced.settings = billing, settings


@lru_cache(maxsize=1)
def _loaded() -> Settings:
    return config.load()


@lru_cache(maxsize=1)
def _built() -> Billing:
    if _loaded().otlp_endpoint:
        # What somebody does on a page begins with Reflex's own span of the event.
        otel.enable()
    return assembly.open_billing(_loaded())
