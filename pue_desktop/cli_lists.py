"""The commands that show something and change no run: the window, a scan, a check of an export, tables, the doctor."""

from __future__ import annotations

import argparse
from collections.abc import Generator
from pathlib import Path

import msgspec

from pue_desktop import cli_flags, cli_progress, cli_run, cli_summary, diagnostics
from pue_desktop.cli_output import Console, Outcome, skipped_facts, skipped_text
from pue_desktop.engine import config, estimate, plans
from pue_desktop.engine.errors import InputRefusedError, PueError, UsageError, VerificationFailedError
from pue_desktop.engine.estimate import Speeds
from pue_desktop.engine.events import Event
from pue_desktop.engine.results import DatasetIndex
from pue_desktop.engine.runtime import Stop

# The data set that the doctor's times are about.
_TRAINED, _HELD_OUT = 2000, 1000
_QT_LIBRARIES = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 fonts-dejavu-core"


def gui(arguments: argparse.Namespace, _console: Console) -> Outcome:
    """`pue-desktop gui [FOLDER|RUN]`."""
    try:
        from pue_desktop import app
    except ImportError as error:
        raise _no_qt(error) from error
    return Outcome(exit_code=app.main(arguments.path))


def report(arguments: argparse.Namespace, _console: Console) -> Outcome:
    """`pue-desktop report CERTIFICATE PDF|FOLDER`: a process of its own, because Qt wants one for its fonts."""
    try:
        from pue_desktop import report as report_module
    except ImportError as error:
        raise _no_qt(error) from error
    if arguments.pictures:
        report_module.pictures(arguments.certificate, arguments.pdf, arguments.page, width=arguments.pictures)
    else:
        report_module.main(arguments.certificate, arguments.pdf, arguments.page)
    return Outcome(facts={"status": "ok"})


def inspect(_arguments: argparse.Namespace, _console: Console) -> Outcome:
    """`pue-desktop inspect`: a process of its own, because codecs may crash."""
    from pue_desktop.engine.file_opener import serve

    serve()
    return Outcome(facts={"status": "ok"})


def scan(arguments: argparse.Namespace, console: Console) -> Outcome:
    """`pue-desktop scan FOLDER`."""
    chosen = config.changed(config.ScanConfig(), **cli_flags.given(arguments, "scan"))
    grouped = _grouped(arguments, chosen, console)
    if grouped:
        chosen = config.changed(chosen, labels=str(arguments.labels_out.absolute()))
    if arguments.run is None:
        index = _scan(arguments.folder, chosen, console)
    else:
        work = cli_run.open_or_create(arguments.run, arguments.folder)
        cli_run.carry_out(work, config.Plan(scan=chosen), ("scan",), console)
        found = cli_summary.reached(work).index
        if found is None:
            raise InputRefusedError(f"{work.path} was changed by another program.", hint="Scan again.")
        index = found
    return Outcome(facts=_index_facts(index) | grouped, text="\n".join(_index_text(index)))


def verify(arguments: argparse.Namespace, console: Console) -> Outcome:
    """`pue-desktop verify OUT|certificate.pdf|certificate.json`."""
    from pue_desktop.engine.verify import verify as verify_export

    stop = Stop()
    with cli_progress.stopped_by_signals(stop, console):
        found = verify_export(
            arguments.export,
            public_key=arguments.public_key,
            images=arguments.images,
            originals=arguments.originals,
            run=arguments.run,
            recompute=arguments.recompute,
            stop=stop,
        )
    return Outcome(
        facts={"status": "ok" if found.ok else "failed", "ok": found.ok, "export": str(arguments.export)}
        | msgspec.to_builtins(found),
        text=str(found),
        exit_code=0 if found.ok else VerificationFailedError.exit_code,
    )


def table(arguments: argparse.Namespace, _console: Console) -> Outcome:
    """`pue-desktop methods`, `surrogates` or `countermeasures`."""
    entries = list(cli_flags.TABLES[arguments.table])
    width = max(len(entry.name) for entry in entries)
    return Outcome(
        facts={
            "status": "ok",
            arguments.table: [{"name": entry.name, "summary": entry.summary} for entry in entries],
        },
        text="\n".join(f"{entry.name:<{width}}  {entry.summary}" for entry in entries),
    )


