"""One sandbox for all adapters that are tried against it."""

from collections.abc import Iterator

import pytest

from billing.sandbox import RunningSandbox, SandboxSettings


@pytest.fixture(scope="session")
def sandbox() -> Iterator[RunningSandbox]:
    with RunningSandbox(SandboxSettings(port=0, smtp_port=0, public_url="")) as running:
        yield running
