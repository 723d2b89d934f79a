"""Files of the trail that are almost what they should be: none approves anything, none takes an approval away unseen."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from pipeline.record.rounds.canonical import digest
from tests.approval.story import FOLDER, Story

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"
RULES = "agreements/governance/0002"


def signature(change: Callable[[bytes], bytes]) -> Callable[[Story], None]:
    """The lawyer's signature in other bytes."""
    return lambda story: story.write({f"{LEGAL}.sig": change((story.folder / f"{LEGAL}.sig").read_bytes())})


def one_governor_under_two_names(story: Story) -> None:
    story.governance(2, story.next_version("threshold: 2", "threshold: 1"), "bai-yangben")
    signed = story.folder / f"{RULES}.bai-yangben.sig"
    shutil.copy(signed, signed.with_name("0002.lan-yangben.sig"))


def governor_listed_twice(story: Story) -> None:
    listed = "governors: [bai-yangben, lan-yangben, lv-yangben]"
    text = story.next_version(listed, "governors: [bai-yangben, bai-yangben]")
    story.governance(2, text, "bai-yangben", "lan-yangben")


def accepted_statement_of_a_stranger_to_the_role(story: Story) -> None:
    story.put(FOLDER, replace(story.statement(LEGAL), person="hei-yangben"), "hei-yangben")
    made = digest((story.folder / f"{FOLDER}/legal--hei-yangben--1.json").read_bytes())
    text = story.next_version("threshold: 2", f'threshold: 2\naccepted: ["{made}"]')
    story.governance(2, text, "bai-yangben", "lan-yangben")


def number_nought(story: Story) -> None:
    story.put(FOLDER, replace(story.statement(LEGAL), number=0), "lan-yangben")


@pytest.mark.parametrize(
    ("attack", "code", "stage"),
    [
        (signature(lambda signed: signed + b"x"), "A11", "pending"),
        (signature(lambda signed: signed * 2), "A11", "pending"),
        (signature(lambda signed: signed.replace(b"\n", b"\r\n")), "A11", "pending"),
        (one_governor_under_two_names, "A21", "approved"),
        (governor_listed_twice, "A19", "approved"),
        (accepted_statement_of_a_stranger_to_the_role, "A06", "approved"),
        (number_nought, "A28", "approved"),
    ],
)
def test_it_is_told_by_its_code(story: Story, attack: Callable[[Story], None], code: str, stage: str) -> None:
    attack(story)
    story.commit()
    seen = story.trail()
    assert (seen.code, seen.codes, seen.data["stage"]) == (1, [code], stage)


def test_a_list_that_knows_the_rules_only_proves_no_continuity(story: Story) -> None:
    story.must("trail", "--save", str(story.keys / "all.txt"))
    rows = (story.keys / "all.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    for name, kept in (("rules", [row for row in rows if "governance" in row]), ("twice", rows * 2)):
        (story.keys / f"{name}.txt").write_text("".join(kept), encoding="utf-8")
    assert (
        story.trail("projects/example/agreement", "--base", str(story.keys / "rules.txt")).data["level"]
        == "L1"
    )
    assert (
        story.trail("projects/example/agreement", "--base", str(story.keys / "twice.txt")).data["level"]
        == "L2"
    )
