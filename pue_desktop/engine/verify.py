"""Are these the certified images, and does the certificate follow from its own evidence?

`verify` needs what was published only, so that a stranger can do it years later: an export folder, a certificate.pdf
with the certificate inside, or a certificate.json. It checks, in this order: the signature and the key it names; every
figure that can be redone (bounds from the counts of correct answers, verdict, totals, digests); every image's bytes
and pixels; the PDF; the manifest. The owner, who has the originals and the run folder, can have more checked: that no
image changed by more than promised, and that draws evaluated again give the same counts. It never follows a name out
of the folder, and no content of a file can make it fail with anything but a finding.
"""

import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pue_desktop.engine.envelope import MAX_BYTES, Opened, open_bytes
from pue_desktop.engine.errors import InputRefusedError, SchemaError, UsageError
from pue_desktop.engine.export_names import CERTIFICATE_JSON, CERTIFICATE_PDF, IMAGES_FOLDER, shown
from pue_desktop.engine.files import read_limited
from pue_desktop.engine.identities import identities
from pue_desktop.engine.keys import key_id, load_public
from pue_desktop.engine.lossy_words import format_name
from pue_desktop.engine.pdf import PdfParts, parts
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.verify_evidence import check_evidence
from pue_desktop.engine.verify_facts import check_facts
from pue_desktop.engine.verify_files import Place, check_files, check_manifest
from pue_desktop.engine.verify_originals import check_originals
from pue_desktop.engine.verify_pdf import PAGES_SIGNED_SINCE, check_pages, check_pdf
from pue_desktop.engine.verify_report import Finding, Kind, VerifyReport

__all__ = ["Finding", "Kind", "VerifyReport", "verify"]

Tell = Callable[[int, int], None]


def verify(
    path: Path,
    *,
    public_key: Path | str | None = None,
    images: Path | None = None,
    originals: Path | None = None,
    run: Path | None = None,
    recompute: int = 0,
    stop: Stop | None = None,
    tell: Tell | None = None,
) -> VerifyReport:
    """Verifies an export.

    Args:
        path: Export folder, or its certificate.pdf or certificate.json. With a file alone, the images beside it are
            looked at if there are any.
        public_key: The key that must have signed: a file (PEM, or base64 of the 32 bytes), or as text the key or its
            id in hex. None: the key that the certificate itself names is used, and the report says that whose key it
            is remains to be asked.
        images: Where the images are, if elsewhere: a folder that holds `images`, or is it.
        originals: The folder that was protected, to measure the change again.
        run: The run folder; its originals are used if `originals` is not given.
        recompute: How many draws to evaluate again, with `run`.
        stop: Pauses and cancels.
        tell: Called with how many files were looked at, and of how many.

    Returns:
        The report; `.ok` is the answer, `str(report)` its text for people, `.findings` the details.

    Raises:
        InputRefusedError: there is no such file or folder, or the public key can't be read.
        UsageError: `public_key` is neither a file nor a key; `recompute` without `run`.
        CancelledError: asked for by `stop`.
    """
    stop = stop or Stop()
    _check_folders(images, originals, run)
    if recompute and run is None:
        raise UsageError("Draws are evaluated again from the run folder only.", hint="Name it with --run.")
    expected = None if public_key is None else _expected_key_id(public_key)
    try:
        what = _read(path, images)
        opened = open_bytes(what.certificate)
    except SchemaError as error:
        name = CERTIFICATE_JSON if path.is_dir() else path.name
        return VerifyReport(folder=str(path), findings=(Finding("certificate", name, error.message),))
    findings = [*_check_signature(opened, expected), *check_evidence(opened, stop), *check_facts(opened.certificate)]
    about_files, intact = _check_images(what, opened, originals or _source(run), stop, tell)
    findings += [*about_files, *_check_rest(what, opened), *_check_draws(run, opened, recompute, stop)]
    return VerifyReport(
        folder=str(path),
        key_id=opened.key_id,
        signed=opened.signed,
        images=len(opened.statement.subject),
        intact=len(intact),
        images_checked=what.place is not None,
        abstained=opened.certificate.results.abstained,
        distinguishes=opened.certificate.results.distinguishes,
        lossy=format_name(opened.certificate.lossy),
        findings=tuple(findings),
    )


def _check_folders(*folders: Path | None) -> None:
    for folder in folders:
        if folder is not None and not folder.is_dir():
            raise InputRefusedError(f"There is no folder {folder}.", hint="Check the path.")


@dataclass(frozen=True, slots=True)
class _What:
    """What is to be verified.

    Attributes:
        certificate: Bytes of certificate.json, from its file or from inside the PDF.
        folder: The export folder, if there is one.
        place: Where the images are, None if there are none.
        pdf: The PDF, if that alone was given.
        name: What the given file is called.
    """

    certificate: bytes
    folder: Path | None
    place: Place | None
    pdf: PdfParts | None
    name: str


