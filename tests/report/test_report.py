"""The PDF, drawn as users get it: in a process of its own, without a screen."""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pikepdf
import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

import sample_certificate
from pue_desktop.engine.certificate import render_pdf
from pue_desktop.engine.errors import PueError
from pue_desktop.engine.keys import raw_public
from pue_desktop.engine.manifest import parse_manifest
from pue_desktop.engine.pdf import parts
from pue_desktop.engine.verify import verify

pytestmark = pytest.mark.gui
CASES = {
    "good": {},
    "searched": {"searched": True},
    "lossy": {"lossy": True},
    "vacuous": {"unprotected": 0.17},
    "abstained": {"draws": 40},
    "hostile": {
        "classes": sample_certificate.HOSTILE * 7,
        "skipped": sample_certificate.MANY_SKIPPED,
        "stress": False,
    },
}


@pytest.fixture(scope="module")
def rendered(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("rendered")
    for name, choices in CASES.items():
        (folder / f"{name}.json").write_bytes(sample_certificate.sealed(**choices))
        render_pdf(folder / f"{name}.json", folder / f"{name}.pdf")
    return folder


def reads(tool: str, *arguments: str) -> str:
    """What poppler, a reader that is not ours, says of the PDF."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} (poppler-utils) is not installed")
    done = subprocess.run([tool, *arguments], capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    return done.stdout.decode()


def text(pdf: Path) -> str:
    return " ".join(reads("pdftotext", str(pdf), "-").split())


@pytest.mark.parametrize("name", CASES)
def test_it_has_two_to_four_a4_pages_with_title_author_and_language(rendered, name):
    facts = reads("pdfinfo", str(rendered / f"{name}.pdf"))
    assert 2 <= int(re.search(r"Pages:\s+(\d+)", facts)[1]) <= 4
    assert re.search(r"Page size:\s+59\d(\.\d+)? x 84\d(\.\d+)? pts \(A4\)", facts)
    assert re.search(r"Author:\s+Holder of the key [0-9a-f]{16}", facts)
    title = "before jpeg compression" if name == "lossy" else "learnability"
    assert title in re.search(r"Title:\s+(.+)", facts)[1].lower()
    assert "<rdf:li>en</rdf:li>" in reads("pdfinfo", "-meta", str(rendered / f"{name}.pdf"))


@pytest.mark.parametrize("name", CASES)
def test_all_fonts_are_embedded_and_map_to_text(rendered, name):
    fonts = reads("pdffonts", str(rendered / f"{name}.pdf")).splitlines()[2:]
    assert fonts
    assert all(re.search(r"\s(yes)\s+(yes|no)\s+(yes)\s+\d+", line) for line in fonts), fonts


def test_its_text_can_be_selected_and_says_what_counts(rendered):
    words = text(rendered / "good.pdf")
    for expected in (
        "Certified: less can be learned within the radius",
        "What this certificate does not cover",
        "η = 0.22",
        "with 99 % confidence",
        "No authority has examined or approved them",
        "Page 1 of 4",
        "Page 4 of 4",
        "2026-11-23",
        sample_certificate.digest("pixels"),
        "airplane",
        "guessing 10.0 %",
        "1,000 weight draws",
    ):
        assert expected in words, expected


def test_searches_near_the_network_are_told_where_they_beat_the_curve(rendered):
    said = text(rendered / "searched.pdf").replace("\u00a0", " ")
    first = " ".join(reads("pdftotext", "-l", "1", str(rendered / "searched.pdf"), "-").split()).replace("\u00a0", " ")
    above = "a search with 500 clean images found weights that get 30.0 % of 500 others right"
    assert above in first
    assert "not the best ones found by a search with clean images" in first
    assert "found above the curve" in first
    assert "2 attackers of the certified network's make" in said
    assert "1 of 2 reached no more than" in said
    assert "found above the curve" not in text(rendered / "good.pdf")


def test_page_1_says_when_nothing_is_certified(rendered):
    first = " ".join(reads("pdftotext", "-l", "1", str(rendered / "abstained.pdf"), "-").split())
    assert "No certificate" in first
    assert "Learnability report, uncertified" in first
    first = " ".join(reads("pdftotext", "-l", "1", str(rendered / "vacuous.pdf"), "-").split())
    assert "does not distinguish the protected images from unprotected ones" in first


def test_nothing_is_claimed_for_files_that_were_compressed(rendered):
    first = " ".join(reads("pdftotext", "-l", "1", str(rendered / "lossy.pdf"), "-").split()).replace("\u00a0", " ")
    assert "Certified before compression, not as exported" in first
    assert "less can be learned within the radius" not in first
    assert "Nothing is proved about the exported files, which hold other pixels." in first
    assert "31 of 255" in first
    assert "a typical file keeps 83.0 % of the protecting change" in first
    assert "All lines are about the images before compression." in first
    whole = text(rendered / "lossy.pdf")
    assert "The exported files themselves: they are JPEG and hold other pixels than the certified ones." in whole
    assert "learned from the pixels of 200 before compression" in whole


def test_the_window_shows_the_same_pages_as_images(rendered, tmp_path):
    command = [sys.executable, "-m", "pue_desktop", "report", str(rendered / "good.json"), str(tmp_path)]
    subprocess.run([*command, "--pictures", "700"], check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
    pages = sorted(tmp_path.glob("*.png"))
    assert [page.name for page in pages] == [f"page-{number}.png" for number in (1, 2, 3, 4)]
    size = ("-scale-to-x", "700", "-scale-to-y", "991")
    reads("pdftoppm", *size, "-png", str(rendered / "good.pdf"), str(tmp_path / "pdf"))
    for number, page in enumerate(pages, start=1):
        mine, theirs = Image.open(page).convert("L"), Image.open(tmp_path / f"pdf-{number}.png").convert("L")
        assert mine.size == theirs.size == (700, 991)
        # The same marks at the same places, whatever smooths their edges: more alike than any other page.
        alike = _difference(mine, theirs)
        others = [Image.open(tmp_path / f"pdf-{other}.png").convert("L") for other in (1, 2, 3, 4) if other != number]
        assert alike < 4 < 3 * alike < min(_difference(mine, other) for other in others)


def _difference(one: Image.Image, other: Image.Image) -> float:
    small = [np.asarray(image.resize((70, 99), Image.Resampling.BOX), float) for image in (one, other)]
    return float(np.abs(small[0] - small[1]).mean())


def test_an_edited_certificate_is_not_shown_as_images_either(rendered, tmp_path):
    document = json.loads((rendered / "good.json").read_bytes())
    payload = base64.b64decode(document["payload"]).replace(b'"chance":0.1', b'"chance":0.2')
    (tmp_path / "edited.json").write_text(json.dumps(document | {"payload": base64.b64encode(payload).decode()}))
    command = [sys.executable, "-m", "pue_desktop", "report", str(tmp_path / "edited.json"), str(tmp_path)]
    done = subprocess.run([*command, "--pictures", "700"], check=False, capture_output=True)
    assert done.returncode == 5
    assert not list(tmp_path.glob("*.png"))


@pytest.mark.usefixtures("qapp")  # or a lesser application is made, and stays
def test_no_grid_line_crosses_the_words_no_certificate(monkeypatch):
    from pue_desktop import report
    from pue_desktop.engine.envelope import open_bytes
    from pue_desktop.report import curve, style
    from pue_desktop.report.paper import ImagePaper
    from pue_desktop.report.sheet import Sheet

    # With these figures a grid line lies 9 % below the top of the field, where the words are.
    opened = open_bytes(sample_certificate.sealed(unprotected=0.42, stress=False))
    report._prepare()
    boxes = []
    real = Sheet.box
    monkeypatch.setattr(Sheet, "box", lambda self, *place, **how: (boxes.append(place), real(self, *place, **how)))
    lines = []
    level = curve.Axes.draw_frame
    monkeypatch.setattr(
        curve.Axes, "draw_frame", lambda self, *words: (lines.append(self.at(0, 0.5).y()), level(self, *words))
    )
    paper = ImagePaper("A4", 1190)
    sheet = Sheet(paper, footer="", pages=1)
    curve.draw_curve(sheet, opened.certificate, height=150)
    sheet.end()
    ((x, y, width, height, _colour),) = boxes
    scale = 2.0
    assert y < lines[0] / style.UNITS < y + height
    image = paper.images[0]
    row = round(lines[0] / style.UNITS * scale)
    columns = range(round((x + 2) * scale), round((x + width - 2) * scale))
    for line in (row - 1, row, row + 1):
        pixels = [image.pixelColor(column, line).lightness() for column in columns]
        # Between and inside letters it is white; a grid line is so nowhere.
        assert sum(value > 250 for value in pixels) > len(pixels) / 3


def test_names_with_markup_are_shown_as_they_are(rendered):
    words = text(rendered / "hostile.pdf")
    for expected in ("<img src=x onerror=alert(1)>", "&amp; & <b>bold</b>", "two\\nlines\\tand", "evil\\u202egnp.exe"):
        assert expected in words, expected
    assert "And 190 more files" in words
    assert "And 40 more classes" in words


def test_nothing_lies_outside_the_margins_and_no_line_on_another(rendered):
    page = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">')
    for name in CASES:
        for part in reads("pdftotext", "-bbox", str(rendered / f"{name}.pdf"), "-").split("<page ")[1:]:
            boxes = [tuple(map(float, match.groups())) for match in page.finditer(part)]
            assert boxes
            for left, top, right, bottom in boxes:
                assert left >= 55
                assert right <= 595 - 55
                assert 40 <= top < bottom <= 842 - 20
            for index, (left, top, right, bottom) in enumerate(boxes):
                for other in boxes[index + 1 :]:
                    wide = min(right, other[2]) - max(left, other[0])
                    high = min(bottom, other[3]) - max(top, other[1])
                    # Boxes of letters reach beyond the letters; lines that share more than this would be seen.
                    assert wide <= 0.5 or high <= 0.45 * (bottom - top), (name, boxes[index], other)


def test_certificate_and_manifest_are_attached_as_two_readers_say(rendered, tmp_path):
    reads("pdfdetach", "-saveall", "-o", str(tmp_path), str(rendered / "good.pdf"))
    data = (rendered / "good.json").read_bytes()
    assert (tmp_path / "certificate.json").read_bytes() == data
    with pikepdf.open(rendered / "good.pdf") as pdf:
        assert sorted(pdf.attachments) == ["certificate.json", "manifest-sha256.txt"]
        file = pdf.attachments["certificate.json"].get_file()
        assert file.read_bytes() == data
        assert file.mime_type == "application/json"
        assert file.size == len(data)
        assert file.md5 == hashlib.md5(data).digest()
    listed = parse_manifest((tmp_path / "manifest-sha256.txt").read_bytes())
    assert listed is not None
    assert listed.pop("certificate.json") == hashlib.sha256(data).hexdigest()
    assert len(listed) == 200
    assert listed["images/train/cat/7.png"] == sample_certificate.digest("images/train/cat/7.png")


def test_another_reader_finds_title_language_and_embedded_fonts(rendered):
    with pikepdf.open(rendered / "good.pdf") as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == "Certificate of learnability"
        meta = pdf.open_metadata()
        assert meta["dc:title"] == "Certificate of learnability"
        assert list(meta["dc:language"]) == ["en"]
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert fonts
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")), font
            assert "/ToUnicode" in font


def test_letter_has_the_same_pages_to_scale(rendered, tmp_path):
    render_pdf(rendered / "good.json", tmp_path / "letter.pdf", page="Letter")
    facts = reads("pdfinfo", str(tmp_path / "letter.pdf"))
    assert re.search(r"Page size:\s+612 x 792 pts \(letter\)", facts)
    # Sorted: a reader may take the cells of a table in another order at another scale.
    assert sorted(text(tmp_path / "letter.pdf").split()) == sorted(text(rendered / "good.pdf").split())
    for part in reads("pdftotext", "-bbox", str(tmp_path / "letter.pdf"), "-").split("<page ")[1:]:
        edges = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">', part)
        for left, top, right, bottom in (map(float, edge) for edge in edges):
            assert 70 < left < right < 612 - 70
            assert 36 < top < bottom < 792 - 18


def test_the_code_to_scan_holds_number_and_digest(rendered, tmp_path):
    reads(
        "pdftoppm", "-r", "600", "-l", "1", "-gray", "-singlefile", str(rendered / "good.pdf"), str(tmp_path / "page")
    )
    with Image.open(tmp_path / "page.pgm") as page:
        dark = np.asarray(page) < 128
    digest = hashlib.sha256((rendered / "good.json").read_bytes()).hexdigest()
    expected = segno.make(f"PUE Desktop certificate 4f1c09d27a3be865 sha256:{digest}", error="m", micro=False)
    modules = np.array([list(row) for row in expected.matrix], dtype=bool)
    # Its place: at the right of the foot of the page, up to 66 points wide, the last dark thing above the footer.
    scale = 600 / 72
    corner = dark[: int(790 * scale), int(472.5 * scale) : int(540 * scale)]
    rows = np.flatnonzero(corner.any(axis=1))
    top = rows[np.flatnonzero(np.diff(rows) > 1)[-1] + 1]
    columns = np.flatnonzero(corner[top : rows[-1] + 1].any(axis=0))
    left, side = columns[0], columns[-1] + 1 - columns[0]
    assert 50 * scale < side < 67 * scale
    middles = (np.arange(len(modules)) + 0.5) * side / len(modules)
    found = corner[np.ix_((top + middles).astype(int), (left + middles).astype(int))]
    assert (found == modules).all()


def test_a_signed_pdf_is_read_by_all_and_verifies_alone(rendered, tmp_path):
    key = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
    render_pdf(rendered / "good.json", tmp_path / "signed.pdf", key=key)
    assert parts((tmp_path / "signed.pdf").read_bytes()).signed(raw_public(key.public_key())) == "holds"
    assert parts((rendered / "good.pdf").read_bytes()).signed(raw_public(key.public_key())) == "missing"
    assert text(tmp_path / "signed.pdf") == text(rendered / "good.pdf")
    with pikepdf.open(tmp_path / "signed.pdf") as pdf:
        assert len(pdf.pages) == 4
        assert not pdf.get_warnings()
    about_pages = [finding for finding in verify(tmp_path / "signed.pdf").problems if finding.kind == "pdf"]
    assert not about_pages
    about_pages = [finding for finding in verify(rendered / "good.pdf").problems if finding.kind == "pdf"]
    assert "did not sign these pages" in about_pages[0].text


def test_it_is_drawn_with_vectors_not_pictures(rendered):
    assert len(reads("pdfimages", "-list", str(rendered / "good.pdf")).splitlines()) == 2


def test_an_edited_certificate_is_not_rendered(rendered, tmp_path):
    data = (rendered / "good.json").read_text()
    place = data.index('"sig": "') + 12
    (tmp_path / "edited.json").write_text(data[:place] + ("B" if data[place] == "A" else "A") + data[place + 1 :])
    with pytest.raises(PueError, match="changed after it was signed"):
        render_pdf(tmp_path / "edited.json", tmp_path / "edited.pdf")
    assert not (tmp_path / "edited.pdf").exists()


def test_drawing_needs_no_widgets_and_no_torch(rendered, tmp_path):
    script = (
        "import sys; from pathlib import Path; from pue_desktop import report\n"
        "report.main(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "assert not {'torch', 'PySide6.QtWidgets', 'pyqtgraph'} & set(sys.modules)"
    )
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-c", script, str(rendered / "good.json"), str(tmp_path / "c.pdf")],
        cwd=root,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert (tmp_path / "c.pdf").stat().st_size > 10_000
