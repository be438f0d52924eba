"""Puts the frozen program into a Debian package: `python packaging/make_deb.py dist/pue-desktop dist`.

The program goes to /opt/pue-desktop, a link to /usr/bin; beside it a desktop entry, the icon and the types of run and
certificate files. Needs dpkg-deb, which every Debian and Ubuntu has.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pue_desktop import __version__

# What Qt asks of the system and the program does not bring; newer systems name one of them anew.
NEEDS = (
    "libegl1",
    "libgl1",
    "libglib2.0-0 | libglib2.0-0t64",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "fonts-dejavu-core | fonts-noto-core",
)
CONTROL = """Package: pue-desktop
Version: {version}
Architecture: {architecture}
Maintainer: PUE Desktop <packages@pue-desktop.invalid>
Installed-Size: {kilobytes}
Depends: libc6 (>= {libc}), {needs}
Section: graphics
Priority: optional
Description: Share images without giving away what a model could learn from them
 Changes the pixels of images a little, so that networks trained on them learn
 the change instead of the content, and says with a signed certificate and with
 attackers that really trained how well that worked. Works without a network.
"""


def main() -> int:
    """Builds the package and prints its path."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path, help="folder that PyInstaller made")
    parser.add_argument("out", type=Path, help="folder for the package")
    options = parser.parse_args()
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    package = options.out / f"pue-desktop_{__version__}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=options.out) as scratch:
        tree = Path(scratch) / "tree"
        shutil.copytree(options.program, tree / "opt/pue-desktop", symlinks=True)
        _install(ROOT / "packaging/linux/pue-desktop.desktop", tree / "usr/share/applications")
        _install(ROOT / "packaging/linux/pue-desktop.xml", tree / "usr/share/mime/packages")
        _install(ROOT / "resources/icon.svg", tree / "usr/share/icons/hicolor/scalable/apps", "pue-desktop.svg")
        _install(ROOT / "LICENSE", tree / "usr/share/doc/pue-desktop", "copyright")
        link = tree / "usr/bin/pue-desktop"
        link.parent.mkdir(parents=True)
        link.symlink_to("/opt/pue-desktop/pue-desktop")
        size = sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir())
        control = CONTROL.format(
            version=__version__,
            architecture=architecture,
            kilobytes=size // 1024,
            libc=platform.libc_ver()[1],
            needs=", ".join(NEEDS),
        )
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN/control").write_text(control, encoding="utf-8")
        for path in [tree, *tree.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        # Written under another name first: no half a package stays.
        part = Path(scratch) / package.name
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(tree), str(part)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        part.replace(package)
    print(package)
    return 0


def _install(source: Path, folder: Path, name: str | None = None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


if __name__ == "__main__":
    raise SystemExit(main())
