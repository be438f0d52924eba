"""Certificates to draw: plausible figures, real bounds, any number of classes, skipped files and hostile names."""

import base64
import hashlib
from collections.abc import Sequence

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pue_desktop.engine import certificate_schema as schema
from pue_desktop.engine import certificate_words as words
from pue_desktop.engine.envelope import Digests, Statement, Subject, seal
from pue_desktop.engine.installed import lock_digest
from pue_desktop.engine.keys import key_id, raw_public
from pue_desktop.engine.statistics import certified_learnability, curve_etas

HOLD_OUT = 1000
VERSIONS = {"numpy": "2.4.6", "pillow": "13.0.0", "torch": "2.15.0"}
Q, SIGMA, CONFIDENCE = 0.9, 0.2, 0.99


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def arm(mean: float, *, draws: int, seed: int) -> schema.Arm:
    shares = np.random.default_rng(seed).normal(mean, 0.012, draws).clip(0, 1)
    correct = tuple(int(count) for count in np.rint(HOLD_OUT * shares))
    accuracies = [count / HOLD_OUT for count in correct]
    etas = curve_etas(q=Q, sigma=SIGMA, draws=draws, confidence=CONFIDENCE)
    together = 1 - (1 - CONFIDENCE) / len(etas)
    curve = []
    for eta in etas:
        alone = certified_learnability(accuracies, q=Q, eta=eta, sigma=SIGMA, confidence=CONFIDENCE)
        at_once = certified_learnability(accuracies, q=Q, eta=eta, sigma=SIGMA, confidence=together)
        point = schema.Point(
            eta=eta,
            value=alone.value,
            simultaneous=at_once.value,
            rank=alone.rank,
            q_upper=alone.q_upper,
            reason=alone.reason,
        )
        curve.append(point)
    return schema.Arm(
        hold_out_accuracy=mean + 0.01,
        training_accuracy=0.998,
        noisy_training_accuracy=0.962,
        correct=correct,
        of=HOLD_OUT,
        parameters=77_850,
        weights_sha256=digest(f"weights {seed}"),
        curve=tuple(curve),
    )


def results(*, protected: float, unprotected: float, draws: int) -> schema.Results:
    arms = arm(protected, draws=draws, seed=1), arm(unprotected, draws=draws, seed=2)
    gaps = [
        clean.value - point.value
        for point, clean in zip(arms[0].curve, arms[1].curve, strict=True)
        if point.value is not None and clean.value is not None
    ]
    return schema.Results(
        geometry="scale-invariant",
        q=Q,
        sigma=SIGMA,
        confidence=CONFIDENCE,
        chance=0.1,
        protected=arms[0],
        unprotected=arms[1],
        margin=0.05,
        distinguishes=bool(gaps) and min(gaps) >= 0.05,
        rule=words.verdict_rule(0.05),
        abstained=all(point.value is None for point in arms[0].curve),
    )


def certificate(
    public_key: bytes,
    *,
    protected: float = 0.155,
    unprotected: float = 0.42,
    draws: int = 1000,
    classes: Sequence[str] = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
    skipped: Sequence[tuple[str, str]] = (("notes.txt", "its ending is not that of an image format"),),
    stress: bool = True,
) -> schema.Certificate:
    images = tuple(
        schema.ImageFacts(
            path=f"images/train/{name}/{number}.png",
            source=f"train/{name}/{number}.jpg",
            label=label,
            learned=True,
            pixels_sha256=digest(f"{name}{number}"),
            max_abs_delta_255=8.0,
            psnr_db=33.1 + number / 10,
            ssim=0.9 + number / 1000,
        )
        for label, name in enumerate(classes)
        for number in range(20)
    )
    attacks = tuple(
        schema.Attack(
            attacker="vgg",
            countermeasure=name,
            accuracy=0.118,
            best_accuracy=0.221,
            clean_accuracy=0.553,
            clean_best_accuracy=0.561,
        )
        for name in ("none", "crop-flip")
    )
    conditions = {
        "device": "cpu (Example CPU)",
        "system": "Linux 6.1",
        "python": "3.11.7",
        "torch": "2.15.0",
        "torchvision": "0.29.2",
        "threads": "2",
        "precision": "float32",
    }
    return schema.Certificate(
        schema=2,
        identification=schema.Identification(
            program="PUE Desktop",
            version="0.1.0",
            created="2026-11-23T17:30:00+00:00",
            run_id="4f1c09d27a3be865",
            versions=VERSIONS,
            lock_sha256=lock_digest(VERSIONS),
        ),
        data_set=schema.DataSet(
            classes=tuple(schema.ClassCounts(name=name, train=20, hold_out=100) for name in classes),
            split_given=True,
            formats={"JPEG": 20 * len(classes) - 3, "PNG": 3},
            export_format="png",
            skipped=tuple(schema.Skipped(path=path, reason=reason) for path, reason in skipped),
            held_back=1000,
            originals_sha256=digest("originals"),
            files_sha256=digest("files"),
            pixels_sha256=digest("pixels"),
            learned_sha256=digest("learned"),
            exported_originals_sha256=digest("exported originals"),
            exported_originals_pixels_sha256=digest("pixels of exported originals"),
        ),
        settings={
            "scan": {"hold_out": 0.2},
            "craft": {
                "method": "pue",
                "epsilon_255": 8.0,
                "surrogate": "small",
                "working_size": 32,
                "geometry": "scale-invariant",
                "sigma": 0.3,
                "steps": 1000,
                "step_255": 1.6,
                "batch_size": 128,
                "learning_rate": 0.1,
                "device": "auto",
            },
            "certify": {"surrogate": "small", "q": Q, "sigma": SIGMA, "draws": draws, "confidence": CONFIDENCE},
            "stress": {"attackers": ["vgg"], "countermeasures": ["none", "crop-flip"], "steps": 480},
            "export": {"format": "png"},
        },
        crafting=schema.Crafting(steps=1000, noisy_steps=860, perturbation_steps=500, final_error=0.013),
        conditions=conditions,
        results=results(protected=protected, unprotected=unprotected, draws=draws),
        quality=schema.Quality(
            epsilon_255=8.0,
            max_abs_delta_255=8.0,
            median_psnr_db=34.2,
            worst_psnr_db=31.9,
            median_ssim=0.9095,
            worst_ssim=0.9,
        ),
        stress_test=schema.StressTest(attacks=attacks, chance=0.1, conditions=conditions) if stress else None,
        not_covered=words.NOT_COVERED,
        how_to_verify=words.HOW_TO_VERIFY,
        signer=schema.Signer(
            key_id=key_id(public_key),
            public_key=base64.b64encode(public_key).decode(),
            statement=words.SIGNATURE_STATEMENT,
        ),
        images=images,
    )


def sealed(**choices: object) -> bytes:
    """certificate.json, signed with a key of no one."""
    key = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    made = certificate(raw_public(key.public_key()), **choices)  # type: ignore[arg-type]
    subjects = tuple(Subject(image.path, Digests(digest(image.path))) for image in made.images)
    return seal(Statement(subject=subjects, predicate=made), key)


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "&amp; & <b>bold</b>",
    "two\nlines\tand a tab",
    "שלום עולם",
    "قطة صغيرة",
    "evil\u202egnp.exe",
    "a very long class name " * 12,
    "W" * 300,
    "日本語の名前",
    "{placeholder} %s %1",
)
MANY_SKIPPED = tuple(
    (
        f"folder {number % 7}/{'sub/' * (number % 5)}picture {number} {HOSTILE[number % len(HOSTILE)]}.jpg",
        "it is damaged (broken data stream when reading image file)",
    )
    for number in range(200)
)
