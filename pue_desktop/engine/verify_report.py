"""What a verification found, as frozen types: a list of findings, each with its kind, its file and a sentence."""

from typing import Literal

import msgspec

from pue_desktop.engine.export_names import shown

Kind = Literal[
    "certificate",  # certificate.json is missing, damaged, of another version, or names files it must not
    "signature",  # it was changed after it was signed
    "signer",  # it was signed with another key than expected, or whose key it is remains to be asked
    "evidence",  # a figure does not follow from the evidence beside it
    "manifest",  # manifest-sha256.txt does not fit the certificate
    "pdf",  # certificate.pdf is missing or was changed
    "metadata_changed",  # a file's bytes changed, its pixels did not
    "pixels_changed",
    "swapped",  # a file holds the picture of another one
    "renamed",  # a file is there under another name
    "missing",
    "added",
    "unreadable",
    "epsilon",  # the change measured against the original is not what was promised or stated
    "original",  # an original is missing, or not the picture that was protected
    "lossy",  # the files are of a lossy format, and what was proved is not about them
    "recomputed",  # a draw evaluated again, or a surrogate, is not the one that was certified
]
_LINES_SHOWN = 60


class Finding(msgspec.Struct, frozen=True):
    """One thing that was found.

    Attributes:
        kind: What kind of thing, for programs.
        path: The file it is about, relative to the export folder.
        text: A sentence for people; names in it are safe to print.
        problem: Whether it makes the verification fail; otherwise it is something to know.
    """

    kind: Kind
    path: str
    text: str
    problem: bool = True


class VerifyReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a verification.

    Attributes:
        folder: What was verified: an export folder, a certificate.pdf or a certificate.json.
        key_id: Name of the key that the certificate names as its signer; empty if it could not be read.
        signed: Whether the signature was made with that key over exactly this certificate.
        images: Images that the certificate names.
        intact: How many of them are on the disk exactly as signed.
        images_checked: Whether there were images to look at, or the certificate alone was verified.
        abstained: Whether the certificate says that nothing could be certified; None if it could not be read.
        distinguishes: Its verdict; None if it could not be read.
        lossy: Name of the lossy format of its images, which the proof is not about; empty if they are as certified.
        findings: All problems, and what else is worth knowing.
    """

    folder: str
    key_id: str = ""
    signed: bool = False
    images: int = 0
    intact: int = 0
    images_checked: bool = True
    abstained: bool | None = None
    distinguishes: bool | None = None
    lossy: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the certificate follows from its own evidence and the images, if looked at, are the signed ones."""
        return self.signed and not self.problems

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings that make it fail."""
        return tuple(finding for finding in self.findings if finding.problem)

    @property
    def images_sentence(self) -> str:
        """How many images are as signed, in words; or that there were none to look at."""
        if not self.images:
            return "There is no certificate to compare anything with."
        if self.images_checked:
            return f"{self.intact:,} of {self.images:,} images are exactly as signed."
        return "Only the certificate was verified: no images were looked at."

    def __str__(self) -> str:
        """Returns the report as text for a terminal, long lists shortened."""
        return self.text(limit=_LINES_SHOWN)

    def text(self, *, limit: int | None) -> str:
        """Returns the report as text, with at most `limit` problems; None: all of them."""
        lines = [f"{'Verified' if self.ok else 'NOT verified'}: {shown(self.folder)}"]
        lines.append(self.images_sentence)
        problems = self.problems
        lines += [f"  ✗ {finding.text}" for finding in problems[:limit]]
        if limit is not None and len(problems) > limit:
            lines.append(f"  … and {len(problems) - limit:,} more; --json lists all.")
        lines += [f"  · {finding.text}" for finding in self.findings if not finding.problem]
        if self.abstained:
            lines.append("The certificate itself says that nothing could be certified at the asked confidence.")
        elif self.distinguishes is False:
            lines.append("The certificate itself says that it does not tell protected from unprotected images.")
        return "\n".join(lines)
