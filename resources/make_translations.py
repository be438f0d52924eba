"""Brings the translations up to date: `make translations`.

1. The texts of the engine are found in its source (`engine_texts.py`) and listed in `translations/engine.json`, by
   which the window finds them again.
2. `lupdate` puts them, and everything in tr(), into the `.ts` files. Open these with Qt Linguist (`pyside6-linguist`)
   and translate what is unfinished, or edit them as text.
3. `lrelease` makes the `.qm` files from them, which the program loads. They are kept with the source, so that a wheel
   can be built, and the program run from its tree, without Qt's tools.

With `--check` nothing is written; it fails if something is unfinished or not up to date.
"""

# ruff: noqa: D103, T201

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from engine_texts import texts

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
PLURALS_ONLY = "en"
LANGUAGES = (PLURALS_ONLY, "de")
SPEAKING = ("pue_desktop/app.py", "pue_desktop/ui", "pue_desktop/workers")


@dataclass(frozen=True, slots=True)
class Entry:
    """A text and its translation.

    Attributes:
        context: The class that says it, or "Engine".
        source: The text in English.
        forms: The translation; several for plural forms.
        finished: Whether a translator is done with it.
    """

    context: str
    source: str
    forms: tuple[str, ...]
    finished: bool


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only look whether anything is left to do")
    check = parser.parse_args().check
    stale: list[str] = []
    if check:
        stale = outdated()
    else:
        update(FOLDER)
    left = [entry for language in LANGUAGES for entry in entries(FOLDER, language) if not entry.finished]
    for entry in left:
        print(f"unfinished, in {entry.context}: {entry.source}")
    if stale:
        print(f"not up to date: {', '.join(stale)}. Run make translations.")
    return int(check and bool(left or stale))


def entries(folder: Path, language: str) -> list[Entry]:
    """Returns every entry of a language's `.ts` file."""
    found = []
    for context in ElementTree.parse(folder / f"pue_desktop_{language}.ts").iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = tuple(form.text or "" for form in translation.iter("numerusform")) or (translation.text or "",)
            name, source = context.findtext("name") or "", message.findtext("source") or ""
            found.append(Entry(name, source, forms, translation.get("type") != "unfinished"))
    return found


def outdated() -> list[str]:
    """Returns the names of files that say something else than the source does now, however Qt's version writes it."""
    with tempfile.TemporaryDirectory() as made:
        fresh = Path(made)
        for path in FOLDER.iterdir():
            (fresh / path.name).write_bytes(path.read_bytes())
        update(fresh)
        stale = [f"pue_desktop_{name}.ts" for name in LANGUAGES if entries(fresh, name) != entries(FOLDER, name)]
        if (fresh / "engine.json").read_bytes() != (FOLDER / "engine.json").read_bytes():
            stale.append("engine.json")
    return stale


def update(folder: Path) -> None:
    """Makes `engine.json`, every `.ts` and every `.qm` file in `folder` anew; translations that are there stay."""
    found = texts(ROOT / "pue_desktop")
    listed = json.dumps(sorted(text for text, _ in found), ensure_ascii=False, indent=0)
    (folder / "engine.json").write_text(f"{listed}\n", encoding="utf-8")
    sources = [path for name in SPEAKING for path in _python_files(ROOT / name)]
    with tempfile.TemporaryDirectory() as made:
        engine = Path(made) / "engine.py"
        engine.write_text("".join(_marked(text, name) for text, name in found), encoding="utf-8")
        for language in LANGUAGES:
            ts = folder / f"pue_desktop_{language}.ts"
            plurals = ["-pluralonly"] if language == PLURALS_ONLY else []
            options = ["-no-obsolete", "-locations", "none", "-source-language", "en_GB", "-target-language", language]
            _tool("lupdate", *options, *plurals, *map(str, sources), str(engine), "-ts", str(ts))
            _tool("lrelease", "-silent", str(ts), "-qm", str(ts.with_suffix(".qm")))


def _python_files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def _marked(text: str, name: str) -> str:
    return f"#: {name}\nQT_TRANSLATE_NOOP('Engine', {json.dumps(text, ensure_ascii=False)})\n"


def _tool(name: str, *arguments: str) -> None:
    """Runs a tool of Qt that came with PySide6, for whatever Python runs this."""
    import PySide6  # noqa: TID251

    folder = Path(PySide6.__file__).parent
    found = next(path for path in (folder / name, folder / f"{name}.exe") if path.exists())
    done = subprocess.run([str(found), *arguments], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
