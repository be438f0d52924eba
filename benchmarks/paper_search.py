"""The recovery attack on the protected surrogate of a certified run, one radius after the other, resumable.

Half of the hold-out is searched with, the other half measured with. What is found above its certified value is no
error: the certificate bounds a quantile over random weights, not the best ones.
"""

from collections.abc import Generator, Sequence

import msgspec

from pue_desktop.engine.errors import InputRefusedError
from pue_desktop.engine.events import Event, Progress
from pue_desktop.engine.files import pretty_json
from pue_desktop.engine.recompute import certified_surrogate, open_certified
from pue_desktop.engine.recovery import recovery_attack
from pue_desktop.engine.run import Run
from pue_desktop.engine.runtime import Stop

FILE = "searched.json"
Kept = dict[str, dict[str, float]]


class Search:
    """What was found near one certified network.

    Attributes:
        found: Accuracy in [0, 1] by η, for this certification and these settings.
    """

    def __init__(self, run: Run, *, seed: int, steps: int, device: str) -> None:
        self._run, self._seed, self._steps, self._device = run, seed, steps, device
        self._job = f"{run.job('certify')} {steps} {seed}"
        self.found = {float(eta): accuracy for eta, accuracy in self._kept().get(self._job, {}).items()}

    def go_on(self, etas: Sequence[float], stop: Stop) -> Generator[Event, None, None]:
        """Searches within these radii; each is kept in the run folder as soon as it is over.

        Raises:
            InputRefusedError: the run no longer holds its surrogate.
            CancelledError: asked for by `stop`.
        """
        work = open_certified(self._run.path, self._device, stop)
        model = certified_surrogate(work, "protected", 0)
        if model is None:
            raise InputRefusedError(f"{self._run.path} no longer holds its surrogate.", hint="Certify it again.")
        for number, eta in enumerate(etas):
            yield Progress("search", number, len(etas), f"η = {eta:g}")
            (one,) = recovery_attack(
                model,
                work.hold_out.images,
                work.hold_out.labels,
                etas=[eta],
                geometry=work.config.geometry,
                steps=self._steps,
                seed=self._seed,
                stop=stop,
            )
            self.found[eta] = one.accuracy
            mine = {f"{radius:g}": accuracy for radius, accuracy in sorted(self.found.items())}
            self._run.write(FILE, pretty_json(self._kept() | {self._job: mine}))

    def _kept(self) -> Kept:
        file = self._run.path / FILE
        return msgspec.json.decode(file.read_bytes(), type=Kept) if file.exists() else {}
