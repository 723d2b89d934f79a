"""The papers of what was approved, made again with the memory: after whatever is done they are those made anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.approval.story import APPROVERS, ENTERPRISE, RECORD, SUBJECT, Story
from tests.college import COLLEGE


@pytest.fixture(autouse=True)
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory of its own."""
    monkeypatch.setenv("COOP_CACHE", str(tmp_path / "memory"))


def _papers(folder: Path) -> dict[str, bytes]:
    papers = (path for path in (folder / "projects").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in papers}


def _built(story: Story) -> dict[str, bytes]:
    """The papers of a build as people call it; they are those that a build without the memory makes."""
    story.coop("build", "--pin", story.pin)
    warm, anew = _papers(story.folder / "build"), story.folder / "build" / "anew"
    story.coop("--no-cache", "build", "--pin", story.pin, "-o", str(anew))
    assert warm == _papers(anew)
    shutil.rmtree(anew)
    return warm


def _text(papers: dict[str, bytes], name: str = "agreement") -> str:
    return papers[f"projects/example/{name}.md"].decode()


def test_whatever_is_changed_after_an_approval_stands_in_the_papers_next_time(story: Story) -> None:
    first = _built(story)
    assert "草稿" not in _text(first) and _built(story) == first
    for words in ("先改一次，", "再改一次，"):
        text = story.text(RECORD)
        line = next(one for one in text.splitlines() if one.startswith("purpose: "))
        story.write({RECORD: text.replace(line, f"purpose: {words}{line.partition(': ')[2]}", 1)})
        assert words in _text(_built(story))
    for name in (ENTERPRISE, COLLEGE):
        line = next(one for one in story.text(name).splitlines() if one.startswith("name:"))
        story.change(name, f"{line}\n", f"{line}（新）\n")
        assert "（新）" in _text(_built(story))


def test_a_form_tells_what_has_been_decided_since(story: Story) -> None:
    forms = [_text(_built(story), "approval-form")]
    story.change(RECORD, "不少于 180 名", "不少于 181 名")
    story.must("submit", SUBJECT)
    story.commit(message="第二轮")
    forms.append(_text(_built(story), "approval-form"))
    for role, person in APPROVERS.items():
        story.approve(SUBJECT, role, person)
        story.commit(message=f"{role} 批准")
        forms.append(_text(_built(story), "approval-form"))
    assert len(set(forms)) == len(forms)
