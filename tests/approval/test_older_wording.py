"""A final that was made with an older program or template: its words are frozen, and it verifies as before."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.approval.trail.inspect import inspect, unpacked
from pipeline.approval.trail.quoted import quoted, quotes_the_same
from pipeline.kernel.document import Run
from pipeline.kernel.structs import field_names, is_fielded, replace
from pipeline.record.rounds.frozen_words import read
from tests.approval.story import ENTERPRISE, FOLDER, RECORD, SUBJECT, Story
from tests.college import ROOT, SCHEMAS, TEMPLATES

FINAL = "build/final/projects/example/agreement.docx"
WORDING = "templates/agreement-full.md"


def with_another_sentence() -> str:
    """A template that says something in another way."""
    text = (TEMPLATES / "agreement-full.md").read_text(encoding="utf-8")
    plain = (one for one in text.split("。") if len(one) > 20 and "{" not in one and "\n" not in one)
    sentence = next(plain)
    return text.replace(sentence, f"{sentence}，并应当通知对方", 1)


@pytest.fixture
def reworded(finished: Story) -> Story:
    """The final was made; since then a sentence is another."""
    finished.commit({WORDING: with_another_sentence()})
    return finished


def verified(story: Story, *options: str) -> tuple[int, dict[str, Any]]:
    code, said = story.coop("verify", FINAL, "--pin", story.pin, "--format", "json", *options)
    return code, json.loads(said)


def test_a_final_of_before_a_change_of_wording_verifies_with_a_remark(reworded: Story) -> None:
    code, told = verified(reworded)
    assert code == 0 and (told["verdict"], told["same"]) == ("genuine", "bytes")
    assert [one["code"] for one in told["findings"]] == ["A52"] and "并应当通知对方" in str(told["findings"])
    assert told["label"] == "第 1 轮已批准〔L1 有签名〕"
    said = reworded.coop("verify", FINAL, "--pin", reworded.pin)[1]
    assert "提示 A52" in said and "不能作为定稿" not in said
    seen = reworded.trail()
    assert seen.code == 0 and seen.codes == [] and "并应当通知对方" in seen.message("A52")
    before = (reworded.folder / FINAL).read_bytes()
    reworded.must("build", "--final", "example", "--pin", reworded.pin, "--to", "docx")
    assert (reworded.folder / FINAL).read_bytes() == before, (
        "the final says what was approved, as it was frozen"
    )


def test_what_was_proven_of_it_is_weighed_as_ever(reworded: Story) -> None:
    """The remark spares nothing: without a pin it is L0, and what a checkpoint held and is gone is gone."""
    base = reworded.git("rev-parse", "HEAD")
    code, told = verified(reworded, "--base", base)
    assert code == 0 and told["label"].endswith("〔L1 有签名〕"), "the checkpoint is the commit itself"
    (reworded.folder / f"{FOLDER}/legal--lan-yangben--1.json").unlink()
    reworded.commit()
    code, told = verified(reworded, "--base", base)
    assert code != 0 and "A41" in {one["code"] for one in told["findings"]}
    assert "不可信" in told["label"]


@pytest.mark.parametrize(
    ("old", "new"), [("每学年修订一次", "每学年修订两次"), ("unit_price: 480000.00", "unit_price: 480000.01")]
)
def test_a_record_that_was_changed_with_the_wording_is_no_remark(reworded: Story, old: str, new: str) -> None:
    reworded.edit(RECORD, old, new)
    code, told = verified(reworded)
    assert code == 1 and [one["code"] for one in told["findings"]] == ["A41"]


COLLEGE = "agreements/college.yaml"
ADDRESS = r"(?m)^address: (.*)$"
CHANGES = {
    "shortened": (ENTERPRISE, r"(?m)^(address: .*)..$", r"\1"),
    "lengthened": (ENTERPRISE, ADDRESS, r"address: \1二层"),
    "replaced": (ENTERPRISE, ADDRESS, "address: 样本市另一路1号"),
    "the first part alone": (ENTERPRISE, r"(?m)^address: (..).*$", r"address: \1"),
    "taken away": (ENTERPRISE, r"(?m)^address: .*\n", ""),
    "a branch, which has other words": (
        ENTERPRISE,
        r"(?m)^(address: .*)$",
        r"\1\naffiliation: {kind: branch, head: 晨光样例集团有限公司, head_code: 91149999MA99A00143}",
    ),
    "a manager of another name": (COLLEGE, r"name: 黑样本", "name: 灰样本"),
}


@pytest.mark.parametrize("how", CHANGES)
def test_nor_is_another_value_of_another_record(reworded: Story, how: str) -> None:
    """What other records say stands in the text alone, which keeps no origin."""
    file, old, new = CHANGES[how]
    text = reworded.text(file)
    changed = re.sub(old, new, text, count=1)
    assert changed != text
    reworded.commit({file: changed})
    seen = reworded.trail()
    assert (seen.codes, seen.data["stage"]) == (["A13"], "changed")
    code, said = reworded.coop("build", "--final", "example", "--pin", reworded.pin, "--to", "docx")
    assert code == 1 and "没有生成定稿" in said


def test_a_plan_whose_goals_were_gathered_elsewhere_is_held_to_them() -> None:
    """What code gathered from agreements has no origin, and counts as it is said."""
    trail = inspect(unpacked(ROOT), None, SCHEMAS, TEMPLATES, only=())
    subject = "plans/2026/intelligent-manufacturing"
    now = trail.current.composed(subject).document
    assert now is not None
    before = quoted(trail.current, subject, now.body)
    changed = replace(now.body, blocks=tuple(map(_with_other_numbers, now.body.blocks)))
    assert changed != now.body and quoted(trail.current, subject, changed) != before


def _with_other_numbers(part: Any) -> Any:
    if isinstance(part, Run):
        return replace(part, text="976") if part.text.isdigit() and not part.origin.file else part
    if isinstance(part, tuple):
        return tuple(map(_with_other_numbers, part))
    if is_fielded(part):
        return replace(
            part, **{one: _with_other_numbers(getattr(part, one)) for one in field_names(type(part))}
        )
    return part


def test_of_a_round_frozen_without_them_a_partners_sentences_must_stand_as_they_did(early: Story) -> None:
    scheme = "projects/example/scheme"
    early.must("submit", scheme)
    early.approve(scheme, "department", "hong-yangben")
    early.must("submit", SUBJECT)
    round_file = f"{FOLDER}/r1.jsonl"
    words = read((early.folder / round_file).read_bytes())
    early.commit({round_file: words.content.replace(f'"quoted":"{words.quoted}",'.encode(), b"")})
    early.approve_all(SUBJECT)
    early.commit({WORDING: with_another_sentence()})
    seen = early.trail()
    assert seen.code == 0 and "并应当通知对方" in seen.message("A52")
    text = early.text(ENTERPRISE)
    early.commit({ENTERPRISE: re.sub(*CHANGES["shortened"][1:], text, count=1)})
    assert early.trail().codes == ["A13"]


def test_nor_may_two_partners_change_places_in_one(tmp_path: Path) -> None:
    """Each address stood in the text before, and so it does now."""
    shutil.copytree(ROOT / "agreements", tmp_path / "agreements")
    subject, addresses = "projects/2026-im-001/agreement", re.compile("(?m)^address: .*$")

    def the_same() -> bool:
        trail = inspect(unpacked(tmp_path), None, SCHEMAS, TEMPLATES, only=())
        words = trail.dossiers[subject].highest
        assert words is not None and not words.quoted
        return quotes_the_same(words, trail.current.composed(subject), trail.current, subject)

    assert the_same()
    partners = [tmp_path / f"agreements/enterprises/{one}.yaml" for one in ("lizi-robot", "moban-materials")]
    one, other = (path.read_text(encoding="utf-8") for path in partners)
    mine, theirs = addresses.search(one), addresses.search(other)
    assert mine and theirs and mine[0] != theirs[0]
    partners[0].write_text(one.replace(mine[0], theirs[0]), encoding="utf-8")
    partners[1].write_text(other.replace(theirs[0], mine[0]), encoding="utf-8")
    assert not the_same()


def test_nor_is_a_rejection_that_came_after(reworded: Story) -> None:
    key = str(reworded.key("bai-yangben"))
    asked = (
        "approve",
        "projects/example/agreement",
        "--role",
        "president",
        "--as",
        "bai-yangben",
        "--key",
        key,
    )
    reworded.must(*asked, "--reject", "--comment", "不同意", "--brief")
    reworded.commit()
    code, told = verified(reworded)
    assert code == 1 and "A41" in {one["code"] for one in told["findings"]}
