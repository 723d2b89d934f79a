"""Evidence that leaves the repository: the bundle and its own page, saved lists, and time-stamps."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.approval.story import SUBJECT, Story


def test_the_same_bundle_has_the_same_bytes(story: Story, tmp_path: Path) -> None:
    made = []
    for name in ("one.zip", "two.zip"):
        story.must("trail", SUBJECT, "--pin", story.pin, "--bundle", str(tmp_path / name))
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_the_minute_of_the_pin_is_a_paper_to_be_sealed(story: Story) -> None:
    paper = story.keys / "纪要.docx"
    said = story.must("governance", "pin", "-o", str(paper))
    printed = "".join(one.text for one in docx.Document(str(paper)).paragraphs)
    assert story.pin in printed and "学校（盖章）：" in printed and "白样本、蓝样本、绿样本" in printed
    assert f"COOP_PIN={story.pin}" in said
    assert story.coop("governance", "pin", "-o", "纪要.pdf")[0] == 2
    assert "并印在每份审批表上" in printed
    story.must("build", "--to", "md", "--pin", story.pin)
    assert story.pin[:32] in story.text("build/projects/example/approval-form.md")
