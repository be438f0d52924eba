"""The rules of the source tree as functions over folders, so that each can be shown to fire on a planted violation.

Imports are found in the syntax tree wherever they stand: a Qt import inside an engine function counts too. Imports
under `if TYPE_CHECKING:` cost nothing at run time and are allowed.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60

QT = frozenset({"PySide6", "PySide2", "PyQt5", "PyQt6", "shiboken6", "qtpy", "superqt", "pyqtgraph"})
TORCH = frozenset({"torch", "torchvision"})
HEAVY = ("torch", "torchvision", "scipy", "pyqtgraph", "numpy")

# Folder (or file) under pue_desktop -> what must not be imported anywhere in it.
FORBIDDEN: dict[str, frozenset[str]] = {
    "engine": QT | {"pue_desktop.ui", "pue_desktop.workers", "pue_desktop.app", "pue_desktop.report"},
    "ui": TORCH,
    "report": TORCH,
    "app.py": TORCH,
    "settings.py": TORCH | QT,
}


def violations(package: Path) -> list[str]:
    """Returns every broken rule under `package`, one sentence each."""
    found: list[str] = []
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        found += [f"{name}: {problem}" for problem in _sizes(source, tree)]
        found += [f"{name}: {problem}" for problem in _imports(name, tree)]
    return found


def _sizes(source: str, tree: ast.Module) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > MAX_FILE_LINES:
        yield f"has {lines} lines, more than {MAX_FILE_LINES}"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION_LINES:
                yield f"{node.name} has {length} lines, more than {MAX_FUNCTION_LINES}"
    if not ast.get_docstring(tree):
        yield "has no module docstring"


def _imports(name: str, tree: ast.Module) -> Iterator[str]:
    for place, forbidden in FORBIDDEN.items():
        if name != place and not name.startswith(f"{place}/"):
            continue
        for module in imported(tree):
            for banned in sorted(forbidden):
                if module == banned or module.startswith(f"{banned}."):
                    yield f"imports {module}; {place} must not"


def imported(tree: ast.Module) -> Iterator[str]:
    """Yields the absolute modules that a file imports at run time, at any depth."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and _is_type_checking(node.test):
            waiting.extend(node.orelse)
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
            yield from (argument.value for argument in node.args[:1] if _is_text(argument))
        waiting.extend(ast.iter_child_nodes(node))


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
