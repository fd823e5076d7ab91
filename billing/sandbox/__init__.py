"""The outside world for demos and tests: a payment gateway with hosted pages, a mailbox and a hosting panel, over real
HTTP and SMTP.

It stands alone and imports nothing else of this product, so that its signatures check ours.
"""

from billing.sandbox.server import RunningSandbox, serve
from billing.sandbox.settings import SandboxSettings

__all__ = ["RunningSandbox", "SandboxSettings", "serve"]