def doctor(arguments: argparse.Namespace, console: Console) -> Outcome:
    """`pue-desktop doctor`: the diagnostics, and with `--benchmark` how long each effort takes here."""
    from pue_desktop.engine import runtime

    devices = runtime.devices()
    found = diagnostics.gather(
        [{name: getattr(device, name) for name in ("name", "label", "usable", "reason")} for device in devices],
        runtime.conditions(runtime.resolve_device("auto")),
        log=arguments.log,
    )
    speeds: dict[str, Speeds] = {}
    for device in devices:
        if arguments.benchmark and device.usable:
            console.tell(f"Measuring {device.label}")
            speeds[device.name] = _measured(device.name, arguments.networks)
    estimates = {name: _estimates(measured) for name, measured in speeds.items()}
    lines = [found.text()]
    for name, efforts in estimates.items():
        lines.append(f"Time on {name} for {_TRAINED:,} images and {_HELD_OUT:,} held out:")
        lines += [
            f"  {effort:<9} " + ", ".join(f"{step} {cli_progress.duration(value)}" for step, value in seconds.items())
            for effort, seconds in efforts.items()
        ]
    facts: dict[str, object] = {
        "status": "ok",
        "devices": list(found.devices),
        "versions": found.versions,
        "settings": found.settings,
        "estimates": estimates,
        "speeds": {name: msgspec.to_builtins(measured) for name, measured in speeds.items()},
    }
    if arguments.log:
        facts["log"] = list(found.log)
    return Outcome(facts=facts, text="\n".join(lines))


def _measured(device: str, networks: str | None) -> Speeds:
    """Returns the speeds on a device that any effort depends on, or of networks as `speed_key` names them."""
    wanted = {pair for effort in plans.EFFORTS for pair in estimate.needed_speeds(plans.plan(effort=effort))}
    if networks:
        wanted = {estimate.from_speed_key(key) for key in networks.split(",")}
    return {estimate.speed_key(name, size): estimate.measure(name, size, device) for name, size in sorted(wanted)}


def _estimates(speeds: Speeds) -> dict[str, dict[str, float]]:
    """Returns seconds by effort and step for a data set of the size that is told beside them."""
    found: dict[str, dict[str, float]] = {}
    for effort in plans.EFFORTS:
        seconds = estimate.estimate_seconds(plans.plan(effort=effort), speeds, trained=_TRAINED, held=_HELD_OUT)
        if seconds is not None:
            found[effort] = {step: round(value, 1) for step, value in seconds.items()}
    return found


def _grouped(arguments: argparse.Namespace, chosen: config.ScanConfig, console: Console) -> dict[str, object]:
    """Makes groups by look where they are asked for and writes them as labels; returns the facts about them."""
    out: Path | None = arguments.labels_out
    if arguments.cluster is None and out is None:
        return {}
    if arguments.cluster is None or out is None or chosen.labels:
        raise UsageError(
            "--cluster and --labels-out belong together, and make labels instead of --labels.",
            hint="Say how many groups, and the CSV file to write them to.",
        )
    if out.exists():
        raise InputRefusedError(f"{out} exists already.", hint="Choose a name that is free.")

    def start(stop: Stop) -> Generator[Event, None, int]:
        from pue_desktop.engine import clusters, labels

        found = yield from clusters.features(arguments.folder, stop)
        made = clusters.groups(found, arguments.cluster, chosen.seed, stop)
        labels.write_table(out, clusters.labels_of(made, clusters.group_names(len(made)), found.unread))
        console.tell(f"{len(made)} groups are in {out}. {clusters.HONEST}")
        return len(made)

    return {"groups": cli_progress.follow(console, ("scan",), start), "labels": str(out.absolute())}


def _scan(folder: Path, chosen: config.ScanConfig, console: Console) -> DatasetIndex:
    def start(stop: Stop) -> Generator[Event, None, DatasetIndex]:
        from pue_desktop.engine.dataset import scan as scan_folder

        return scan_folder(folder, chosen, stop)

    return cli_progress.follow(console, ("scan",), start)


def _index_facts(index: DatasetIndex) -> dict[str, object]:
    counts = zip(index.classes, index.counts("train"), index.counts("hold_out"), strict=True)
    return {
        "status": "ok",
        "folder": index.header.source,
        "split_given": index.header.split_given,
        "images": len(index.images),
        "classes": len(index.classes),
        "class_names": list(index.classes),
        "class_counts": [{"name": name, "train": train, "hold_out": held} for name, train, held in counts],
        "skipped": skipped_facts(index.skipped),
        "look_alikes": skipped_facts(index.look_alikes),
    }


def _index_text(index: DatasetIndex) -> list[str]:
    width = max(len(name) for name in index.classes)
    split = "given by its folders" if index.header.split_given else "drawn by the seed"
    lines = [f"{index.header.source}: {len(index.images)} images in {len(index.classes)} classes; hold-out {split}."]
    lines.append(f"  {'class':<{width}}  {'learn':>6}  {'hold-out':>8}")
    for name, train, held in zip(index.classes, index.counts("train"), index.counts("hold_out"), strict=True):
        lines.append(f"  {name:<{width}}  {train:>6}  {held:>8}")
    if index.skipped:
        lines.append(f"{len(index.skipped)} files can't be protected:")
        lines += skipped_text(index.skipped, limit=None)
    if index.look_alikes:
        lines.append(f"{len(index.look_alikes)} held-out images look the same as images to learn from:")
        lines += skipped_text(index.look_alikes, limit=None)
    return lines


def _no_qt(error: ImportError) -> PueError:
    return PueError(
        f"Qt can't be loaded: {error}.",
        hint=f"Install its system libraries; on Debian or Ubuntu: apt-get install {_QT_LIBRARIES}.",
    )
