"""What holds of every format: nothing swallowed, nothing hidden, nothing that stops it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.output.reporters import FORMATS
from tests.college import AGREEMENT, SmallCollege, college
from tests.output.reporters.readers import COUNTS
from tests.output.reporters.samples import ALL, result

each_format = pytest.mark.parametrize("form", FORMATS)


def test_every_format_has_a_reader_in_these_tests() -> None:
    assert set(COUNTS) == set(FORMATS)


@each_format
def test_a_reader_finds_each_finding_once(form: str) -> None:
    assert COUNTS[form](FORMATS[form](result(*ALL))) == len(ALL)


@each_format
def test_no_hidden_character_gets_through_and_each_is_shown_by_its_number(form: str) -> None:
    report = FORMATS[form](result(*ALL, text=f"标题: {ALL[0].message}\n"))
    assert (
        re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ud800-\udfff\uffff]", report)
        is None
    )
    assert "U+202E" in report and "U+001B" in report and "U+FFFF" in report
    report.encode()


@each_format
def test_a_clean_college_gives_a_report_that_can_be_read_too(form: str) -> None:
    report = FORMATS[form](result())
    assert COUNTS[form](report) == (1 if form == "junit" else 0)


TWENTY = (
    ("number: 样校合〔2026〕1号", "number: 007"),
    ("wording: full", "wording: fulll"),
    ("title: 数控实训基地共建与订单培养", "titel: 数控实训基地共建与订单培养"),
    ("，限于校内数控实训中心", "，场所待定"),
    ("purpose: 三年内联合培养数控技术技能人才不少于 180 名", "purpose: ——"),
    ("forms: [training-base, order-class]", "forms: [training-base, order-clas]"),
    ("{code: C2,", "{code: C2, coed: C3,"),
    ("signatory: bai-yangben", "signatory: nobody"),
    ("implementer: mechanical", "implementer: mechanics"),
    ("supporting: [finance]", "supporting: finance"),
    ("[使用投入设备开展实训教学, 对", "[XX, 对"),
    ("quantity: 2, unit: 台, unit_price: 480000.00", "quantity: 2, unit: 台, unit_price: 480000.001"),
    ("delivered_by: 2026-09-01", "delivered_by: 2026-02-30"),
    ("delivered_by: 2026-10-15", "delivered_by: 2026-10-15, delivered_by: 2026-10-16"),
    ("shares: {college: 60, chenguang-cnc: 40}", "shares: {college: 60, chenguang-cnc: 30}"),
    ("account: 学校统一账户", "account: yes"),
    ("notice_days: 60", "notice_days: 1e3"),
    ("renewal: 期满前三个月协商续签", "renewal: 期满\u202e前三个月协商续签"),
    ("delivery: 书面送达之日", "delivery: 书\u200b面送达之日"),
    ("copies: {total: 4,", "copies: {total: 5,"),
)
"""Twenty slips, each an old wording and what was typed instead; every one makes one finding."""


@pytest.fixture(name="broken")
def _broken(tmp_path: Path) -> SmallCollege:
    home = college(tmp_path)
    for old, new in TWENTY:
        home.change(old, new, AGREEMENT)
    return home


@each_format
def test_a_file_with_twenty_faults_shows_twenty_findings(form: str, broken: SmallCollege) -> None:
    report = broken.check()
    shown = FORMATS[form](result(*report.findings, text=broken.text()))
    assert COUNTS[form](shown) == len(TWENTY) == 20, "\n".join(map(str, report.findings))
