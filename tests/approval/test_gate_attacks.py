"""Ways past the gate, tried by readers of its code: each is told with its codes, and approves nothing.

A pull request (or a push) does something to the approved college; what the gate must say stands beside it. Where
the trail of the agreement must change its answer, that is asked as well.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from pipeline.cli.gate import gate
from pipeline.cli.location import Here
from pipeline.kernel.finding import Severity
from pipeline.record.rounds.statement import dump
from tests.approval.story import FOLDER, OTHER_FOLDER, RECORD, SUBJECT, Story

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"
RULES = "agreements/governance/0001.yaml"
NEXT = "agreements/governance/0002.yaml"


@dataclass(frozen=True, slots=True)
class Attack:
    """What is done, what the gate says to it, and whether the agreement still counts as approved."""

    do: Callable[[Story], object]
    codes: set[str]
    approved: bool = False
    told: str = ""


def rewritten(story: Story, name: str, old: bytes, new: bytes) -> None:
    path = story.folder / name
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


def moved(story: Story, name: str, target: str) -> None:
    (story.folder / target).parent.mkdir(parents=True, exist_ok=True)
    (story.folder / name).rename(story.folder / target)


def linked(story: Story, name: str, target: str) -> None:
    path = story.folder / name
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(target)


def widened(story: Story, *signers: str) -> None:
    """Black may be the lawyer too, and approves in the same change."""
    text = story.next_version("黑样本, roles: [department]", "黑样本, roles: [department, legal]")
    story.governance(2, text, *signers)
    for end in ("", ".sig"):
        (story.folder / f"{LEGAL}{end}").unlink()
    made = replace(story.statement(f"{FOLDER}/department--hong-yangben--1.json"), role="legal")
    story.put(FOLDER, replace(made, person="hei-yangben"), "hei-yangben")


def own_rules(story: Story, version: int) -> None:
    """Rules of the attacker's own under a number before the first."""
    text = story.text(RULES).replace("version: 1", f"version: {version}")
    text = text.replace("threshold: 2", "threshold: 1").replace(
        "[bai-yangben, lan-yangben, ", "[hei-yangben, "
    )
    story.write({"agreements/governance/0000.yaml": text})


def words_and_all(story: Story) -> None:
    """The amount is lowered in the record, in the frozen words and in every statement that names their digest."""
    before = story.statement(LEGAL).words
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    rewritten(story, f"{FOLDER}/r1.jsonl", "每学年修订一次".encode(), "每学年修订两次".encode())
    from pipeline.record.rounds.canonical import digest

    after = digest((story.folder / f"{FOLDER}/r1.jsonl").read_bytes())
    for path in (story.folder / FOLDER).glob("*.json"):
        path.write_bytes(path.read_bytes().replace(before.encode(), after.encode()))


def other_round(story: Story, *, head: bool) -> None:
    """The other agreement's approved round under this one's name, with its heading rewritten or as it is."""
    shutil.copy(story.folder / f"{OTHER_FOLDER}/r1.jsonl", story.folder / f"{FOLDER}/r2.jsonl")
    if head:
        rewritten(story, f"{FOLDER}/r2.jsonl", b"projects/second/agreement", b"projects/example/agreement")
        rewritten(story, f"{FOLDER}/r2.jsonl", b'"round":1', b'"round":2')


def other_decisions(story: Story) -> None:
    """The decisions on the other agreement, put in the place of those on this one."""
    for path in (story.folder / OTHER_FOLDER).glob("*--*"):
        shutil.copy(path, story.folder / FOLDER / path.name)


def claimed(story: Story) -> None:
    """Somebody without any key writes for the lawyer, whose signed approval is taken out of the way."""
    made = story.statement(LEGAL)
    for end in ("", ".sig"):
        (story.folder / f"{LEGAL}{end}").unlink()
    story.write({f"{FOLDER}/legal--lan-yangben--claim-1.json": dump(replace(made, basis="claimed"))})


def other_name(story: Story, name: str) -> None:
    shutil.copy(story.folder / LEGAL, story.folder / FOLDER / name)


