"""Are these the certified images, and does the certificate follow from its own evidence?

`verify` needs the export folder only, so that a stranger can do it years later. It checks, in this order: the
signature over certificate.json and the key it names; every figure that can be redone (bounds from the counts of
correct answers, verdict, totals, digests); every image's bytes and pixels; the manifest; that the PDF is there. It
never follows a name out of the folder, and no content of a file can make it fail with anything but a finding.
"""

import string
from pathlib import Path

from pue_desktop.engine.envelope import Opened, open_certificate
from pue_desktop.engine.errors import InputRefusedError, SchemaError, UsageError
from pue_desktop.engine.export_names import CERTIFICATE_JSON, shown
from pue_desktop.engine.identities import identities
from pue_desktop.engine.keys import key_id, load_public
from pue_desktop.engine.runtime import Stop
from pue_desktop.engine.verify_evidence import check_evidence
from pue_desktop.engine.verify_facts import check_facts
from pue_desktop.engine.verify_files import check_files, check_manifest, check_pdf
from pue_desktop.engine.verify_report import Finding, Kind, VerifyReport

__all__ = ["Finding", "Kind", "VerifyReport", "verify"]


def verify(out: Path, *, public_key: Path | str | None = None, stop: Stop | None = None) -> VerifyReport:
    """Verifies an export folder.

    Args:
        out: Export folder, with certificate.json in it.
        public_key: The key that must have signed: a file (PEM, or base64 of the 32 bytes), or as text the key or its
            id in hex. None: the key that the certificate itself names is used, and the report says that whose key it
            is remains to be asked.
        stop: Pauses and cancels.

    Returns:
        The report; `.ok` is the answer, `str(report)` its text for people, `.findings` the details.

    Raises:
        InputRefusedError: there is no such folder, or the public key can't be read.
        UsageError: `public_key` is neither a file nor a key.
        CancelledError: asked for by `stop`.
    """
    stop = stop or Stop()
    if not out.is_dir():
        raise InputRefusedError(f"There is no folder {out}.", hint="Give the export folder.")
    expected = None if public_key is None else _expected_key_id(public_key)
    try:
        opened = open_certificate(out / CERTIFICATE_JSON)
    except SchemaError as error:
        return VerifyReport(folder=str(out), findings=(Finding("certificate", CERTIFICATE_JSON, error.message),))
    findings = [
        *_check_signature(opened, expected),
        *check_evidence(opened, stop),
        *check_facts(opened.certificate),
    ]
    about_files, intact = check_files(out, opened.statement, stop)
    findings += [*about_files, *check_manifest(out, opened.statement), *check_pdf(out)]
    return VerifyReport(
        folder=str(out),
        key_id=opened.key_id,
        signed=opened.signed,
        images=len(opened.statement.subject),
        intact=intact,
        abstained=opened.certificate.results.abstained,
        distinguishes=opened.certificate.results.distinguishes,
        findings=tuple(findings),
    )


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
