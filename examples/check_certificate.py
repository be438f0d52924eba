"""Reads a certificate and checks it.

    python examples/check_certificate.py OUT

OUT is an export folder; for a certificate.pdf alone `verify` does the same. Nothing of the owner's is needed.
"""

import sys
from pathlib import Path

import numpy as np

from pue_desktop.engine.envelope import open_certificate
from pue_desktop.engine.statistics import certified_learnability
from pue_desktop.engine.verify import verify


def main(out: Path) -> bool:
    opened = open_certificate(out / "certificate.json")
    results = opened.certificate.results
    print(f"Signed by {opened.key_id}: {'yes' if opened.signed else 'NO'}")
    print(f"σ {results.sigma:g}, q {results.q:g}, {results.confidence:.1%} confidence, chance {results.chance:.1%}")

    # Every bound follows from the counts of right answers in the certificate; here the one of each radius by itself.
    accuracies = np.array(results.protected.correct) / results.protected.of
    for point in results.protected.curve:
        again = certified_learnability(
            accuracies, q=results.q, eta=point.eta, sigma=results.sigma, confidence=results.confidence
        )
        same = again.value == point.value
        print(f"η {point.eta:g}: {point.value} {'as computed here' if same else f'BUT computed here {again.value}'}")

    # All of it at once: signature, every figure, every file's bytes and pixels, the PDF.
    report = verify(out)
    print(report)
    return report.ok


if __name__ == "__main__":
    raise SystemExit(0 if main(*map(Path, sys.argv[1:])) else 1)
