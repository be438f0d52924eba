"""What a certificate says about the machine."""

import subprocess
from types import SimpleNamespace

import pytest
import torch

from pue_desktop.engine import runtime


def test_the_cpu_is_repeatable_and_has_no_driver():
    found = runtime.conditions(torch.device("cpu"))
    assert found["precision"] == "float32"
    assert found["determinism"].startswith("repeatable bit for bit")
    assert found["torch"] == torch.__version__
    assert "driver" not in found
    assert all(isinstance(value, str) for value in found.values())


def test_a_gpu_tells_driver_and_shortened_precision(monkeypatch):
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _device: "Example GPU")
    monkeypatch.setattr(torch.backends.cuda, "matmul", SimpleNamespace(allow_tf32=False))
    monkeypatch.setattr(torch.backends, "cudnn", SimpleNamespace(allow_tf32=True))
    answer = SimpleNamespace(returncode=0, stdout=b"570.86.15\n570.86.15\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    found = runtime.conditions(torch.device("cuda:0"))
    assert found["device"] == "cuda:0 (Example GPU)"
    assert found["driver"] == "570.86.15"
    assert found["precision"] == "float32, convolutions with TF32"
    assert "last bits" in found["determinism"]


@pytest.mark.parametrize("error", [FileNotFoundError(), subprocess.TimeoutExpired("nvidia-smi", 20)])
def test_a_driver_that_can_not_be_asked_is_unknown(monkeypatch, error):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(subprocess, "run", fail)
    assert runtime._driver() == "unknown"
