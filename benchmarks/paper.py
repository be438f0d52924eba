"""The tables of "Provably Unlearnable Data Examples" (Wang et al., NDSS 2025), redone: one sub-command each.

    python benchmarks/paper.py TABLE FOLDER --work PLACE [--effort draft|standard|paper] [--device auto]
        [--seeds 0 1 2] [--methods emn pue-b pue] [--minutes 10] [--craft-steps 4000 and every other flag of a step]

    certified   certified (q, η)-learnability over η, with that of the unprotected images
    q-sigma     the certificate over q and σ; every q from the same draws
    attackers   test accuracy of ordinary attackers of several makes
    recovery    what a search within η of the surrogate's weights reaches
    epsilon     certificate and attacker over the size of the change
    share       an attacker who has some of the originals
    weights     how networks differ that learned from the same images from different starts
    all         all of them

Writes PLACE/TABLE-EFFORT.md: the table, what is published beside it (`published.py`), settings, seeds, conditions.
Everything is done by the program's own steps, in run folders under PLACE/EFFORT. Stop it whenever you like, or give it
minutes: the table then says what is to come, and the same command goes on. Efforts never meet: each has folders and
files of its own, named after it, and so has every set of changed settings.
"""

import argparse
import itertools
import shutil
import sys
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path

import msgspec
import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import paper_tables as tables
from pue_desktop import cli_flags, cli_progress
from pue_desktop.cli_output import Console
from pue_desktop.cli_run import open_or_create, with_values
from pue_desktop.engine import config, pipeline, plans
from pue_desktop.engine.certify import surrogate_checkpoint
from pue_desktop.engine.config import Plan
from pue_desktop.engine.dataset import load_index
from pue_desktop.engine.errors import CancelledError, PueError
from pue_desktop.engine.events import Event
from pue_desktop.engine.figures import load_result
from pue_desktop.engine.files import write_atomically
from pue_desktop.engine.results import CertifyResult
from pue_desktop.engine.run import Run, State
from pue_desktop.engine.runtime import Stop, conditions, resolve_device
from pue_desktop.engine.stress_results import STRESS_FILE, StressResult

STEPS = ("craft", "certify", "stress")
CERTIFIED, STRESSED = ("scan", "craft", "certify"), ("scan", "craft", "stress")
ATTACKERS = {
    "draft": ("vgg", "small-bn"),
    "standard": ("resnet18", "vgg"),
    "paper": ("resnet18", "resnet50", "densenet121"),
}
SHARES = {"crop-flip": 100, "clean-10": 90, "clean-20": 80, "clean-50": 50}
# Chosen by the table or by a flag of its own.
_CHOSEN = {
    "craft": {"method", "epsilon_255", "seed", "device"},
    "certify": {"surrogate_seeds", "seed", "device"},
    "stress": {"attackers", "countermeasures", "recovery_steps", "recovery_reach", "seed", "device"},
}


