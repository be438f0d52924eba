"""Figures that can't be trusted: look-alikes across the split, a small hold-out, one picture, networks that guess."""

import json
from io import BytesIO
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

import certified_run
from pictures import folder, picture
from pue_desktop.cli import main
from pue_desktop.engine import doubts
from pue_desktop.engine.certify import _remarks
from pue_desktop.engine.config import ScanConfig
from pue_desktop.engine.craft import unfitted
from pue_desktop.engine.dataset import load_index, scan
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.events import Notice
from pue_desktop.engine.figures import VERDICT_MARGIN, completed
from pue_desktop.engine.image_files import Picture, read
from pue_desktop.engine.look_alikes import Pair, look, pairs
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.results import CertifyResult, DatasetIndex
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from tiny import tiny_plan


def scanned(path: Path, **settings: object) -> tuple[DatasetIndex, list[str]]:
    steps, told = scan(path, ScanConfig(**settings), Stop()), []  # type: ignore[arg-type]
    while True:
        try:
            event = next(steps)
        except StopIteration as end:
            return end.value, told
        if isinstance(event, Notice):
            assert event.level == "warning"
            told.append(event.text)


def bits(one: str, other: str) -> int:
    return (int(one[:64], 16) ^ int(other[:64], 16)).bit_count()


def picture_of(pixels: np.ndarray, mode: str = "RGB") -> Picture:
    return Picture(pixels, mode, None, "PNG", mode)


def photograph(number: int) -> Image.Image:
    """A scene of its own: soft blots in every size that the hash looks at."""
    blots = np.random.default_rng(number).integers(0, 256, (18, 24, 3)).astype(np.uint8)
    return Image.fromarray(blots).resize((240, 180), Image.Resampling.BICUBIC)


def jpeg(image: Image.Image, quality: int) -> bytes:
    made = BytesIO()
    image.save(made, "JPEG", quality=quality)
    return made.getvalue()


def split_folder(root: Path, *, each: int = 4) -> Path:
    """Folders train and test of pictures that are all different."""
    for split, start in (("train", 0), ("test", 100)):
        for label in range(2):
            place = root / split / f"kind-{label}"
            place.mkdir(parents=True)
            for number in range(each):
                photograph(start + 10 * label + number).save(place / f"{number}.png")
    return root


# Hashes -------------------------------------------------------------------------------------------------------------


def test_the_hash_of_pictures_that_can_be_worked_out_by_hand() -> None:
    # Without any change there is no frequency: no bit but the colour.
    assert look(picture_of(np.full((40, 60, 3), (10, 200, 255), np.uint8))) == "00" * 32 + "0ac8ff"
    # Light that falls to the right like half a cosine has one frequency, (0, 1), far above all others.
    falling = 127.5 + 100 * np.cos(np.pi * (np.arange(32) + 0.5) / 32)
    found = look(picture_of(np.rint(np.tile(falling, (32, 1))).astype(np.uint8), "L"))
    assert int(found[:2], 16) & 0b01000000, "bit (0, 1) is set where the left is lighter"
    rising = look(picture_of(np.rint(np.tile(falling[::-1], (32, 1))).astype(np.uint8), "L"))
    assert not int(rising[:2], 16) & 0b01000000


def test_the_same_picture_stored_otherwise_is_near_and_others_are_far() -> None:
    looks = [look(read(jpeg(photograph(number), 95))) for number in range(12)]
    for number, own in enumerate(looks):
        image = photograph(number)
        for other in (jpeg(image, 75), jpeg(image.resize((120, 90)), 90), jpeg(image.point(lambda v: v * 1.05), 90)):
            assert bits(own, look(read(other))) <= 24
        assert min(bits(own, other) for place, other in enumerate(looks) if place != number) > 48


def test_pairs_are_the_nearest_and_the_same_goes_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(flipped: int, colour: str = "808080") -> str:
        return f"{(1 << flipped) - 1:064x}{colour}"

    held = [(made(0), "a"), (made(10), "b"), (made(100), "c"), (made(60), "d")]
    trained = [(made(24), "x"), (made(9), "y"), (made(200), "c"), (made(60, "80a080"), "z"), (made(60, "809980"), "w")]
    expected = [Pair(0, 1, same=False), Pair(1, 1, same=False), Pair(2, 2, same=True), None]
    # 60 bits from nothing, but its colour is another by 32 and by 25.
    assert list(pairs(held, trained)) == expected
    monkeypatch.setattr("pue_desktop.engine.look_alikes._AT_ONCE", 1)
    assert list(pairs(held, trained)) == expected
    assert list(pairs([(made(25), "a")], [(made(0), "b")])) == [None]


# Scans --------------------------------------------------------------------------------------------------------------


