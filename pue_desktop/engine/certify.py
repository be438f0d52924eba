"""Step 3: how learnable the protected images are, with a guarantee, next to the unprotected ones.

Two surrogates of the same kind are trained alike under weight noise: one on the protected 8-bit pixels (`protected`),
one on the originals (`unprotected`), without which no curve means anything: a surrogate that breaks under noise
certifies a low learnability for free. Then come N weight draws of each, evaluated on clean hold-out images that
neither the perturbation nor a surrogate ever saw; one line a draw is appended to `certify/draws.jsonl`. The bounds
follow from those counts alone (`figures`). With several surrogate seeds all of this is done for each.

Networks do not depend on how many draws are asked for, nor on what is made of them: a certification that differs from
the one before in nothing else keeps its networks. The draws are made anew: whoever chooses settings after a look at
draws must not be judged by the same draws. How many certifications of the run have drawn is part of the result.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import msgspec
import torch
from torch import Tensor, nn

from pue_desktop.engine.config import CertifyConfig, StepConfig, config_digest
from pue_desktop.engine.craft import build_surrogate
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.draw_log import ARMS, Arm, DrawLine, DrawLog, DrawSplit
from pue_desktop.engine.events import Event, Metric, Notice, Phases
from pue_desktop.engine.figures import RESULT_FILE, VERDICT_MARGIN, completed
from pue_desktop.engine.files import digest_json, pairs_digest, pretty_json
from pue_desktop.engine.pixels import Pixels, original_pixels, protected_pixels
from pue_desktop.engine.planner import tries_words
from pue_desktop.engine.results import ArmResult, CertifyResult, DatasetIndex, PixelLine, SurrogatePair
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import (
    Stop,
    conditions,
    resolve_device,
    stream_seed,
    torch_stream,
)
from pue_desktop.engine.training import (
    Checkpoint,
    Training,
    crop_and_flip,
    evaluation_batch,
    evaluation_batches,
    model_state,
    recalibrate,
    train,
)
from pue_desktop.engine.weight_noise import ARITHMETIC, DrawCounter, counted

PIXELS_FILE = "certify/pixels.jsonl"
DRAWS_FILE = "certify/draws.jsonl"
TRIES_FILE = "certify/tries.json"

_COUNTING = ("q", "draws", "confidence", "training_draws", "surrogate_seeds")
"""Settings on which no network depends."""

_Models = dict[tuple[Arm, int], nn.Module]


def surrogate_seed(seed: int, number: int) -> int:
    """Returns the seed of surrogate `number`; the first has the run's own."""
    return seed if number == 0 else stream_seed(seed, "surrogate", number)


def surrogate_name(arm: Arm, number: int) -> str:
    """Returns what surrogate `number` of an arm is called; the first needs no number."""
    return arm if number == 0 else f"{arm} {number + 1}"


def network_job(run: Run) -> str:
    """Returns one digest for what the networks of the begun certification depend on."""
    record = run.record("certify")
    if record is None:
        raise ValueError("the certification has not begun")
    plain = CertifyConfig()
    config = msgspec.structs.replace(
        run.config_as(record.config, CertifyConfig), **{name: getattr(plain, name) for name in _COUNTING}
    )
    return digest_json(["networks", config_digest(config), record.inputs])


def surrogate_checkpoint(run: Run, arm: Arm, number: int) -> Checkpoint:
    """Returns where surrogate `number` of an arm is kept, for the certification that the run has now."""
    name = surrogate_name(arm, number)
    file = run.path / "certify" / f"{name.replace(' ', '-')}.safetensors"
    # Earlier versions kept a network for all of the settings.
    return Checkpoint(file, f"{network_job(run)} {name}", f"{run.job('certify')} {name}")


