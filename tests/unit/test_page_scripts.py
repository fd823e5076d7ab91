"""Which script the parts of a page are put into: Reflex names it by the module of the function that draws the page."""

from dashboard.dashboard import app


def test_each_page_has_a_script_of_its_own():
    modules = [draw.__module__ for draw, _ in app._registration_context.decorated_pages]
    assert all(module.startswith("dashboard.pages.") for module in modules)
    assert len(set(modules)) == len(modules)
