"""A run that is scanned, crafted and certified in a second: real pixels, real bounds, invented counts.

The pictures are smooth colour fields with texture, as photographs are; the weight draws are random numbers, because
export, certificate and verification only look at counts.
"""

import base64
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import msgspec
import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image
from pypdf import PdfWriter

from pue_desktop.engine import certificate, identities
from pue_desktop.engine.apply import protect
from pue_desktop.engine.config import CertifyConfig, CraftConfig, ExportConfig, Plan, ScanConfig, StressConfig
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.events import Event
from pue_desktop.engine.export_names import CERTIFICATE_JSON
from pue_desktop.engine.figures import completed
from pue_desktop.engine.files import digest_json, pretty_json
from pue_desktop.engine.image_files import read
from pue_desktop.engine.keys import raw_public
from pue_desktop.engine.pdf import with_signature
from pue_desktop.engine.perturbation import Perturbation
from pue_desktop.engine.pipeline import run_step, step_config, step_inputs
from pue_desktop.engine.results import (
    ArmResult,
    CertifyResult,
    CraftResult,
    SurrogatePair,
)
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.stress_results import StressResult, StressRow

DRAWS = 200


def photograph(index: int, *, width: int = 40, height: int = 32, mode: str = "RGB") -> Image.Image:
    """A picture like a photograph: smooth light, an edge, texture, saturated corners."""
    random = np.random.default_rng(index)
    y, x = np.mgrid[0:height, 0:width]
    light = 128 + 90 * np.sin(x / width * random.uniform(2, 6) + index) * np.cos(y / height * random.uniform(2, 6))
    edge = 60.0 * (x * random.uniform(0.3, 1) + y > width * 0.6)
    channels = len(Image.new(mode, (1, 1)).getbands())
    pixels = np.stack([light * random.uniform(0.5, 1.1) + edge for _ in range(channels)], axis=-1)
    pixels = pixels + random.normal(0, 6, pixels.shape)
    pixels[:3, :3], pixels[-3:, -3:] = 0, 255
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8).squeeze())


def write_photographs(folder: Path, *, classes: int = 3, each: int = 6) -> Path:
    """Class folders of PNG files of different sizes."""
    for label in range(classes):
        target = folder / f"class {label}"
        target.mkdir(parents=True)
        for number in range(each):
            index = label * each + number
            photograph(index, width=30 + 3 * number, height=28 + label).save(target / f"{number}.png")
    return folder


def plan(export_folder: Path, *, image_format: str = "png", seed: int = 7) -> Plan:
    return Plan(
        scan=ScanConfig(seed=seed, hold_out=0.5),
        craft=CraftConfig(seed=seed, working_size=16),
        certify=CertifyConfig(seed=seed, draws=DRAWS, working_size=16),
        stress=StressConfig(seed=seed),
        export=ExportConfig(format=image_format, folder=str(export_folder)),
    )


def certified(path: Path, source: Path, chosen: Plan, *, seed: int = 1, gap: float = 0.6, stress: bool = True) -> Run:
    """Creates a run of `source` that only waits for its export."""
    run = Run.create(path, source)
    with run.locked():
        for _ in run_step(run, "scan", chosen, Stop()):
            pass
        craft(run, chosen, seed=seed)
        certify(run, chosen, gap=gap)
        if stress:
            add_stress(run, chosen)
    return run


def craft(run: Run, chosen: Plan, *, seed: int = 1) -> None:
    classes = len(load_index(run).classes)
    run.begin("craft", step_config(run, "craft", chosen), step_inputs(run, "craft"))
    delta = np.random.default_rng(seed).uniform(-8, 8, (classes, 3, 16, 16)).astype(np.float32)
    (run.path / "craft").mkdir(exist_ok=True)
    Perturbation(np.sign(delta) * 8, 8.0).save(run.path / "craft/perturbation.safetensors")
    run.write("craft/result.json", pretty_json(CraftResult(100, 80, 50, 0.1, 0.02, 6.0)))
    run.finish("craft", [run.path / "craft/perturbation.safetensors", run.path / "craft/result.json"], 1.0)


