"""All the money of a contract decides who is asked, not only what is put in: what is paid and funded counts as well."""

from __future__ import annotations

import json

import pytest

from pipeline.record.rounds.canonical import line
from tests.approval.story import FOLDER, RECORD, SUBJECT, Story

AMENDMENT = "projects/example/amendments/01"
PAID = """
payments:
  - {item: 技术服务费第一期, payer: college, payee: chenguang-cnc, amount: 60000000.00, due: 2026-12-31}
  - {item: 技术服务费第二期, payer: college, payee: chenguang-cnc, amount: 40000000.00, due: 2027-12-31}
"""
ABROAD = PAID.replace("40000000.00,", "400.00, currency: EUR,")
FUNDED = """
funding: {kind: joint, total: 100000000.00, shares: {college: 50, chenguang-cnc: 50}, use: 建设实训中心，专账核算。}
"""


def asked(story: Story, more: str, condition: str = "money_from", subject: str = SUBJECT) -> list[str]:
    """The roles that a contract with something more needs, where ninety million yuan need the president."""
    rules = story.next_version("amount_from: 1500000.00", f"{condition}: 90000000.00")
    rules = rules.replace("kinds: [agreement]", "kinds: [agreement, amendment]")
    story.governance(2, rules, "bai-yangben", "lv-yangben")
    record = story.text(RECORD).replace(
        "每学年修订一次", "每学年修订两次"
    )  # what is submitted is another round
    story.write({RECORD: record.rstrip("\n") + "\n" + more.lstrip("\n")})
    story.must("submit", subject, "--drafter", "hei-yangben")
    story.commit()
    return [str(role["role"]) for role in story.trail(subject).data["roles"]]


@pytest.mark.parametrize(
    ("more", "condition", "also"),
    [
        ("", "money_from", []),
        (PAID, "money_from", ["president"]),
        (FUNDED, "money_from", ["president"]),
        (ABROAD, "money_from", ["president"]),
        (PAID, "amount_from", []),
    ],
    ids=["nothing paid", "paid", "funded together", "paid in another currency", "asked for the inputs alone"],
)
def test_what_is_paid_counts_where_the_rules_ask_for_it(
    story: Story, more: str, condition: str, also: list[str]
) -> None:
    assert asked(story, more, condition) == ["department", "legal", *also]


@pytest.mark.parametrize(("field", "also"), [("payments", ["president"]), ("safety", [])])
def test_an_amendment_of_what_is_paid_needs_whoever_much_money_needs(
    story: Story, field: str, also: list[str]
) -> None:
    story.write({f"agreements/{AMENDMENT}.yaml": _amending(field)})
    assert asked(story, "", subject=AMENDMENT) == ["department", "legal", *also]


def _amending(field: str) -> str:
    return f"kind: amendment\nnumber: 样校合〔2026〕1号补1\ntitle: 补充协议\nreason: 双方同意变更。\nchanges:\n  - {{field: {field}, was: 原约定。, now: 现约定。}}\nunchanged: 其余条款继续有效。\n"


def test_who_submits_is_told_whom_the_rules_pass_over(story: Story) -> None:
    asked(story, PAID, "amount_from")
    story.change(RECORD, "每学年修订两次", "每学年修订三次")
    said = story.must("submit", SUBJECT, "--drafter", "hei-yangben")
    assert "还要经院长批准" in said.replace("\n", "") and "money_from" in said
    story.write({RECORD: story.text(RECORD).partition("payments:")[0]})
    assert "money_from" not in story.must("submit", SUBJECT, "--drafter", "hei-yangben")


def _frozen_before(story: Story) -> None:
    """The newest round as an earlier program froze it, which did not add up what is paid."""
    path = max((story.folder / FOLDER).glob("r*.jsonl"))
    lines = path.read_bytes().split(b"\n")
    told = json.loads(lines[2])
    del told["facts"]["contract_money"]
    lines[2] = line(told).removesuffix(b"\n")
    path.write_bytes(b"\n".join(lines))
    story.commit()


def test_a_round_of_before_stays_approved_by_the_rules_of_before(story: Story) -> None:
    asked(story, PAID, "amount_from")
    _frozen_before(story)
    for role, person in {"department": "hong-yangben", "legal": "lan-yangben"}.items():
        story.approve(SUBJECT, role, person)
    story.commit()
    seen = story.trail(SUBJECT)
    assert seen.data["approved"] and not seen.data["differences"] and "A54" not in seen.codes


def test_a_round_that_does_not_tell_of_the_money_is_asked_for_it_by_the_rules_of_now(story: Story) -> None:
    assert "president" not in asked(story, "")
    _frozen_before(story)
    assert "president" in [role["role"] for role in story.trail(SUBJECT).data["roles"]]


def test_the_form_of_an_amendment_names_all_the_money_of_its_agreement(story: Story) -> None:
    story.write({f"agreements/{AMENDMENT}.yaml": _amending("safety")})
    asked(story, PAID, subject=AMENDMENT)
    story.must("build", "example")
    pages = [path.read_text(encoding="utf-8") for path in (story.folder / "build").rglob("*.md")]
    assert any("合同金额（加上出资和款项） | ¥101,920,000.00" in page for page in pages)