ATTACKS = {
    "rules that cannot be read, before the first": Attack(
        lambda story: story.write({"agreements/governance/0000.yaml": "x: y\n"}), {"S01", "S03"}, True
    ),
    "rules of one's own under number 0": Attack(lambda story: own_rules(story, 0), {"S07"}, True),
    "version 1 under number 0": Attack(lambda story: own_rules(story, 1), {"A19"}, True),
    "the rules with a key twice": Attack(
        lambda story: story.write({RULES: f"{story.text(RULES)}threshold: 1\n"}), {"A17", "A23", "Y04"}
    ),
    "the rules with other line ends": Attack(
        lambda story: rewritten(story, RULES, b"\n", b"\r\n"), {"A17", "A23"}
    ),
    "a later beginning of the rules, signed by nobody": Attack(
        lambda story: story.governance(2, f"{story.next_version()}since: 2030-01-01\n"), {"A21"}, True
    ),
    "lower levels, signed by one of two": Attack(
        lambda story: story.governance(2, story.next_version("threshold: 2", "threshold: 1"), "lv-yangben"),
        {"A21"}, True,
    ),
    "a role widened in the change that uses it": Attack(
        lambda story: widened(story, "hei-yangben", "lv-yangben"), {"A17", "A21", "A06"}
    ),
    "the next rules with a tag that makes values": Attack(
        lambda story: story.governance(
            2, f"{story.next_version()}keepers: !!python/tuple [hei-yangben]\n", "bai-yangben", "lv-yangben"
        ),
        {"Y05"}, True,
    ),
    "all decisions behind a link to the other agreement's": Attack(
        lambda story: linked(story, FOLDER, "../second/agreement"), {"A17", "A25"}
    ),
    "a signature behind a link": Attack(
        lambda story: linked(story, f"{LEGAL}.sig", "department--hong-yangben--1.json.sig"),
        {"A10", "A17", "A25"},
    ),
    "the other agreement's round": Attack(lambda story: other_round(story, head=False), {"A12"}),
    "the other agreement's round with its heading rewritten": Attack(
        lambda story: other_round(story, head=True), {"A30"}
    ),
    "the other agreement's decisions": Attack(other_decisions, {"A02", "A17"}),
    "words, digests and record changed together": Attack(words_and_all, {"A11", "A17"}),
    "a decision under another person's name": Attack(
        lambda story: moved(story, LEGAL, f"{FOLDER}/legal--hei-yangben--1.json"), {"A02", "A17", "A28"}
    ),
    "a decision with a full-width number": Attack(
        lambda story: other_name(story, "legal--lan-yangben--２.json"), {"A28"}, True
    ),
    "a decision with a Cyrillic letter in its name": Attack(
        lambda story: other_name(story, "lеgal--lan-yangben--2.json"), {"A28"}, True
    ),
    "a round with a blank after its name": Attack(
        lambda story: other_name(story, "r2.jsonl "), {"A28"}, True
    ),
    "a twin of the whole folder that differs in case": Attack(
        lambda story: story.write({FOLDER.replace("approvals", "Approvals") + "/r1.jsonl": "x\n"}),
        {"A26"}, True,
    ),
    "attributes deep in the folder that hide it from archives": Attack(
        lambda story: story.write({f"{FOLDER}/.gitattributes": "*.sig export-ignore\n"}),
        {"A27", "A28"}, True,
    ),
    "attributes by a macro": Attack(
        lambda story: story.write({".gitattributes": "[attr]quiet -diff export-ignore\nagreements/approvals/** quiet\n"}),
        {"A27", "A48"}, True,
    ),
    "a claim in the place of a signature": Attack(claimed, {"A17", "A45"}),
    "the record behind a link": Attack(
        lambda story: linked(story, RECORD, "../second/agreement.yaml"), {"A25"}
    ),
    "a program beside the program": Attack(
        lambda story: story.write({"yaml.py": "x = 1\n"}), {"A48"}, True
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_each_is_told(story: Story, name: str) -> None:
    attack = ATTACKS[name]
    base = story.git("rev-parse", "HEAD")
    attack.do(story)
    story.commit()
    found = gate(Here(root=story.folder), base, story.pin, push=False)
    weighty = {one.code for one in found if one.severity in (Severity.ERROR, Severity.WARNING)}
    assert attack.codes <= weighty, weighty
    errors = any(one.severity is Severity.ERROR for one in found)
    assert errors or attack.codes in ({"A48"}, {"A30"}), f"only {weighty}"
    if not attack.approved:
        assert not story.trail(SUBJECT, "--base", base).data["approved"]
