"""What a certificate says in plain sentences. One place, so that PDF, window and command line never differ.

Every sentence here is a claim somebody may rely on. None says more than the figures do, and the text never speaks of
an authority: the owner signs for themselves.
"""

from dataclasses import dataclass
from typing import Literal

from pue_desktop.engine import certificate_values, lossy_words
from pue_desktop.engine.certificate_schema import Certificate, Comparison, Point, Results
from pue_desktop.engine.config import CertifyConfig
from pue_desktop.engine.planner import tries_words

Tone = Literal["good", "warning", "bad"]

percent = certificate_values.percent  # where words are looked for

SIGNATURE_STATEMENT = (
    "Signed with the owner's key. It shows that whoever holds this key vouches for these figures and these files. "
    "No authority has examined or approved them."
)

NOT_COVERED = (
    "Networks of another architecture than the surrogate.",
    "Networks whose weights lie farther from the surrogate's than the radius η. Two trainings from scratch end far "
    "outside it, so anybody who trains a network of their own is outside; only the stress test speaks of them.",
    "The best network inside the radius: the bound is about a share q of random weights there, and somebody who "
    "searches for good weights, for instance with clean images at hand, can exceed it.",
    "Learning from a part of the images only.",
    "Copies that were re-encoded, resized, filtered or purified.",
    "Fine-tuning of networks that were trained on other images before, and features of such networks.",
    "Mixtures of these images with unprotected ones.",
    "Whether two people recognise the same things: protected images look the same to the eye, and can be looked at, "
    "described and labelled by hand.",
)
HOLD_OUT_NOT_LEARNED = (
    "The {count:,} hold-out images in this export: they carry the same protection, but the certified surrogate did "
    "not learn from them, and the accuracy is measured on their originals."
)

HOW_TO_VERIFY = (
    "In the export folder, run “pue-desktop verify .”: it checks the signature, every file's bytes and pixels, and "
    "redoes every bound from the counts in this certificate.",
    "Without PUE Desktop: “sha256sum -c manifest-sha256.txt” checks the files. certificate.json is a DSSE envelope "
    "(payload type application/vnd.in-toto+json) with an Ed25519 signature; its payload is an in-toto Statement v1.",
    "A bound is the k-th smallest of the counts of correct answers, divided by the number of hold-out images, for the "
    "smallest k with BinomCDF(k − 1; N, q̄) ≥ confidence, where q̄ = Φ(Φ⁻¹(q) + η/σ). A lower bound is the l-th smallest "
    "for the largest l with BinomCDF(l − 1; N, q̄) ≤ 1 − confidence. Bounds that hold at once are made in the same way, "
    "with the higher confidences that the certificate lists as levels.",
    "The PDF carries certificate.json inside, and the owner's key signed it as a whole: “pue-desktop verify "
    "certificate.pdf” checks both.",
    "A signature proves which key signed. Ask the owner, over a way you trust, whether the key is theirs.",
)


def verdict_rule(margin: float) -> str:
    """Returns the rule by which a certificate is said to tell protected from unprotected images."""
    return (
        "The certificate distinguishes protected from unprotected images at a radius if the lower bound for the "
        f"surrogate of the unprotected images lies at least {margin * 100:g} points above the upper bound for that of "
        "the protected ones; as a whole, if it does so at every radius where something is certified."
    )


