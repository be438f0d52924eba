"""What has been published beside which `paper.py` sets its tables, and what could not be found.

The body of "Provably Unlearnable Data Examples" (Wang, Xue, Li, Camtepe, Zhu; NDSS 2025, arXiv 2405.03316) was not at
hand: its abstract, its project page, and the README of its code (github.com/NeuralSec/certified-data-learnability)
were. Whoever has the paper adds its figures here, with `row`, `column` and `value`, and they stand in the tables.
"""

from dataclasses import dataclass

ABSTRACT = "abstract, arXiv 2405.03316v2"
CODE = "README of NeuralSec/certified-data-learnability"
APBENCH = "APBench leaderboard, arXiv 2308.03258: CIFAR-10, ResNet-18, 8/255; another group's EM, not the paper's"


@dataclass(frozen=True, slots=True)
class Published:
    """Something published that belongs beside a table.

    Attributes:
        table: Sub-command of `paper.py`.
        says: In words.
        source: Where it was read; empty: it could not be found.
        row: Of the table, as it is called there; empty: it belongs beside the table.
        column: Likewise.
        value: What stands there.
    """

    table: str
    says: str
    source: str
    row: str = ""
    column: str = ""
    value: str = ""


PUBLISHED: tuple[Published, ...] = (
    Published("certified", "Settings: σ 0.25, q 0.9, N 1000, ResNet-18, CIFAR-10; class-wise, ε 8/255.", CODE),
    Published(
        "certified",
        "PUE lowers the certified learnability by at most 18.9 % against earlier methods; that was on ImageNet.",
        ABSTRACT,
    ),
    Published("certified", "The certified values of EMN, PUE-B and PUE at each η.", ""),
    Published("q-sigma", "q and σ are settings of its certification, each with a result folder of its own.", CODE),
    Published("q-sigma", "Which q and σ the paper shows, and the values.", ""),
    Published(
        "attackers",
        "Networks: ResNet-18, ResNet-50, DenseNet-121; CIFAR-10 and CIFAR-100 (32 pixels), ImageNet-100.",
        CODE,
    ),
    Published(
        "attackers",
        "PUE lowers the attackers' test accuracy by at most 54.4 % against earlier methods; that was on CIFAR-100.",
        ABSTRACT,
    ),
    Published("attackers", "EM, no countermeasure: 20.8 %.", APBENCH, "resnet18", "EM (APBench)", "20.8 %"),
    Published("attackers", "The accuracies by network and data set.", ""),
    Published(
        "recovery",
        "η from 0.2 to 2.0 in steps of 0.2, with a fifth of the clean training images, on surrogates "
        "and on ordinary networks; CIFAR-10 and CIFAR-100.",
        CODE,
    ),
    Published(
        "recovery",
        "Slightly changed weights restore the accuracy on clean images of networks that learned from "
        "earlier unlearnable examples.",
        ABSTRACT,
    ),
    Published("recovery", "The accuracies at each η.", ""),
    Published("epsilon", "ε is a setting of its code; all published settings are 8/255.", CODE),
    Published("epsilon", "Whether the paper varies ε.", ""),
    Published(
        "share",
        "Half protected, half clean: 92.5 % for earlier methods, 69.7 % for Bayes error optimisation (CIFAR-10).",
        "arXiv 2511.08191; neither is PUE",
    ),
    Published("share", "Whether the paper varies the share of protected images.", ""),
    Published(
        "weights",
        "Ten ResNet-18 trained on CIFAR-10 PUE from different starts: weights differ by −4.92e-6 on "
        "average, with a standard deviation of 0.01.",
        CODE,
        "PUE",
        "README: mean, deviation",
        "−4.92e-06, 0.01",
    ),
)


def beside(table: str) -> list[Published]:
    """Returns what belongs beside a table: what stands in it first, what could not be found last."""
    return sorted((one for one in PUBLISHED if one.table == table), key=lambda one: (one.source == "", one.value == ""))
