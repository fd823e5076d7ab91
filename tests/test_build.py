"""When pages are built again, and the addresses in what was built."""

import json
from pathlib import Path

import pytest

from dashboard import inline_scripts
from dashboard.inline_scripts import InlineScriptsPlugin, digest
from dashboard.same_origin import PLACEHOLDER_URL, SameOriginPlugin, use_own_origin
from dashboard.serve import fingerprint


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder laid out as the project is."""
    for name in ("dashboard/pages/start.py", "billing/states.py", "billing/adapters/mail.py", "assets/style.css"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("first")
    (tmp_path / "rxconfig.py").write_text("first")
    return tmp_path


@pytest.mark.parametrize("name", ["dashboard/pages/start.py", "billing/states.py", "assets/style.css", "rxconfig.py"])
def test_a_change_in_a_source_of_the_pages_is_seen(project, name):
    before = fingerprint(project)
    (project / name).write_text("other")
    assert fingerprint(project) != before


def test_a_new_file_is_seen(project):
    before = fingerprint(project)
    (project / "assets" / "logo.svg").write_text("")
    assert fingerprint(project) != before


@pytest.mark.parametrize(
    "name", ["billing/adapters/mail.py", "dashboard/__pycache__/start.pyc", "assets/external/made.js", "README.md"]
)
def test_what_no_page_can_show_needs_no_build(project, name):
    before = fingerprint(project)
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("other")
    assert fingerprint(project) == before


@pytest.mark.parametrize("quote", ['"', "'", "`"])
def test_baked_addresses_become_the_browsers_own_origin(quote):
    script = (
        f"const e={{PING:{quote}http://voldaan.invalid/ping{quote},EVENT:{quote}ws://voldaan.invalid/_event{quote}}};"
    )
    expected = 'const e={PING:(location.origin+"/ping"),EVENT:(location.origin.replace(/^http/,"ws")+"/_event")};'
    assert use_own_origin(script) == expected


def test_other_addresses_stay():
    assert use_own_origin('a("https://example.test/ping")') == 'a("https://example.test/ping")'


def test_the_build_is_refused_when_it_holds_no_address(tmp_path):
    (tmp_path / "main.js").write_text("1")
    with pytest.raises(RuntimeError, match="another form"):
        SameOriginPlugin().post_build(static_dir=tmp_path)


def test_the_build_is_refused_when_an_address_would_stay_behind(tmp_path):
    (tmp_path / "main.js").write_text(f'a("{PLACEHOLDER_URL}"+b)')
    with pytest.raises(RuntimeError, match="unknown form"):
        SameOriginPlugin().post_build(static_dir=tmp_path)


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A folder of built pages, without any yet."""
    (tmp_path / "client" / "assets").mkdir(parents=True)
    return tmp_path / "client"


def test_the_scripts_that_stay_in_pages_are_known_by_their_digests(static):
    (static / "index.html").write_text(
        '<script>first()</script><script src="/a.js"></script><script id="x">b()</script>'
    )
    InlineScriptsPlugin().post_build(static_dir=static)
    told = json.loads((static.parent / inline_scripts.FILE).read_text())
    assert told == sorted([digest("first()"), digest("b()")])


def test_the_script_of_one_page_alone_becomes_a_file(static):
    (static / "index.html").write_text('<script type="module" async="">import "/assets/b.js";</script>')
    InlineScriptsPlugin().post_build(static_dir=static)
    [script] = (static / "assets").iterdir()
    assert script.read_text() == 'import "/assets/b.js";'
    assert (static / "index.html").read_text() == f'<script type="module" src="/assets/{script.name}"></script>'
    assert json.loads((static.parent / inline_scripts.FILE).read_text()) == []


def test_the_build_is_refused_when_pages_hold_too_many_scripts_to_name(static):
    (static / "index.html").write_text("".join(f"<script>{number}</script>" for number in range(50)))
    with pytest.raises(RuntimeError, match="another form"):
        InlineScriptsPlugin().post_build(static_dir=static)


def test_a_digest_is_the_one_of_the_standard():
    # The example of CSP Level 3, section 8.2.
    assert digest("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
