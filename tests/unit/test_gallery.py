"""What the gallery calls its pictures, which it takes, and how its sheet lets one choose among them."""

import pytest

from tools.gallery.looks import DEVICES, LANGUAGES, THEMES, Look, looks, picture
from tools.gallery.scenes import Scene, wanted
from tools.gallery.sheet import write_sheet

OPEN = Scene("invoice", "open", "/invoices/2026-0001")


def test_the_name_of_a_picture_begins_with_page_and_state():
    assert picture(OPEN.name, Look("phone", "dark"), "nl") == "invoice--open--phone--dark--nl.png"


@pytest.mark.parametrize(("only", "expected"), [("", True), ("invoice", True), ("invoice--open", True),
                                                ("invoice--paid", False), ("invoices", False)])  # fmt: skip
def test_a_page_is_asked_for_with_all_its_states_or_one(only, expected):
    assert wanted(OPEN, only) is expected


def test_a_scene_is_seen_on_each_device_in_each_theme_and_on_a_wide_screen_where_that_shows_something():
    assert len(looks(OPEN.name)) == len(DEVICES) * len(THEMES)
    assert {look.device for look in looks("profile--lived-in")} == DEVICES.keys() - {"wide"}


def test_one_device_and_theme_can_be_asked_for():
    assert looks(OPEN.name, device="small", theme="dark") == [Look("small", "dark")]


def test_the_sheet_has_every_picture_and_a_choice_of_each_part_of_their_names(tmp_path):
    for language in LANGUAGES:
        (tmp_path / picture(OPEN.name, Look("phone", "light"), language)).touch()
    sheet = write_sheet(tmp_path, ['goes over its edge: td "<b>"']).read_text()
    assert sheet.count("<figure") == len(LANGUAGES)
    assert 'data-state="open"' in sheet
    assert "<option>en</option><option>nl</option>" in sheet
    assert "&lt;b&gt;" in sheet
