"""Who judges remembers nothing: gate, final documents, verify and trail never open the memory that others keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.approval import signature
from pipeline.memory.database import Facts
from tests.approval.story import FOLDER, SUBJECT, Story

JUDGING = (
    ("check", "--base", "HEAD"),
    ("check", "--base=HEAD"),
    ("build", "--final", "example"),
    ("trail", SUBJECT),
)


@pytest.fixture(autouse=True)
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory of its own, which the commands of every day have filled."""
    monkeypatch.setenv("COOP_CACHE", str(tmp_path / "memory"))


@pytest.mark.parametrize("command", JUDGING, ids=" ".join)
def test_whoever_judges_never_asks_the_memory(
    story: Story, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    story.coop("build", "--to", "md", "--pin", story.pin)
    said = story.coop(*command, "--pin", story.pin)
    asked: list[str] = []
    monkeypatch.setattr(Facts, "get", lambda self, sort, name, mark: asked.append(sort))
    monkeypatch.setattr(Facts, "put", lambda self, sort, name, mark, value: asked.append(sort))
    assert story.coop(*command, "--pin", story.pin) == said
    assert asked == []
    story.coop("check")
    assert asked  # the memory is there: a check of every day does ask it


def test_verify_never_asks_the_memory(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.must("build", "--final", "example", "--pin", story.pin)
    final = next((story.folder / "build" / "final").rglob("*.docx"))
    asked: list[str] = []
    monkeypatch.setattr(Facts, "get", lambda self, sort, name, mark: asked.append(sort))
    story.coop("verify", str(final), "--pin", story.pin)
    assert asked == []


def test_a_final_is_made_anew_whatever_lies_in_its_place(story: Story) -> None:
    def finals() -> str:
        return story.must("build", "--final", "example", "--pin", story.pin)

    told = finals()
    final = next((story.folder / "build" / "final").rglob("*.docx"))
    content = final.read_bytes()
    final.write_bytes("不是定稿".encode())
    assert finals() == told
    assert final.read_bytes() == content


def _verified(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many signatures are verified each time any are."""
    counted: list[int] = []
    verify = signature.verify

    def counting(checks: list[signature.Check]) -> list[bool]:
        counted.append(len(checks))
        return verify(checks)

    monkeypatch.setattr(signature, "verify", counting)
    return counted


def test_a_signature_that_holds_is_verified_once_and_one_that_does_not_each_time(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = _verified(monkeypatch)
    told = story.must("list", "--today", "2026-11-23")
    assert sum(counted) > 1
    counted.clear()
    assert story.must("list", "--today", "2026-11-23") == told
    assert sum(counted) == 0
    signed = next((story.folder / FOLDER).glob("legal--*.json.sig"))
    other = next((story.folder / FOLDER).glob("department--*.json"))
    other.write_bytes(other.read_bytes().replace(b"2026", b"2025", 1))
    story.commit()
    for _ in range(2):
        counted.clear()
        story.coop("list", "--today", "2026-11-23")
        assert sum(counted) <= 1  # the altered statement alone, which never holds
    assert signed.exists()
