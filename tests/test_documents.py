"""The documents: their commands work as printed, their links lead somewhere, what is made from the code is current."""

import importlib.util
import re
import runpy
import shutil
from pathlib import Path
from types import ModuleType

import pytest

import guide_commands
from pue_desktop.cli_demo import sample_folder

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "guide"
FIRST = GUIDE / "first-protection.md"
DOCUMENTS = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources").glob("*.md")})
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
TRAINED, HELD_OUT = 6, 4
"""Images of each class of the sample that tests take."""


def samples(folder: Path) -> Path:
    """Copies a few of the sample images into `folder` and returns it."""
    for kind in (path for split in ("train", "test") for path in (sample_folder() / split).iterdir()):
        place = folder / kind.parent.name / kind.name
        place.mkdir(parents=True)
        for image in sorted(kind.iterdir())[: TRAINED if kind.parent.name == "train" else HELD_OUT]:
            shutil.copy(image, place)
    return folder


# The guide ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone as a reader has it after the first page."""
    place = tmp_path_factory.mktemp("clone")
    samples(place / "resources" / "sample")
    (place / "examples").symlink_to(ROOT / "examples")
    with pytest.MonkeyPatch.context() as patch:
        _enter(place, patch)
        guide_commands.follow(FIRST)
    return place


def _enter(place: Path, patch: pytest.MonkeyPatch) -> None:
    patch.chdir(place)
    patch.setenv("PUE_DESKTOP_CONFIG_DIR", str(place / "config"))


@pytest.mark.parametrize("page", [page.name for page in sorted(GUIDE.glob("*.md")) if page != FIRST])
def test_commands_of_the_guide_work_as_printed(workplace: Path, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _enter(workplace, monkeypatch)
    guide_commands.follow(GUIDE / page)


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ("$ pue-desktop frobnicate\n", "exit code 2"),
        ("$ echo found 17 images\nlost 3 images\n", "found 17"),
        ("$ echo one; echo two\none\n", "two"),
        ("$ false\n$ echo $?\n0\n", "it is 1"),
    ],
)
def test_a_block_that_is_not_true_is_noticed(
    tmp_path: Path, block: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n\n```console\n{block}```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=re.escape(problem)):
        guide_commands.follow(page)


def test_numbers_and_left_out_lines_may_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text("```console\n$ printf 'a  1\\nb\\nc\\n'\na 1,234\n…\nc\n```\n", encoding="utf-8")
    guide_commands.follow(page)


def test_every_page_of_the_guide_is_reached_from_its_first() -> None:
    linked = {target for _, target in links((GUIDE / "index.md").read_text(encoding="utf-8"))}
    assert {page.name for page in GUIDE.glob("*.md")} - {"index.md"} <= linked


def test_the_guide_links_to_nothing_else() -> None:
    """Inside the program there are its pages and the screenshots only."""
    for page in GUIDE.glob("*.md"):
        for _, target in links(page.read_text(encoding="utf-8")):
            place = (GUIDE / (target.partition("#")[0] or page.name)).resolve()
            assert place.parent in (GUIDE, ROOT / "docs" / "screenshots"), f"{page.name}: {target}"


def test_the_guide_needs_no_html() -> None:
    """It is shown inside the program as well, where only plain Markdown works."""
    for page in GUIDE.glob("*.md"):
        text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"<[a-zA-Z/!]", text), page


def test_messages_that_the_guide_explains_are_said() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "pue_desktop").rglob("*.py"))
    rows = re.findall(r"^\| (.*?) \|", (GUIDE / "troubleshooting.md").read_text(encoding="utf-8"), re.MULTILINE)
    parts = [part.strip() for row in rows for message in re.findall(r"\*(.+?)\*", row) for part in message.split("…")]
    assert len(parts) > 20
    assert [part for part in parts if part not in said] == []


# Links --------------------------------------------------------------------------------------------------------------


def links(text: str) -> list[tuple[str, str]]:
    """Words and target of every relative link or image of a Markdown text, code left out."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
    found = re.findall(r"\[([^\]]*)\]\(([^)\s]+)\)", text)
    return [(words, target) for words, target in found if "://" not in target and not target.startswith("mailto:")]


def anchors(text: str) -> set[str]:
    """What links may call a text's headings."""
    return {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_and_images_are_there(document: Path) -> None:
    for words, target in links(document.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        place = (document.parent / name) if name else document
        assert place.exists(), f"[{words}]({target})"
        if anchor:
            assert anchor in anchors(place.read_text(encoding="utf-8")), f"[{words}]({target})"


def test_a_missing_link_is_found() -> None:
    assert links("See [a](b.md) and `[c](d.md)`, ![e](f.png), [g](https://h).") == [("a", "b.md"), ("e", "f.png")]
    assert "for-the-owner" in anchors("# The certificate\n\n## For the owner\n")


# What is made from the code -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def make_api() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_api", ROOT / "docs" / "make_api.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_api_reference_is_current(make_api: ModuleType) -> None:
    assert (ROOT / "docs/api.md").read_text(encoding="utf-8") == make_api.reference(), "run make api"


def test_the_api_reference_tells_signatures_and_limits(make_api: ModuleType) -> None:
    text = make_api.reference()
    assert "accuracy_draws(\n    model: nn.Module,\n    images: Tensor," in text
    assert "changed(config: Any, **values: object) -> Any" in text
    assert "| `q` | float | `0.9` | more than 0, less than 1 | Quantile q." in text


# Examples -----------------------------------------------------------------------------------------------------------


def example(name: str) -> dict[str, object]:
    return runpy.run_path(str(ROOT / "examples" / name))


def test_every_example_is_tested() -> None:
    tested = Path(__file__).read_text(encoding="utf-8")
    assert all(f'"{path.name}"' in tested for path in EXAMPLES)


def test_the_example_certifies_a_network(capsys: pytest.CaptureFixture[str]) -> None:
    example("certify_own_network.py")["main"]()  # type: ignore[operator]
    lines = capsys.readouterr().out.splitlines()
    values = [float(line.split()[-1].rstrip("%")) for line in lines[:3]]
    # The network learned its stripes, the noise costs it something, and a larger radius never lowers the bound.
    assert 60 < values[0] <= values[1] <= values[2] < 100
    assert "1,701 draws are needed" in lines[3]


def test_the_examples_protect_a_folder_and_check_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photos, run, out = samples(tmp_path / "photos"), tmp_path / "run", tmp_path / "out"
    with guide_commands.tiny():
        example("protect_folder.py")["main"](photos, run, out)  # type: ignore[operator]
    assert "distinguish" in capsys.readouterr().out
    assert len(list((out / "images").rglob("*.png"))) == 4 * TRAINED
    check = example("check_certificate.py")["main"]
    assert check(out)  # type: ignore[operator]
    said = capsys.readouterr().out
    assert "as computed here" in said
    assert "BUT" not in said
    next((out / "images").rglob("*.png")).write_bytes(b"")
    assert not check(out)  # type: ignore[operator]
