"""A certification that differs from the one before only in how much is drawn, or what is made of it, trains nothing.

Its draws are new ones, and it is counted.
"""

import shutil
from pathlib import Path

import msgspec
import pytest

from pictures import folder
from pue_desktop.engine import recompute
from pue_desktop.engine.certificate import made_results
from pue_desktop.engine.certify import DRAWS_FILE, RESULT_FILE
from pue_desktop.engine.config import CertifyConfig, Plan, changed
from pue_desktop.engine.events import Metric, Notice
from pue_desktop.engine.figures import load_result
from pue_desktop.engine.pipeline import run_steps
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from tiny import tiny_plan

FIRST = ("scan", "craft")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("source"), images=10)


@pytest.fixture(scope="module")
def certified(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = Run.create(tmp_path_factory.mktemp("certified") / "run", source)
    list(run_steps(run, (*FIRST, "certify"), tiny_plan(), Stop()))
    return run.path


def _plan(**values: object) -> Plan:
    return msgspec.structs.replace(tiny_plan(), certify=changed(tiny_plan().certify, **values))


def _again(certified: Path, place: Path, **values: object) -> tuple[Run, list[str]]:
    """Certifies a copy of a certified run with other settings; returns it and the metrics told, in order."""
    run = Run.open(Path(shutil.copytree(certified, place)))
    events = list(run_steps(run, ("certify",), _plan(**values), Stop()))
    return run, [f"{event.name} {event.x:g}" for event in events if isinstance(event, Metric)]


def test_more_draws_train_nothing_and_are_all_new(certified: Path, source: Path, tmp_path: Path) -> None:
    run, told = _again(certified, tmp_path / "more", draws=63, training_draws=5)
    assert told == [f"draw/{arm} {index}" for index in range(63) for arm in ("protected", "unprotected")]
    before, result = load_result(Run.open(certified)), load_result(run)
    assert result.protected.surrogate_sha256 == before.protected.surrogate_sha256
    assert result.unprotected.surrogate_sha256 == before.unprotected.surrogate_sha256
    # Who saw the first draws before asking for these is judged by others.
    assert result.protected.correct[:60] != before.protected.correct
    straight = Run.create(tmp_path / "straight", source)
    list(run_steps(straight, (*FIRST, "certify"), _plan(draws=63, training_draws=5), Stop()))
    assert load_result(straight).protected.correct[:60] == before.protected.correct
    assert load_result(straight).protected.surrogate_sha256 == before.protected.surrogate_sha256


def test_every_certification_of_a_run_is_counted_with_its_confidence(certified: Path, tmp_path: Path) -> None:
    before = load_result(Run.open(certified))
    confidence = tiny_plan().certify.confidence
    assert before.tried == (confidence,)
    run, told = _again(certified, tmp_path / "bounds", q=0.8, confidence=0.95)
    result = load_result(run)
    assert {name.split()[0] for name in told} == {"draw/protected", "draw/unprotected"}
    assert result.tried == (confidence, 0.95)
    assert result.protected.correct != before.protected.correct
    # The first settings once more: their draws are known, and nothing is counted twice.
    events = list(run_steps(run, ("certify",), tiny_plan(), Stop()))
    again = load_result(run)
    assert again.tried == (confidence, 0.95)
    assert again.protected.correct == before.protected.correct
    assert [event.text for event in events if isinstance(event, Notice)][-1].startswith(
        "Weights were drawn for 2 certifications in this run"
    )


def test_draws_of_a_later_certification_can_be_evaluated_again(certified: Path, tmp_path: Path) -> None:
    run, _ = _again(certified, tmp_path / "later", q=0.8)
    result = load_result(run)
    config = _plan(q=0.8).certify
    stated = made_results(result, config)
    job = recompute._open_certified(run.path, "cpu", Stop())
    found = [
        recompute._check_arm(job, arm, 0, getattr(stated, arm), 20, same=True) for arm in ("protected", "unprotected")
    ]
    assert [one.problem for one in found] == [False, False], [one.text for one in found]


def test_another_surrogate_is_trained_beside_the_first(certified: Path, tmp_path: Path) -> None:
    before = load_result(Run.open(certified))
    run, told = _again(certified, tmp_path / "two", surrogate_seeds=2)
    assert {name.split()[0] for name in told} == {
        f"{kind}/{arm}{of}"
        for kind, of in (("loss", "/2"), ("error", "/2"), ("draw", ""), ("draw", "/2"))
        for arm in ("protected", "unprotected")
    }
    assert load_result(run).protected.surrogate_sha256 == before.protected.surrogate_sha256


@pytest.mark.parametrize("values", [{"sigma": 0.1}, {"seed": 1}, {"learning_rate": 0.2}])
def test_what_networks_depend_on_trains_them_anew(certified: Path, tmp_path: Path, values: dict[str, float]) -> None:
    run, told = _again(certified, tmp_path / "other", **values)
    assert told[0] == "loss/protected 1"
    assert "draw/protected 0" in told
    now, before = load_result(run).protected, load_result(Run.open(certified)).protected
    assert now.surrogate_sha256 != before.surrogate_sha256


def test_a_run_of_an_earlier_version_keeps_its_networks(certified: Path, tmp_path: Path) -> None:
    """Whose checkpoints and draws carried the digest of all settings."""
    from safetensors import safe_open
    from safetensors.torch import save_file

    run = Run.open(Path(shutil.copytree(certified, tmp_path / "old")))
    job = run.job("certify")
    for arm in ("protected", "unprotected"):
        file = run.path / "certify" / f"{arm}.safetensors"
        with safe_open(file, framework="pt") as stored:
            facts = (stored.metadata() or {}) | {"job": f"{job} {arm}"}
            tensors = {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118
        save_file(tensors, file, metadata=facts)
    draws = run.path / DRAWS_FILE
    lines = draws.read_bytes().splitlines(keepends=True)
    arithmetic = msgspec.json.decode(lines[0])["job"].split(" ", 1)[1]
    draws.write_bytes(msgspec.json.encode({"job": f"{job} {arithmetic}"}) + b"\n" + b"".join(lines[1:]))
    whole = (run.path / RESULT_FILE).read_bytes()
    (run.path / RESULT_FILE).unlink()
    events = list(run_steps(run, ("certify",), tiny_plan(), Stop()))
    assert not [event for event in events if isinstance(event, Metric)]
    assert (run.path / RESULT_FILE).read_bytes() == whole


def test_every_setting_that_is_not_about_counting_trains_anew() -> None:
    """A new setting has to be thought of here; to train without need is slow, not to is wrong."""
    from pue_desktop.engine import certify

    assert set(certify._COUNTING) == {"q", "draws", "confidence", "training_draws", "surrogate_seeds"}
    assert set(certify._COUNTING) < set(CertifyConfig.__struct_fields__)
