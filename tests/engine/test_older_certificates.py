"""Certificates of every schema that was ever released must verify for ever: these exports were made then.

`schema-1` went the whole way on a few sample photographs with a handful of steps (so it tells nothing, and says so);
`schema-1-distinguishes` has invented counts and a hold-out that the program drew; `schema-2` went the whole way like
the first, with two surrogates of each kind. All are signed with keys that were thrown away. Never make them again: a
program that can't read them any more has broken somebody's certificate.
"""

from pathlib import Path

import pytest

from pue_desktop.engine.envelope import open_certificate
from pue_desktop.engine.verify import verify

STORED = Path(__file__).parents[1] / "fixtures/certificates"


@pytest.mark.parametrize(
    ("name", "images", "distinguishes", "value", "skipped"),
    [
        ("schema-1", 12, False, 1 / 3, ["train/stone/notes.txt"]),
        ("schema-1-distinguishes", 8, True, 0.25, []),
        ("schema-2", 12, False, 1 / 3, ["train/stone/notes.txt"]),
    ],
)
def test_a_certificate_of_every_schema_verifies(name, images, distinguishes, value, skipped):
    schema = int(name.split("-")[1])
    report = verify(STORED / name, public_key=STORED / f"schema-{schema}.pem")
    assert report.ok, str(report)
    assert not report.findings
    assert (report.images, report.intact, report.distinguishes) == (images, images, distinguishes)
    certificate = open_certificate(STORED / name / "certificate.json").certificate
    assert certificate.schema == schema
    assert certificate.results.protected.curve[0].value == pytest.approx(value)
    assert [file.path for file in certificate.data_set.skipped] == skipped


def test_and_one_of_schema_1_that_was_changed_does_not(tmp_path):
    import shutil

    shutil.copytree(STORED / "schema-1", tmp_path / "out")
    (tmp_path / "out/images/train/stone/02.png").unlink()
    assert [finding.kind for finding in verify(tmp_path / "out").problems] == ["missing"]
