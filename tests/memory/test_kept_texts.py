"""Texts for approval as they were composed before: good as long as every record that they read says the same."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from pipeline.approval.trail.current_words import Composed, CurrentWords, NotComposedError
from pipeline.compose.composer import Composer
from pipeline.memory.database import Facts
from pipeline.memory.remembering import Remembering
from pipeline.memory.trace import COMMITTED, Tracing
from pipeline.record.register import load
from tests.college import SCHEMAS, TEMPLATES
from tests.memory.college import EDITS, laid_out


def texts(root: Path, folder: Path | None, called: str = "") -> Mapping[str, Composed | str]:
    """Every text of a college as it stands; with a folder of memory, what that remembers of it."""
    register = load(root, SCHEMAS)
    memory = Remembering(Facts(folder), b"") if folder else None
    tracing = Tracing(register, memory, called) if memory else None
    current = CurrentWords(register=register, schemas=SCHEMAS, templates=TEMPLATES, tracing=tracing)
    found: dict[str, Composed | str] = {}
    for subject in current.subjects():
        try:
            found[subject] = current.composed(subject)
        except NotComposedError as error:
            found[subject] = str(error)
    if memory:
        memory.save()
        memory.close()
    return found


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of all records that are composed from now on."""
    keys: list[str] = []
    real = Composer._compose

    def heard(self: Composer, sheet: object, key: str, day: date | None) -> object:
        keys.append(key)
        return real(self, sheet, key, day)  # type: ignore[arg-type]

    monkeypatch.setattr(Composer, "_compose", heard)
    return keys


def test_after_any_edits_a_kept_text_is_the_one_composed_anew(tmp_path: Path) -> None:
    chance = random.Random(3)
    root, memory = laid_out(tmp_path / "college", 2), tmp_path / "memory"
    for _ in range(4):
        for _ in range(chance.choice((0, 1, 3))):
            chance.choice(EDITS)(root, chance)
        assert texts(root, memory) == texts(root, None)


def test_only_what_reads_a_changed_record_is_composed_again(tmp_path: Path, composed: list[str]) -> None:
    root, memory = laid_out(tmp_path / "college", 2), tmp_path / "memory"
    texts(root, memory)
    composed.clear()
    texts(root, memory)
    assert composed == []
    path = sorted(root.glob("agreements/projects/*/agreement.yaml"))[0]
    path.write_text(path.read_text(encoding="utf-8") + "# 一行\n", encoding="utf-8")
    texts(root, memory)
    assert path.parent.name in composed
    assert all(key.partition("/")[0] == path.parent.name for key in composed)


def test_what_a_commit_holds_is_known_from_the_work_tree(tmp_path: Path, composed: list[str]) -> None:
    root, memory = laid_out(tmp_path / "college", 2), tmp_path / "memory"
    texts(root, memory)
    composed.clear()
    assert texts(root, memory, COMMITTED) == texts(root, memory)
    assert composed == []