def restored_surrogate(
    run: Run, config: CertifyConfig, arm: Arm, number: int, *, classes: int, learned: Tensor
) -> nn.Module | None:
    """Returns surrogate `number` of an arm as it was certified, None if the run folder has it no more.

    Args:
        run: With a finished certification.
        config: Its settings.
        arm: "protected" or "unprotected".
        number: From 0.
        classes: Number of classes.
        learned: What it learned from, uint8 `[image, 3, side, side]`; the network goes to the same device.
    """
    stored = surrogate_checkpoint(run, arm, number).load()
    if stored is None or stored[0] < config.training_steps:
        return None
    model = build_surrogate(config.surrogate, classes, config.working_size, 0, "certify")
    model.load_state_dict(model_state(stored[1]))
    model.to(learned.device)
    recalibrate(model, learned, config.batch_size)
    return model


class _Try(msgspec.Struct, frozen=True):
    """A certification that drew weights: its settings and images as one digest, and the confidence of its bounds."""

    job: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Job:
    """Everything the certification works on."""

    run: Run
    config: CertifyConfig
    index: DatasetIndex
    stop: Stop
    phases: Phases
    device: torch.device
    training: dict[Arm, Pixels]
    hold_out: Pixels


def certify_step(run: Run, config: StepConfig, stop: Stop) -> Generator[Event, None, list[Path]]:
    """Certifies the run's protected images; leaves result, draws, pixel digests and the surrogates' weights.

    Raises:
        InputRefusedError: an image vanished, or a training went out of bounds.
        CancelledError: asked for by `stop`; trained steps and finished draws are kept.
    """
    config = cast(CertifyConfig, config)
    job = yield from _prepare(run, config, stop)
    pixel_lines = [
        PixelLine(image.id, digest)
        for image, digest in zip(job.index.of_split("train"), job.training["protected"].digests, strict=True)
    ]
    pixels_file = run.write(PIXELS_FILE, msgspec.json.Encoder().encode_lines(pixel_lines))
    models: _Models = {}
    for arm in ARMS:
        for number in range(config.surrogate_seeds):
            models[arm, number] = yield from _train_surrogate(job, arm, number)
    tries = _noted(run, config)
    # Draws that another version of the program counted in another way are made again.
    with DrawLog(run.path / DRAWS_FILE, f"{run.job('certify')} {ARITHMETIC}") as log:
        for number in range(config.surrogate_seeds):
            yield from _draw(job, models, log, number)
    pairs = [
        SurrogatePair(*(_arm_result(job, arm, models[arm, number], log, number) for arm in ARMS))
        for number in range(config.surrogate_seeds)
    ]
    counted = CertifyResult(
        protected=pairs[0].protected,
        unprotected=pairs[0].unprotected,
        chance=max(job.index.counts("hold_out")) / len(job.hold_out.labels),
        pixels_digest=pairs_digest((line.id, line.pixels_sha256) for line in pixel_lines),
        distinguishes=False,
        margin=VERDICT_MARGIN,
        conditions=conditions(job.device) | {"arithmetic": ARITHMETIC},
        more=tuple(pairs[1:]),
        tried=tuple(one.confidence for one in tries),
    )
    result = completed(counted, config)
    yield from _remarks(result)
    return [run.write(RESULT_FILE, pretty_json(result)), pixels_file, run.path / DRAWS_FILE]


def _tries(run: Run) -> list[_Try]:
    return run.load(TRIES_FILE, list[_Try]) if (run.path / TRIES_FILE).exists() else []


def _noted(run: Run, config: CertifyConfig) -> list[_Try]:
    """Notes that the begun certification is about to draw; returns all of the run that have, this one included."""
    job, found = run.job("certify"), _tries(run)
    if all(one.job != job for one in found):
        found.append(_Try(job, config.confidence))
        run.write(TRIES_FILE, pretty_json(found))
    return found


def draw_seed(run: Run, seed: int, number: int) -> int:
    """Returns what names the weight draws of surrogate `number` in the run's present certification.

    The first certification of a run draws by the surrogate's own seed. Each later one has draws of its own, so that
    its bounds hold whatever was seen before.
    """
    job = run.job("certify")
    place = next((place for place, one in enumerate(_tries(run)) if one.job == job), 0)
    own = surrogate_seed(seed, number)
    return own if place == 0 else stream_seed(own, "certification", place)


