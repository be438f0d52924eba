"""The command line: sub-commands, exit codes, and the one place where an unexpected exception ends.

`pue-desktop` alone opens the window. Every sub-command is a function that takes the parsed arguments and returns an
`Outcome`; what is printed where is decided here and in `cli_output`. Nothing heavy is imported before a command that
needs it runs, so that help and listings answer at once.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from pue_desktop import __version__, cli_demo, cli_flags, cli_keys, cli_lists, cli_plan, cli_run, cli_runs
from pue_desktop.cli_output import Console, Outcome
from pue_desktop.engine import plans
from pue_desktop.engine.errors import CancelledError, PueError, UsageError
from pue_desktop.engine.pipeline import STEPS
from pue_desktop.engine.places import log_folder
from pue_desktop.engine.presets import STRESS_PRESETS

Command = Callable[[argparse.Namespace, Console], Outcome]

_EPILOG = """exit codes: 0 ok, 1 a bug, 2 wrong usage, 3 refused input, 4 abstained (no certificate at the asked
confidence), 5 verification failed, 130 cancelled (what was reached is saved; the same command goes on)"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. Returns the exit code; never raises."""
    words = list(sys.argv[1:] if argv is None else argv)
    # Before torch is loaded: its threads shall spin only for a moment while they wait for one another. Spinning on, the
    # default, is a few percent faster on an idle machine and half as fast as soon as anything else runs (measured).
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
    console = Console(json="--json" in words)
    try:
        arguments = parser().parse_args(words)
        command: Command = arguments.command
        outcome = command(arguments, console)
        console.finish(outcome)
        return outcome.exit_code
    except SystemExit as end:
        # argparse leaves this way after --help and --version.
        return end.code if isinstance(end.code, int) else 0
    except PueError as error:
        return _fail(console, error)
    except KeyboardInterrupt:
        return _fail(console, CancelledError("Stopped.", hint="Start again to go on."))
    except Exception as error:
        return _fail(console, _bug(error))
    finally:
        console.close()


