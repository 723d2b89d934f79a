"""The time line a lawyer reads: what each commit did to the trail's files, above all what it should not have."""

from __future__ import annotations

from tests.approval.story import FOLDER, RECORD, SUBJECT, Story

LEGAL = f"{FOLDER}/legal--lan-yangben--1.json"


def events(story: Story) -> list[str]:
    """The time line's lines."""
    said = story.coop("trail", SUBJECT, "--pin", story.pin)[1]
    return said.partition("时间线")[2].partition("发现的问题")[0].splitlines()


def test_a_commit_that_brought_files_names_them(story: Story) -> None:
    lines = events(story)
    assert "      新增了文书" in lines and "      改动了文书" not in lines
    assert f"      新增 {LEGAL}" in lines and f"      新增 {FOLDER}/r1.jsonl" in lines
    assert not [line for line in lines if "改写" in line or "移走" in line]


def test_a_commit_that_rewrote_a_statement_is_told_although_a_later_one_put_it_back(story: Story) -> None:
    before = story.text(LEGAL)
    story.edit(LEGAL, "approve", "reject")
    story.write({LEGAL: before})
    story.commit(message="恢复")
    assert story.trail().data["approved"]
    assert [line for line in events(story) if "改写" in line] == [
        f"      改写 {LEGAL}（这类文件只能新增）"
    ] * 2
    assert [one["altered"] for one in story.trail().data["commits"] if one["altered"]] == [[LEGAL], [LEGAL]]


def test_a_commit_that_took_a_statement_away_is_told(story: Story) -> None:
    (story.folder / LEGAL).unlink()
    story.commit()
    assert f"      移走 {LEGAL}" in events(story)


def test_a_merge_tells_only_what_it_did_itself(story: Story) -> None:
    story.git("switch", "--quiet", "-c", "side")
    story.edit(RECORD, "每学年修订一次", "每学年修订两次")
    story.git("switch", "--quiet", "main")
    story.commit({"README.txt": "说明"})
    story.git("merge", "--quiet", "--no-ff", "--no-edit", "side")
    merged = next(index for index, line in enumerate(events(story)) if line.startswith("  合并"))
    assert "改动了文书" not in "".join(events(story)[merged + 1 :])


def test_decisions_stand_by_day_and_in_the_order_of_the_roles(story: Story) -> None:
    said = story.coop("trail", SUBJECT, "--pin", story.pin)[1]
    decided = said.partition("全部决定")[2].partition("时间线")[0]
    places = [decided.index(role) for role in ("实施系部", "法务审核", "院长")]
    assert places == sorted(places)
