"""Runs the guide's console blocks exactly as printed, with networks so small that a run takes seconds.

A block is fenced as `console`. A line that begins with `$ ` is a command; what stands below it is what it prints, on
standard output or, where that stays empty, as an error. Numbers and spaces may differ, and a line `…` stands for any
lines. A command must succeed unless `echo $?` follows. `pue-desktop` and `python examples/…` run in this process, all
else in bash, where `pue-desktop` is this file.
"""

import contextlib
import io
import os
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parent.parent
HOME = "/home/anna"
"""What the guide calls the folder in which its reader works."""
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHELL = re.compile(r"[|&;<>()$`*]")
_REDIRECTED = re.compile(r"(.*) > ([\w.-]+)")


@dataclass(frozen=True)
class Command:
    """A command and the lines below it."""

    line: int
    words: str
    printed: tuple[str, ...]


def commands(page: Path) -> list[Command]:
    """Returns the commands of a page's console blocks, in order."""
    text, found = page.read_text(encoding="utf-8"), list[Command]()
    for block in _BLOCK.finditer(text):
        first = text[: block.start()].count("\n") + 2
        for number, line in enumerate(block[1].splitlines(), start=first):
            if line.startswith("$ "):
                found.append(Command(number, line[2:], ()))
            else:
                found[-1] = Command(found[-1].line, found[-1].words, (*found[-1].printed, line))
    return found


def follow(page: Path) -> None:
    """Runs a page's commands in the working folder, one after the other; fails with the page and line of the first
    that does or prints something else.
    """
    code, waiting = 0, ""
    steps = commands(page)
    for place, step in enumerate(steps):
        where = f"{page.name}, line {step.line}: {step.words}"
        if step.words == "echo $?":
            assert step.printed == (str(code),), f"{where}\nit is {code}"
            continue
        words = f"{waiting}{step.words}\n"
        if step.words.endswith("&"):
            waiting = words
            continue
        waiting = ""
        code, out, error = _run(words.strip())
        said = f"{where}\nexit code {code}\n{out}{error}"
        asked = place + 1 < len(steps) and steps[place + 1].words == "echo $?"
        assert code == 0 or asked, said
        assert _fits(step.printed, out or (error if code else "")), said


def _run(words: str) -> tuple[int, str, str]:
    redirected = _REDIRECTED.fullmatch(words)
    if redirected and not _SHELL.search(redirected[1]):
        code, out, error = _run(redirected[1])
        Path(redirected[2]).write_text(out, encoding="utf-8")
        return code, "", error
    split = shlex.split(words) if not _SHELL.search(words) else ["bash"]
    own = split[0] == "pue-desktop" or (split[0] == "python" and split[1].startswith("examples/"))
    return _here(split) if own else _in_bash(words)


def _here(words: list[str]) -> tuple[int, str, str]:
    from pue_desktop import cli

    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as error, tiny():
        if words[0] == "pue-desktop":
            code = cli.main(words[1:])
        else:
            code = 0
            with patch.object(sys, "argv", words[1:]):
                try:
                    runpy.run_path(words[1], run_name="__main__")
                except SystemExit as end:
                    code = int(end.code or 0)
    return code, out.getvalue(), error.getvalue()


def _in_bash(words: str) -> tuple[int, str, str]:
    own = Path("bin") / "pue-desktop"
    if not own.exists():
        own.parent.mkdir(exist_ok=True)
        own.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{__file__}" "$@"\n', encoding="utf-8")
        own.chmod(0o700)
        (own.parent / "python").symlink_to(sys.executable)
    search = os.pathsep.join((str(own.parent.absolute()), os.environ["PATH"]))
    environment = os.environ | {"PATH": search, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", words], capture_output=True, text=True, timeout=120, check=False, env=environment
    )
    return done.returncode, done.stdout, done.stderr


def _fits(printed: tuple[str, ...], said: str) -> bool:
    """Returns whether `printed` is what was said, up to numbers, spaces and what `…` stands for."""
    said = said.replace(str(Path.cwd()), HOME)
    wanted = "".join(r"(.*\n)*" if line == "…" else re.escape(_plain(line)) + "\n" for line in printed)
    return re.fullmatch(wanted, "".join(f"{_plain(line)}\n" for line in said.splitlines())) is not None


def _plain(line: str) -> str:
    return " ".join(re.sub(r"\d[\d,.]*", "#", line).split())


@contextlib.contextmanager
def tiny() -> Iterator[None]:
    """Every effort, and the demo, is `tiny.tiny_plan`; what flags say still counts."""
    from pue_desktop import cli_demo
    from pue_desktop.engine import plans
    from tiny import tiny_plan

    small = tiny_plan()
    efforts = dict.fromkeys(plans.EFFORTS, small)
    with patch.object(plans, "_EFFORT_PLANS", efforts), patch.object(cli_demo, "demo_plan", lambda **_: small):
        yield


if __name__ == "__main__":
    from pue_desktop.cli import main

    with tiny():
        raise SystemExit(main())
