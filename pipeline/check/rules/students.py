"""L09, L13, L14 and L16: what the law asks where students work in an enterprise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.check.rules.against.sides import clause_at
from pipeline.check.rules.forbidden.sayings import binds
from pipeline.check.rules.missing import gap_ways, is_framework, written
from pipeline.check.rules.read_once import prose_of
from pipeline.check.rules.rule import AGREED, READING_SINCE, Fault, Way, fault, later, rule
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.prose.grammar import classes, denied, pattern
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment
from pipeline.standing.as_agreed import amended_by

_PLACING_FORMS = frozenset({"internship", "apprenticeship"})
_AGENCY = late(r"人力资源|劳务派遣|劳务服务|人才服务|职业中介")
_LEAST_YEARS = 3


def places_students(agreement: Agreement) -> bool:
    """Whether students work in the enterprise: interns are counted, or a form means it."""
    return bool(agreement.interns) or bool(_PLACING_FORMS & set(agreement.forms))


@rule(
    "L09",
    title="安排学生实习的，写明安全和保险",
    clause="职业教育法 50",
    why="实习学生受伤是校企合作里最重的风险，谁培训、谁防护、谁投保必须事先定下来。",
    hint="safety 写安全教育、防护和事故处理，insurance 写谁投保什么险；interns 写实习人数。",
    ways=gap_ways(
        uncounted=Way(
            message="合作方式里有学生到企业实习或当学徒，却没有写人数（interns）", severity=Severity.WARNING
        ),
        prose=later(
            "“{words}”是安排学生实习，却没有写人数（interns）；人数、安全、保险写了，才会打印三方协议"
        ),
        amended=Way(
            message="“{words}”是安排学生实习，而原协议没有写实习人数、安全和保险，三方协议打印不出来",
            hint="学生实习另立一个项目、另签实习协议（forms: [internship]）；补充协议里写明另签。",
            since=READING_SINCE,
        ),
    ),
    skips=is_framework,
    on=AGREED,
)
def has_safety_and_insurance(record: Agreement | Amendment, records: Records) -> Iterator[Fault]:
    """A student at a workplace is trained, protected and insured, and not at his own cost."""
    if isinstance(record, Amendment):
        amended = amended_by(records, record)
        if amended and not (amended.framework or places_students(amended)):
            yield from _in_prose(record, "amended")
        return
    yield from _of_interns(record)


def _of_interns(agreement: Agreement) -> Iterator[Fault]:
    if places_students(agreement):
        if not agreement.interns:
            yield fault("uncounted", "interns")
    else:
        faults = list(_in_prose(agreement, "prose"))
        yield from faults
        if not faults:
            return
    yield from written(agreement.safety, "安全条款", "safety")
    yield from written(agreement.insurance, "保险条款", "insurance")


_PLACING = (
    pattern(
        "!(?:提供|设置|开放|安排|落实|接纳) .. (?:顶岗|跟岗|岗位|带薪|毕业|生产)实习的?(?:岗位|机会|工位|名额|场所)"
    ),
    pattern(
        "(?:STUDENT|全班|级|班|人员?|名) ... !(?:到|赴|进入|前往|去|在|至) ~ (?:(?:SIDE) .{0,10}?)(?:岗位实习|顶岗|跟岗|实习|上岗)"
    ),
    pattern(
        "!(?:接收|接纳|安排|选派|输送|派遣|组织|吸纳) .. STUDENT ... (?:岗位实习|顶岗|跟岗|毕业实习|(?:FIRM)[^，。；]{0,8}实习)"
    ),
    pattern(
        "STUDENT ... !(?:到|赴|进入|前往|去|在) .. (?:FIRM|车间|工位|产线|生产线|一线)[^，。；]{0,10}?(?:轮岗|定岗|跟班作业|跟班劳动|顶班|生产劳动|岗位锻炼)"
    ),
    pattern(
        "!(?:到|赴|进入|前往|去|在) .. (?:FIRM|车间|工位|门店|产线|生产线) .{0,12}? (?:岗位实习|顶岗|跟岗|毕业实习)"
    ),
)
_PLACING_WORDS = ("实习", "顶岗", "跟岗", "上岗", "轮岗", "定岗", "跟班", "顶班", "生产劳动", "锻炼")
_NO_PLACING = classes(
    "校内|参观|另行签订|另签|另订|认识实习|不安排|不涉及|实习(?:基地|管理|期间|学生(?:管理|信息|成绩))(?![^，。；]{0,10}[0-9])|如需|需要时|确需|时，|的，|优先"
)


def _in_prose(agreement: Agreement | Amendment, way: str) -> Iterator[Fault]:
    """The first sentence that places students in an enterprise, where no field does."""
    reading = prose_of(agreement)
    for sentence, match in reading.prose.readings(_placing, _PLACING_WORDS):
        path = reading.paths[sentence.number]
        if reading.fields[sentence.number][0] in _PROSE and binds(path, sentence.text, *match.span()):
            offset = reading.prose.offset(sentence.start + match.start())
            yield Fault(
                way=way,
                at=path,
                values={"words": match.group()},
                offset=offset,
                related=(("", ("interns",)),) if way == "prose" else (),
            )
            return


def _placing(text: str, before: str) -> re.Match[str] | None:
    if _NO_PLACING.search(text):
        return None
    matches = (match for shape in _PLACING for match in shape.find(text))
    return next((match for match in matches if not denied(text, match) and not _of_staff(text, match)), None)


_STAFF = classes("STAFF")


def _of_staff(text: str, match: re.Match[str]) -> bool:
    """Whether teachers or workers are placed, in the clauses of the match and up to it."""
    return (
        _STAFF.search(text[clause_at(text, match.start())[0] : clause_at(text, match.end())[1]]) is not None
    )


_PROSE = frozenset({"contents", "obligations", "other_terms", "scope", "form_details", "purpose"})
"""Where a placing that is said is meant to be done."""


@rule(
    "L13",
    title="接收实习学生的合作不少于三年",
    clause="职业学校校企合作促进办法 9",
    why="国家部门规章要求接收学生实习的合作一般不少于三年，以保证培养的连续；请对照原文核实。",
    hint="把 term 定到三年以上；确需短期的，在审核时说明理由。",
    ways={"short": "接收实习学生的合作从 {start} 到 {end}，不满三年"},
    severity=Severity.WARNING,
    skips=is_framework,
)
def lasts_three_years_with_interns(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Interns need a partner who stays; a warning, because the article is cited from memory."""
    start, end = (agreement.term.start, agreement.term.end) if agreement.term else (None, None)
    if not places_students(agreement) or start is None or end is None or end <= start:
        return
    if end < last_day(start, _LEAST_YEARS):
        yield fault("short", "term", "end", start=start, end=end)