def _read(path: Path, images: Path | None) -> _What:
    """Finds certificate and images. Raises `SchemaError` for what can't be read, `InputRefusedError` for nothing."""
    elsewhere = None if images is None else Place(images, only_images=not (images / IMAGES_FOLDER).is_dir())
    if path.is_dir():
        data = read_limited(path / CERTIFICATE_JSON, MAX_BYTES)
        return _What(data, path, elsewhere or Place(path), None, path.name)
    if not path.exists():
        raise InputRefusedError(
            f"There is no folder or file {path}.", hint="Give the export folder, its certificate.pdf or its JSON."
        )
    beside = path.parent
    if images is None and path.name in (CERTIFICATE_JSON, CERTIFICATE_PDF) and (beside / IMAGES_FOLDER).is_dir():
        if (beside / CERTIFICATE_JSON).is_file():
            return _read(beside, None)
        elsewhere = Place(beside)
    data = read_limited(path, MAX_BYTES)
    if not data.startswith(b"%PDF"):
        return _What(data, None, elsewhere, None, path.name)
    found = parts(data)
    if found.certificate is None:
        raise SchemaError(f"There is no certificate inside {shown(path.name)}.", hint="Restore it from the owner.")
    return _What(found.certificate, None, elsewhere, found, path.name)


def _check_draws(run: Path | None, opened: Opened, draws: int, stop: Stop) -> Iterator[Finding]:
    if run is not None and draws:
        from pue_desktop.engine.recompute import recompute_draws

        yield from recompute_draws(run, opened.certificate, draws, stop)


def _source(run: Path | None) -> Path | None:
    if run is None:
        return None
    from pue_desktop.engine.run import Run

    source = Run.open(run).source
    return source if source.is_dir() else None


def _check_images(
    what: _What, opened: Opened, originals: Path | None, stop: Stop, tell: Tell | None
) -> tuple[list[Finding], set[str]]:
    if what.place is None:
        return [], set()
    place, done = what.place, 0
    total = len(opened.statement.subject) * (1 if originals is None else 2)

    def count() -> None:
        nonlocal done
        done += 1
        if tell is not None:
            tell(done, total)

    findings, intact = check_files(place, opened.statement, stop, count)
    if originals is not None:
        files = {name: place.folder / place.local(name) for name in intact}
        findings += check_originals(files, opened.certificate, originals, stop, count)
    return findings, intact


def _check_rest(what: _What, opened: Opened) -> Iterator[Finding]:
    """Checks what is in the export beside images and certificate, or the PDF that was given alone."""
    if what.folder is not None:
        about_pdf = check_pdf(what.folder, opened, what.certificate)
        if about_pdf is not None:
            yield about_pdf
        yield from check_manifest(what.folder, opened, pdf_in_doubt=about_pdf is not None)
    elif what.pdf is not None:
        about_pdf = check_pages(what.pdf, opened, what.name)
        if about_pdf is not None:
            yield about_pdf
        elif opened.certificate.schema < PAGES_SIGNED_SINCE:
            text = (
                f"{shown(what.name)} was made by an early version, which did not sign the pages: rely on the "
                "certificate inside, not on what they show."
            )
            yield Finding("pdf", what.name, text, problem=False)


def _expected_key_id(public_key: Path | str) -> str:
    if isinstance(public_key, str):
        text = public_key.strip().lower()
        if len(text) == 64 and set(text) <= set(string.hexdigits):
            return text
        if not Path(public_key).exists():
            raise UsageError(
                "The public key is neither a file nor 64 hexadecimal digits.", hint="Give a file, the key or its id."
            )
    return key_id(load_public(Path(public_key)))


def _check_signature(opened: Opened, expected: str | None) -> list[Finding]:
    found: list[Finding] = []
    if not opened.signed:
        found.append(Finding("signature", CERTIFICATE_JSON, f"{CERTIFICATE_JSON} was changed after it was signed."))
    name = opened.key_id
    if expected is not None:
        if expected not in (name, opened.public_key.hex()):
            found.append(Finding("signer", CERTIFICATE_JSON, f"It was signed with another key: {name}."))
    elif own := _own_key(name):
        found.append(
            Finding("signer", CERTIFICATE_JSON, f"Signed with your own key {shown(own)}: {name}.", problem=False)
        )
    else:
        found.append(
            Finding(
                "signer",
                CERTIFICATE_JSON,
                f"The signer's key is {name}. Ask the owner, over a way you trust, whether it is theirs.",
                problem=False,
            )
        )
    return found


def _own_key(name: str) -> str:
    """Returns what this user calls the key with that id, empty if it is none of theirs: looking must not make one."""
    try:
        return next((one.name for one in identities() if one.key_id == name), "")
    except InputRefusedError:
        return ""