class Bench:
    """The run folders of one scale; does what is missing until it is stopped, and then only tells what is there."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.given = {step: cli_flags.given(options, step) for step in STEPS}
        changes = [f"{step}.{name}={value}" for step, values in self.given.items() for name, value in values.items()]
        self.scale = tables.Scale(options.effort, tuple(sorted(changes)))
        self.attackers = tuple(options.attackers or ATTACKERS[options.effort])
        self.stopped = False
        self._console = Console(json=False)
        self._until = time.monotonic() + 60 * options.minutes if options.minutes else None

    def plan(self, method: str, seed: int, **values: Mapping[str, object]) -> Plan:
        """Returns the settings of a run; which images are held out is the same for all seeds."""
        options = self.options
        made = plans.plan(strength=options.strength, effort=options.effort, seed=seed, device=options.device)
        made = msgspec.structs.replace(made, scan=config.changed(made.scan, seed=0))
        made = with_values(made, "craft", {"method": method})
        for step in STEPS:
            made = with_values(made, step, self.given[step] | dict(values.get(step, {})))
        return made

    def folder(self, name: str) -> Path:
        return Path(self.options.work, self.scale.name, name)

    def reach(self, name: str, plan: Plan, steps: Sequence[str], like: Run | None = None) -> Run | None:
        """Returns the run called `name` with `steps` done for `plan`, None if it was stopped before.

        With `like`, a new run begins with what that one has crafted.
        """
        path = self.folder(name)
        if not (path / "run.json").exists():
            if self.stopped:
                return None
            if like is not None:
                _copy_crafted(like.path, path)
        run = open_or_create(path, self.options.folder)
        if all(pipeline.step_state(run, step, plan) is State.DONE for step in steps):
            return run
        if self._until is not None and time.monotonic() >= self._until:
            self.stopped = True
        if self.stopped:
            return None
        self._console.tell(f"{self.scale.name}/{name}: {', '.join(steps)}")
        return run if self.followed(steps, lambda stop: pipeline.run_steps(run, steps, plan, stop)) else None

    def followed(self, steps: Sequence[str], start: Callable[[Stop], Generator[Event, None, None]]) -> bool:
        """Runs a generator of events; returns False if it was stopped, by the user or because the time is over."""
        timers: list[threading.Timer] = []

        def work(stop: Stop) -> Generator[Event, None, None]:
            if self._until is not None:
                timers.append(threading.Timer(max(0.0, self._until - time.monotonic()), stop.cancel))
                timers[-1].daemon = True
                timers[-1].start()
            return start(stop)

        try:
            cli_progress.follow(self._console, steps, work)
        except CancelledError:
            self.stopped = True
        finally:
            for timer in timers:
                timer.cancel()
        return not self.stopped

    def base(self, method: str, seed: int, steps: Sequence[str], **values: Mapping[str, object]) -> Run | None:
        """Returns the run of a method and seed at the usual strength."""
        return self.reach(f"{method}-{self.options.strength}-seed{seed}", self.plan(method, seed, **values), steps)

    def varied(self, method: str, seed: int, **certify: object) -> Run | None:
        """Returns the run of a method and seed certified with other settings: the same images, a folder of its own."""
        usual, plan = self.plan(method, seed).certify, self.plan(method, seed, certify=certify)
        if plan.certify == usual:
            return self.base(method, seed, CERTIFIED)
        crafted = self.base(method, seed, ("scan", "craft"))
        if crafted is None:
            return None
        name = "-".join([crafted.path.name, *(f"{setting}-{value}" for setting, value in certify.items())])
        return self.reach(name, plan, CERTIFIED, like=crafted)

    def certified(self, method: str) -> list[CertifyResult | None]:
        """Returns the certificate of every seed."""
        return [_certificate(self.base(method, seed, CERTIFIED)) for seed in self.options.seeds]

    def stressed(self, method: str, **stress: object) -> list[StressResult | None]:
        """Returns the stress test of every seed, without searches; what an earlier table trained is kept."""
        stress = {"recovery_steps": 0} | stress
        return [_stress(self.base(method, seed, STRESSED, stress=stress)) for seed in self.options.seeds]

    def facts(self, plan: Plan) -> list[str]:
        """Returns data, seeds, conditions and settings in words, as far as they are known."""
        device = conditions(resolve_device(self.options.device))
        found = [f"seeds: {', '.join(map(str, self.options.seeds))}", ", ".join(f"{k} {v}" for k, v in device.items())]
        run = next((Run.open(path.parent) for path in sorted(self.folder("").glob("*/run.json"))), None)
        if run is not None and (record := run.record("scan")) is not None and record.done:
            index = load_index(run)
            trained, held = len(index.of_split("train")), index.counts("hold_out")
            found.insert(
                0,
                f"data: {run.source.name}, {len(index.classes)} classes, {trained:,} images to learn from, "
                f"{sum(held):,} held out, chance {100 * max(held) / sum(held):.1f} %, index {record.digest[:12]}",
            )
            plan = plans.fitted_plan(plan, pipeline.median_side(run))
        for step in STEPS:
            values = msgspec.to_builtins(plan.of(step))
            shown = (f"{name} {value}" for name, value in values.items() if name not in _CHOSEN[step] - {"epsilon_255"})
            found.append(f"{step}: {', '.join(shown)}")
        return found


def _copy_crafted(source: Path, path: Path) -> None:
    """Makes the run folder `path` with what `source` has scanned and crafted, whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    left_out = shutil.ignore_patterns("certify", "stress", "events.jsonl", ".lock")
    shutil.copytree(source, part, ignore=left_out)
    part.rename(path)