def _prepare(run: Run, config: CertifyConfig, stop: Stop) -> Generator[Event, None, _Job]:
    index = load_index(run)
    device = resolve_device(config.device)
    train_images, hold_out = index.of_split("train"), index.of_split("hold_out")
    phases = _phases(config, len(train_images), len(hold_out))
    size = config.working_size

    original = yield from original_pixels(run, train_images, size, lambda part: phases.at(_READING, part / 3), stop)
    held = yield from original_pixels(run, hold_out, size, lambda part: phases.at(_READING, (1 + part) / 3), stop)
    protected = yield from protected_pixels(
        run, train_images, size, lambda part: phases.at(_READING, (2 + part) / 3), stop
    )
    training: dict[Arm, Pixels] = {"protected": protected.to(device), "unprotected": original.to(device)}
    return _Job(run, config, index, stop, phases, device, training, held.to(device))


_READING = "protecting the images"
_TRAINING: dict[Arm, str] = {
    "protected": "training on the protected images",
    "unprotected": "training on the unprotected images",
}
_DRAWING = "drawing weights"


def _phases(config: CertifyConfig, trained: int, held: int) -> Phases:
    """Weighs the phases by images passed through the network; backward counts twice forward."""
    training = 3.0 * config.training_steps * min(config.batch_size, trained) * config.surrogate_seeds
    drawing = 2.0 * (config.draws * held + config.training_draws * trained) * config.surrogate_seeds
    return Phases(
        "certify",
        {
            _READING: 2.0 * (2 * trained + held),
            _TRAINING["protected"]: training,
            _TRAINING["unprotected"]: training,
            _DRAWING: drawing,
        },
    )


def _series(name: str, arm: Arm, number: int) -> str:
    """Returns the name of a metric; that of the first surrogate is the one that the window draws."""
    return f"{name}/{arm}" if number == 0 else f"{name}/{arm}/{number + 1}"


def _train_surrogate(job: _Job, arm: Arm, number: int) -> Generator[Event, None, nn.Module]:
    config, pixels = job.config, job.training[arm]
    seed = surrogate_seed(config.seed, number)
    # Both arms start from the same weights and see their images in the same order: only the pixels differ.
    model = build_surrogate(config.surrogate, len(job.index.classes), config.working_size, seed, "certify").to(
        job.device
    )

    def prepare(images: Tensor, step: int) -> Tensor:
        return crop_and_flip(images, torch_stream(seed, "certify augment", step, device=str(images.device)))

    training = Training(
        images=pixels.images,
        labels=pixels.labels,
        steps=config.training_steps,
        batch_size=config.batch_size,
        learning_rate=config.learning_rate,
        seed=seed,
        purpose="certify",
        sigma=config.sigma,
        geometry=config.geometry,
        prepare=prepare,
    )
    checkpoint = surrogate_checkpoint(job.run, arm, number)
    with closing(train(model, training, job.stop, checkpoint)) as points:
        for point in points:
            yield Metric("certify", _series("loss", arm, number), point.step, point.loss)
            yield Metric("certify", _series("error", arm, number), point.step, point.error)
            done = number + point.step / config.training_steps
            yield job.phases.at(_TRAINING[arm], done / config.surrogate_seeds)
    recalibrate(model, pixels.images, config.batch_size)
    return model


def draw_counter(run: Run, model: nn.Module, pixels: Pixels, config: CertifyConfig, number: int) -> DrawCounter:
    """Returns what counts the right answers of surrogate `number` on `pixels`, draw by draw."""

    def split(size: int) -> list[tuple[Tensor, Tensor]]:
        return evaluation_batches(pixels.images, pixels.labels, size)

    seed, size = draw_seed(run, config.seed, number), evaluation_batch(pixels.images)
    return DrawCounter(model, split, size, sigma=config.sigma, geometry=config.geometry, seed=seed)


