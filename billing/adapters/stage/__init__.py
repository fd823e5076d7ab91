"""The control room of the sandbox, over HTTP."""

from billing.adapters.stage.client import SandboxStage

__all__ = ["SandboxStage"]
