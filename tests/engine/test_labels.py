"""Tables of labels: what is read, every bad line with number and reason, and scans that take classes there."""

import csv
import os
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pictures import folder, picture
from pue_desktop import cli
from pue_desktop.engine import certificate, labels, pipeline
from pue_desktop.engine.config import CONFIG_TYPES, Plan, ScanConfig, changed, config_digest
from pue_desktop.engine.config import settings as config_settings
from pue_desktop.engine.dataset import load_index, scan
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.events import ended
from pue_desktop.engine.refusals import FilesRefusedError
from pue_desktop.engine.results import DatasetIndex
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop


def scanned(path: Path, **settings: object) -> DatasetIndex:
    return ended(scan(path, changed(ScanConfig(), **settings), Stop()))


def flat(root: Path, images: int = 10) -> Path:
    """Ten pictures side by side, the even ones red, the odd ones green; a table beside them says so."""
    root.mkdir(parents=True)
    for number in range(images):
        picture(number % 2, number).save(root / f"{number}.png")
    lines = [f"{number}.png,{('red', 'green')[number % 2]}" for number in range(images)]
    (root.parent / "labels.csv").write_text("\n".join(lines) + "\n")
    return root


@pytest.mark.parametrize(
    "data",
    [
        b"a.png,cat\nb/c.png,dog\n",
        b"path,label\na.png,cat\nb/c.png,dog",
        b"\xef\xbb\xbfFilename,Class\r\na.png,cat\r\n\r\nb/c.png,dog\r\n",
        b'"a.png", cat \n"./b/c.png","dog"\n',
    ],
    ids=["bare", "title", "bom", "quoted"],
)
def test_good_tables(data: bytes) -> None:
    table = labels.parse(data)
    assert table.bad == []
    assert labels.checked(table, {"a.png", "b/c.png"}) == {"a.png": "cat", "b/c.png": "dog"}


def test_every_bad_line_is_listed_with_its_number_and_reason() -> None:
    lines = [
        b"path,label",
        b"a.png,cat",
        b"only-a-path",
        b"b.png;cat",
        b"c.png,cat,dog",
        b",cat",
        b"d.png,  ",
        b"/etc/passwd,cat",
        b"../outside.png,cat",
        b"a.png,dog",
        b"e\xff.png,cat",
        b"f.png,c\xe2\x80\xaeat",
        b'"g.png"x,cat',
        b"h.png," + b"x" * 201,
        b"sub\\i.png,cat",
        b"gone.png,cat",
        b"k.png ,cat",
        b'"open,cat',
    ]
    table = labels.parse(b"\n".join(lines), "my.csv")
    with pytest.raises(FilesRefusedError) as refused:
        labels.checked(table, {"a.png", "sub/i.png", "k.png"})
    assert refused.value.message == "16 lines of my.csv can't be used."
    assert [(file.path, file.reason) for file in refused.value.files] == [
        ("my.csv, line 3", "a path and a label are needed, and there is 1 value"),
        ("my.csv, line 4", "path and label are parted by a semicolon; a comma is needed"),
        ("my.csv, line 5", "a path and a label are needed, and there are 3 values"),
        ("my.csv, line 6", "the path is empty"),
        ("my.csv, line 7", "the label is empty"),
        ("my.csv, line 8", "/etc/passwd does not lie inside the folder"),
        ("my.csv, line 9", "../outside.png does not lie inside the folder"),
        ("my.csv, line 10", "a.png has a label already, in line 2"),
        ("my.csv, line 11", "it is not valid text (UTF-8)"),
        ("my.csv, line 12", "the label has a character that can't be shown (c\\u202eat)"),
        ("my.csv, line 13", "there is text after a closing quotation mark"),
        ("my.csv, line 14", "the label has more than 200 characters"),
        ("my.csv, line 15", "sub\\i.png is not there: part folders by / instead of \\"),
        ("my.csv, line 16", "there is no file gone.png in the folder"),
        ("my.csv, line 17", "“k.png ” is not there: take the spaces away"),
        ("my.csv, line 18", "a quotation mark is opened and never closed"),
    ]


