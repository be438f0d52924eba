"""The translations are complete, up to date and say the same; the engine's words are found in its source."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

import engine_texts
from make_translations import FOLDER, LANGUAGES, entries, outdated

pytestmark = pytest.mark.gui
_PLACE = re.compile(r"\{\w*\}|%L?n")
_MARKUP = re.compile(r"<[a-z]|&lt;")


def test_nothing_is_left_to_do() -> None:
    assert outdated() == [], "run make translations"
    for language in LANGUAGES:
        assert [entry.source for entry in entries(FOLDER, language) if not entry.finished] == []


def test_unfinished_entries_are_found(tmp_path: Path) -> None:
    text = (FOLDER / "pue_desktop_de.ts").read_text(encoding="utf-8")
    planted = text.replace("<translation>Zertifikat</translation>", '<translation type="unfinished"></translation>', 1)
    (tmp_path / "pue_desktop_de.ts").write_text(planted, encoding="utf-8")
    assert [entry.source for entry in entries(tmp_path, "de") if not entry.finished] == ["Certificate"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_loaded_was_made_from_it(language: str) -> None:
    translator = QTranslator()
    assert translator.load(f"pue_desktop_{language}", str(FOLDER))
    for entry in entries(FOLDER, language):
        several = len(entry.forms) > 1
        numbers = (1, 5) if several else (-1,)
        loaded = [translator.translate(entry.context, entry.source, "", number) for number in numbers]
        assert loaded == list(entry.forms), entry


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_of_the_source_is_in_the_translation(language: str) -> None:
    for entry in entries(FOLDER, language):
        context, source, forms = entry.context, entry.source, entry.forms
        for form in forms:
            wanted, found = Counter(_PLACE.findall(source)), Counter(_PLACE.findall(form))
            if found["%Ln"] == 0 and len(forms) > 1:
                wanted["%Ln"] = 0  # "One run"
            assert +wanted == +found, (context, source, form)
            assert not _MARKUP.search(form), (context, form)
            assert form.strip(), (context, source)


def test_a_mnemonic_stays_one() -> None:
    for entry in entries(FOLDER, "de"):
        context, source, forms = entry.context, entry.source, entry.forms
        for form in forms:
            assert source.count("&") == form.count("&"), (context, source, form)


def test_german_is_written_as_german() -> None:
    for entry in entries(FOLDER, "de"):
        for form in entry.forms:
            assert not re.search(r"[“”]\w|\w”|[^\s…(]…|\bdu\b|\bdein", form), entry


def test_the_engines_texts_are_found(tmp_path: Path) -> None:
    (tmp_path / "engine").mkdir()
    (tmp_path / "workers").mkdir()
    for name in ("app", "sample", "settings"):
        (tmp_path / f"{name}.py").write_text('"""A module docstring."""\n', encoding="utf-8")
    for name in ("comparison", "verdict"):
        (tmp_path / "ui").mkdir(exist_ok=True)
        (tmp_path / "ui" / f"{name}.py").write_text("", encoding="utf-8")
    (tmp_path / "engine" / "planted.py").write_text(
        '''"""Not a text for people."""
_REASON = "it has {:,} legs, more than {most}"


def f(path, error, data):
    """Nor is this one."""
    if not path:
        raise ValueError("this is a bug, not a text")
    if not data:
        return Meta(title="Legs", description="How many there are.")
    stream_seed(1, "name of a stream")
    raise InputRefusedError(f"{path.name} is gone: {error}. Look again {len(data):,} times.", hint=f"{path!r}")
''',
        encoding="utf-8",
    )
    found = {text for text, name in engine_texts.texts(tmp_path) if name != "terms"}
    assert found == {
        "it has {value} legs, more than {most}",
        "Legs",
        "How many there are.",
        "{name} is gone: {error}.",
        "Look again {data} times.",
    }


def test_every_text_of_the_engine_is_listed() -> None:
    listed = json.loads((FOLDER / "engine.json").read_text(encoding="utf-8"))
    assert len(listed) == len(set(listed)) > 400
    for text in ("Epsilon", "There is no folder {folder}.", "the file is empty", "Turned to shades of grey."):
        assert text in listed
