"""What the command line refuses: the thing is named, the exit code says which kind it is, nothing is left behind."""

from pathlib import Path

import pytest

from cli_calls import Capture, call
from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.run import Run
from pue_desktop.sample import sample_folder


class TestRefusals:
    def test_no_folder(self, capsys: Capture, tmp_path: Path) -> None:
        where = ("--run", str(tmp_path / "run"), "--export", str(tmp_path / "out"))
        code, facts, err = call(capsys, "run", str(tmp_path / "none"), *where)
        assert code == facts["exit_code"] == 3
        assert str(tmp_path / "none") in facts["error"]
        assert facts["hint"]
        assert facts["error"] in err
        assert not (tmp_path / "run").exists()

    @pytest.mark.usefixtures("fakes")
    def test_another_folder_in_the_same_run(self, capsys: Capture, words: list[str], tmp_path: Path) -> None:
        assert call(capsys, *words)[0] == 0
        other = tmp_path / "other"
        other.mkdir()
        code, facts, _ = call(capsys, "run", str(other), *words[2:])
        assert code == 3
        assert "belongs to the image folder" in facts["error"]

    def test_not_a_run(self, capsys: Capture, tmp_path: Path) -> None:
        code, facts, _ = call(capsys, "certify", str(tmp_path))
        assert code == 3
        assert str(tmp_path) in facts["error"]

    @pytest.mark.parametrize("place", ["in/out", "run/out", "taken", "file"])
    def test_a_target_that_will_not_do_is_refused_at_once(
        self, capsys: Capture, folder: Path, tmp_path: Path, place: str
    ) -> None:
        (tmp_path / "taken").mkdir()
        (tmp_path / "taken" / "letter.txt").write_text("mine")
        (tmp_path / "file").write_text("mine")
        words = ("run", str(folder), "--run", str(tmp_path / "run"), "--export", str(tmp_path / place))
        code, facts, _ = call(capsys, *words)
        assert code == 3
        assert str(tmp_path / place) in facts["error"]
        assert Run.open(tmp_path / "run").record("scan") is None

    def test_a_read_only_target_is_refused_at_once(
        self, capsys: Capture, words: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("pue_desktop.cli_run.os.access", lambda *_: False)
        code, facts, _ = call(capsys, *words)
        assert code == 3
        assert "no permission" in facts["error"]

    @pytest.mark.parametrize(
        "arguments",
        [
            ["nonsense"],
            ["run"],
            ["craft", "RUN", "--steps", "many"],
            ["craft", "RUN", "--steps", "1"],
            ["craft", "RUN", "--epsilon-255", "nan"],
            ["craft", "RUN", "--method", "magic"],
            ["craft", "RUN", "--geometry", "flat"],
            ["craft", "RUN", "--step", "20"],
            ["stress", "RUN", "--attackers", "vgg,nothing"],
            ["scan"],
        ],
    )
    def test_wrong_usage_is_exit_code_2(self, capsys: Capture, arguments: list[str]) -> None:
        code, facts, err = call(capsys, *arguments)
        assert code == facts["exit_code"] == 2
        assert "--help" in facts["hint"]
        assert "Traceback" not in err

    def test_a_strength_that_is_none(self, capsys: Capture, words: list[str]) -> None:
        code, facts, _ = call(capsys, *words, "--strength", "huge")
        assert code == 2
        assert "huge" in facts["error"]

    def test_a_missing_sample(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr("pue_desktop.shipped.__file__", str(tmp_path / "package" / "shipped.py"))
        with pytest.raises(InputRefusedError, match="missing"):
            sample_folder()
