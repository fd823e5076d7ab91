"""How a host looks: a sheet, a logo and a manifest beside the built pages, from the settings of the process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from billing.config import Settings
from dashboard import wiring
from dashboard.brand import BrandState
from dashboard.web.app import web
from dashboard.web.headers import SecurityHeaders

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d 30"><script>alert(1)</script></svg>'
ICON = (Path(__file__).parents[2] / "assets" / "icons" / "512.png").read_bytes()
Dressed = Callable[..., TestClient]


@pytest.fixture
def dressed() -> Iterator[Dressed]:
    """Opens the web process of a host with these settings."""

    def open_web(**settings: str) -> TestClient:
        wiring.use(None, Settings(**settings))  # type: ignore[arg-type]  # the settings themselves validate
        return TestClient(SecurityHeaders(web))

    yield open_web
    wiring.use(None)


def test_without_settings_it_is_voldaan(dressed: Dressed) -> None:
    browser = dressed()
    assert browser.get("/brand.css").text == ""
    assert 'fill="#1f4fcf"' in browser.get("/brand/logo").text
    manifest = browser.get("/manifest.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"
    assert manifest.json()["name"] == "Voldaan"
    assert [icon["sizes"] for icon in manifest.json()["icons"]] == ["192x192", "512x512", "512x512"]


def test_every_icon_of_the_manifest_is_there(dressed: Dressed) -> None:
    own = dressed().get("/manifest.webmanifest").json()["icons"]
    assets = Path(__file__).parents[2] / "assets"
    assert [icon["src"] for icon in own if not (assets / icon["src"].lstrip("/")).is_file()] == []


def test_colours_of_a_host_overrule_the_tokens_by_day_and_by_night(dressed: Dressed) -> None:
    sheet = dressed(brand_blue="#0B6E4F", brand_red="#7a1f5c").get("/brand.css")
    assert sheet.headers["content-type"].startswith("text/css")
    by_day, _, by_night = sheet.text.partition("@media (prefers-color-scheme:dark)")
    assert by_day.startswith("html:root,html .vd-daylight{")
    assert "--vd-action:#0b6e4f;" in by_day
    assert "--vd-invoices:#7a1f5c;" in by_day
    assert "html:root.dark{" in by_night
    assert "--vd-link:#0b6e4f;" not in by_night


def test_the_mark_wears_the_blue_of_the_host(dressed: Dressed) -> None:
    assert 'fill="#0b6e4f"' in dressed(brand_blue="#0B6E4F").get("/brand/logo").text


def test_what_stays_the_same_is_not_sent_again(dressed: Dressed) -> None:
    browser = dressed(brand_blue="#0B6E4F")
    first = browser.get("/brand.css")
    assert first.headers["cache-control"] == "public, max-age=300"
    again = browser.get("/brand.css", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_logo_can_do_nothing_but_be_looked_at(dressed: Dressed, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(LOGO % 30)
    logo = dressed(brand_logo=str(tmp_path / "logo.svg")).get("/brand/logo")
    assert logo.content == LOGO % 30
    assert logo.headers["content-type"] == "image/svg+xml"
    assert logo.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert logo.headers["x-content-type-options"] == "nosniff"


def test_a_written_name_as_the_logo_stands_alone(dressed: Dressed, tmp_path: Path) -> None:
    (tmp_path / "wide.svg").write_bytes(LOGO % 120)
    assert ".vd-name" in dressed(brand_logo=str(tmp_path / "wide.svg")).get("/brand.css").text


def test_a_host_with_a_logo_never_shows_the_icons_of_voldaan(dressed: Dressed, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(LOGO % 30)
    (tmp_path / "icon.png").write_bytes(ICON)
    bare = dressed(brand_name="Hostland", brand_logo=str(tmp_path / "logo.svg"))
    assert bare.get("/brand/icon.png").status_code == 404
    assert [icon["src"] for icon in bare.get("/manifest.webmanifest").json()["icons"]] == ["/brand/logo"]
    whole = dressed(brand_logo=str(tmp_path / "logo.svg"), brand_icon=str(tmp_path / "icon.png"))
    assert whole.get("/brand/icon.png").content == ICON
    assert whole.get("/manifest.webmanifest").json()["icons"][0] == {
        "src": "/brand/icon.png", "sizes": "512x512", "type": "image/png",
    }  # fmt: skip


def test_pages_and_manifest_say_the_name_of_the_host(dressed: Dressed) -> None:
    manifest = dressed(brand_name="Hostland").get("/manifest.webmanifest").json()
    assert (manifest["name"], manifest["short_name"]) == ("Hostland", "Hostland")
    assert BrandState(_reflex_internal_init=True).name == "Hostland"