def claims(config: CertifyConfig, surrogates: int) -> tuple[str, ...]:
    """Returns what each kind of figure states, over what its confidence is, and what that assumes.

    Args:
        config: Settings of the certification.
        surrogates: How many were trained on the protected images, and as many on the unprotected ones.
    """
    confidence = chosen_percent(config.confidence)
    every = "all radii" if surrogates == 1 else f"all radii and all {surrogates} surrogates of each kind"
    found = [
        "Settings first: quantile, noise, confidence, radii, seeds and the number of draws were recorded before the "
        "first draw, and every draw counts. Trying other settings until a figure pleases would void the confidence: "
        "every certification of a run makes draws of its own, and the certificate counts them. What was tried "
        "elsewhere it cannot show.",
        f"“Alone”: this bound at this one radius holds with {confidence} confidence. “At once”: the bounds hold at "
        f"{every} together with {confidence} confidence. The chance is in the weight draws; surrogates and hold-out "
        "images are taken as they are.",
        f"“Images like these”: of all images of which the hold-out is a sample, at {every} together with {confidence} "
        "confidence over draws and hold-out. What may fail is split: half on the draws, half on the hold-out "
        "(Clopper-Pearson, shared among the draws). It assumes that the hold-out images of a class are drawn "
        "independently, that classes are as frequent as in the hold-out, and that perturbation, surrogates and "
        "settings never depended on it. Near-duplicates in the hold-out break the first.",
        f"“Mean”: the average instead of the quantile, at {every} together with {confidence} confidence over the "
        "draws, on the hold-out images. It exists at every radius.",
        f"“Distinguishes”: at {every} together, with {confidence} confidence over the draws (half of what may fail for "
        "each of the two bounds), the certificate that unlimited draws would give is higher by the stated margin or "
        "more for unprotected than for protected images, on these hold-out images. It says nothing about other "
        "networks.",
    ]
    if surrogates > 1:
        found.append(
            f"Each figure is that of the worst of {surrogates} surrogates, trained alike from different seeds. It is "
            "about these surrogates, not about all that such training could give."
        )
    return tuple(found)


def title(certificate: Certificate) -> str:
    """Returns what the document is: one that certifies nothing is not called a certificate."""
    if reach(certificate.results.protected_curve) is None:
        return "Learnability report, uncertified"
    if certificate.lossy is not None:
        return f"Certificate before {lossy_words.format_name(certificate.lossy)} compression"
    return "Certificate of learnability"


@dataclass(frozen=True, slots=True)
class Headline:
    """The verdict for people.

    Attributes:
        tone: Whether it is good news.
        title: A few words.
        sentence: What it means, in one or two sentences.
    """

    tone: Tone
    title: str
    sentence: str


def chosen_percent(share: float) -> str:
    """Returns a chosen share (confidence, quantile) as text, all its digits."""
    return f"{share * 100:.10g}\u00a0%"


def equation(symbol: str, value: float) -> str:
    """Returns "η = 0.2" with spaces that do not break."""
    return f"{symbol}\u00a0=\u00a0{value:g}"


def reach(points: tuple[Point, ...]) -> Point | None:
    """Returns the point that speaks for the curve, None if there is none.

    It is that of the largest radius with every kind of bound, or at least with one that holds along the whole curve.
    """
    certified = [point for point in reversed(points) if point.simultaneous is not None]
    return next((point for point in certified if point.population is not None), next(iter(certified), None))


def comparison(results: Results, eta: float) -> Comparison | None:
    """Returns the verdict at a radius, None where there is none."""
    return next((row for row in results.comparisons if row.eta == eta), None)


def headline(certificate: Certificate) -> Headline:
    """Returns the verdict of a certificate; of files in a lossy format it is never good news."""
    found, lossy = _headline(certificate), certificate.lossy
    if lossy is None:
        return found
    title = "Certified before compression, not as exported" if found.tone == "good" else found.title
    sentence = f"{lossy_words.not_proved(lossy)} {found.sentence}"
    return Headline("warning" if found.tone == "good" else found.tone, title, sentence)