def arm(mean: float, *, of: int, seed: int, draws: int = DRAWS) -> ArmResult:
    random = np.random.default_rng(seed)
    shares = random.normal(mean, 0.1, draws).clip(0, 1)
    correct = tuple(int(count) for count in np.rint(of * shares))
    return ArmResult(mean, 0.98, 0.95, correct, of, 78_000, "ab" * 32, ())


def certify(run: Run, chosen: Plan, *, gap: float = 0.6, draws: int = DRAWS) -> None:
    run.begin("certify", step_config(run, "certify", chosen), step_inputs(run, "certify"))
    index = load_index(run)
    perturbation = Perturbation.load(run.path / "craft/perturbation.safetensors")
    lines = [
        {"id": image.id, "pixels_sha256": protect(read(run.source / image.id), perturbation, image.label).digest()}
        for image in index.of_split("train")
    ]
    pixels = run.write("certify/pixels.jsonl", msgspec.json.Encoder().encode_lines(lines))
    of = sum(index.counts("hold_out"))
    counted = CertifyResult(
        protected=arm(0.15, of=of, seed=1, draws=draws),
        unprotected=arm(0.15 + gap, of=of, seed=2 if gap else 1, draws=draws),
        chance=max(index.counts("hold_out")) / of,
        pixels_digest=digest_json(sorted([line["id"], line["pixels_sha256"]] for line in lines)),
        distinguishes=False,
        margin=0.05,
        conditions={"device": "cpu (invented)", "torch": "0"},
        more=tuple(
            SurrogatePair(
                arm(0.15, of=of, seed=2 * number + 1, draws=draws),
                arm(0.15 + gap, of=of, seed=2 * number + 2, draws=draws),
            )
            for number in range(1, chosen.certify.surrogate_seeds)
        ),
    )
    result = completed(counted, chosen.certify)
    run.finish("certify", [run.write("certify/result.json", pretty_json(result)), pixels], 1.0)


def add_stress(run: Run, chosen: Plan) -> None:
    run.begin("stress", step_config(run, "stress", chosen), step_inputs(run, "stress"))
    row = StressRow("vgg", "crop-flip", 0.12, 0.22, 0.55, 0.56, 1.0, (0.2, 0.22, 0.12), (0.3, 0.5, 0.55))
    result = StressResult((row,), 0.1, {"device": "cpu (invented)"})
    run.finish("stress", [run.write("stress/result.json", pretty_json(result))], 1.0)


def export(run: Run, chosen: Plan, stop: Stop | None = None) -> list[Event]:
    """Runs the export step; returns its events."""
    with run.locked():
        return list(run_step(run, "export", chosen, stop or Stop()))


def files(folder: Path) -> dict[str, bytes]:
    """The content of every file under `folder`, by its path there."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file under `folder`, by its path there."""
    return {name: sha256(data).hexdigest() for name, data in sorted(files(folder).items())}


def exported_images(folder: Path) -> dict[str, str]:
    """The digests of the images of an export folder alone."""
    return {name: digest for name, digest in digests(folder).items() if name.startswith("images/")}


def small_pdf(certificate: Path, pdf: Path, *, page: str = "A4", key: Ed25519PrivateKey | None = None) -> None:
    """Takes the place of `render_pdf`: an empty page with the certificate inside, signed, without Qt."""
    writer = PdfWriter()
    writer.add_blank_page(300, 300)
    writer.add_attachment(CERTIFICATE_JSON, certificate.read_bytes())
    made = BytesIO()
    writer.write(made)
    pdf.write_bytes(made.getvalue() if key is None else with_signature(made.getvalue(), key))


def public_text(key: Ed25519PrivateKey) -> str:
    """The public half as a certificate states it."""
    return base64.b64encode(raw_public(key.public_key())).decode()


def exported(base: Path) -> Path:
    """Fills `base` with source, run, out and the signer's public.pem; eight images, four of them hold-out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PUE_DESKTOP_CONFIG_DIR", str(base / "config"))
        patch.setattr(certificate, "render_pdf", small_pdf)
        chosen = plan(base / "out")
        export(certified(base / "run", write_photographs(base / "source", classes=2, each=4), chosen), chosen)
        (base / "public.pem").write_bytes(identities.public_pem("default"))
    return base
