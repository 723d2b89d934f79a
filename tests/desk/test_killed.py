"""The desk is killed at any instant of keeping and saving: nothing typed is lost, and no file is half written."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.desk.actions import ACTIONS
from pipeline.desk.saving import saved
from pipeline.record.change import digest
from tests.college import AGREEMENT, SmallCollege, college
from tests.desk.serving import desk

TYPED = "改过的名称"
INSTANTS = 50
_TOUCHES = {"open", "os.rename", "os.remove", "os.chmod", "os.mkdir", "os.link"}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only where a process can be forked")


def _events(root: Path, act: Any, how: str, die_at: int = 0) -> tuple[int, list[str]]:
    """Let a child do something and die at an event; gives how many it lived to see, and what it told.

    Events are its touches of the college's files, or all calls of functions.
    """
    said, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(said)
        seen = 0

        def count() -> None:
            nonlocal seen
            seen += 1
            if seen == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

        def touched(event: str, arguments: tuple[Any, ...]) -> None:
            if event in _TOUCHES and any(str(one).startswith(str(root)) for one in arguments[:2]):
                count()

        if how == "files":
            sys.addaudithook(touched)
        else:
            sys.setprofile(lambda *_: count())
        act(lambda word: os.write(told, f"{word}\n".encode()))
        os.write(told, f"{seen}\n".encode())
        os._exit(0)
    os.close(told)
    with os.fdopen(said) as words:
        lines = words.read().split()
    os.waitpid(child, 0)
    return (int(lines[-1]) if lines and lines[-1].isdigit() else 0), lines


def _instants(count: int) -> Iterator[int]:
    """At most so many of all events, the first and the last among them."""
    yield from sorted({1 + step * (count - 1) // (INSTANTS - 1) for step in range(INSTANTS)})


@pytest.mark.parametrize("how", ["files", "calls"])
def test_whatever_instant_the_desk_is_killed_at_the_words_are_there(tmp_path: Path, how: str) -> None:
    home: SmallCollege = college(tmp_path / "college")
    before = (home.root / AGREEMENT).read_bytes()
    form: dict[str, Any] = {}

    def act(tell: Any) -> None:
        one = desk(home.root)
        one.drafts.keep(AGREEMENT, before, form)
        tell("kept")
        saved(one, AGREEMENT, form, digest(before))
        tell("saved")

    one = desk(home.root)
    form |= ACTIONS["form"](one, {"file": AGREEMENT})["form"] | {"title": TYPED}
    count, lines = _events(home.root, act, how)
    after = (home.root / AGREEMENT).read_bytes()
    assert lines[:2] == ["kept", "saved"] and TYPED in after.decode() and count > 5
    findings = home.check().findings
    for instant in _instants(count):
        (home.root / AGREEMENT).write_bytes(before)
        one.drafts.drop(AGREEMENT)
        _, lines = _events(home.root, act, how, die_at=instant)
        there = (home.root / AGREEMENT).read_bytes()
        assert there in (before, after), f"half written at {instant}"
        draft = desk(home.root).drafts.of(AGREEMENT)
        if "kept" in lines:
            assert there == after or (draft is not None and draft[1]["title"] == TYPED), instant
        assert home.check().findings in ((), findings), f"what is left of {instant} is in the way"
        assert list(desk(home.root).drafts.files()) in ([], [AGREEMENT])
