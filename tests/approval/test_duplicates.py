"""The same decision filed a thousand times: told, counted once, and the work grows with the files, not their square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from msgspec.structs import replace

from pipeline.approval.trail.inspect import inspect, unpacked
from pipeline.record.rounds.decision import decide
from tests.approval.story import FOLDER, SUBJECT, Story, copies
from tests.college import SCHEMAS, TEMPLATES

FIRST = f"{FOLDER}/legal--lan-yangben--1.json"


def copied(story: Story, number: int) -> None:
    """A signed approval again under the next number."""
    for ending in ("", ".sig"):
        content = (story.folder / f"{FIRST}{ending}").read_bytes()
        story.write({f"{FOLDER}/legal--lan-yangben--{number + 1}.json{ending}": content})


def spoilt(story: Story, number: int) -> None:
    """A statement that cannot be read, a signature of hers beside it."""
    name = f"{FOLDER}/legal--lan-yangben--{number + 1}.json"
    story.write({name: b"{", f"{name}.sig": (story.folder / f"{FIRST}.sig").read_bytes()})


def unsigned(story: Story, number: int) -> None:
    """A statement that says it is signed and is not."""
    story.put(FOLDER, replace(story.statement(FIRST), number=number + 1, comment="x"), None)


def claimed(story: Story, number: int) -> None:
    """A claim in the name of somebody who has a key."""
    story.put(FOLDER, replace(story.statement(FIRST), number=number, basis="claimed"), None)


def submitted(story: Story, number: int) -> None:
    """The frozen words again as another round."""
    content = (story.folder / f"{FOLDER}/r1.jsonl").read_bytes()
    story.write({f"{FOLDER}/r{number + 1}.jsonl": content})


def carried(story: Story, number: int) -> None:
    """The statement laid beside another subject."""
    folder = FOLDER.replace("example", f"example{number}")
    story.write({f"{folder}/{Path(FIRST).name}": (story.folder / FIRST).read_bytes()})


def calls(story: Story) -> int:
    """How many functions of ours are called to weigh the trail as it lies there."""
    count = 0

    def seen(frame: FrameType, event: str, given: object) -> None:
        nonlocal count
        count += event == "call" and "/pipeline/" in frame.f_code.co_filename

    shot = unpacked(story.folder)
    sys.setprofile(seen)
    try:
        inspect(shot, None, SCHEMAS, TEMPLATES, pin=story.pin, only=())
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("again", [copied, spoilt, unsigned, claimed, submitted, carried])
def test_duplicates_cost_what_they_are_and_no_more(
    approved: Story, tmp_path: Path, again: Callable[[Story, int], None]
) -> None:
    """What lies in the folder is weighed, committed or not."""
    story, counted = next(copies(approved, tmp_path)), []
    for before, many in ((0, 30), (30, 60), (60, 120)):
        for number in range(before + 1, many + 1):
            again(story, number)
        counted.append(calls(story))
    first, second = counted[1] - counted[0], counted[2] - counted[1]
    assert first > 0 and second <= first * 2.2, f"twice as many files took {counted} calls"


def test_a_decision_filed_many_times_counts_once(approved: Story, tmp_path: Path) -> None:
    story = next(copies(approved, tmp_path))
    for number in range(1, 31):
        copied(story, number)
    trail = inspect(unpacked(story.folder), None, SCHEMAS, TEMPLATES, pin=story.pin, only=())
    assert trail.chain.current is not None
    decision = decide(trail.dossiers[SUBJECT], trail.chain.current.rules, pinned=True)
    assert decision.complete and len(trail.dossiers[SUBJECT].votes) == 3
    told = [found.code for found in trail.dossiers[SUBJECT].findings]
    assert told == ["A02"] * 30
