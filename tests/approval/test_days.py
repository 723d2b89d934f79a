"""A decision dated ahead: told, and counted nowhere until its day has come somewhere on earth."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from tests.approval.story import FOLDER, SUBJECT, Story

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"


@pytest.fixture
def ahead(story: Story) -> Story:
    """The lawyer's only approval, signed by her, bears a day far ahead."""
    story.put(FOLDER, replace(story.statement(LEGAL), date="2999-01-02"), "lan-yangben")
    story.commit()
    return story


def test_an_approval_dated_ahead_is_told_and_does_not_count(ahead: Story) -> None:
    seen = ahead.trail()
    assert seen.codes == ["A53"] and "2999-01-02 还没有到" in seen.message("A53")
    assert seen.code == 1 and seen.data["missing"] == ["legal"] and not seen.data["approved"]
    assert ahead.coop("build", "--final", "example", "--pin", ahead.pin, "--to", "md")[0] == 1
    assert ahead.coop("check", "--base", "HEAD", "--pin", ahead.pin)[0] == 1


@pytest.mark.parametrize(("day", "counts"), [("2999-01-01", False), ("2999-01-02", True)])
def test_it_counts_from_its_day_on(
    ahead: Story, monkeypatch: pytest.MonkeyPatch, day: str, counts: bool
) -> None:
    monkeypatch.setattr("pipeline.cli.opened_trail.latest", lambda: date.fromisoformat(day))
    assert ahead.trail().data["approved"] is counts


def test_a_rejection_counts_whatever_day_it_bears(story: Story) -> None:
    said = replace(story.statement(LEGAL), number=2, decision="reject", date="2999-01-02", comment="不同意")
    story.put(FOLDER, said, "lan-yangben")
    story.commit()
    assert story.trail(SUBJECT).data["stage"] == "rejected"