def parser() -> argparse.ArgumentParser:
    """Returns the parser of all sub-commands; every flag of a setting comes from its field in `engine.config`."""
    root = _Parser(
        prog="pue-desktop",
        description="Share images without giving away what a model could learn from them, with a certificate.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    root.add_argument("--version", action="version", version=f"pue-desktop {__version__}")
    root.set_defaults(command=cli_lists.gui, path=None)
    commands = root.add_subparsers(metavar="COMMAND", title="commands", parser_class=_Parser)
    _add_window(commands)
    _add_whole_way(commands)
    _add_single_steps(commands)
    _add_plan(commands)
    _add_verify(commands)
    _add_keys(commands)
    _add_lists(commands)
    return root


class _Parser(argparse.ArgumentParser):
    """Reports wrong usage like every other error instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", hint=f"See {self.prog} --help.")


_Commands = argparse._SubParsersAction  # the type of `add_subparsers`, which argparse does not export


def _add(commands: _Commands[_Parser], name: str, summary: str, command: Command, *, hidden: bool = False) -> _Parser:
    # Without a help text argparse leaves the command out of the list.
    added = (
        commands.add_parser(name, description=summary, allow_abbrev=False)
        if hidden
        else commands.add_parser(name, description=summary, allow_abbrev=False, help=summary)
    )
    added.add_argument("--json", action="store_true", help="print one JSON object as the last line of stdout")
    added.set_defaults(command=command)
    return added


def _add_window(commands: _Commands[_Parser]) -> None:
    gui = _add(commands, "gui", "Open the window.", cli_lists.gui)
    gui.add_argument("path", nargs="?", metavar="FOLDER|RUN", help="an image folder or a run folder to open")
    report = _add(commands, "report", "Write the PDF of a certificate.", cli_lists.report, hidden=True)
    _add(commands, "inspect", "Open image files for another process.", cli_lists.inspect, hidden=True)
    report.add_argument("certificate", type=Path)
    report.add_argument("pdf", type=Path)
    report.add_argument("--page", choices=("A4", "Letter"), default="A4")
    report.add_argument("--pictures", type=_count, default=0, metavar="WIDTH")


def _add_whole_way(commands: _Commands[_Parser]) -> None:
    demo = _add(commands, "demo", "The whole way on the sample images, within minutes.", cli_demo.demo)
    demo.add_argument("--export", type=Path, default=Path("demo-export"), metavar="OUT", help="default: demo-export")
    demo.add_argument("--run", type=Path, default=Path("demo-run"), metavar="RUN", help="default: demo-run")
    demo.add_argument("--quick", action="store_true", help="far fewer steps: shows that it works, protects less")

    run = _add(commands, "run", "Every step: from an image folder to an export. Run again, it continues.", cli_run.run)
    run.add_argument("folder", type=Path, metavar="FOLDER", help="images, one folder per class, or train and test")
    run.add_argument("--run", type=Path, required=True, metavar="RUN", help="run folder: private, keeps the work")
    run.add_argument("--export", type=Path, required=True, metavar="OUT", help="folder for the protected images")
    run.add_argument("--strength", metavar="NAME|N", help="subtle, standard, strong, or the largest change (of 255)")
    run.add_argument("--effort", choices=tuple(plans.EFFORTS), help=_texts(plans.EFFORTS))
    run.add_argument("--method", choices=cli_flags.choices("methods"), help="how the perturbation is found")
    run.add_argument("--stress-preset", dest="preset", choices=tuple(STRESS_PRESETS), help=_texts(STRESS_PRESETS))
    run.add_argument("--device", help="auto, cpu, cuda, cuda:N or mps")
    run.add_argument("--seed", type=int, help="names every random draw of the run")
    for step in STEPS:
        omitted = frozenset({"folder"}) if step.name == "export" else frozenset()
        cli_flags.add(run, step.name, prefix=f"{step.name}-", omit=omitted)


def _add_single_steps(commands: _Commands[_Parser]) -> None:
    scan = _add(
        commands,
        "scan",
        "What is in a folder: classes, counts, and every file that cannot be used and why.",
        cli_lists.scan,
    )
    scan.add_argument("folder", type=Path, metavar="FOLDER")
    scan.add_argument("--run", type=Path, metavar="RUN", help="keep the result in this run folder; made if missing")
    scan.add_argument("--cluster", type=_groups, metavar="N", help="make N groups by look; needs --labels-out")
    scan.add_argument("--labels-out", type=Path, metavar="FILE", help="write the groups of --cluster as labels (CSV)")
    cli_flags.add(scan, "scan")
    for step in STEPS:
        if step.name == "scan":
            continue
        single = _add(commands, step.name, f"One step of a run: {step.summary}", cli_run.single_step)
        single.add_argument("run", type=Path, metavar="RUN", help="run folder, made by scan --run or run")
        single.set_defaults(step=step.name)
        if step.name == "stress":
            single.add_argument("--preset", choices=tuple(STRESS_PRESETS), help=_texts(STRESS_PRESETS))
        cli_flags.add(single, step.name)


def _add_plan(commands: _Commands[_Parser]) -> None:
    plan = _add(
        commands,
        "plan",
        "How far the draws of a certificate reach, or how many a radius takes, and how long that is here.",
        cli_plan.plan,
    )
    plan.add_argument("run", type=Path, nargs="?", metavar="RUN", help="take settings and images from this run folder")
    plan.add_argument("--eta", type=float, metavar="X", help="wanted radius; without it, how far --draws reach")
    plan.add_argument("--no-time", action="store_true", help="do not measure this machine")
    cli_flags.add(plan, "certify")


def _add_verify(commands: _Commands[_Parser]) -> None:
    verify = _add(
        commands,
        "verify",
        "Are these the certified images, and does the certificate follow from its own evidence?",
        cli_lists.verify,
    )
    verify.add_argument("export", type=Path, metavar="OUT", help="export folder, or its certificate.pdf or .json")
    verify.add_argument("--public-key", metavar="KEY", help="the signer's key: a file, or the key or its id in hex")
    verify.add_argument("--images", type=Path, metavar="DIR", help="where the images are, if not in OUT")
    verify.add_argument("--originals", type=Path, metavar="DIR", help="the originals: measures the change again")
    verify.add_argument("--run", type=Path, metavar="RUN", help="the run folder, for its originals and --recompute")
    verify.add_argument("--recompute", type=_count, default=0, metavar="K", help="evaluate K draws again, with --run")


def _add_keys(commands: _Commands[_Parser]) -> None:
    def add(name: str, summary: str, command: Command, commands: _Commands[_Parser] = commands) -> _Parser:
        return _add(commands, name, summary, command)

    cli_keys.add(add, _Parser)


def _add_lists(commands: _Commands[_Parser]) -> None:
    for table, summary in (
        ("methods", "Ways to find a perturbation."),
        ("surrogates", "Networks that learn: for crafting, for the certificate, as attackers."),
        ("countermeasures", "What an attacker may do to the images first."),
    ):
        listed = _add(commands, table, summary, cli_lists.table)
        listed.set_defaults(table=table)
    runs = _add(commands, "runs", "The runs you have: how far each is, and what its certificate says.", cli_runs.runs)
    runs.add_argument("folders", type=Path, nargs="*", metavar="DIR", help="list these run folders, or those inside")
    doctor = _add(commands, "doctor", "What this machine can do, and what a helper asks for.", cli_lists.doctor)
    doctor.add_argument("--benchmark", action="store_true", help="measure how fast every usable device is")
    doctor.add_argument("--networks", metavar="NAME@SIZE,…", help="measure these instead, such as vit@64")
    doctor.add_argument("--log", action="store_true", help="also the last lines of the window's log")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0")
    return int(text)


def _groups(text: str) -> int:
    if not text.isdecimal() or not 2 <= int(text) <= 50:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 2 to 50")
    return int(text)


def _texts(entries: dict[str, str]) -> str:
    return "; ".join(f"{name}: {text[:1].lower()}{text[1:].rstrip('.')}" for name, text in entries.items())


def _fail(console: Console, error: PueError) -> int:
    console.fail(error)
    return error.exit_code


def _bug(error: Exception) -> PueError:
    """Writes the traceback to a file and returns the sentence for the user."""
    text = "".join(traceback.format_exception(error))
    name = f"pue-desktop-error-{time.strftime('%Y%m%d-%H%M%S')}.log"
    for folder in (log_folder, lambda: Path(tempfile.gettempdir())):
        try:
            path = folder() / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"pue-desktop {__version__}\n{text}", encoding="utf-8")
        except OSError:
            continue
        return PueError(
            f"Something went wrong that should not have: {type(error).__name__}.",
            hint=f"This is a bug; please report it with the file {path}.",
        )
    return PueError(f"Something went wrong that should not have: {text}")
