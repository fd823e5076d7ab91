"""The house rules, read from the source itself: who may import whom, and what stands in one place only."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("billing", "dashboard", "tools", "tests")

# A later subject may use an earlier one, never back; subjects on one line don't know each other.
SUBJECT_ORDER = (
    {"accounts", "feeds", "troubles"},
    {"logins", "deliveries", "taxes"},
    {"products"},
    {"hosting"},
    {"stops"},
    {"invoices"},
    {"credits"},
    {"changes"},
    {"runs", "renewals"},
    {"payments"},
    {"mandates"},
    {"correspondence"},
    {"bank"},
    {"clearing"},
    {"reminders", "bookkeeping"},
    {"privacy"},
    {"safety"},
    {"screens"},
    {"lights"},
    {"api"},
    {"listeners"},
)
SUBJECTS = set().union(*SUBJECT_ORDER)
PURE = {
    "billing.errors", "billing.money", "billing.vat", "billing.vat_rates", "billing.vat_treatment",
    "billing.proration", "billing.settlement", "billing.states", "billing.documents", "billing.invoice_rules",
    "billing.einvoice_rules", "billing.ports", "billing.ledger.rules", "billing.explanations", "billing.runs.rules",
    "billing.changes.plan", "billing.credits.arithmetic", "billing.hosting.settings", "billing.mandates.rules",
    "billing.mandates.reasons", "billing.bank.matching", "billing.bank.statements", "billing.bank.overlaps",
    "billing.reminders.costs", "billing.descriptions",
    "billing.reminders.gates", "billing.reminders.rules", "billing.workdays", "billing.webhooks",
    "billing.deliveries.reports", "billing.stops.rules", "billing.renewals.rules", "billing.safety.rules",
    "billing.brand", "billing.colours", "billing.second_factor",
    "billing.spreadsheets", "billing.bookkeeping.export.chart", "billing.lights.rules", "billing.privacy.rules",
}  # fmt: skip
# Tables of formats, check digits and codes: the same answer for the same question, like the standard library.
PURE_LIBRARIES = {"babel", "holidays", "segno", "stdnum"}
ADAPTERS_MAY_USE = {
    "billing.ports", "billing.money", "billing.errors", "billing.clock", "billing.documents", "billing.invoice_rules",
    "billing.webhooks", "billing.einvoice_rules", "billing.brand",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One file of ours: its dotted name and what it says."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def room(self) -> str:
        """The folder or module below the top: `payments` for billing.payments.service."""
        return [*self.name.split("."), ""][1]

    @property
    def role(self) -> str:
        """The file's part in its folder: `service` for billing.payments.service."""
        return self.name.rsplit(".", 1)[-1]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> set[str]:
        """Dotted names that it imports; of `from a import b` both `a` and `a.b`."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                module = self._absolute(node)
                found |= {module} | {f"{module}.{alias.name}" for alias in node.names}
        return found

    @property
    def libraries(self) -> set[str]:
        return {name.split(".")[0] for name in self.imports}

    def is_in(self, *packages: str) -> bool:
        return any(_is_within(self.name, package) for package in packages)

    def uses(self, package: str) -> bool:
        return any(_is_within(name, package) for name in self.imports)

    def names_used(self) -> Iterator[str]:
        """Every identifier, attribute and imported name in it."""
        for node in ast.walk(self.tree):
            match node:
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                    yield name.rsplit(".", 1)[-1]

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parents = self.name.split(".") if self.path.endswith("__init__.py") else self.name.split(".")[:-1]
        base = parents[: len(parents) - node.level + 1]
        return ".".join([*base, node.module] if node.module else base)


def _is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _own_sources() -> list[Source]:
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    return [
        Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in [*paths, ROOT / "rxconfig.py"]
    ]


SOURCES = _own_sources()
# A migration is read once, from top to bottom, and never changed: its length hurts nobody.
WRITTEN = [source for source in SOURCES if not source.is_in("billing.migrations")]
BILLING = [source for source in SOURCES if source.is_in("billing")]
DASHBOARD = [source for source in SOURCES if source.is_in("dashboard")]


def importing(sources: list[Source], *packages: str) -> list[str]:
    """Which of the sources import which of the packages, as readable lines."""
    return [f"{source.path} imports {package}" for source in sources for package in packages if source.uses(package)]


def outside(sources: list[Source], *packages: str) -> list[Source]:
    return [source for source in sources if not source.is_in(*packages)]


def test_billing_does_not_know_the_dashboard():
    assert importing(BILLING, "dashboard") == []


def test_reflex_stays_in_the_dashboard():
    users = [
        s.path for s in outside(SOURCES, "dashboard", "rxconfig", "tests") if any("reflex" in x for x in s.libraries)
    ]
    assert users == []


def test_starlette_is_in_billing_only_for_the_sandbox():
    assert importing(outside(BILLING, "billing.sandbox"), "starlette", "uvicorn") == []


def test_the_outside_world_is_reached_only_by_adapters():
    inside = outside(BILLING, "billing.adapters", "billing.sandbox", "billing.bench") + DASHBOARD
    assert importing(inside, "httpx", "weasyprint", "smtplib") == []


def test_the_sandbox_stands_alone():
    sandbox = [source for source in BILLING if source.is_in("billing.sandbox")]
    strangers = {f"{s.path} imports {x}" for s in sandbox for x in s.imports if _is_ours(x, but="billing.sandbox")}
    assert strangers == set()


def test_adapters_know_only_the_ports_and_themselves():
    broken = []
    for source in BILLING:
        if source.is_in("billing.adapters"):
            own = ".".join(source.name.split(".")[:3])
            allowed = {own, *ADAPTERS_MAY_USE}
            broken += [
                f"{source.path} imports {x}" for x in source.imports if _is_ours(x) and not _is_allowed(x, allowed)
            ]
    assert broken == []


def test_adapters_are_chosen_in_one_place():
    choosers = outside(BILLING, "billing.adapters", "billing.assembly", "billing.bench")
    assert importing(choosers + outside(DASHBOARD, "dashboard.wiring"), "billing.adapters") == []


def test_the_dashboard_keeps_off_the_tables():
    pages = outside(DASHBOARD, "dashboard.wiring")
    tables = {f"{s.path} imports {x}" for s in pages for x in s.imports if _is_ours(x) and x.endswith(".tables")}
    assert tables == set()
    assert importing(pages, "billing.db", "sqlalchemy", "sqlmodel") == []


def test_subjects_use_only_earlier_subjects():
    rank = {subject: place for place, group in enumerate(SUBJECT_ORDER) for subject in group}
    broken = []
    for source in BILLING:
        if source.room in rank:
            used = {x.split(".")[1] for x in source.imports if _is_ours(x) and x.count(".")} & SUBJECTS - {source.room}
            broken += [f"{source.path} imports {x}" for x in sorted(used) if rank[x] >= rank[source.room]]
    assert broken == []


@pytest.mark.parametrize("role", ["tables", "queries", "service"])
def test_what_runs_in_a_transaction_starts_none(role):
    inner = [source for source in BILLING if source.room in SUBJECTS | {"ledger"} and source.role == role]
    assert importing(inner, "billing.runtime", "billing.config", "billing.adapters", "billing.worker") == []
    assert {f"{s.path} imports {x}" for s in inner for x in s.imports if _is_ours(x) and x.endswith(".flows")} == set()


def test_pure_modules_import_only_each_other():
    allowed = set(sys.stdlib_module_names) | PURE_LIBRARIES | {"billing"}
    pure = [source for source in BILLING if source.name in PURE]
    assert [f"{s.path} imports {x}" for s in pure for x in sorted(s.libraries - allowed)] == []
    assert [f"{s.path} imports {x}" for s in pure for x in s.imports if _is_ours(x) and not _is_allowed(x, PURE)] == []


def test_settings_are_the_only_reader_of_the_environment():
    readers = {
        s.path for s in outside(SOURCES, "tools", "tests") if {"environ", "environb", "getenv"} & set(s.names_used())
    }
    assert readers <= {"billing/config.py"}


def test_one_place_commits():
    committers = {s.path for s in outside(BILLING, "billing.migrations", "billing.sandbox") if _calls(s, "commit")}
    assert committers <= {"billing/runtime.py"}


def test_one_place_locks_rows():
    assert {s.path for s in BILLING + DASHBOARD if "with_for_update" in set(s.names_used())} <= {"billing/locks.py"}


def test_no_floats_near_money():
    assert [s.path for s in outside(BILLING, "billing.bench") if _calls(s, "float")] == []


def test_files_are_short():
    assert [f"{s.path}: {s.text.count(chr(10))} lines" for s in WRITTEN if s.text.count("\n") > 300] == []


def test_functions_are_short():
    long = [
        f"{source.path}: {node.name}"
        for source in WRITTEN
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


def test_this_linter_sees_every_form_of_import():
    text = "import billing.a\nfrom billing import b\nfrom . import c\nfrom ..d import e\ndef f():\n    import g\n"
    source = Source("billing/payments/service.py", text)
    expected = {"billing.a", "billing.b", "billing.payments.c", "billing.d.e", "g"}
    assert expected <= source.imports


def _is_ours(name: str, *, but: str = "dashboard.nothing") -> bool:
    return name.split(".")[0] in {"billing", "dashboard"} and name != "billing" and not _is_within(name, but)


def _is_allowed(name: str, packages: set[str]) -> bool:
    # `from billing.ledger import rules` also names the package itself, which has nothing to import.
    return any(_is_within(name, package) or _is_within(package, name) for package in packages)


def _calls(source: Source, function: str) -> bool:
    calls = (node.func for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    return any(
        (isinstance(call, ast.Name) and call.id == function)
        or (isinstance(call, ast.Attribute) and call.attr == function)
        for call in calls
    )