def _certificate(run: Run | None) -> CertifyResult | None:
    return load_result(run) if run is not None else None


def _stress(run: Run | None) -> StressResult | None:
    return run.load(STRESS_FILE, StressResult) if run is not None else None


Table = tuple[str, list[str], tables.Rows]


def certified(bench: Bench) -> Table:
    found = {method: bench.certified(method) for method in bench.options.methods}
    return "certified (q, η)-learnability over η", *tables.certified_table(found)


def q_sigma(bench: Bench) -> Table:
    usual = bench.plan("pue", 0).certify
    sigmas = bench.options.sigmas or [usual.sigma / 2, usual.sigma, 2 * usual.sigma]
    found: dict[str, dict[float, list[CertifyResult | None]]] = {}
    for method in bench.options.methods:
        found[method] = {
            sigma: [_certificate(bench.varied(method, seed, sigma=sigma)) for seed in bench.options.seeds]
            for sigma in sigmas
        }
    header, rows = tables.q_sigma_table(found, bench.options.qs, usual.confidence)
    return "the certificate over q and σ", header, rows


def attackers(bench: Bench) -> Table:
    found = {method: bench.stressed(method, attackers=bench.attackers) for method in bench.options.methods}
    return "test accuracy of ordinary attackers, final / best epoch", *tables.attackers_table(found, bench.attackers)


def share(bench: Bench) -> Table:
    one = bench.attackers[0]
    found = {
        method: bench.stressed(method, attackers=(one,), countermeasures=tuple(SHARES))
        for method in bench.options.methods
    }
    return f"accuracy of {one} by the share of protected images, final / best", *tables.share_table(found, one, SHARES)


def epsilon(bench: Bench) -> Table:
    one = bench.attackers[0]
    found: dict[str, dict[float, tuple[list[CertifyResult | None], list[StressResult | None]]]] = {}
    for method in bench.options.methods:
        found[method] = {}
        for size in bench.options.epsilons:
            results = [_with_epsilon(bench, method, seed, size, one) for seed in bench.options.seeds]
            found[method][size] = [first for first, _ in results], [second for _, second in results]
    return "certificate and attacker over ε", *tables.epsilon_table(found, one)


def _with_epsilon(
    bench: Bench, method: str, seed: int, size: float, attacker: str
) -> tuple[CertifyResult | None, StressResult | None]:
    stress: dict[str, object] = {"attackers": (attacker,), "recovery_steps": 0}
    plan = bench.plan(method, seed, craft={"epsilon_255": size}, stress=stress)
    usual = bench.plan(method, seed).craft.epsilon_255 == size
    name = f"{method}-{bench.options.strength if usual else f'{size:g}'}-seed{seed}"
    return _certificate(bench.reach(name, plan, CERTIFIED)), _stress(bench.reach(name, plan, STRESSED))


def recovery(bench: Bench) -> Table:
    """The stress test's own searches, beside an ordinary attacker that an earlier table may have trained."""
    options = bench.options
    stress = {
        "attackers": bench.attackers[:1],
        "recovery_steps": options.search_steps,
        "recovery_reach": options.reach,
    }
    bounds = {method: bench.certified(method) for method in options.methods}
    found: dict[str, list[dict[float, float]]] = {}
    for method in options.methods:
        runs = [bench.base(method, seed, (*CERTIFIED, "stress"), stress=stress) for seed in options.seeds]
        found[method] = [_searched(run) for run in runs]
    etas = sorted({eta for searched in found.values() for one in searched for eta in one})
    header, rows = tables.recovery_table(found, bounds, etas or [0.0])
    return f"accuracy of a search within η, {options.search_steps} steps each", header, rows


