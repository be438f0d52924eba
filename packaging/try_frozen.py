"""Tries the frozen program as somebody without Python has it: `python packaging/try_frozen.py dist/pue-desktop`.

It is copied to a folder with a space in its name and started with an empty environment: no PATH, another home. It has
to say its version, run the whole way on the sample images, verify what it exported, and open its window. Whatever it
writes to standard error that is not expected here is a failure. Prints size and start times as a Markdown table.
"""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

# Progress and the room on the disk go there by design.
EXPECTED = (
    r"\[\d+/\d+\] .*",
    r"About .* will be written to .*; .* free there\.",
    # Qt's, where nothing says which language the user speaks.
    r"Detected locale .* which is not UTF-8\.",
    r"Qt depends on a UTF-8 locale, .*",
    r"If this causes problems, reconfigure your locale\. .*",
    r"for more information\.",
)
STARTS = 5
WINDOW_SECONDS = 60
SHADES = 40


class _TrialError(Exception):
    """Something that the program must not do."""


def main() -> int:
    """Runs the trial; returns 1 after saying what failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path, help="folder that PyInstaller made")
    parser.add_argument("--screenshot", type=Path, help="where the picture of the window goes")
    parser.add_argument("--no-demo", action="store_true", help="leave out the whole way on the sample images")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="frozen ") as scratch:
        home = Path(scratch) / "home"
        home.mkdir()
        folder = Path(scratch) / "another place"
        shutil.copytree(options.program, folder, symlinks=True)
        program = next(path for path in (folder / "pue-desktop", folder / "pue-desktop-console.exe") if path.is_file())
        try:
            rows = _tried(program, home, options.screenshot, demo=not options.no_demo)
        except _TrialError as failure:
            print(f"The frozen program failed: {failure}", file=sys.stderr)
            return 1
    print("| what | measured |\n|---|---:|")
    for what, measured in rows:
        print(f"| {what} | {measured} |")
    return 0


def _tried(program: Path, home: Path, screenshot: Path | None, *, demo: bool) -> list[tuple[str, str]]:
    rows = [("size", f"{_bytes(program.parent) / 1e6:,.0f} MB")]
    said, seconds = zip(*(_run(program, home, "--version") for _ in range(STARTS)), strict=True)
    if not re.fullmatch(r"pue-desktop \d+\.\d+\.\d+\S*\n", said[0]):
        raise _TrialError(f"--version says {said[0]!r}")
    rows.append((f"pue-desktop --version, median of {STARTS}", f"{statistics.median(seconds):.2f} s"))
    if demo:
        _, took = _run(program, home, "demo")
        rows.append(("the whole way on the sample images", f"{took:.0f} s"))
        report, took = _run(program, home, "verify", "demo-export", "--json")
        if json.loads(report)["status"] != "ok":
            raise _TrialError(f"its own export is not verified: {report}")
        if not (home / "demo-export/certificate.pdf").is_file():
            raise _TrialError("the export has no certificate.pdf")
        rows.append(("verifying it", f"{took:.1f} s"))
    rows.append(("window drawn", _window(program, home, screenshot)))
    return rows


def _bytes(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def _environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    return kept | {"HOME": str(home), "USERPROFILE": str(home), "PATH": ""} | more


def _run(program: Path, home: Path, *arguments: str) -> tuple[str, float]:
    """Returns what one command wrote, and how many seconds it took. Raises `_TrialError`."""
    began = time.monotonic()
    done = subprocess.run(
        [str(program), *arguments], cwd=home, env=_environment(home), capture_output=True, text=True, check=False
    )
    took = time.monotonic() - began
    words = " ".join(arguments)
    if done.returncode != 0:
        raise _TrialError(f"“{words}” ended with {done.returncode}: {done.stderr[-2000:]}")
    _check_errors(words, done.stderr)
    return done.stdout, took


def _check_errors(words: str, written: str) -> None:
    strange = [line for line in written.splitlines() if line and not any(re.fullmatch(one, line) for one in EXPECTED)]
    if strange:
        raise _TrialError(f"“{words}” wrote to standard error: {strange[:5]}")


def _window(program: Path, home: Path, screenshot: Path | None) -> str:
    """Opens the window; returns how long it took until something was drawn. Raises `_TrialError`."""
    if shutil.which("Xvfb") is None:
        with _started(program, home, QT_QPA_PLATFORM="offscreen") as process:
            time.sleep(5)
            if process.poll() is not None:
                raise _TrialError("the window did not stay open")
        return "not measured: Xvfb is not installed"
    with (
        _screen(home.parent) as (display, picture),
        _started(program, home, DISPLAY=display, QT_QPA_PLATFORM="xcb") as process,
    ):
        began = time.monotonic()
        while _shades(picture) < SHADES:
            if process.poll() is not None or time.monotonic() - began > WINDOW_SECONDS:
                raise _TrialError("the window was not drawn")
            time.sleep(0.05)
        took = time.monotonic() - began
        time.sleep(3)
        if process.poll() is not None:
            raise _TrialError("the window did not stay open")
        if screenshot is not None:
            _pixels(picture).save(screenshot)
    return f"{took:.2f} s"


@contextmanager
def _started(program: Path, home: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [str(program)],
        cwd=home,
        env=_environment(home, **environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        _, written = process.communicate(timeout=30)
    _check_errors("gui", written)


@contextmanager
def _screen(folder: Path) -> Iterator[tuple[str, Path]]:
    """Starts a virtual screen; yields its name and the file that always holds its picture."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-fbdir", str(folder)]
    screen = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as stream:
            yield f":{stream.readline().strip()}", folder / "Xvfb_screen0"
    finally:
        screen.terminate()
        screen.wait()


def _pixels(file: Path) -> Image.Image:
    """Reads a picture of the screen: X's own format, 32 bits a pixel, rows without padding."""
    data = file.read_bytes()
    header = struct.unpack(">25I", data[:100])
    size, width, height, colours = header[0], header[4], header[5], header[19]
    return Image.frombytes("RGB", (width, height), data[size + 12 * colours :], "raw", "BGRX")


def _shades(picture: Path) -> int:
    """Returns how many colours the screen shows; an empty one has one."""
    found = _pixels(picture).resize((320, 200), Image.Resampling.NEAREST).getcolors(65536)
    return 65536 if found is None else len(found)


if __name__ == "__main__":
    raise SystemExit(main())
