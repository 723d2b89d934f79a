"""A round written by hand tells less than its own fields say, so that somebody is never asked: found where it comes in, and ever after."""

from __future__ import annotations

import json

import pytest

from pipeline.record.rounds.canonical import digest, line
from tests.approval.story import FOLDER, RECORD, SUBJECT, Story

SIGNING = "agreements/projects/example/signing.yaml"


def told_otherwise(story: Story, fact: str, value: str) -> str:
    """A second round in which a fact is another; gives its digest."""
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    path = story.folder / f"{FOLDER}/r2.jsonl"
    lines = path.read_bytes().split(b"\n")
    told = json.loads(lines[2])
    told["facts"][fact] = value
    lines[2] = line(told).removesuffix(b"\n")
    path.write_bytes(b"\n".join(lines))
    return digest(path.read_bytes())


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("amount", "money:1.00", "还要由院长批准"),
        ("department", "id:nursing", "送审文本里的事实写的是nursing"),
    ],
)
def test_what_the_fields_say_is_asked_for(story: Story, fact: str, value: str, said: str) -> None:
    words = told_otherwise(story, fact, value)
    for role, person in (("department", "hong-yangben"), ("legal", "lan-yangben")):
        if (fact, role) != ("department", "department"):
            story.approve(SUBJECT, role, person)
    base = story.git("rev-parse", "HEAD")
    day = "{signatory: 某人, signed_on: 2026-08-20, seal: 章, sealed_on: 2026-08-20}"
    story.write({SIGNING: f'parties: {{college: {day}, chenguang-cnc: {day}}}\nwords: "{words}"\n'})
    story.commit()
    code, told = story.coop("check", "--base", base, "--pin", story.pin)
    assert code == 1 and "错误 A54" in told and "错误 A14" in told and said in told
    code, told = story.coop("check", "--base", "HEAD", "--pin", story.pin)
    assert code == 1 and "A54" not in told and "错误 A14" in told, "it is told after it has come in as well"
    _, shown = story.coop("show", "example", "--today", "2026-12-01")
    assert "履行中" not in shown and "还不生效" in shown


def test_who_approves_is_told_that_the_facts_are_not_those_of_the_fields(story: Story) -> None:
    told_otherwise(story, "amount", "money:1.00")
    asked = ("approve", SUBJECT, "--role", "legal", "--key", str(story.key("lan-yangben")), "--brief")
    assert "A54" in story.coop(*asked, answer="n")[1]


def test_a_scheme_that_says_to_be_something_else_is_stopped_too(story: Story) -> None:
    """The rules ask other people for a plan than for a scheme."""
    scheme, folder = "projects/example/scheme", f"{FOLDER.removesuffix('agreement')}scheme"
    base = story.git("rev-parse", "HEAD")
    story.change(f"agreements/{scheme}.yaml", "date: 2026-03-10", "date: 2026-03-11")
    story.must("submit", scheme)
    story.commit()
    assert "A54" not in story.coop("check", "--base", base, "--pin", story.pin)[1]
    path = story.folder / folder / "r2.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"kind":"id:scheme"', b'"kind":"id:plan"'))
    story.commit()
    assert "错误 A54" in story.coop("check", "--base", base, "--pin", story.pin)[1]
