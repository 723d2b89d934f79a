"""A small college to be edited at random, and the two ways to look at it."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from pipeline.check.run import Report, check
from pipeline.memory.database import Facts
from pipeline.memory.remembering import Remembering
from pipeline.memory.trace import Tracing
from tests.college import ROOT, SCHEMAS

KEPT = 4
"""Projects of the sample that the small college has."""


def laid_out(root: Path, projects: int = KEPT) -> Path:
    """A part of the sample college."""
    shutil.copytree(ROOT / "agreements", root / "agreements")
    for folder in sorted((root / "agreements" / "projects").iterdir())[:-projects]:
        shutil.rmtree(folder)
    return root


def cold(root: Path, today: date) -> Report:
    """Everything worked out."""
    return check(root, SCHEMAS, today)


def warm(root: Path, today: date, folder: Path, program: bytes = b"") -> Report:
    """With the memory in a folder, as a command opens and leaves it."""
    memory = Remembering(Facts(folder), program)
    report = check(root, SCHEMAS, today, memory, partial(Tracing, recall=memory))
    memory.save()
    memory.close()
    return report


def _files(root: Path) -> list[Path]:
    return sorted((root / "agreements").rglob("*.yaml"))


def _line(root: Path, chance: random.Random, change: Callable[[str], str]) -> None:
    path = chance.choice(_files(root))
    lines = path.read_text(encoding="utf-8").split("\n")
    number = chance.randrange(len(lines))
    lines[number] = change(lines[number])
    path.write_text("\n".join(lines), encoding="utf-8")


def _blank(root: Path, chance: random.Random) -> None:
    _line(root, chance, lambda line: "")


def _misspell(root: Path, chance: random.Random) -> None:
    _line(root, chance, lambda line: line.replace("a", "b", 1))


def _count(root: Path, chance: random.Random) -> None:
    _line(
        root,
        chance,
        lambda line: re.sub(r"[0-9]", lambda found: str((int(found[0]) + 1) % 10), line, count=1),
    )


def _break(root: Path, chance: random.Random) -> None:
    _line(root, chance, lambda line: line + ": [")


def _push_down(root: Path, chance: random.Random) -> None:
    path = chance.choice(_files(root))
    path.write_text("# 挪了一行\n" + path.read_text(encoding="utf-8"), encoding="utf-8")


def _delete(root: Path, chance: random.Random) -> None:
    chance.choice(_files(root)).unlink()


def _rename(root: Path, chance: random.Random) -> None:
    path = chance.choice(_files(root))
    path.rename(path.with_name(f"{path.stem}-x.yaml"))


def _move_project(root: Path, chance: random.Random) -> None:
    projects = sorted((root / "agreements" / "projects").iterdir())
    if projects:
        folder = chance.choice(projects)
        if not folder.with_name(f"{folder.name}-m").exists():
            folder.rename(folder.with_name(f"{folder.name}-m"))


def _twin(root: Path, chance: random.Random) -> None:
    """The same bytes in another folder."""
    projects = sorted((root / "agreements" / "projects").iterdir())
    if projects:
        folder = chance.choice(projects)
        target = folder.with_name(f"twin-{chance.randrange(3)}")
        if target != folder:
            shutil.copytree(folder, target, dirs_exist_ok=True)


def _rule(root: Path, chance: random.Random) -> None:
    """One line less, or another day or name, in the rules of approval."""
    versions = sorted((root / "agreements" / "governance").glob("*.yaml"))
    if versions:
        path = chance.choice(versions)
        lines = path.read_text(encoding="utf-8").split("\n")
        number = chance.randrange(len(lines))
        lines[number] = chance.choice(("", lines[number].replace("2025", "2026"), f"{lines[number]} x"))
        path.write_text("\n".join(lines), encoding="utf-8")


def _since(root: Path, chance: random.Random) -> None:
    """The rules begin on another day."""
    path = root / "agreements" / "governance" / "0001.yaml"
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        day = f"since: {chance.choice((2024, 2025, 2026))}-0{chance.randrange(1, 10)}-01"
        path.write_text(re.sub(r"(?m)^since: .*$", day, text), encoding="utf-8")


def _ungoverned(root: Path, chance: random.Random) -> None:
    """No rules at all, or the rules again as they were."""
    folder = root / "agreements" / "governance"
    if folder.exists():
        shutil.rmtree(folder)
    else:
        shutil.copytree(ROOT / "agreements" / "governance", folder)


def _trail(root: Path) -> list[Path]:
    return sorted(path for path in (root / "agreements" / "approvals").rglob("*") if path.is_file())


def _withdraw(root: Path, chance: random.Random) -> None:
    """An approval, a signature or a round is gone."""
    if found := _trail(root):
        chance.choice(found).unlink()


def _forge(root: Path, chance: random.Random) -> None:
    """Another digit in an approval or a round."""
    if found := _trail(root):
        path = chance.choice(found)
        text = path.read_bytes()
        spot = chance.randrange(len(text))
        path.write_bytes(text[:spot] + b"7" + text[spot + 1 :])


def _approve(root: Path, chance: random.Random) -> None:
    """What the sample has of the trail lies there again."""
    for folder in ("approvals", "governance"):
        shutil.copytree(ROOT / "agreements" / folder, root / "agreements" / folder, dirs_exist_ok=True)


TRAIL_EDITS = (_rule, _since, _since, _ungoverned, _withdraw, _withdraw, _forge, _approve, _approve)
"""What may happen to the trail."""


EDITS = (
    _blank,
    _blank,
    _misspell,
    _misspell,
    _count,
    _count,
    _break,
    _push_down,
    _delete,
    _rename,
    _move_project,
    _twin,
    _since,
    _ungoverned,
    _withdraw,
    _forge,
)
"""What may happen to a college."""


def same(one: Report, other: Report) -> None:
    """Two reports say the same, and hold the same records."""
    assert one.findings == other.findings
    assert one.register.findings == other.register.findings
    assert one.register.entries.keys() == other.register.entries.keys()
    for name, entry in one.register.entries.items():
        twin = other.register.entries[name]
        assert (repr(entry.record), entry.broken, entry.source.text) == (
            repr(twin.record),
            twin.broken,
            twin.source.text,
        )
        assert entry.source.data == twin.source.data
