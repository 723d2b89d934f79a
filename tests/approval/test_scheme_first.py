"""A scheme is approved before there is an agreement (8.2, 6.2 a), and stays approved when one is written."""

from __future__ import annotations

import docx
import pytest

from tests.approval.story import APPROVERS, RECORD, SUBJECT, Story

SCHEME = "projects/example/scheme"


@pytest.fixture
def story(early: Story) -> Story:
    """An approved scheme of a project that has no agreement yet, and then its agreement."""
    story = early
    agreement = story.text(RECORD)
    (story.folder / RECORD).unlink()
    story.commit()
    story.must("submit", SCHEME)
    story.approve(SCHEME, "department", APPROVERS["department"])
    story.commit()
    assert story.trail(SCHEME).data["stage"] == "approved"
    story.write({RECORD: agreement})
    story.commit()
    return story


def test_before_there_is_an_agreement_the_scheme_is_called_by_its_partners(early: Story) -> None:
    """Nobody signs a paper that is called by the name of a folder."""
    (early.folder / RECORD).unlink()
    early.commit()
    early.must("submit", SCHEME)
    early.coop("build", "--to", "md")
    paper = early.text("build/projects/example/scheme.md")
    assert paper.split("\n", 1)[0] == "# 与晨光样例数控装备有限公司合作项目合作方案"
    assert "合作单位：晨光样例数控装备有限公司" in paper.replace("*", "")
    (form,) = (early.folder / "build/forms").glob("*.docx")
    rows = [
        [cell.text for cell in row.cells] for table in docx.Document(str(form)).tables for row in table.rows
    ]
    assert ["送审文书", "与晨光样例数控装备有限公司合作项目合作方案"] in rows


def test_an_agreement_written_later_leaves_the_scheme_approved(story: Story) -> None:
    seen = story.trail(SCHEME)
    assert (seen.code, seen.codes, seen.data["stage"]) == (0, [], "approved")
    story.must("submit", SUBJECT)
    story.commit()
    told = story.coop("check")[1].split("\n")
    assert not [line for line in told if "G16" in line and "/example/" in line]


def test_its_paper_is_no_draft_for_it(story: Story) -> None:
    story.coop("build", "--to", "md", "--pin", story.pin)
    paper = (story.folder / "build" / "projects" / "example" / "scheme.md").read_text(encoding="utf-8")
    assert "草稿" not in paper


def test_another_word_in_the_scheme_itself_is_still_told(story: Story) -> None:
    story.edit(f"agreements/{SCHEME}.yaml", "date: 2026-03-10", "date: 2026-03-11")
    seen = story.trail(SCHEME)
    assert seen.codes == ["A13"] and seen.data["stage"] == "changed"


def test_a_scheme_that_names_an_agreement_is_held_against_it(story: Story) -> None:
    """Submitted again beside the agreement it says title and department, and what they become is told."""
    story.must("submit", SCHEME)
    story.approve(SCHEME, "department", APPROVERS["department"])
    story.commit()
    assert story.trail(SCHEME).data["stage"] == "approved"
    title = next(line for line in story.text(RECORD).split("\n") if line.startswith("title:"))
    story.edit(RECORD, title, f"{title}（新）")
    assert story.trail(SCHEME).codes == ["A13"]


def test_show_does_not_send_an_agreement_to_review_before_its_scheme(early: Story) -> None:
    """Who would have followed 下一步 before met the error of G16."""
    early.edit(RECORD, "stage: submitted", "stage: draft")
    said = early.must("show", "example")
    assert "下一步：内容已齐，等合作方案批准以后，把 stage 改为 submitted" in said
    assert "coop submit example/scheme" in said
    early.must("submit", SCHEME)
    early.commit()
    assert "还缺实施系部的批准" in early.must("show", "example")
    early.approve(SCHEME, "department", APPROVERS["department"])
    early.commit()
    said = early.must("show", "example")
    assert "下一步：内容已齐，把 stage 改为 submitted" in said and "拟定协议" in said


def test_the_overview_tells_of_a_project_that_waits_for_its_scheme_once(early: Story) -> None:
    early.must("submit", SCHEME)
    early.commit()
    early.must("site")
    rows = [line for line in early.text("build/site/index.html").splitlines() if 'class="brief"' in line]
    found = [line for line in rows if "projects/example.html" in line]
    assert len(found) == 1, found
    row = found[0]
    assert "合作方案" in row and "实施系部（红样本" in row