def test_look_alikes_are_told_with_count_and_examples_and_stay_where_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = split_folder(tmp_path / "images", each=10)
    clean, told = scanned(root)
    assert told == []
    assert clean.look_alikes == ()
    (root / "test/kind-0/copy.png").write_bytes((root / "train/kind-0/3.png").read_bytes())
    (root / "test/kind-1/again.jpg").write_bytes(jpeg(photograph(12), 80))
    index, told = scanned(root)
    assert [(one.path, one.reason) for one in index.look_alikes] == [
        ("test/kind-0/copy.png", "it is the same picture as train/kind-0/3.png"),
        ("test/kind-1/again.jpg", "it looks nearly the same as train/kind-1/2.png"),
    ]
    assert told == [
        "2 of 22 held-out images look the same as images to learn from, so what is measured on them can't be trusted. "
        "Take one of each two out of the folder, or hold out both. "
        "test/kind-0/copy.png: it is the same picture as train/kind-0/3.png; "
        "test/kind-1/again.jpg: it looks nearly the same as train/kind-1/2.png."
    ]
    assert {image.id: image.split for image in clean.images}.items() <= {
        image.id: image.split for image in index.images
    }.items()
    assert main(["scan", str(root), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["look_alikes"][0] == {
        "path": "test/kind-0/copy.png",
        "reason": "it is the same picture as train/kind-0/3.png",
    }
    assert main(["scan", str(root)]) == 0
    assert (
        "2 held-out images look the same as images to learn from:\n"
        "  test/kind-0/copy.png: it is the same picture as train/kind-0/3.png\n"
    ) in capsys.readouterr().out


def test_a_drawn_hold_out_is_looked_at_too_and_the_run_folder_keeps_what_was_found(tmp_path: Path) -> None:
    root = folder(tmp_path / "images", images=10, size=(64, 64))
    for number in range(10):
        picture(0, number, width=64, height=64).save(root / "kind-0" / f"twin-{number}.png")
    run = Run.create(tmp_path / "run", root)
    list(run_steps(run, ("scan",), tiny_plan(), Stop()))
    index = load_index(run)
    held = {image.id for image in index.of_split("hold_out") if image.label == 0}
    twins = {name for name in held if name.replace("/0", "/twin-").replace("twin-0", "twin-") not in held}
    assert {one.path for one in index.look_alikes if "same picture" in one.reason} <= held
    assert len(index.look_alikes) >= len(twins) - 1 > 0
    assert index == scanned(root)[0]


def test_one_picture_everywhere_is_refused(tmp_path: Path) -> None:
    root = folder(tmp_path, images=4)
    for number, path in enumerate(sorted(root.rglob("*.png"))):
        # Other files, the same pixels.
        picture(0, 0).save(path, compress_level=number)
    with pytest.raises(InputRefusedError, match=r"All 8 images in .* are the same picture\. There is nothing to tell"):
        scanned(root)


def test_a_small_hold_out_is_told(tmp_path: Path) -> None:
    root = folder(tmp_path, images=20)
    few = "Only 19 images are held out to measure with: a single one changes an accuracy by 5%. Take more images, or "
    (root / "kind-0" / "000.png").unlink()
    _, told = scanned(root, hold_out=0.5)
    assert not any("Only" in text for text in told)
    (root / "kind-0" / "001.png").unlink()
    (root / "kind-0" / "002.png").unlink()
    (root / "kind-0" / "003.png").unlink()
    assert [text for text in scanned(root, hold_out=0.5)[1] if text.startswith("Only")] in (
        [few.replace("19", "18").replace("5%", "6%") + "hold out more of them."],
        [few + "hold out more of them."],
    )
    # One image then decides about more than what the verdict asks for.
    assert pytest.approx(VERDICT_MARGIN) == 1 / doubts.LEAST_HELD


# Networks -----------------------------------------------------------------------------------------------------------


def test_a_surrogate_that_guesses_did_not_fit() -> None:
    assert unfitted(0.51, 10)
    assert not unfitted(0.49, 10)
    # Of two classes, guessing errs on a half.
    assert unfitted(0.47, 2)
    assert not unfitted(0.4, 2)


def remarks(protected: float, unprotected: float) -> list[str]:
    def arm(accuracy: float) -> object:
        return msgspec.structs.replace(certified_run.arm(0.5, of=40, seed=1), training_accuracy=accuracy)

    result = CertifyResult(
        protected=arm(protected),  # type: ignore[arg-type]
        unprotected=arm(unprotected),  # type: ignore[arg-type]
        chance=0.1,
        pixels_digest="",
        distinguishes=True,
        margin=VERDICT_MARGIN,
        conditions={},
    )
    result = msgspec.structs.replace(completed(result, tiny_plan().certify), distinguishes=True)
    return [event.text for event in _remarks(result) if isinstance(event, Notice)]


def test_networks_that_learned_nothing_are_told() -> None:
    assert remarks(1.0, 0.9) == []
    assert remarks(0.16, 0.16) == []
    assert remarks(0.9, 0.12) == [
        "Not even from the unprotected images did a network learn: it knows 12% of them, and guessing gets 10%. "
        "These figures say nothing about the protection. Take more training steps."
    ]
    (text,) = remarks(0.14, 0.9)
    assert text.startswith("A network did not learn the protected images it was shown: it knows 14% of them")
