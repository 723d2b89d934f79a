"""Amendments: approved as what they change demands, bound to the agreement they were written for."""

from __future__ import annotations

import shutil

from tests.approval.story import RECORD, Story

AMENDMENT = "projects/example/amendments/01"
FILE = f"agreements/{AMENDMENT}.yaml"
TEXT = """\
kind: amendment
number: 样校合〔2026〕1号补1
title: 补充协议
reason: 双方同意变更。
changes:
  - {{field: {field}, was: 原约定。, now: 现约定。}}
unchanged: 其余条款继续有效。
"""


def written(story: Story, field: str, *, amount: str = "90000000.00") -> list[str]:
    """Governance in which a large amount and long terms need the president; the roles an amendment then needs."""
    rules = "agreements/governance/0001.yaml"
    text = story.text(rules).replace("kinds: [agreement]", "kinds: [agreement, amendment]")
    text = text.replace("amount_from: 1500000.00", f"amount_from: {amount}")
    (story.keys / "pinned").write_text(text, encoding="utf-8")
    story.write({rules: text, FILE: TEXT.format(field=field)})
    story.must("submit", AMENDMENT, "--drafter", "hei-yangben")
    story.commit()
    return [str(role["role"]) for role in story.trail(AMENDMENT).data["roles"]]


def test_an_amendment_of_the_amounts_needs_whoever_a_large_amount_needs(story: Story) -> None:
    """A small agreement that is made large afterwards must not pass the president by."""
    assert written(story, "inputs.equipment") == ["department", "legal", "president"]


def test_an_amendment_of_something_else_needs_what_its_agreement_needs(story: Story) -> None:
    assert written(story, "safety") == ["department", "legal"]


def test_an_amendment_of_no_known_field_is_not_submitted(story: Story) -> None:
    story.write({FILE: TEXT.format(field="price")})
    code, said = story.coop("submit", AMENDMENT, "--drafter", "hei-yangben")
    assert code == 1 and "G11" in said


def test_all_that_keeps_an_amendment_from_being_submitted_is_told_at_once(story: Story) -> None:
    """One after the other, it took as many attempts."""
    text = TEXT.format(field="safety").replace("number: 样校合〔2026〕1号补1", "stage: draft")
    story.write({FILE: text})
    code, said = story.coop("submit", AMENDMENT)
    assert code == 2 and all(
        word in said for word in ("--drafter", "起草阶段", "number: 样校合〔2026〕1号补1")
    )


def test_an_approved_amendment_of_an_agreement_that_was_changed_is_no_longer_what_was_approved(
    story: Story,
) -> None:
    written(story, "safety")
    for role, person in {"department": "hong-yangben", "legal": "lan-yangben"}.items():
        story.approve(AMENDMENT, role, person)
    story.commit()
    assert story.trail(AMENDMENT).data["approved"]
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    seen = story.trail(AMENDMENT)
    assert seen.data["stage"] == "changed" and "A13" in seen.codes
    assert any(one.startswith("事实“所变更协议的内容") for one in seen.data["differences"])


def test_an_amendment_carried_to_another_agreement_takes_no_approval_along(story: Story) -> None:
    written(story, "safety")
    for name in ("amendments", "approvals"):
        source = FILE.rpartition("/")[0] if name == "amendments" else f"agreements/approvals/{AMENDMENT}"
        shutil.copytree(story.folder / source, story.folder / source.replace("example", "second"))
    story.commit()
    seen = story.trail("projects/second/amendments/01")
    assert not seen.data["approved"] and "A12" in seen.codes
