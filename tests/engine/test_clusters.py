"""Groups by look: the same every time, and sensible where colours or shapes leave no doubt."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pictures import picture
from pue_desktop import cli
from pue_desktop.engine.clusters import Features, features, group_names, groups, labels_of
from pue_desktop.engine.errors import CancelledError, InputRefusedError
from pue_desktop.engine.events import ended
from pue_desktop.engine.runtime import Stop


def measured(folder: Path) -> Features:
    return ended(features(folder, Stop()))


@pytest.fixture(scope="module")
def three_hues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine red, seven green and five blue pictures side by side, sizes and formats mixed, and a broken one."""
    root = tmp_path_factory.mktemp("hues")
    for label, (name, count) in enumerate((("red", 9), ("green", 7), ("blue", 5))):
        for number in range(count):
            made = picture(label, number, width=40 + 8 * number, height=48)
            made.save(root / f"{number}-{name}{'.jpg' if number % 2 else '.png'}")
    (root / "broken.png").write_text("no picture")
    (root / "notes.txt").write_text("no picture")
    return root


def test_three_hues_are_three_groups_every_time(three_hues: Path) -> None:
    found = measured(three_hues)
    assert found.unread == ("broken.png",)
    assert found.values.shape == (21, 64 + 48 + 128)
    made = groups(found, 3, 0, Stop())
    hues = [{path[2:].split(".")[0] for path in ids} for ids in made]
    assert hues == [{"red"}, {"green"}, {"blue"}]
    assert [len(ids) for ids in made] == [9, 7, 5]
    again = measured(three_hues)
    assert np.array_equal(again.values, found.values)
    assert groups(again, 3, 0, Stop()) == made
    assert [len(ids) for ids in groups(found, 3, 5, Stop())] == [9, 7, 5]
    assert sorted(path for ids in groups(found, 8, 0, Stop()) for path in ids) == sorted(found.ids)


def test_shapes_part_pictures_of_one_colour(tmp_path: Path) -> None:
    for number in range(12):
        image = Image.new("RGB", (64, 64), (128, 128, 128))
        draw = ImageDraw.Draw(image)
        for line in range(4 + number % 2, 64, 8):
            ends = (line, 0, line, 64) if number % 3 == 0 else (0, line, 64, line)
            draw.line(ends, fill=(100, 100, 100), width=3)
        image.save(tmp_path / f"{'upright' if number % 3 == 0 else 'level'}-{number:02}.png")
    made = groups(measured(tmp_path), 2, 0, Stop())
    assert [{path.split("-")[0] for path in ids} for ids in made] == [{"level"}, {"upright"}]


def test_too_many_groups_none_to_open_and_cancel(tmp_path: Path, three_hues: Path) -> None:
    with pytest.raises(InputRefusedError, match="21 images can't be parted into 22 groups"):
        groups(measured(three_hues), 22, 0, Stop())
    (tmp_path / "x.png").write_text("no")
    with pytest.raises(InputRefusedError, match="could be opened"):
        measured(tmp_path)
    stop = Stop()
    stop.cancel()
    with pytest.raises(CancelledError):
        list(features(three_hues, stop))


def test_alike_images_give_fewer_groups(tmp_path: Path) -> None:
    for number in range(5):
        Image.new("RGB", (32, 32), (200, 30, 30)).save(tmp_path / f"{number}.png")
    assert [len(ids) for ids in groups(measured(tmp_path), 3, 0, Stop())] == [5]


def test_labels_and_names() -> None:
    assert group_names(3) == ("group-1", "group-2", "group-3")
    assert group_names(12)[8:10] == ("group-09", "group-10")
    assert labels_of([("a", "b"), ("c",)], ("x", "y"), ("broken",)) == {"a": "x", "b": "x", "c": "y", "broken": "x"}


def test_the_command_line_writes_groups_and_takes_them_again(
    three_hues: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "groups.csv"
    words = ["scan", str(three_hues), "--cluster", "3", "--labels-out", str(out), "--json"]
    assert cli.main(words) == 0
    said = capsys.readouterr()
    facts = json.loads(said.out.splitlines()[-1])
    assert facts["class_counts"][0] == {"name": "group-1", "train": 7, "hold_out": 2}
    assert (facts["groups"], facts["labels"], facts["images"]) == (3, str(out), 21)
    assert "a guess by colour and shape" in said.err
    assert {one["path"]: one["reason"] for one in facts["skipped"]} == {
        "broken.png": "it is not an image, or of a format that can't be protected",
        "notes.txt": "its ending is not that of an image format",
    }
    assert cli.main(["scan", str(three_hues), "--labels", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["class_counts"] == facts["class_counts"]
    assert cli.main(words) == 3
    assert "exists already" in capsys.readouterr().err
    assert cli.main(["scan", str(three_hues), "--cluster", "3"]) == 2
    assert cli.main(["scan", str(three_hues), "--cluster", "1", "--labels-out", str(out)]) == 2
