"""Certificates to draw: plausible figures, real bounds, any number of classes, skipped files and hostile names."""

import base64
import hashlib
from collections.abc import Sequence

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pue_desktop.engine import certificate_schema as schema
from pue_desktop.engine import certificate_words as words
from pue_desktop.engine.certificate import made_results
from pue_desktop.engine.certificate_lossy import Lossy, Recognised, Stored
from pue_desktop.engine.certificate_recovery import AttackerDistance, Recovery, SearchPoint
from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.envelope import Digests, Statement, Subject, seal
from pue_desktop.engine.figures import completed
from pue_desktop.engine.installed import lock_digest
from pue_desktop.engine.keys import key_id, raw_public
from pue_desktop.engine.lossy_words import NOT_COVERED
from pue_desktop.engine.recovery_results import certified_at, largest_certified
from pue_desktop.engine.results import ArmResult, CertifyResult, SurrogatePair

HOLD_OUT = 1000
LOSSY = Lossy(
    format="jpeg",
    quality=90,
    kept=0.83,
    least_kept=0.83,
    max_abs_delta_255=31,
    median_psnr_db=31.0,
    recognised=Recognised(images=200, certified=0.995, stored=0.97, originals=0.41),
)
VERSIONS = {"numpy": "2.4.6", "pillow": "13.0.0", "torch": "2.15.0"}
Q, SIGMA, CONFIDENCE = 0.9, 0.2, 0.99


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def arm(mean: float, *, draws: int, seed: int) -> ArmResult:
    shares = np.random.default_rng(seed).normal(mean, 0.012, draws).clip(0, 1)
    return ArmResult(
        hold_out_accuracy=mean + 0.01,
        training_accuracy=0.998,
        noisy_training_accuracy=0.962,
        correct=tuple(int(count) for count in np.rint(HOLD_OUT * shares)),
        of=HOLD_OUT,
        parameters=77_850,
        surrogate_sha256=digest(f"weights {seed}"),
        curve=(),
    )


def results(*, protected: float, unprotected: float, draws: int, surrogates: int, tries: int) -> schema.Results:
    config = CertifyConfig(q=Q, sigma=SIGMA, confidence=CONFIDENCE, draws=draws, surrogate_seeds=surrogates)
    pairs = [
        SurrogatePair(
            arm(protected + 0.01 * number, draws=draws, seed=1 + 2 * number),
            arm(unprotected + 0.01 * number, draws=draws, seed=2 + 2 * number),
        )
        for number in range(surrogates)
    ]
    counted = CertifyResult(
        protected=pairs[0].protected,
        unprotected=pairs[0].unprotected,
        chance=0.1,
        pixels_digest=digest("pixels"),
        distinguishes=False,
        margin=0.05,
        conditions={},
        more=tuple(pairs[1:]),
        tried=(CONFIDENCE,) * tries,
    )
    return made_results(completed(counted, config), config)


def recovery(stated: schema.Results) -> Recovery:
    """Searches below the curve and, with statistics of their own, above it; two attackers of the same make."""
    eta, bound = largest_certified(stated.protected_curve) or (None, None)
    radii = [point.eta for point in stated.protected_curve if point.simultaneous is not None][1::3]
    return Recovery(
        points=tuple(
            SearchPoint(
                eta=radius,
                distance=radius,
                accuracy=round((0.05 + 0.05 * number) * (3 if statistics == "free" else 1) * 500) / 500,
                statistics=statistics,
                certified=certified_at(stated.protected_curve, radius),
            )
            for statistics in ("frozen", "free")
            for number, radius in enumerate([*radii[:2], 0.5, 2.0])
        ),
        steps=20,
        searched=500,
        measured=500,
        largest_eta=eta,
        certified=bound,
        distances=tuple(
            AttackerDistance(
                attacker="small",
                countermeasure=name,
                seed=1,
                distance=distance,
                radii=distance / eta if eta else None,
                accuracy=accuracy,
                under=None if bound is None else accuracy <= bound,
            )
            for name, distance, accuracy in (("none", 310.0, 0.118), ("crop-flip", 402.0, 0.351))
        ),
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
    surrogates: int = 1,
    searched: bool = False,
    lossy: bool = False,
    tries: int = 1,
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
            stored=Stored(
                pixels_sha256=digest(f"stored {name}{number}"), max_abs_delta_255=31, psnr_db=31.0, ssim=0.9, kept=0.83
            )
            if lossy
            else None,
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
            seeds=3 if name == "crop-flip" else 1,
            half_widths=(0.021, 0.034, 0.012, 0.009) if name == "crop-flip" else (),
        )
        for name in ("none", "crop-flip")
    )
    stated = results(protected=protected, unprotected=unprotected, draws=draws, surrogates=surrogates, tries=tries)
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
            export_format="jpeg" if lossy else "png",
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
            "certify": {
                "surrogate": "small",
                "geometry": "scale-invariant",
                "q": Q,
                "sigma": SIGMA,
                "draws": draws,
                "confidence": CONFIDENCE,
                "surrogate_seeds": surrogates,
            },
            "stress": {
                "attackers": ["vgg"],
                "countermeasures": ["none", "crop-flip"],
                "steps": 480,
                "recovery_steps": 20,
            },
            "export": {"format": "jpeg", "quality": 90} if lossy else {"format": "png"},
        },
        crafting=schema.Crafting(steps=1000, noisy_steps=860, perturbation_steps=500, final_error=0.013),
        conditions=conditions,
        results=stated,
        quality=schema.Quality(
            epsilon_255=8.0,
            max_abs_delta_255=8.0,
            median_psnr_db=34.2,
            worst_psnr_db=31.9,
            median_ssim=0.9095,
            worst_ssim=0.9,
        ),
        stress_test=schema.StressTest(
            attacks=attacks, chance=0.1, conditions=conditions, recovery=recovery(stated) if searched else None
        )
        if stress
        else None,
        not_covered=((NOT_COVERED.format(format="JPEG"),) if lossy else ()) + words.NOT_COVERED,
        how_to_verify=words.HOW_TO_VERIFY,
        signer=schema.Signer(
            key_id=key_id(public_key),
            public_key=base64.b64encode(public_key).decode(),
            statement=words.SIGNATURE_STATEMENT,
        ),
        images=images,
        lossy=LOSSY if lossy else None,
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
