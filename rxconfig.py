"""Reflex's configuration. Every value that an installation may choose comes from billing.config."""

import reflex as rx
from reflex_base.constants import StateManagerMode
from reflex_base.plugins.sitemap import SitemapPlugin

from billing import config as settings_of
from dashboard.inline_scripts import InlineScriptsPlugin
from dashboard.same_origin import PLACEHOLDER_URL, SameOriginPlugin

settings = settings_of.load()

config = rx.Config(
    app_name="dashboard",
    api_url=PLACEHOLDER_URL,
    deploy_url=settings.public_url,
    cors_allowed_origins=[settings.public_url],
    trusted_proxy_hops=settings.trusted_proxy_hops,
    redis_url=settings.redis_url or None,
    state_manager_mode=StateManagerMode.REDIS if settings.redis_url else StateManagerMode.MEMORY,
    plugins=[SameOriginPlugin(), InlineScriptsPlugin()],
    disable_plugins=[SitemapPlugin],
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
