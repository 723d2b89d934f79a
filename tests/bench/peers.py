"""Other programs of the same trade, from their own packages, each in an environment of its own that is made here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.colleges import lay_out
from tests.bench.commands import coop, git, run
from tests.bench.rows import Row, Unmeasured
from tests.bench.timing import Took, best, once, with_children

_CHECKERS: Mapping[str, str] = {
    "yamale": "yamale>=6,<7",
    "check-jsonschema": "check-jsonschema>=0.39,<1",
    "doorstop": "doorstop>=3,<4",
    "strictdoc": "strictdoc>=0.30,<1",
}
_WRITERS: Mapping[str, str] = {"sphinx-needs": "sphinx-needs>=9,<10", "MkDocs": "mkdocs>=1.6,<2"}
"""Peers by name, with what is asked of the package registry."""

_PATIENCE = 900
"""Seconds that a peer may take to be installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A program that does such work on files laid out for it: what it is called with, and where."""

    command: Sequence[str]
    root: Path


def checking(folder: Path, count: int) -> Iterator[Row | Unmeasured]:
    """A cold check against peers that check as many files of their own kind, or the same with less demanded."""
    root = lay_out(folder / "college", count)
    ours = best({"ours": lambda: run(coop("--no-cache", "check"), root)}, 2, with_children)["ours"]
    ways = {
        "yamale": _yamale,
        "check-jsonschema": _jsonschema,
        "doorstop": _doorstop,
        "strictdoc": _strictdoc,
    }
    for name, package in _CHECKERS.items():
        what = f"{name} / check, in processes of their own"
        place = _installed(folder / f"peer-{name}", package)
        if place is None:
            yield Unmeasured(count=count, what=what, why=f"{package} could not be installed")
            continue
        peer = ways[name](place, folder / name, root, count)
        if run(peer.command, peer.root):
            yield Unmeasured(count=count, what=what, why="it does not take these files")
            continue
        theirs = once(lambda peer=peer: run(peer.command, peer.root))  # type: ignore[misc]
        yield _row(count, what, ours, theirs)


def writing(folder: Path, count: int) -> Iterator[Row | Unmeasured]:
    """`make` with one project of many changed against peers that make pages, with one of as many files changed."""
    root = lay_out(folder / "college", count)
    git(root)
    for _ in range(2):
        run(coop("make"), root)
    changed = next((root / "agreements" / "projects").glob("*/agreement.yaml"))
    ours = _changed(changed, "年", "年 ", lambda: run(coop("make"), root))
    for name, lay in {"sphinx-needs": _sphinx, "MkDocs": _mkdocs}.items():
        what = f"{name} / make, one changed"
        place = _installed(folder / f"peer-{name.lower()}", _WRITERS[name])
        if place is None:
            yield Unmeasured(count=count, what=what, why=f"{_WRITERS[name]} could not be installed")
            continue
        peer, page = lay(place, folder / name, count)
        if run(peer.command, peer.root):
            yield Unmeasured(count=count, what=what, why="it does not take these files")
            continue
        theirs = _changed(page, "text", "text more", lambda peer=peer: run(peer.command, peer.root))  # type: ignore[misc]
        yield _row(count, what, ours, theirs)


def _installed(folder: Path, package: str) -> Path | None:
    """The folder of programs of an environment with a package in it; None where it cannot be had."""
    place = folder / ("Scripts" if os.name == "nt" else "bin")
    steps = (
        (sys.executable, "-m", "venv", str(folder)),
        (str(place / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package),
    )
    try:
        for step in steps:
            subprocess.run(step, check=True, capture_output=True, timeout=_PATIENCE)
    except (OSError, subprocess.SubprocessError):
        return None
    return place


def _yamale(place: Path, folder: Path, root: Path, count: int) -> Peer:
    schema = _written(folder / "any.yaml", "any()\n")
    return Peer(command=(str(place / "yamale"), "-s", str(schema), str(root / "agreements")), root=root)


def _jsonschema(place: Path, folder: Path, root: Path, count: int) -> Peer:
    schema = _written(folder / "any.json", '{"type": "object"}')
    files = [path.relative_to(root).as_posix() for path in sorted((root / "agreements").rglob("*.yaml"))]
    command = (str(place / "check-jsonschema"), "--schemafile", str(schema), *files)
    return Peer(command=command, root=root)


def _doorstop(place: Path, folder: Path, root: Path, count: int) -> Peer:
    """A document of so many items, each of which would be one line of an agreement."""
    settings = "settings:\n  digits: 5\n  prefix: REQ\n  sep: ''\n"
    _written(folder / "req" / ".doorstop.yml", settings)
    for number in range(count):
        item = f"active: true\nderived: false\nlevel: 1.{number}\nnormative: true\ntext: |\n  text {number}\n"
        _written(folder / "req" / f"REQ{number:05}.yml", item)
    git(folder)
    return Peer(command=(str(place / "doorstop"), "--no-reformat", "--no-suspect-check"), root=folder)


def _strictdoc(place: Path, folder: Path, root: Path, count: int) -> Peer:
    """A document of one requirement for each agreement, read and checked on the way to JSON."""
    for number in range(count):
        text = f"[DOCUMENT]\nTITLE: D{number}\n\n[REQUIREMENT]\nUID: R-{number}\nTITLE: T\nSTATEMENT: text {number}\n"
        _written(folder / "docs" / f"d{number:05}.sdoc", text)
    command = (str(place / "strictdoc"), "export", "docs", "--formats=json", "--output-dir", "out")
    return Peer(command=command, root=folder)


def _sphinx(place: Path, folder: Path, count: int) -> tuple[Peer, Path]:
    _written(folder / "conf.py", 'extensions = ["sphinx_needs"]\nproject = "x"\n')
    names = [f"d{number:05}" for number in range(count)]
    for name in names:
        _written(
            folder / f"{name}.rst", f"{name}\n======\n\n.. req:: {name}\n   :id: {name.upper()}\n\n   text\n"
        )
    listed = "".join(f"   {name}\n" for name in names)
    _written(folder / "index.rst", f"Index\n=====\n\n.. toctree::\n\n{listed}")
    command = (str(place / "sphinx-build"), "-q", "-b", "html", ".", "out")
    return Peer(command=command, root=folder), folder / "d00000.rst"


def _mkdocs(place: Path, folder: Path, count: int) -> tuple[Peer, Path]:
    _written(folder / "mkdocs.yml", "site_name: x\n")
    for number in range(count):
        _written(folder / "docs" / f"d{number:05}.md", f"# D{number}\n\ntext {number}\n")
    _written(folder / "docs" / "index.md", "# Index\n\ntext\n")
    command = (str(place / "mkdocs"), "build", "--quiet", "--dirty")
    return Peer(command=command, root=folder), folder / "docs" / "d00000.md"


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _changed(path: Path, old: str, new: str, command: Callable[[], object]) -> Took:
    """What a command takes after a small change of a file."""

    def one() -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        command()

    return best({"one": one}, 2, with_children)["one"]


def _row(count: int, what: str, ours: Took, theirs: Took) -> Row:
    scale = 1000 / count
    return Row(count=count, what=what, ours=ours * scale, theirs=theirs * scale, aim=1, faster=True)