def _draw(job: _Job, models: _Models, log: DrawLog, number: int) -> Generator[Event, None, None]:
    """Makes the missing draws of one surrogate seed, both arms in step so that their curves grow side by side."""
    config = job.config
    held, trained = len(job.hold_out.labels), len(job.training["protected"].labels)
    total = config.draws * held + config.training_draws * trained
    parts: tuple[tuple[DrawSplit, int, int], ...] = (
        ("hold_out", config.draws, 0),
        ("train", config.training_draws, config.draws * held),
    )
    for split, wanted, before in parts:
        pixels = {arm: job.hold_out if split == "hold_out" else job.training[arm] for arm in ARMS}
        # Stopped between the two arms, one has a draw more: the log keeps its order.
        known = {arm: len(log.counts(arm, split, number)) for arm in ARMS}
        missing = [(index, arm) for index in range(wanted) for arm in ARMS if index >= known[arm]]
        if not missing:
            continue
        counters = {arm: draw_counter(job.run, models[arm, number], pixels[arm], config, number) for arm in ARMS}
        with closing(counted(((counters[arm], index) for index, arm in missing), job.stop)) as counts:
            for (index, arm), correct in zip(missing, counts, strict=True):
                log.add(DrawLine(arm, split, index, correct, number))
                if split == "hold_out":
                    yield Metric("certify", _series("draw", arm, number), index, correct / held)
                if arm == ARMS[-1]:
                    drawn = (before + (index + 1) * len(pixels[arm].labels)) / total
                    yield job.phases.at(_DRAWING, (number + drawn) / config.surrogate_seeds)


def _arm_result(job: _Job, arm: Arm, model: nn.Module, log: DrawLog, number: int) -> ArmResult:
    correct = log.counts(arm, "hold_out", number)
    held, trained = len(job.hold_out.labels), len(job.training[arm].labels)
    noisy = log.counts(arm, "train", number)
    return ArmResult(
        hold_out_accuracy=accuracy(model, job.hold_out),
        training_accuracy=accuracy(model, job.training[arm]),
        noisy_training_accuracy=sum(noisy) / (len(noisy) * trained) if noisy else None,
        correct=tuple(correct),
        of=held,
        parameters=sum(parameter.numel() for parameter in model.parameters()),
        surrogate_sha256=weights_digest(model),
        curve=(),
    )


def accuracy(model: nn.Module, pixels: Pixels) -> float:
    """Returns the share of `pixels` that `model` classifies right, every image counted once."""
    correct = 0
    with torch.inference_mode():
        for images, labels in evaluation_batches(pixels.images, pixels.labels, evaluation_batch(pixels.images)):
            correct += int((model(images).argmax(dim=1) == labels).sum())
    return correct / len(pixels.labels)


def weights_digest(model: nn.Module) -> str:
    """Returns the SHA-256 over names, shapes and values of all weights and buffers."""
    hasher = hashlib.sha256()
    for name, value in sorted(model.state_dict().items()):
        hasher.update(f"{name} {list(value.shape)} {value.dtype}\n".encode())
        hasher.update(value.detach().cpu().contiguous().numpy().tobytes())
    return hasher.hexdigest()


def _remarks(result: CertifyResult) -> Iterator[Event]:
    least = result.chance + VERDICT_MARGIN
    worst = {arm: min(getattr(pair, arm).training_accuracy for pair in (result, *result.more)) for arm in ARMS}
    if worst["unprotected"] < least:
        yield Notice(
            "certify",
            f"Not even from the unprotected images did a network learn: it knows {worst['unprotected']:.0%} of them, "
            f"and guessing gets {result.chance:.0%}. These figures say nothing about the protection. Take more "
            "training steps.",
            "warning",
        )
    elif worst["protected"] < least:
        yield Notice(
            "certify",
            f"A network did not learn the protected images it was shown: it knows {worst['protected']:.0%} of them, "
            f"and guessing gets {result.chance:.0%}. That little is learned may be for want of training. Take more "
            "training steps.",
            "warning",
        )
    if result.abstained:
        yield Notice("certify", f"No certificate: {result.protected.curve[0].reason}", "warning")
    elif not result.distinguishes:
        yield Notice(
            "certify",
            "This certificate does not distinguish protected from unprotected images: it is no evidence that the "
            "protection works.",
            "warning",
        )
    if len(result.tried) > 1:
        yield Notice("certify", tries_words(result.tried))