def _searched(run: Run | None) -> dict[float, float]:
    """Returns the best accuracy found at each η, of all surrogates and with BatchNorm frozen and free."""
    result = _stress(run)
    best: dict[float, float] = {}
    for point in result.recovery.points if result is not None and result.recovery is not None else ():
        best[point.eta] = max(point.accuracy, best.get(point.eta, 0.0))
    return best


def weights(bench: Bench) -> Table:
    found: dict[str, list[tables.Difference]] = {}
    for method in bench.options.methods:
        found[method] = []
        for seed in bench.options.seeds:
            run = bench.varied(method, seed, surrogate_seeds=bench.options.networks)
            if run is not None:
                found[method] += _differences(run, bench.options.networks)
    header, rows = tables.weights_table(found, bench.plan("pue", 0).certify.sigma)
    return f"weights of {bench.options.networks} surrogates that learned from the same images", header, rows


def _differences(run: Run, networks: int) -> list[tables.Difference]:
    """Returns how the weights of the run's surrogates differ in pairs; statistics of BatchNorm are no weights."""
    flat = []
    for number in range(networks):
        stored = surrogate_checkpoint(run, "protected", number).load()
        if stored is None:
            raise SystemExit(f"{run.path} no longer holds its surrogates.")
        names = sorted(name for name in stored[1] if name.startswith("model.") and not name.endswith(_BUFFERS))
        flat.append(torch.cat([stored[1][name].flatten().double() for name in names]))
    pairs = [one - other for one, other in itertools.combinations(flat, 2)]
    return [tables.Difference(float(pair.mean()), float(pair.std()), float(pair.norm())) for pair in pairs]


_BUFFERS = ("running_mean", "running_var", "num_batches_tracked")
TABLES: dict[str, Callable[[Bench], Table]] = {
    "certified": certified,
    "q-sigma": q_sigma,
    "attackers": attackers,
    "recovery": recovery,
    "epsilon": epsilon,
    "share": share,
    "weights": weights,
}


def parsed(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", choices=(*TABLES, "all"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--effort", choices=tuple(plans.EFFORTS), default="draft")
    parser.add_argument("--strength", default="standard", help="subtle, standard, strong or ε of 255")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--methods", nargs="+", choices=cli_flags.choices("methods"), default=list(tables.NAMES))
    parser.add_argument("--minutes", type=float, help="stop after that long; run again, it goes on")
    parser.add_argument("--attackers", nargs="+", metavar="NAME", help="networks; by default those of the effort")
    parser.add_argument("--qs", type=float, nargs="+", default=[0.5, 0.7, 0.9, 0.95])
    parser.add_argument("--sigmas", type=float, nargs="+", help="by default half, once and twice the effort's")
    parser.add_argument("--epsilons", type=float, nargs="+", default=[4.0, 8.0, 16.0], help="of 255")
    parser.add_argument("--reach", type=float, default=2.0, help="largest η of the table recovery")
    parser.add_argument("--search-steps", type=int, default=300)
    parser.add_argument("--networks", type=int, default=3, help="of the table weights; the published figure has 10")
    for step in STEPS:
        cli_flags.add(parser, step, prefix=f"{step}-", omit=frozenset(_CHOSEN[step]))
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    options = parsed(words)
    try:
        bench = Bench(options)
        for name in TABLES if options.table == "all" else (options.table,):
            subject, header, rows = TABLES[name](bench)
            facts = bench.facts(bench.plan("pue", options.seeds[0]))
            text = tables.page(name, subject=subject, scale=bench.scale, facts=facts, header=header, rows=rows)
            file = options.work / f"{name}-{bench.scale.name}.md"
            write_atomically(file, text.encode())
            print(f"{text}\n{file}\n", flush=True)
    except PueError as error:
        print(f"{error.message} {error.hint}", file=sys.stderr)
        return error.exit_code
    return CancelledError.exit_code if bench.stopped else 0


if __name__ == "__main__":
    raise SystemExit(main())
