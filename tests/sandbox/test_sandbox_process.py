"""The sandbox as a process of its own, and on its own."""

import ast
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import billing.sandbox

SCRIPT = """
from billing.sandbox import SandboxSettings, serve
serve(SandboxSettings(port={port}, smtp_port=0, state_file={state!r}))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_stops_it_cleanly_and_keeps_the_state(tmp_path, eventually, number):
    state, port = tmp_path / "state.json", _free_port()
    script = SCRIPT.format(port=port, state=str(state))
    process = subprocess.Popen([sys.executable, "-c", script], cwd=Path(billing.sandbox.__file__).parents[2])
    try:
        eventually(lambda: _answers(port), seconds=15)
        process.send_signal(number)
        assert process.wait(timeout=15) == 0
    finally:
        process.kill()
    assert state.exists()


def test_sandbox_imports_nothing_else_of_ours():
    folder = Path(billing.sandbox.__file__).parent
    imported = {name for path in folder.glob("*.py") for name in _imports(path)}
    assert {name for name in imported if name.startswith(("billing", "dashboard"))} <= {
        name for name in imported if name.startswith("billing.sandbox")
    }


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _answers(port):
    try:
        return httpx.get(f"http://127.0.0.1:{port}/control/state", timeout=1).status_code == 200
    except httpx.TransportError:
        return False
