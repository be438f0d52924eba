"""Fetches what the Inspect page shows, off the GUI thread: protected pictures, their measures, parts for the screen.

Pictures are made anew from the originals and the run's perturbation, exactly as the export makes them. A few are kept,
as many as fit into a bounded memory. The latest wish wins: what is no longer wanted ends at its next safe point.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from pue_desktop.engine.errors import CancelledError, PueError
from pue_desktop.engine.results import INDEX_FILE, PERTURBATION_FILE, ImageRecord
from pue_desktop.engine.run import State
from pue_desktop.engine.runtime import Stop
from pue_desktop.workers.background import Background
from pue_desktop.workers.patterns import PatternName, names_of, shown_pattern, small_pixels
from pue_desktop.workers.snapshot import RunSnapshot
from pue_desktop.workers.survey import Survey

if TYPE_CHECKING:
    from pue_desktop.engine.image_files import Picture
    from pue_desktop.engine.inspection import Box, Layer, Measures, Pair
    from pue_desktop.engine.perturbation import Perturbation
    from pue_desktop.engine.pyramid import Bytes

_PICTURE_KEYS = ("open", "pair", "measure")
_RENDER_KEYS = ("render", "find", "patterns", "pattern")
MOST_PAIRS = 8
MOST_BYTES = 700_000_000


@dataclass(frozen=True)
class Material:
    """A crafted run, as far as it can be looked at.

    Attributes:
        run: The run folder.
        source: The folder of the originals.
        stamp: Changes with the files it was read from, the export's aside.
        classes: Class names in label order.
        images: Those that are protected, by id.
        perturbation: What is added to them.
        measures: Known from the export, by id.
    """

    run: Path
    source: Path
    stamp: tuple[int, ...]
    classes: tuple[str, ...]
    images: dict[str, ImageRecord]
    perturbation: Perturbation
    measures: dict[str, Measures]


@dataclass(frozen=True)
class Wish:
    """A part of a picture, as some layers show it; see `engine.inspection.render`."""

    pair: Pair
    layers: tuple[Layer, ...]
    level: int
    box: Box


@dataclass(frozen=True)
class Rendering:
    """A part of a picture for the screen, and the whole of it at its coarsest level.

    Attributes:
        pair: The picture.
        layer: How it is shown.
        level: Level of its pyramid.
        box: Left, top, right, bottom in pixels of that level.
        pixels: That part.
        overview: All of the coarsest level.
    """

    pair: Pair
    layer: Layer
    level: int
    box: Box
    pixels: Bytes
    overview: Bytes


class Inspector(QObject):
    """Answers the wishes of the Inspect page.

    Signals:
        opened(object): The `Material` of a run that is crafted.
        unreadable(object): A `PueError`: the run can't be looked at.
        shown(object): The `Pair` asked for.
        not_shown(str, object): Id of the image asked for, and the `PueError` that says why there is none.
        measured(object): Measures by image id.
        rendered(object): A tuple of `Rendering`.
        found(str): Id of the picture that was looked for.
        patterns_found(object): A list of (`PatternName`, its small pixels).
        pattern_made(object): A `ShownPattern`.
    """

    opened = Signal(object)
    unreadable = Signal(object)
    shown = Signal(object)
    not_shown = Signal(str, object)
    measured = Signal(object)
    rendered = Signal(object)
    found = Signal(str)
    patterns_found = Signal(object)
    pattern_made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = Background(self)
        self._renders = Background(self)
        self.survey = Survey(self)
        self.survey.measured.connect(self._keep_measures)
        self.material: Material | None = None
        self.measures: dict[str, Measures] = {}
        self._pairs: OrderedDict[str, Pair] = OrderedDict()
        self._wanted: ImageRecord | None = None
        self._stop = Stop()

    @property
    def waiting(self) -> bool:
        """Whether something asked for, other than the survey, is still to come."""
        return any(
            pool.awaits(key)
            for pool, keys in ((self._pictures, _PICTURE_KEYS), (self._renders, _RENDER_KEYS))
            for key in keys
        )

    def open(self, snapshot: RunSnapshot | None) -> None:
        """Looks at a run, again if it changed; one that is not crafted is forgotten."""
        if snapshot is None or snapshot.index is None or snapshot.craft is None:
            self.close()
            return
        known = self.material
        self._pictures.submit("open", lambda: _open(snapshot, known), self._opened, self._not_opened)

    def close(self) -> None:
        """Forgets the run and everything made from it; its files can be replaced then."""
        self._pictures.forget("open")
        for key in _RENDER_KEYS:
            self._renders.forget(key)
        self._forget_wish()
        self.survey.forget()
        self._pairs.clear()
        self.material, self.measures = None, {}

    def look_at(self, image: str) -> None:
        """Asks for an image by its id: `shown` or `not_shown` answers, perhaps at once, then perhaps `measured`."""
        material = self.material
        if material is None:
            return
        self._forget_wish()
        record = self._wanted = material.images[image]
        found = self._pairs.get(image)
        if found is not None:
            self._pairs.move_to_end(image)
            self.shown.emit(found)
            self._measure(record, None)
            return
        stop = self._stop
        self.survey.set_held(True)
        self._pictures.submit("pair", lambda: _make_pair(material, record, stop), self._made, self._not_made)

    def render(self, wish: Wish) -> None:
        """Asks for parts for the screen; `rendered` answers unless something else is asked for before."""
        self._renders.submit("render", lambda: _render(wish), self.rendered.emit)

    def find(self, which: str, among: list[str]) -> None:
        """Asks for the "worst" or the "typical" of the images that are measured; `found` answers if there are any."""
        known = dict(self.measures)
        self._renders.submit("find", lambda: _find(known, among, which), self._found)

    def find_patterns(self, images: tuple[ImageRecord, ...]) -> None:
        """Asks for all patterns, small; where every image has its own, for those of the first of `images`."""
        material = self.material
        if material is not None:
            found, classes = material.perturbation, material.classes
            self._renders.submit(
                "patterns",
                lambda: [(name, small_pixels(found, name)) for name in names_of(found, classes, images)],
                self.patterns_found.emit,
            )

    def show_pattern(self, name: PatternName) -> None:
        """Asks for one pattern and its spectrum."""
        if self.material is not None:
            found = self.material.perturbation
            self._renders.submit("pattern", lambda: shown_pattern(found, name), self.pattern_made.emit)

    def kept(self) -> list[str]:
        """Returns the ids of the pictures in memory, the least recently wanted first."""
        return list(self._pairs)

    def shutdown(self) -> None:
        """Ends everything and waits for it."""
        self.close()
        for pool in (self._pictures, self._renders):
            pool.shutdown()
        self.survey.shutdown()

    def _forget_wish(self) -> None:
        self.survey.set_held(False)
        self._stop.cancel()
        self._stop = Stop()
        self._wanted = None
        for key in ("pair", "measure"):
            self._pictures.forget(key)
        self._renders.forget("render")

    def _measure(self, record: ImageRecord, pictures: tuple[Picture, Picture] | None) -> None:
        material, stop = self.material, self._stop
        known = self.measures.get(record.id)
        if material is None or (known is not None and known.mean_abs_delta_255 is not None):
            return
        work = _Measuring(material, record, pictures, stop)
        self._pictures.submit("measure", work, self._keep_measures)

    @Slot(object)
    def _opened(self, material: Material) -> None:
        known = self.material
        if known is None or (known.run, known.stamp) != (material.run, material.stamp):
            self.close()
            known = None
        found = {name: measures for name, measures in material.measures.items() if name not in self.measures}
        self.material = known or material
        self.measures |= found
        if known is None or found:
            left = [image for name, image in material.images.items() if name not in self.measures]
            self.survey.begin(material.source, left, material.perturbation)
        self.opened.emit(self.material)

    @Slot(object)
    def _not_opened(self, error: PueError) -> None:
        self.close()
        self.unreadable.emit(error)

    @Slot(object)
    def _made(self, made: tuple[Pair, tuple[Picture, Picture]]) -> None:
        pair, pictures = made
        self.survey.set_held(False)
        self._pairs[pair.record.id] = pair
        while len(self._pairs) > MOST_PAIRS or (len(self._pairs) > 1 and self._memory() > MOST_BYTES):
            self._pairs.popitem(last=False)
        self.shown.emit(pair)
        self._measure(pair.record, pictures)

    @Slot(object)
    def _not_made(self, error: PueError) -> None:
        self.survey.set_held(False)
        if self._wanted is not None and not isinstance(error, CancelledError):
            self.not_shown.emit(self._wanted.id, error)

    @Slot(object)
    def _found(self, image: str | None) -> None:
        if image is not None:
            self.found.emit(image)

    @Slot(object)
    def _keep_measures(self, measures: dict[str, Measures]) -> None:
        self.measures.update(measures)
        self.measured.emit(measures)

    def _memory(self) -> int:
        return sum(pair.memory for pair in self._pairs.values())


class _Measuring:
    """Measures a picture on a pool thread; it keeps the pictures no longer than that takes."""

    def __init__(
        self, material: Material, record: ImageRecord, pictures: tuple[Picture, Picture] | None, stop: Stop
    ) -> None:
        self._material, self._record, self._pictures, self._stop = material, record, pictures, stop

    def __call__(self) -> dict[str, Measures]:
        from pue_desktop.engine.inspection import measure, open_pictures

        material, check = self._material, self._stop.check
        pictures, self._pictures = self._pictures, None
        check()
        if pictures is None:
            pictures = open_pictures(material.source, self._record, material.perturbation, check)
        return {self._record.id: measure(*pictures, check)}


def _open(snapshot: RunSnapshot, known: Material | None) -> Material:
    from pue_desktop.engine.inspection import Measures
    from pue_desktop.engine.perturbation import Perturbation

    assert snapshot.index is not None
    exported = snapshot.export if snapshot.states.get("export") is State.DONE else None
    stamp = (*_stamp(snapshot.path / PERTURBATION_FILE), *_stamp(snapshot.path / INDEX_FILE))
    same = known is not None and (known.run, known.stamp) == (snapshot.path, stamp)
    perturbation = known.perturbation if known and same else Perturbation.load(snapshot.path / PERTURBATION_FILE)
    measures = {
        image.id: Measures(image.max_abs_delta_255, None, image.psnr_db, image.ssim)
        for image in (exported.images if exported is not None else ())
        if image.ssim is not None
    }
    index = snapshot.index
    images = {image.id: image for image in index.published}
    return Material(snapshot.path, snapshot.source, stamp, index.classes, images, perturbation, measures)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _make_pair(material: Material, record: ImageRecord, stop: Stop) -> tuple[Pair, tuple[Picture, Picture]]:
    from pue_desktop.engine.inspection import make_pair, open_pictures

    stop.check()
    pictures = open_pictures(material.source, record, material.perturbation, stop.check)
    return make_pair(record, *pictures, stop.check), pictures


def _render(wish: Wish) -> tuple[Rendering, ...]:
    from pue_desktop.engine.inspection import render

    pair = wish.pair
    coarsest = len(pair.original) - 1
    height, width = pair.original[coarsest].shape[:2]
    whole = (0, 0, width, height)
    return tuple(
        Rendering(
            pair,
            layer,
            wish.level,
            wish.box,
            render(pair, layer, wish.level, wish.box),
            render(pair, layer, coarsest, whole),
        )
        for layer in wish.layers
    )


def _find(known: dict[str, Measures], among: list[str], which: str) -> str | None:
    from pue_desktop.engine.inspection import ranked

    order = ranked(known, among)
    return order[0 if which == "worst" else len(order) // 2] if order else None
