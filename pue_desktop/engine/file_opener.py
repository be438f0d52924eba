"""A process that opens image files for another one, so that a codec that crashes or hangs costs one file.

Started as `pue-desktop inspect`. For each line of JSON on its standard input, which names files, it answers one line of
JSON a file, and ends when its input is closed: whoever asked may be killed, nothing stays behind. A file that takes too
long, or too much memory, ends the process and nothing else; the watchdog is a thread of the C library that needs no
turn of the interpreter.
"""

from __future__ import annotations

import faulthandler
import hashlib
import os
from pathlib import Path

import msgspec

from pue_desktop.engine.image_files import MAX_PIXELS, LargeImageError, UnusableImageError, read, read_bytes
from pue_desktop.engine.look_alikes import look

READY = b"ready\n"
IDLE_SECONDS = 60.0
_MEMORY = 6 * 2**30


class Question(msgspec.Struct, frozen=True):
    """Which files to open, how many seconds that may take altogether, and how many pixels each may have."""

    paths: list[str]
    seconds: float
    most_pixels: int = MAX_PIXELS


class Inspected(msgspec.Struct, frozen=True):
    """What a file holds, or why it can't be used.

    Attributes:
        reason: Why not; empty if all is well, and only then all of the rest is filled in.
        sha256: Of the file's bytes; empty if these could not be read.
        pixels_sha256: See `Picture.digest`.
        width: As a viewer shows it.
        height: Likewise.
        mode: Of the pixels.
        format: Pillow's name of the file format.
        size_bytes: Of the file.
        notice: See `Picture`.
        look: See `look_alikes.look`.
        large: Whether the only reason is that it has more pixels than were asked for.
    """

    reason: str = ""
    sha256: str = ""
    pixels_sha256: str = ""
    width: int = 0
    height: int = 0
    mode: str = ""
    format: str = ""
    size_bytes: int = 0
    notice: str = ""
    look: str = ""
    large: bool = False


def inspect(path: Path, most_pixels: int = MAX_PIXELS) -> Inspected:
    """Opens an image file in this process. Never raises for what is in the file."""
    sha256 = ""
    try:
        data = read_bytes(path)
        sha256 = hashlib.sha256(data).hexdigest()
        picture = read(data, most_pixels=most_pixels)
    except UnusableImageError as error:
        return Inspected(str(error), sha256, large=isinstance(error, LargeImageError) and most_pixels < MAX_PIXELS)
    width, height = picture.size
    return Inspected(
        sha256=sha256,
        pixels_sha256=picture.digest(),
        width=width,
        height=height,
        mode=picture.mode,
        format=picture.format,
        size_bytes=len(data),
        notice=picture.notice,
        look=look(picture),
    )


def serve() -> None:
    """Answers questions until standard input is closed."""
    # By number: a program without a console may have no sys.stdin.
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with questions, answers, open(os.devnull, "r+b") as nowhere:  # noqa: PTH123
        # Codecs print what they like; only answers may reach the other side.
        os.dup2(nowhere.fileno(), 1)
        _limit_memory()
        decoder = msgspec.json.Decoder(Question)
        answers.write(READY)
        answers.flush()
        while True:
            faulthandler.dump_traceback_later(IDLE_SECONDS, exit=True, file=nowhere)
            line = questions.readline()
            if not line:
                break
            question = decoder.decode(line)
            faulthandler.dump_traceback_later(question.seconds, exit=True, file=nowhere)
            for path in question.paths:
                answers.write(msgspec.json.encode(inspect(Path(path), question.most_pixels)) + b"\n")
            answers.flush()
        faulthandler.cancel_dump_traceback_later()


def _limit_memory() -> None:
    """Makes an allocation beyond all bounds fail here, instead of ending other programs of this machine."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > _MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))
