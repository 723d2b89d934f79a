"""Several processes at once: nothing anybody decided is lost, and nothing is written over."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.approval.trail.inspect import unpacked
from pipeline.kernel.beside import file_beside
from pipeline.record.rounds.statement import read
from tests.approval.story import FOLDER, RECORD, SUBJECT, Story
from tests.college import ROOT
from tests.scanned import blank_scan


def _together(story: Story, commands: Sequence[Sequence[str]]) -> list[tuple[int, str]]:
    """Start all commands, then answer them all with yes."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "pipeline", *command],
            cwd=story.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for command in commands
    ]
    said = [process.communicate("y\n")[0] for process in started]
    return [(process.returncode, words) for process, words in zip(started, said, strict=True)]


def test_of_eight_decisions_of_one_person_at_once_none_is_lost(story: Story) -> None:
    key, scan = str(story.key("lan-yangben")), story.keys / "scan.pdf"
    scan.write_bytes(blank_scan())
    signed = ("approve", SUBJECT, "--role", "legal", "--as", "lan-yangben", "--key", key, "--brief")
    paper = ("record", SUBJECT, "蓝样本", "--scan", str(scan), "--key", str(story.key("lv-yangben")))
    commands: list[Sequence[str]] = [(*signed, "--comment", f"第 {number} 次") for number in range(4)]
    commands += [(*paper, "--comment", f"第 {number} 次") for number in range(4)]
    done = _together(story, commands)
    assert [code for code, _ in done] == [0] * 8, done
    for basis, names in (
        ("signed", [f"legal--lan-yangben--{n}" for n in range(2, 6)]),
        ("paper", [f"legal--lan-yangben--paper-{n}" for n in range(1, 5)]),
    ):
        made = [read((story.folder / FOLDER / f"{name}.json").read_bytes()) for name in names]
        assert {one.comment for one in made} == {f"第 {number} 次" for number in range(4)}
        assert {one.basis for one in made} == {basis}
        assert all((story.folder / FOLDER / f"{name}.json.sig").exists() for name in names)
    story.commit()
    assert story.trail().codes == [], "every signature holds, no number is skipped"


def test_of_several_submissions_at_once_one_is_written_and_the_others_are_told(story: Story) -> None:
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    done = _together(story, [("submit", SUBJECT)] * 3)
    assert sorted(code for code, _ in done) == [0, 2, 2]
    assert all("第 2 轮" in said for _, said in done)
    assert sorted(path.name for path in (story.folder / FOLDER).glob("r*.jsonl")) == ["r1.jsonl", "r2.jsonl"]


def test_what_somebody_is_writing_beside_us_is_no_file_yet(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = story.folder / FOLDER / "legal--lan-yangben--9.json"
    before = set(unpacked(story.folder).files)
    unfinished = file_beside(statement, b"{}")
    assert set(unpacked(story.folder).files) == before
    unfinished.rename(statement)
    read_file = Path.read_bytes

    def gone_meanwhile(path: Path) -> bytes:
        if path == statement:
            path.unlink()
        return read_file(path)

    monkeypatch.setattr(Path, "read_bytes", gone_meanwhile)
    assert set(unpacked(story.folder).files) == before
    assert not statement.exists()