def test_tables_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputRefusedError, match=r"labels can't be read from .*gone.csv: No such file"):
        labels.read_table(tmp_path / "gone.csv")
    path = tmp_path / "l.csv"
    path.write_bytes("a.png,cat".encode("utf-16"))
    with pytest.raises(InputRefusedError, match="UTF-16, not UTF-8"):
        labels.read_table(path)
    path.write_bytes(b"path,label\n")
    with pytest.raises(InputRefusedError, match=r"l\.csv names no image"):
        labels.checked(labels.read_table(path), ())
    monkeypatch.setattr(labels, "MAX_BYTES", 4)
    with pytest.raises(InputRefusedError, match="too large for a table of labels"):
        labels.read_table(path)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_told_about(data: bytes) -> None:
    table = labels.parse(data)
    assert table.labels.keys() == table.lines.keys()
    assert all(line >= 1 and reason for line, reason in table.bad)


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and text not in {".", ".."} and "/" not in text
)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(names, st.sampled_from(["cat", "dog, small", 'the "third"'])))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, known: dict[str, str]) -> None:
    path = tmp_path_factory.getbasetemp() / "written-labels.csv"
    labels.write_table(path, known)
    table = labels.read_table(path)
    assert table.bad == []
    assert table.labels == known
    # Any other program reads the same.
    rows = list(csv.reader(StringIO(path.read_bytes().decode(), newline="")))
    assert dict(rows[1:]) == known


def test_a_flat_folder_gets_its_classes_from_the_table(tmp_path: Path) -> None:
    root = flat(tmp_path / "images")
    picture(0, 77).save(root / "unnamed.png")
    (root / "notes.txt").write_text("x")
    index = scanned(root, labels=str(tmp_path / "labels.csv"))
    assert index.classes == ("green", "red")
    assert index.counts("train") == [4, 4]
    assert index.counts("hold_out") == [1, 1]
    assert {image.id: index.classes[image.label] for image in index.images}["3.png"] == "green"
    assert [(file.path, file.reason) for file in index.skipped] == [
        ("notes.txt", "its ending is not that of an image format"),
        ("unnamed.png", "the labels file does not name it"),
    ]


def test_labels_replace_classes_and_keep_a_given_split(tmp_path: Path) -> None:
    folder(tmp_path / "images" / "train", images=4)
    folder(tmp_path / "images" / "test", images=2)
    table = tmp_path / "images" / "labels.csv"  # inside the folder: neither an image nor left out
    paths = [path.relative_to(tmp_path / "images").as_posix() for path in sorted((tmp_path / "images").rglob("*.png"))]
    table.write_text("".join(f"{path},{'odd' if int(path[-5]) % 2 else 'even'}\n" for path in paths))
    index = scanned(tmp_path / "images", labels=str(table))
    assert index.header.split_given
    assert index.classes == ("even", "odd")
    assert (index.counts("train"), index.counts("hold_out")) == ([4, 4], [2, 2])
    assert index.skipped == ()


def test_a_refusal_keeps_the_list_of_reasons(tmp_path: Path) -> None:
    root = folder(tmp_path / "bad", images=1)
    for path in root.rglob("*.png"):
        path.write_text("not an image")
    with pytest.raises(FilesRefusedError, match="None of the files") as refused:
        scanned(root)
    assert [file.path for file in refused.value.files] == ["kind-0/000.png", "kind-1/000.png"]
    assert {file.reason for file in refused.value.files} == {
        "it is not an image, or of a format that can't be protected"
    }
    side_by_side = flat(tmp_path / "flat" / "images", 3)
    with pytest.raises(FilesRefusedError, match="no class folders") as refused:
        scanned(side_by_side)
    assert [file.reason for file in refused.value.files] == ["it lies in no class folder"] * 3


def test_a_test_folder_elsewhere_is_the_hold_out(tmp_path: Path) -> None:
    root = folder(tmp_path / "photos", images=4)
    other = folder(tmp_path / "measured", images=2)
    (other / "stray.png").write_bytes((other / "kind-0" / "000.png").read_bytes())
    (other / "kind-1" / "link.png").symlink_to(root / "kind-0" / "000.png")
    index = scanned(root, test_folder=str(other))
    assert index.header.split_given
    assert (index.counts("train"), index.counts("hold_out")) == ([4, 4], [2, 2])
    held = index.of_split("hold_out")[0]
    assert held.id == "../measured/kind-0/000.png"
    assert (Path(index.header.source) / held.id).read_bytes() == (other / "kind-0" / "000.png").read_bytes()
    assert [(file.path, file.reason) for file in index.skipped] == [
        ("../measured/kind-1/link.png", "it is a link to a file outside the folder"),
        ("../measured/stray.png", "it lies in no class folder of the test folder"),
    ]


