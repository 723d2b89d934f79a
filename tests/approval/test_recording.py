"""`coop record`: one signed sheet in one command, all of it or nothing, and the signed words filled in."""

from __future__ import annotations

import pytest

from tests.approval.story import FOLDER, RECORD, SUBJECT, Story
from tests.scanned import blank_scan

SIGNING = "agreements/projects/example/signing.yaml"
SIGNED = "parties:\n  college: {signatory: 白样本, signed_on: 2026-08-20}   # 院长签\nplace: 样本市\n"


@pytest.fixture
def second(story: Story) -> Story:
    """The agreement is in its second round, nobody has decided, and a signed sheet has been scanned."""
    story.change(RECORD, "每学年修订一次", "每学年修订两次")
    story.must("submit", SUBJECT)
    story.commit()
    (story.keys / "scan.pdf").write_bytes(blank_scan())
    return story


def _record(story: Story, *signers: str) -> tuple[int, str]:
    paper = ("--scan", str(story.keys / "scan.pdf"), "--key", str(story.key("lv-yangben")))
    return story.coop("record", SUBJECT, *signers, *paper, "--today", "2026-09-20")


def _written(story: Story) -> list[str]:
    return story.git("status", "--porcelain", "--untracked-files=all", "--", FOLDER).split("\n")


def test_a_sheet_is_registered_in_one_command_with_names_and_days(second: Story) -> None:
    code, said = _record(
        second, "红样本", "蓝样本@2026年9月3日：可以签署", "院长=白 样本", "--signed-on", "2026-09-01"
    )
    assert code == 0, said
    assert "还没有提交：提交以前不算数" in said
    assert "法务审核　蓝样本　2026-09-03　可以签署" in said
    legal = second.statement(f"{FOLDER}/legal--lan-yangben--paper-1.json")
    assert (legal.date, legal.comment, legal.recorder, legal.round) == (
        "2026-09-03",
        "可以签署",
        "lv-yangben",
        2,
    )
    assert second.statement(f"{FOLDER}/president--bai-yangben--paper-1.json").date == "2026-09-01"
    assert second.trail().data["missing"] == ["department", "legal", "president"], "not committed yet"
    second.commit()
    assert second.trail().data["label"] == "第 2 轮已批准〔L0 有记录〕"


def test_who_is_still_missing_is_told(second: Story) -> None:
    code, said = _record(second, "红样本", "--signed-on", "2026-09-01")
    assert code == 0 and "还缺：法务审核、院长" in said


@pytest.mark.parametrize(
    ("signers", "why"),
    [
        (("红样本", "紫样本"), "审批规则里没有“紫样本”"),
        (("红样本", "黑样本"), "同一角色写了两次：实施系部"),
        (("红样本", "院长=蓝样本"), "蓝样本（lan-yangben）不担任院长"),
        (("红样本", "校长=白样本"), "没有角色“校长”"),
        (("红样本", "蓝样本@2026-09-31"), "日期写成年-月-日"),
        (("红样本", "蓝样本@2026-12-01"), "还没有到"),
        (("红样本", "=@"), "看不懂"),
        (("红样本", "蓝样本：见990000199003070013"), "个人的号码"),
    ],
)
def test_with_one_line_wrong_nothing_is_registered(second: Story, signers: tuple[str, ...], why: str) -> None:
    code, said = _record(second, *signers, "--signed-on", "2026-09-01")
    assert code == 2 and why in said, said
    assert _written(second) == [""]


def test_all_that_is_wrong_is_told_at_once(second: Story) -> None:
    code, said = _record(second, "紫样本", "灰样本", "--signed-on", "2026-09-01")
    assert code == 2 and "紫样本" in said and "灰样本" in said


def test_a_sheet_without_its_day_says_what_day_is_taken(second: Story) -> None:
    code, said = _record(second, "红样本")
    assert code == 0 and "没有写 --signed-on" in said
    assert second.statement(f"{FOLDER}/department--hong-yangben--paper-1.json").date == "2026-09-20"


def test_a_sheet_that_nobody_signed_is_none(second: Story) -> None:
    code, said = _record(second, "--signed-on", "2026-09-01")
    assert code == 2 and "签字人" in said


def test_registering_the_signing_fills_in_which_words_were_signed(story: Story) -> None:
    words = str(story.trail().data["words"])
    story.write({SIGNING: SIGNED})
    said = story.must("record", SUBJECT, "--signing", "--key", str(story.key("lv-yangben")))
    assert SIGNING in said and "还没有提交：提交以前不算数" in said
    assert f'words: "{words}"' in story.text(SIGNING) or f"words: {words}" in story.text(SIGNING)
    assert story.text(SIGNING).startswith(SIGNED.split("\nplace")[0]), "the rest stays as it was typed"
    story.commit()
    assert story.trail().data["stage"] == "signed"


def test_other_words_in_the_signing_record_are_never_written_over(story: Story) -> None:
    story.write({SIGNING: f'{SIGNED}words: "{"f" * 64}"\n'})
    code, said = story.coop("record", SUBJECT, "--signing", "--key", str(story.key("lv-yangben")))
    assert code == 2 and "ffffffff" in said and "对不上" in said
    assert _written(story) == [""]


def test_a_signing_of_which_nothing_is_written_yet_is_asked_for(story: Story) -> None:
    code, said = story.coop("record", SUBJECT, "--signing", "--key", str(story.key("lv-yangben")))
    assert code == 2 and "coop new signing example" in said


def test_what_the_trail_prints_to_be_copied_it_prints_whole(story: Story) -> None:
    words = str(story.trail().data["words"])
    assert len(words) == 64
    assert words in story.must("trail", SUBJECT, "--pin", story.pin)
