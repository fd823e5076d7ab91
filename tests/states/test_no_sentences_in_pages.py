"""Sentences live in the texts, where another language can stand beside them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DASHBOARD = Path(__file__).parents[2] / "dashboard"
ROOMS = [*DASHBOARD.glob("pages/*.py"), *DASHBOARD.glob("components/*.py"), *DASHBOARD.glob("rows/*.py"),
         DASHBOARD / "session.py"]  # fmt: skip
WORDS = re.compile(r"[A-Za-zÀ-ÿ]{2,}[ ,.]+[A-Za-zÀ-ÿ]{2,}")
# Props whose text a browser reads and people do not.
TECHNICAL = {"class_name", "href", "src", "to", "action", "width", "tone", "d"}


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.name)
def test_no_sentence_stands_outside_the_texts(path):
    assert list(sentences(ast.parse(path.read_text()))) == []


def test_a_sentence_in_a_page_would_be_found():
    page = 'def page():\n    """What it is."""\n    return p("Je hebt betaald", class_name="vd-card p")\n'
    assert list(sentences(ast.parse(page))) == ["Je hebt betaald"]


def sentences(tree: ast.Module) -> Iterator[str]:
    """String literals with letters and spaces that are no docstring, CSS class or script."""
    skipped = {id(node) for node in _docstrings(tree)} | {id(node) for node in _technical(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield from [node.value] if WORDS.search(node.value) else []


def _docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value


def _technical(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in TECHNICAL:
            yield from ast.walk(node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "run_script":
            yield from ast.walk(node)
