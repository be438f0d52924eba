from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pue_desktop.engine.export_names import export_paths, safe_parts, shown
from pue_desktop.engine.manifest import manifest_text, parse_manifest


def test_an_image_keeps_its_place_and_gets_the_new_ending():
    assert export_paths(["a/b.jpg", "c/d.jpeg"], ".png") == {"a/b.jpg": "images/a/b.png", "c/d.jpeg": "images/c/d.png"}


def test_colliding_sources_keep_their_full_name():
    paths = export_paths(["x/a.jpg", "x/a.png", "x/b.jpg"], ".png")
    assert paths == {"x/a.jpg": "images/x/a.jpg.png", "x/a.png": "images/x/a.png.png", "x/b.jpg": "images/x/b.png"}


def test_a_full_name_that_collides_in_turn_is_resolved_too():
    paths = export_paths(["x/a.jpg", "x/a.png", "x/a.png.jpg"], ".png")
    assert len(set(paths.values())) == 3
    assert paths["x/a.png.jpg"] == "images/x/a.png.jpg.png"


@pytest.mark.parametrize(
    "ids",
    [
        ["x/Cat.jpg", "x/cat.png"],
        ["x/Cat.jpg", "x/cat.jpg"],
        ["X/cat.jpg", "x/cat.jpg"],
        ["x/caf\u00e9.jpg", "x/cafe\u0301.jpg"],
        ["x/a.jpg", "x/a.png/b.jpg"],
    ],
)
def test_no_two_files_are_one_on_a_system_that_ignores_case_or_accents(ids):
    import unicodedata

    paths = export_paths(ids, ".png")
    keys = {unicodedata.normalize("NFC", path).casefold() for path in paths.values()}
    assert len(keys) == len(ids)
    folders = {str(parent).casefold() for path in paths.values() for parent in PurePosixPath(path).parents}
    assert not keys & folders


@settings(max_examples=60, deadline=None)
@given(st.sets(st.from_regex(r"[abAB]/[abAB]{1,2}(\.png)?\.(jpg|png|PNG)", fullmatch=True), min_size=1))
def test_names_are_unique_and_do_not_depend_on_the_order(ids):
    paths = export_paths(sorted(ids), ".png")
    assert paths == export_paths(sorted(ids, reverse=True), ".png")
    assert len({path.casefold() for path in paths.values()}) == len(ids)
    assert all(path.endswith(".png") and safe_parts(path) for path in paths.values())


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/.", "a\0b", "x" * 5000])
def test_paths_that_may_lead_out_are_refused(path):
    assert safe_parts(path) is None


def test_hidden_characters_are_shown():
    assert shown("a\nb\u202egnp.exe\x1b[2J") == "a\\nb\\u202egnp.exe\\x1b[2J"
    assert shown("קובץ.png") == "קובץ.png"


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(min_size=1).filter(lambda n: "\0" not in n), st.just("ab" * 32)))
def test_a_manifest_reads_back(digests):
    digests = {name.encode(errors="replace").decode(): digest for name, digest in digests.items()}
    assert parse_manifest(manifest_text(digests)) == digests


def test_no_manifest_is_refused_without_an_exception():
    assert parse_manifest(b"\xff\xfe") is None
    assert parse_manifest(b"hello\n") is None