def _headline(certificate: Certificate) -> Headline:
    results = certificate.results
    point = reach(results.protected_curve)
    draws = len(results.protected.correct)
    confidence = chosen_percent(results.confidence)
    if results.abstained:
        return Headline(
            "bad",
            "No certificate",
            f"With {draws:,} weight draws no bound exists at {confidence} confidence. The images are protected and "
            "listed in certificate.json, but nothing is certified about how learnable they are.",
        )
    if point is None or point.simultaneous is None:
        return Headline(
            "bad",
            "No certificate for the curve as a whole",
            f"With {draws:,} weight draws bounds exist at {confidence} confidence for single radii only. More draws "
            "are needed for a statement about all of them at once.",
        )
    surrogate = "the certified surrogate" if not results.more else f"any of the {len(results.pairs)} surrogates"
    alike = "" if point.population is None else f" (of other images like these: {percent(point.population)})"
    bound = (
        f"Draw networks at random ({equation('σ', results.sigma)}) around any point within the radius "
        f"{equation('η', point.eta)} of {surrogate}: at least {chosen_percent(results.q)} of them get at "
        f"most {percent(point.simultaneous)} of the {results.protected.of:,} clean hold-out images right{alike}, with "
        f"{confidence} confidence. {_beside(results, point)}; guessing the largest class gives "
        f"{percent(results.chance)}."
    )
    if not results.distinguishes:
        return Headline("warning", "Certified, but it does not distinguish", f"{_vacuous(results)} {bound}")
    return Headline("good", "Certified: less can be learned within the radius", bound)


def _beside(results: Results, point: Point) -> str:
    """Returns what the same certificate says of the originals."""
    row = comparison(results, point.eta)
    if row is not None and row.at_least is not None:
        return f"Made from the originals, the same certificate cannot fall below {percent(row.at_least)}"
    baseline = next((other for other in results.unprotected_curve if other.eta == point.eta), None)
    if baseline is not None and baseline.simultaneous is not None:
        return f"The same bound for the originals is {percent(baseline.simultaneous)}"
    return "There is no bound for the originals to compare with"


def _vacuous(results: Results) -> str:
    if results.comparisons and all(row.at_most is None for row in results.comparisons):
        return "More draws are needed to tell whether it distinguishes the protected images from unprotected ones."
    apart = [row.eta for row in results.comparisons if row.distinguishes]
    if apart:
        return (
            "This certificate does not distinguish protected from unprotected images at every radius: only at "
            f"{len(apart)} of {sum(row.at_most is not None for row in results.comparisons)}."
        )
    return (
        "This certificate does not distinguish the protected images from unprotected ones: it would look about as good "
        "either way, so it is no evidence that the protection works."
    )


def cautions(certificate: Certificate) -> tuple[str, ...]:
    """Returns what a reader should know before relying on the verdict, from the figures themselves."""
    results, found = certificate.results, list[str]()
    if certificate.lossy is not None:
        _, kept, difference, *network = lossy_words.all_words(certificate.lossy)
        found += [f"{kept} {difference}", " ".join(network)]
    if len(results.tried) > 1:
        found.append(tries_words(results.tried))
    known = [pair.protected.noisy_training_accuracy for pair in results.pairs]
    noisy = None if None in known else min(share for share in known if share is not None)
    if noisy is None:
        found.append("How well the surrogate knows its own training images under the noise was not measured.")
    elif noisy < results.chance + results.margin:
        found.append(
            f"Under the noise the surrogate knows only {percent(noisy)} of the images it learned from: it is fragile, "
            "and a low bound for it says little."
        )
    point = reach(results.protected_curve)
    # One that does not distinguish says so before anything else.
    population = point.population if point is not None and results.distinguishes else None
    floor = [row.at_least for row in results.comparisons if point is not None and row.eta == point.eta]
    if population is not None and any(least is not None and population + results.margin > least for least in floor):
        found.append(
            f"For other images like these the bound is {percent(population)}: {results.protected.of:,} hold-out images "
            "are too few to tell protected from unprotected beyond these images."
        )
    if certificate.stress_test is None:
        found.append("No attacker was tried: there is no stress test beside this certificate.")
    elif point is not None and point.simultaneous is not None:
        worst = max(certificate.stress_test.attacks, key=lambda attack: attack.best_accuracy, default=None)
        if worst is not None and worst.best_accuracy > point.simultaneous:
            found.append(
                f"An attacker in the stress test ({worst.attacker}, {worst.countermeasure}) reached "
                f"{percent(worst.best_accuracy)} at its best epoch, more than the bound: trained from scratch, it lies "
                "outside the certified radius."
            )
    if certificate.crafting is not None and certificate.crafting.noisy_steps == 0:
        found.append("The perturbation was crafted without weight noise.")
    return tuple(found)
