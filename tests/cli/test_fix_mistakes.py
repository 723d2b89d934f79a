"""`coop fix`: what has one right answer becomes it, and the file is as it was before the mistake was made."""

from __future__ import annotations

import pytest

from tests.cli.running import CommandLine
from tests.college import AGREEMENT

TOTAL = "  total: 1020000.00"
DAY = "start: 2026-09-01"
DAYS = "  notice_days: 60"
TITLE = "title: 数控实训基地共建与订单培养"
FORMS = "forms: [training-base, order-class]"
PARTIES = "parties: {college: {signatory: bai-yangben}, enterprises: [chenguang-cnc]}"
SHARES = "shares: {college: 60, chenguang-cnc: 40}"
NUMBER = "number: 样校合〔2026〕1号"

ROUNDS = (
    # Several mistakes in one file are mended in one go; each is in a line of its own.
    {TOTAL: "  total: 1,020,000.00", DAY: "start: 2026年9月1日", FORMS: "forms: [training-base，order-class]",
     SHARES: "shares: {college: ６０, chenguang-cnc: 40%}", TITLE: f"{TITLE}合作协议书"},
    {TOTAL: "  total: 1 020 000.00", DAY: "start: 2026/9/1", DAYS: "\tnotice_days: 60", TITLE: "title：数控实训基地共建与订单培养",
     FORMS: "forms: 【training-base、order-class】", SHARES: "shares: {college:60, chenguang-cnc:40}"},
    {TOTAL: "  total: １０２００００．００", DAY: "start: 2026.9.1", DAYS: "　　notice_days: 60", TITLE: f"　{TITLE}",
     PARTIES: "parties: {college：{signatory: bai-yangben}, enterprises: [chenguang-cnc]}"},
    {TOTAL: "  total: 102万元", DAY: "start: “2026-09-01”", DAYS: "  notice-days: 60天", TITLE: "title: 数控\u200b实训基地共建与订单培养",
     PARTIES: "parties: ｛college: {signatory: 白样本}，enterprises: [晨光样例数控装备有限公司]｝", FORMS: "forms: [Training_Base, 订单培养]"},
    {TOTAL: "  total: ￥1，020，000.00元", DAY: "start: 2026—09—01", DAYS: "  Notice_Days：60", TITLE: "\ufefftitle: 数控实训基地共建与订单培养",
     PARTIES: PARTIES.replace("chenguang-cnc", "Chenguang_CNC"), SHARES: "shares: {college: 60％, chenguang-cnc: 40％}"},
    {TOTAL: "  total: “1020000.00”", DAY: "start: 二〇二六年九月一日", DAYS: '  notice_days: "６０"', TITLE: "title: 《数控实训基地共建与订单培养》"},
    {TOTAL: "  total: '1020000.00'", DAY: "start: 2026-09-01 00:00:00", DAYS: "  提前通知天数: 60日", TITLE: "title:数控实训基地共建与订单培养　"},
    {DAY: "start: 2026\\9\\1", "stage: submitted": "stage: 提交审核", NUMBER: "number: 样校合【2026】1号"},
    {DAY: "start: 20260901", "stage: submitted": "stage: Submitted", NUMBER: "number: 样校合[２０２６]１号"},
)  # fmt: skip


@pytest.mark.parametrize("mistakes", ROUNDS, ids=range(len(ROUNDS)))
def test_what_hands_do_is_undone(mistakes: dict[str, str], cli: CommandLine) -> None:
    right = cli.home.text()
    for old, new in mistakes.items():
        cli.home.change(old, new)
    said = cli.coop("fix", "--yes")
    assert said.code == 0, said.out
    assert cli.home.text().replace("'样校合〔2026〕1号'", "样校合〔2026〕1号") == right
    assert all(f"+{old}" in said.out for old in mistakes if old in (TOTAL, DAYS))


LISTS = (
    "\n- training-base\n-order-class",
    "\n  -training-base\n  -order-class",
    "\n  － training-base\n  － order-class",
    "\n  •training-base\n  •order-class",
    "\n  * training-base\n  * order-class",
    "\n\t- training-base\n\t- order-class",
    "\n　- training-base\n　- order-class",
)


@pytest.mark.parametrize("written", LISTS)
def test_a_list_becomes_one(written: str, cli: CommandLine) -> None:
    right = cli.home.check().register.records.agreements["example"].forms
    cli.home.change(" [training-base, order-class]", written)
    assert cli.coop("fix", "--yes").code == 0
    after = cli.home.check()
    assert after.findings == () and after.register.records.agreements["example"].forms == right


@pytest.mark.parametrize("name", ["agreement.yml", "agreement.yaml.txt", "协议.yaml", "Agreement.YAML"])
def test_a_file_gets_its_right_name(name: str, cli: CommandLine) -> None:
    text = cli.home.text()
    cli.home.path().rename(cli.home.path().with_name(name))
    said = cli.coop("fix", "--yes")
    assert f"{name}\n  改名为 {AGREEMENT}\n" in said.out
    assert cli.home.text() == text and not cli.home.path().with_name(name).exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (DAYS, "  notice_day: 60"),
        (DAY, "start: 26-09-01"),
        ("stage: submitted", "stage: submited"),
        (FORMS, "forms: [training-base, order-class"),
        (DAY, "start: 2026-02-30"),
        (TOTAL, "  total: 约102万"),
    ],
)
def test_what_may_have_been_meant_otherwise_is_left_to_people(old: str, new: str, cli: CommandLine) -> None:
    cli.home.change(old, new)
    text = cli.home.text()
    assert "没有只有一种改法的问题" in cli.coop("fix", "--yes").out
    assert cli.home.text() == text


def test_nothing_is_written_before_it_was_seen(cli: CommandLine) -> None:
    cli.home.change(TOTAL, "  total: 1,020,000.00")
    text = cli.home.text()
    said = cli.coop("fix")
    assert f"-  total: 1,020,000.00\n+{TOTAL}\n" in said.out
    assert cli.home.text() == text
