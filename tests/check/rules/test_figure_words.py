"""Which figure of a report's sentence tells of what: the words right beside it, and only those."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.check.rules.figure_words import COUNTED, told_in
from pipeline.prose.passages import Prose


def told(text: str) -> list[tuple[str, Decimal]]:
    sentences = Prose([text]).sentences(*COUNTED)
    return [(subject.key, value) for sentence in sentences for subject, _, value in told_in(sentence)]


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("全年召开例会十一次。", "meetings", 11),
        ("召开了 12 次例会，议定事项都办结了。", "meetings", 12),
        ("在建合作项目两个。", "projects", 2),
        ("全系合作项目共３项。", "projects", 3),
        ("本年度新签协议5项", "signed", 5),
        ("走访企业 6 次", "visits", 6),
        ("督查发现问题三个", "findings", 3),
        ("七十二名学生入学", "trained", 72),
        ("订单班首届七十六人开班", "trained", 76),
        ("三十四名学生在总装一车间岗位实习", "interns", 34),
        ("接收岗位实习学生 22 人", "interns", 22),
        ("两门课程建成并试用", "courses", 2),
        ("共同开发课程 3 门", "courses", 3),
        ("十二名工程师到课", "part-time-teachers", 12),
        ("聘请企业兼职教师 **900** 人", "part-time-teachers", 900),
        ("教师轮岗四人", "teacher-practice", 4),
        ("三名教师完成企业实践", "teacher-practice", 3),
        ("对外服务收入三十一万四千元", "service-income", 314000),
        ("全年支出 99999999 元", "spent", 99999999),
        ("申请专利一项", "patents", 1),
    ],
)
def test_a_figure_beside_its_subject_is_read(text: str, key: str, value: int) -> None:
    assert told(text) == [(key, Decimal(value))]


@pytest.mark.parametrize(
    "text",
    [
        "议定事项办结率百分之九十六，四个系部都建立了月报。",
        "合作企业名册十一家全部核实。",
        "督查四个项目。",
        "第一种教材定稿。",
        "七十二名在册学生全部转岗安置。",
        "参与教师三十八人。",
        "两期九十六个工位全部投用。",
        "办班四期，四百一十人天。",
        "教师轮岗扩大到六人。",
    ],
)
def test_what_only_stands_near_is_left_alone(text: str) -> None:
    assert told(text) == []