def test_a_test_folder_inside_is_no_class(tmp_path: Path) -> None:
    root = folder(tmp_path / "photos", images=4)
    folder(root / "measured", images=2)
    index = scanned(root, test_folder=str(root / "measured"))
    assert index.classes == ("kind-0", "kind-1")
    assert index.of_split("hold_out")[0].id == "measured/kind-0/000.png"
    assert (index.counts("train"), index.counts("hold_out")) == ([4, 4], [2, 2])


def test_test_folders_that_do_not_fit(tmp_path: Path) -> None:
    root = folder(tmp_path / "photos", images=4)
    with pytest.raises(InputRefusedError, match=r"There is no folder .*gone"):
        scanned(root, test_folder=str(tmp_path / "gone"))
    with pytest.raises(InputRefusedError, match="contains the images to protect"):
        scanned(root, test_folder=str(tmp_path))
    with pytest.raises(InputRefusedError, match="contains the images to protect"):
        scanned(root, test_folder=str(root))
    with pytest.raises(InputRefusedError, match="kind-1 has no usable image in the test folder"):
        scanned(root, test_folder=str(folder(tmp_path / "one", classes=1)))
    with pytest.raises(InputRefusedError, match="kind-2 has no usable image in the train folder"):
        scanned(root, test_folder=str(folder(tmp_path / "three", classes=3)))
    folder(tmp_path / "both" / "train")
    folder(tmp_path / "both" / "test")
    with pytest.raises(InputRefusedError, match="training and testing of its own"):
        scanned(tmp_path / "both", test_folder=str(root))


def test_a_changed_table_makes_the_scan_stale_and_a_lost_one_does_not(tmp_path: Path) -> None:
    root = flat(tmp_path / "images")
    table = tmp_path / "labels.csv"
    run = Run.create(tmp_path / "run", root)
    plan = Plan(scan=ScanConfig(labels=str(table)))
    list(pipeline.run_steps(run, ["scan"], plan, Stop()))
    assert pipeline.step_state(run, "scan", plan) is State.DONE
    table.write_text(table.read_text().replace("red", "scarlet"))
    assert pipeline.step_state(run, "scan", plan) is State.STALE
    list(pipeline.run_steps(run, ["scan"], plan, Stop()))
    assert load_index(run).classes == ("green", "scarlet")
    table.unlink()
    assert pipeline.step_state(run, "scan", plan) is State.DONE


def test_results_of_earlier_versions_stay_current() -> None:
    # The digest of {"hold_out": 0.2, "seed": 0}, as versions without these settings wrote it.
    assert config_digest(ScanConfig()) == "a9429a3f6f7b81ab48690efd840484bd7c109039ca45b154927890e769665a5a"


def test_the_command_line_takes_and_refuses_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = flat(tmp_path / "images")
    table = str(tmp_path / "labels.csv")
    assert cli.main(["scan", str(root), "--labels", table, "--json"]) == 0
    assert '"class_names": ["green", "red"]' in capsys.readouterr().out
    Path(table).write_text("0.png,red\nnowhere\x1b.png,red\nthree,too,many\n")
    assert cli.main(["scan", str(root), "--labels", table, "--json"]) == 3
    said = capsys.readouterr()
    assert "2 lines of labels.csv can't be used." in said.err
    assert "labels.csv, line 2: there is no file nowhere\\x1b.png in the folder" in said.err
    assert '"path": "labels.csv, line 3", "reason": "a path and a label are needed, and there are 3 values"' in said.out


def test_run_has_the_short_flags(tmp_path: Path) -> None:
    for flag in ("--labels", "--scan-labels"):
        words = ["run", "F", "--run", "R", "--export", "E", flag, "l.csv", "--test-folder", "t"]
        given = vars(cli.parser().parse_args(words))
        assert given["scan.labels"] == str(Path.cwd() / "l.csv")
        assert given["scan.test_folder"] == str(Path.cwd() / "t")


def test_no_place_on_the_disk_reaches_the_certificate() -> None:
    places = {one.name for kind in CONFIG_TYPES.values() for one in config_settings(kind) if one.path}
    assert places == {"labels", "test_folder", "folder"}
    assert places <= certificate._PRIVATE_SETTINGS


def test_a_pipe_or_a_folder_is_no_table(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "pipe.csv", tmp_path):
        with pytest.raises(InputRefusedError, match="is not a file"):
            labels.read_table(path)
