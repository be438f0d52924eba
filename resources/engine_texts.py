"""Finds what the engine says to people, as templates for translators: `texts(PACKAGE)`.

The engine knows no language but English and no Qt: it raises, yields and stores finished sentences. Whatever string
in it reads like words is taken as a text; of an f-string the values become named places (`f"{path} is missing."` is
"{path} is missing."). The window finds the template again from the finished sentence (`ui/engine_words.py`), so
sentences that were stored in a run folder or came from another process are translated as well.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

# What no person reads in the window: words of the certificate (its PDF stays English), names of random streams, and
# what belongs to formats.
UNSEEN = frozenset(
    {
        "engine/certificate_values.py",
        "engine/certificate_words.py",
        "engine/folding.py",
        "engine/icc.py",
        "engine/key_encryption.py",
        "engine/recovery.py",
        "engine/weight_noise.py",
        "workers/awake.py",
    }
)
# Modules outside the engine that speak in the same way.
BESIDE = ("app.py", "sample.py", "settings.py", "ui/comparison.py", "ui/verdict.py", "workers")
# Calls whose words are about a bug, or name something: nobody is told them in the window.
_BUGS = ("AssertionError", "KeyError", "LookupError", "OSError", "RuntimeError", "TypeError", "ValueError")
_NAMES = ("ArgumentTypeError", "Batches", "TypeVar", "cast", "environ", "getLogger", "import_module", "setObjectName")
_STREAMS = ("generator", "manual_seed", "numpy_stream", "seed_of", "stream", "stream_seed", "torch_stream")
_PARTS = ("encode", "endswith", "join", "replace", "split", "startswith")
_LOGGED = ("debug", "error", "exception", "info", "warning")
_SILENT = frozenset({*_BUGS, *_NAMES, *_STREAMS, *_PARTS, *_LOGGED, "property", "setProperty"})
# Fewer letters than these around the values tell nothing about where a sentence came from.
_LEAST_LETTERS = 5
# Names that people choose by, and what is made of them: no sentence, so they have to be listed.
TERMS = (
    "a newer",
    "abstained",
    "distinguishes",
    "draft",
    "paper",
    "own originals alone, seed {value}",
    "protected images",
    "protected images for its distance",
    "protected images, seed {value}",
    "standard",
    "strong",
    "subtle",
    "unprotected images",
    "unprotected images, seed {value}",
    "standard ({epsilon_255} of 255)",
    "strong ({epsilon_255} of 255)",
    "subtle ({epsilon_255} of 255)",
    "{epsilon_255} of 255",
    "done",
    "cancelled",
    "failed",
)
# Here single words are texts, too, if they begin with a capital letter: titles.
_TITLES = frozenset({"ui/comparison.py"})
_WORDS = re.compile(r"[A-Za-z’']{2,}[,:;.]?\s+\S|[A-Za-z]{2,}[.:?!]$")
_SENTENCES = re.compile(r"(?<=[.!?]) (?=\S)")
_PLACE = re.compile(r"\{(\w*)(?:[:!][^}]*)?\}")


def texts(package: Path) -> list[tuple[str, str]]:
    """Returns every text of the engine in `package` (the folder pue_desktop), with the first file that says it."""
    found: dict[str, str] = {}
    for path in sorted([*(package / "engine").rglob("*.py"), *_beside(package)]):
        name = path.relative_to(package).as_posix()
        if name not in UNSEEN:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            sentences = [one for text in _said(tree) for one in _sentences(text)]
            titled = [one for one in sentences if _reads_like_words(one, titles=name in _TITLES)]
            found = {**dict.fromkeys([*_settings(tree), *titled], name), **found}
    found.update(dict.fromkeys(TERMS, "terms"))
    return sorted(((text, name) for text, name in found.items()), key=lambda pair: (pair[1], pair[0]))


def _beside(package: Path) -> Iterator[Path]:
    for name in BESIDE:
        place = package / name
        yield from place.rglob("*.py") if place.is_dir() else (place,)


def _said(tree: ast.Module) -> Iterator[str]:
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        if isinstance(node, ast.Call) and _called(node) in _SILENT:
            continue
        if isinstance(node, ast.Subscript):
            waiting.append(node.value)  # an annotation or a key is no text, unless it describes a setting
            waiting += [part for part in ast.walk(node.slice) if isinstance(part, ast.Call)]
            continue
        template = _template(node)
        if template is not None:
            yield template
            if isinstance(node, ast.JoinedStr):
                waiting += [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
            continue
        waiting += ast.iter_child_nodes(node)


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _template(node: ast.AST) -> str | None:
    """Returns a string or f-string as a template with named places, None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _renamed(node.value)
    if not isinstance(node, ast.JoinedStr):
        return None
    taken: dict[str, int] = {}
    parts = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            parts.append("{" + _numbered(_name(part.value), taken) + "}")
        elif isinstance(part, ast.Constant):
            parts.append(str(part.value).replace("{", "{{").replace("}", "}}"))
    return "".join(parts)


def _renamed(text: str) -> str:
    """Returns a literal that may be meant for `format`, its places without their formats."""
    taken: dict[str, int] = {}
    return _PLACE.sub(lambda place: "{" + _numbered(place.group(1) or "value", taken) + "}", text)


def _numbered(name: str, taken: dict[str, int]) -> str:
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}{taken[name]}"


def _name(value: ast.expr) -> str:
    """Returns what a translator may call a value: the name nearest to it in the source."""
    if isinstance(value, ast.Name):
        return value.id.strip("_").lower()
    if isinstance(value, ast.Attribute):
        return value.attr.strip("_").lower()
    if isinstance(value, ast.Call) and value.args:
        return _name(value.args[0])
    if isinstance(value, ast.Subscript):
        return _name(value.value)
    if isinstance(value, ast.BinOp):
        return _name(value.left)
    return "value"


def _settings(tree: ast.Module) -> Iterator[str]:
    """Yields the titles of settings, which may be single words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "Meta":
            yield from (str(ast.literal_eval(word.value)) for word in node.keywords if _is_title(word))


def _is_title(word: ast.keyword) -> bool:
    return word.arg == "title" and isinstance(word.value, ast.Constant)


def _sentences(text: str) -> list[str]:
    """Returns the sentences of a text; of the content of a file, which has several lines or tags, none."""
    return [] if "\n" in text or text.startswith(("<", "-----")) else _SENTENCES.split(text.strip())


def _reads_like_words(text: str, *, titles: bool) -> bool:
    """Whether a string is meant for people: some words, or a title of one word."""
    letters = sum(character.isalpha() for character in _PLACE.sub(" ", text))
    title = titles and text[:1].isupper()
    return title or (letters >= _LEAST_LETTERS and bool(_WORDS.search(text)))
