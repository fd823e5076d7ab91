"""What no Python package brings: Pango, which draws the PDFs, and a Chromium for the browser tests."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# The libraries that the PDF renderer opens: the name to search by, and the file names on Linux and macOS.
_PANGO = {
    "gobject-2.0": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    "pango-1.0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "pangoft2-1.0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
}
_PANGO_PACKAGES = {
    "apt-get": ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core"],
    "dnf": ["pango", "harfbuzz", "dejavu-sans-fonts"],
    "brew": ["pango"],
}
_CHROMIUM_PACKAGES = {"apt-get": ["chromium"], "dnf": ["chromium"]}
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_CHROMIUM_APPS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
_PLAYWRIGHT_FOLDERS = (".cache/ms-playwright", "Library/Caches/ms-playwright")


class Missing(Exception):
    """Something can't be installed from here; the message says what to do."""


def require_pango() -> None:
    """Make sure that PDFs can be rendered, installing Pango where that is allowed. Raises Missing."""
    if _missing_libraries():
        install_packages("Pango", _PANGO_PACKAGES)
    if still_missing := _missing_libraries():
        raise Missing(f"Pango is incomplete, these libraries can't be loaded: {', '.join(still_missing)}.")


def require_chromium(python: Path) -> None:
    """Make sure that there is a Chromium, from the system or else from Playwright. Raises Missing.

    python: an interpreter that has Playwright.
    """
    if chromium():
        return
    try:
        install_packages("Chromium", _CHROMIUM_PACKAGES)
    except Missing as no_package:
        subprocess.run([python, "-m", "playwright", "install", "chromium"], check=False)
        if not chromium():
            raise no_package from None
    if not chromium():
        raise Missing("The browser tests need Chromium, and installing it did not bring one. Install Chrome by hand.")


def chromium() -> str | None:
    """Path of a Chromium or Chrome, or None."""
    found = next(filter(None, map(shutil.which, _CHROMIUM_NAMES)), None)
    return found or next((str(path) for path in _chromium_elsewhere() if path.is_file()), None)


def install_packages(what: str, packages: dict[str, list[str]]) -> None:
    """Install with the package manager of this system. Raises Missing, naming the one command, where we may not."""
    manager = next((name for name in packages if shutil.which(name)), None)
    if manager is None:
        raise Missing(f"Voldaan needs {what}; please install it and run this again.")
    steps = _steps(manager, packages[manager])
    prefix = _privilege(manager)
    if prefix is None:
        line = " && ".join("sudo " + " ".join(step) for step in steps)
        raise Missing(f"Voldaan needs {what}. Install it with this command, then run this again:\n\n    {line}\n")
    print(f"Installing {what} with {manager} …", flush=True)
    for step in steps:
        subprocess.run([*prefix, *step], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=False)


def suggest_font() -> None:
    """Say once that Inter makes the documents look as designed; another sans serif stands in for it."""
    if not shutil.which("fc-list"):
        return
    families = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=False).stdout
    if "Inter" not in families:
        print("Tip: with the font Inter (Debian package fonts-inter) the invoices look as they were designed.")


def _missing_libraries() -> list[str]:
    return [name for name, files in _PANGO.items() if not _loads(ctypes.util.find_library(name), *files)]


def _loads(*names: str | None) -> bool:
    for name in filter(None, names):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def _chromium_elsewhere() -> list[Path]:
    home = Path.home()
    apps = [folder / app for folder in (Path("/Applications"), home / "Applications") for app in _CHROMIUM_APPS]
    downloads = [path for folder in _PLAYWRIGHT_FOLDERS for path in (home / folder).glob("chromium-*/*/chrome")]
    mac_downloads = (home / _PLAYWRIGHT_FOLDERS[1]).glob("chromium-*/*/*.app/Contents/MacOS/*")
    return [*apps, *downloads, *mac_downloads]


def _steps(manager: str, packages: list[str]) -> list[list[str]]:
    if manager == "brew":
        return [["brew", "install", *packages]]
    if manager == "dnf":
        return [["dnf", "install", "-y", *packages]]
    return [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]]


def _privilege(manager: str) -> list[str] | None:
    """What goes before the command: nothing, sudo without a password, or None when we may not."""
    if manager == "brew" or (sys.platform != "win32" and os.geteuid() == 0):
        return []
    may = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if may and may.returncode == 0 else None
