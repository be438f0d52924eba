"""Certifies a network of your own: how accurate are the networks near it?

    python examples/certify_own_network.py

Here the network is a small one that learns in a second to tell upright from lying stripes. Put your own in its place:
any classifier, and images with labels that it never learned from.
"""

import torch
from torch import Tensor, nn

from pue_desktop.engine.statistics import certified_learnability
from pue_desktop.engine.weight_noise import accuracy_draws


def striped(count: int, seed: int) -> tuple[Tensor, Tensor]:
    """Returns images `[count, 3, 16, 16]` in [0, 1] and what they are: 0 upright, 1 lying stripes, much disturbed."""
    source = torch.Generator().manual_seed(seed)
    labels = torch.randint(2, (count,), generator=source)
    upright = (torch.arange(16) // 2 % 2).float().expand(3, 16, 16)
    stripes = torch.stack([upright, upright.transpose(1, 2)])[labels]
    return 0.08 * stripes + 0.92 * torch.rand(count, 3, 16, 16, generator=source), labels


def main() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 2))
    images, labels = striped(500, seed=1)
    optimiser = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(60):
        optimiser.zero_grad()
        nn.functional.cross_entropy(model(images), labels).backward()
        optimiser.step()

    unseen, answers = striped(500, seed=2)
    sigma = 0.2
    accuracies = accuracy_draws(model, unseen, answers, sigma=sigma, draws=300, seed=0, geometry="scale-invariant")
    for eta in (0.0, 0.05, 0.1, 0.3):
        found = certified_learnability(accuracies, q=0.9, eta=eta, sigma=sigma, confidence=0.99)
        print(f"η {eta:g}: {found.reason if found.value is None else f'at most {found.value:.1%}'}")


if __name__ == "__main__":
    main()
