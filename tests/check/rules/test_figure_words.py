"""Which figure of a report's sentence tells of what: the words right beside it, and only those."""

from __future__ import annotations

from decimal import Decimal
from re import Pattern

import pytest

from pipeline.check.rules.figure_words import COUNTED, OF_A_PART, OF_THE_COLLEGE, told_in
from pipeline.kernel.patterns import compiled
from pipeline.prose.passages import Prose

OTHER = compiled(f"{OF_A_PART}|{OF_THE_COLLEGE}")
"""What a department's report of a year is not about."""


def told(text: str, other: Pattern[str] = OTHER) -> list[tuple[str, Decimal]]:
    sentences = Prose([text]).sentences(*COUNTED)
    return [
        (subject.key, value) for sentence in sentences for subject, _, value in told_in(sentence, 2025, other)
    ]


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
        ("2025年召开例会11次", "meetings", 11),
        ("截至2025年12月31日，全系合作项目3个", "projects", 3),
        ("截至2025年12月31日全系合作项目3个", "projects", 3),
        ("三个合作项目均按期推进", "projects", 3),
        ("本年累计召开例会 11 次", "meetings", 11),
        ("各合作公司接收岗位实习学生共 22 人", "interns", 22),
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
        "上半年召开例会4次，下半年召开例会7次。",
        "12月召开例会1次。",
        "2025年6月召开例会1次。",
        "一季度新签协议1项，三季度新签协议2项。",
        "首批实习学生30人已于3月到岗。",
        "机电一体化专业岗位实习学生20人。",
        "自2023年以来累计培养学生300人，近三年培养学生260人。",
        "“十四五”期间开发课程20门。",
        "每月召开例会1次，每家企业接收实习学生12人。",
        "计划新签协议2项，拟开发课程3门，预计服务收入40万元。",
        "2026年安排实习学生60人。",
        "学校合作项目共5项。",
        "续签合作项目1个，省级立项合作项目1个。",
        "实训基地可同时容纳实习学生96人。",
        "星辰公司接收实习学生12人。",
        "整改完成，剩余1个问题正在整改。",
        "两个合作项目已通过中期检查。",
        "两家合作企业被认定为产教融合型企业。",
        "秋季学期实习学生40人。",
    ],
)
def test_what_only_stands_near_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_who_reports_of_a_part_alone_means_all_of_it() -> None:
    nothing = compiled("(?!)")
    assert told("上半年接收岗位实习学生 12 人", nothing) == [("interns", Decimal(12))]
    assert told("星辰公司接收岗位实习学生 12 人", nothing) == [("interns", Decimal(12))]