def last_day(start: date, years: int) -> date:
    """The last day of so many whole years that begin on a day; the calendar's end stands for later days."""
    try:
        return start.replace(year=start.year + years) - timedelta(days=1)
    except ValueError:  # 29 February, or after the last year there is
        return date(start.year + years, 2, 28) if start.year + years <= date.max.year else date.max


@rule(
    "L14",
    title="实习不由人力资源或劳务派遣单位组织",
    clause="职业教育法 50",
    why="法律不许通过人力资源服务机构、劳务派遣单位组织学生实习，违者没收所得并处罚款。",
    hint="由学校直接和实际用人的企业签协议；登记有误的，改企业文件里的 labour_dispatch。",
    waivable=False,
    ways={
        "dispatch": "{name}是人力资源服务或劳务派遣单位，不能由它接收、组织学生实习",
        "likely": Way(
            message="从名称看{name}像人力资源服务单位，登记里却没有注明（labour_dispatch）",
            severity=Severity.WARNING,
        ),
    },
    skips=is_framework,
)
def places_students_without_agencies(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Internships are arranged with who employs, never through who only procures."""
    partners = agreement.parties.enterprises if agreement.parties and places_students(agreement) else ()
    for index, partner in enumerate(partners):
        enterprise = records.enterprises.get(partner)
        if enterprise is None:
            continue
        name = f"“{enterprise.name}”"
        if enterprise.labour_dispatch:
            yield fault("dispatch", "parties", "enterprises", index, name=name)
        elif _AGENCY.search(enterprise.name):
            yield fault("likely", "parties", "enterprises", index, name=name)


@rule(
    "L16",
    title="学徒制培养的方式和内容前后一致",
    clause="指南（草案）7；职业教育法 30",
    why="学徒制要另签学徒培养协议；方式里有、内容里没有，或者反过来，就不知道要不要签。",
    hint="forms 写 apprenticeship，contents 里同时有一项 code: C3；不是学徒制的两处都不写。",
    ways={
        "uncoded": "合作方式有学徒制培养（apprenticeship），合作内容里却没有 C3 一项",
        "unformed": "合作内容第 {number} 项是学徒制培养（C3），合作方式里却没有 apprenticeship",
    },
    severity=Severity.WARNING,
    skips=is_framework,
)
def apprenticeship_is_said_twice_alike(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Form and content tell the same story about apprentices."""
    trained = [index for index, content in enumerate(agreement.contents) if content.code == "C3"]
    formed = "apprenticeship" in agreement.forms
    if formed and agreement.contents and not trained:
        yield fault("uncoded", "contents")
    # A form that cannot be read, told where it stands, may be the very one.
    if trained and agreement.forms and all(agreement.forms) and not formed:
        yield fault("unformed", "contents", trained[0], "code", number=trained[0] + 1)
