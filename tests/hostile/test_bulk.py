"""Half a file, a very long text, thousands of faults: told in bounded time and in bounded words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.record.schema.value_types import LONGEST
from pipeline.source.counted import MOST
from tests.college import AGREEMENT, ROOT, college
from tests.hostile.common import WHOLE, checked, no_hang

SAMPLES = sorted(path for path in (ROOT / "agreements").rglob("*.yaml"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_half_a_sample_record_is_read_without_a_traceback(path: Path, tmp_path: Path) -> None:
    home = college(tmp_path)
    text = path.read_text(encoding="utf-8")
    for share in (0.25, 0.5, 0.8):
        home.write(text[: int(len(text) * share)], path.relative_to(ROOT).as_posix())
        with no_hang():
            home.check()


BABBLE = (
    *(
        "学生受伤",
        "学生受伤与甲方",
        "概不负责",
        "待定",
        "另行协商",
        "具体内容由双方",
        "（",
        "（ ",
        "_",
        "XX",
        "？",
    ),
    *(
        "1",
        "1,000",
        "¥1元（大写",
        "壹佰",
        "11010119900101123",
        "向学生收取",
        "费",
        "百分之三",
        "30%",
        "违约金",
    ),
    *(
        "**a",
        "*",
        "[",
        "[a](",
        "![a",
        "`a",
        "# ",
        "- a\n",
        "|a|b|\n",
        "> ",
        "<a ",
        "{{",
        "&amp;",
        "\\",
        "，",
        "。",
    ),
)


@pytest.mark.parametrize("piece", BABBLE)
def test_a_long_text_of_whatever_rules_look_for_is_read_without_delay(piece: str) -> None:
    text = "'" + (piece * LONGEST)[: LONGEST - 1].replace("'", "''").replace("\n", "\n\n  ") + "'"
    content = re.sub(r"(?m)^(purpose|safety|insurance|confidentiality): .*$", rf"\1: {re.escape('@')}", WHOLE)
    checked(content.replace("\\@", text).replace("@", text))


def test_a_text_longer_than_ten_pages_is_told_with_its_length() -> None:
    content = re.sub("(?m)^purpose: .*$", "purpose: " + "长" * (LONGEST + 1), WHOLE)
    (finding,) = checked(content).of_file(AGREEMENT)
    assert (finding.code, "20001 个字" in finding.message) == ("S07", True)


def test_a_rule_that_finds_thousands_of_faults_tells_two_thousand_and_the_number_of_the_rest() -> None:
    content = re.sub("(?m)^purpose: .*$", "purpose: " + "待定" * 5000, WHOLE)
    found = checked(content).of_file(AGREEMENT)
    assert len(found) == MOST + 1
    assert f"还有 {5000 - MOST} 处" in found[-1].message
