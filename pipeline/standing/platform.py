"""The three tables the national data platform asks for: joint work, visits, courses developed together.

Every figure of a project stands in one row alone, so that a column adds up to the year's figure elsewhere:
where an agreement names several majors or enterprises, it is the row of those named first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from pipeline.kernel.grid import Cell, Column, Grid, Shape
from pipeline.prose.markdown_parser import unmarked
from pipeline.record.model import Agreement, under
from pipeline.record.model.college import Major
from pipeline.record.model.work import Demand, Visit
from pipeline.standing.agreed import ended_on, term_of
from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.ledgers import LedgerContext, day, number, text, yuan
from pipeline.standing.state import effective_on
from pipeline.standing.year_figures import measures

_MEASURES = (
    "order-students",
    "courses",
    "textbooks",
    "part-time-teachers",
    "interns",
    "employed",
    "service-income",
)
_COOPERATION_COLUMNS = (
    text("主键", 40),
    text("学校代码", 12),
    text("专业号", 12),
    text("合作企业统一社会信用代码", 24),
    text("合作企业名称", 32),
    text("合作开始年月", 12),
    number("订单培养人数", summed=True),
    number("共同开发课程门数", summed=True),
    number("共同开发教材数", summed=True),
    number("支持学校兼职教师数", summed=True),
    number("接受顶岗实习学生数", summed=True),
    number("接受毕业生就业数", summed=True),
    yuan("学校为企业技术服务年收入"),
    day("数据采集时间"),
)


@dataclass(slots=True)
class _Row:
    """One pair of major and enterprise while its projects are added up."""

    start: date
    figures: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(_MEASURES, Decimal(0)))


def cooperation(context: LedgerContext, year: int) -> Grid:
    """产学合作数据 of a year: a row for each major and enterprise that worked together in it."""
    rows: dict[tuple[str, str], _Row] = {}
    for project, agreement in sorted(agreements_of(context.records).items()):
        _add(context, year, project, agreement, rows)
    return _grid("产学合作数据", _COOPERATION_COLUMNS, _cooperation(context, year, rows))


def _add(
    context: LedgerContext, year: int, project: str, agreement: Agreement, rows: dict[tuple[str, str], _Row]
) -> None:
    start = _worked_from(context, project, year)
    reached = {one.measure: one.actual for one in measures(context.records, year, (project,))}
    if agreement.framework or (start is None and not any(reached.values())):
        return
    term = term_of(context.records, project)
    begin = start or (term.start if term and term.start else date(year, 1, 1))
    pairs = [
        (major, party) for major in agreement.majors or ("",) for party in agreement.party_ids[1:] or ("",)
    ]
    for pair in pairs:
        row = rows.setdefault(pair, _Row(start=begin))
        row.start = min(row.start, begin)
    first = rows[pairs[0]].figures
    for measure in _MEASURES:
        first[measure] += reached.get(measure, Decimal(0))


def _worked_from(context: LedgerContext, project: str, year: int) -> date | None:
    """The day the project took effect, where it was at work at any time of the year until today."""
    begin, term = effective_on(context.records, project, context.approved), term_of(context.records, project)
    last = ended_on(context.records, project) or (term.end if term else None)
    if begin is None or begin > min(date(year, 12, 31), context.today):
        return None
    return begin if last is None or last >= date(year, 1, 1) else None


def _cooperation(
    context: LedgerContext, year: int, rows: dict[tuple[str, str], _Row]
) -> Iterator[tuple[Cell, ...]]:
    college = context.records.college
    school, code = (college.school_code, college.credit_code) if college else ("", "")
    for (major, party), row in rows.items():
        code, enterprise = _major(context, major).code or major, context.records.enterprises.get(party)
        credit = enterprise.credit_code if enterprise else ""
        yield (
            "-".join(filter(None, (school or code, str(year), code, credit or party))),
            school,
            code,
            credit,
            context.words.party(party),
            f"{row.start:%Y%m}",
            *(row.figures[measure] for measure in _MEASURES),
            context.today,
        )


def _major(context: LedgerContext, name: str) -> Major:
    known = context.records.college.majors if context.records.college else ()
    return next((major for major in known if major.name == name), Major(name=name))


def _grid(title: str, columns: tuple[Column, ...], rows: Iterator[tuple[Cell, ...]]) -> Grid:
    return Grid(title=title, notes=(), columns=columns, rows=tuple(rows))


_PAY = Shape.MONEY
_VISIT_COLUMNS = (
    text("走访企业名称", 32),
    text("走访企业统一社会信用代码", 24),
    text("需求专业代码", 12),
    text("需求专业名称", 20),
    text("需求专业层次", 12),
    number("可提供岗位数", summed=True),
    Column(head="平均薪酬", width=12, shape=_PAY),
    text("牵头拜访人", 10),
    text("牵头拜访人职务", 14),
    day("拜访时间"),
    text("企业接待人", 10),
    text("企业接待人职务", 14),
    text("访谈成果主要形式", 14),
    text("接受实习生专业", 20),
    text("接受实习生层次", 12),
    number("接受实习生人数", summed=True),
    Column(head="实习报酬", width=12, shape=_PAY),
    text("接受就业专业", 20),
    text("接受就业层次", 12),
    number("接受就业人数", summed=True),
    Column(head="就业起薪", width=12, shape=_PAY),
    text("其他意向", 30),
    day("数据采集时间"),
)


def visits(context: LedgerContext, year: int) -> Grid:
    """访企拓岗数据 of a year: a row for each demand a visit found, at least one for each visit."""
    found = sorted(context.records.visits.items(), key=lambda pair: (pair[1].date or date.min, pair[0]))
    made = [visit for _, visit in found if visit.date and visit.date.year == year]
    return _grid("访企拓岗数据", _VISIT_COLUMNS, (row for visit in made for row in _visit(context, visit)))


def _visit(context: LedgerContext, visit: Visit) -> Iterator[tuple[Cell, ...]]:
    enterprise, college = context.records.enterprises.get(visit.enterprise), context.records.college
    leader = college.people.get(visit.leader) if college else None
    for post, intern, graduate in zip_longest(visit.posts or (None,), visit.interns, visit.graduates):
        yield (
            context.words.party(visit.enterprise),
            enterprise.credit_code if enterprise else "",
            _major(context, post.major).code if post else "",
            *_demand(context, post, "posts"),
            context.words.person(visit.leader),
            leader.post if leader else "",
            visit.date,
            visit.host.name if visit.host else "",
            visit.host.post if visit.host else "",
            context.words.choice(visit.outcome, "visit", "outcome"),
            *_demand(context, intern, "interns"),
            *_demand(context, graduate, "graduates"),
            visit.other_intent,
            context.today,
        )


def _demand(context: LedgerContext, one: Demand | None, part: str) -> tuple[Cell, ...]:
    if one is None:
        return ("", "", None, None)
    return (one.major, context.words.choice(one.level, "visit", part, 0, "level"), one.number, one.pay)


_COURSE_COLUMNS = (
    text("课程号", 14),
    text("课程名", 24),
    text("课程简介", 40),
    text("合作企业统一社会信用代码", 24),
    text("合作企业名称", 32),
    day("开始日期"),
    day("结束日期"),
    text("学校负责人", 12),
    text("学校负责人工号", 16),
    text("企业负责人", 12),
    day("数据采集时间"),
)


def courses(context: LedgerContext, year: int) -> Grid:
    """校企合作共同开发课程 of a year, as the progress reports of its periods name them."""
    return _grid("共同开发课程", _COURSE_COLUMNS, _courses(context, year))


def _courses(context: LedgerContext, year: int) -> Iterator[tuple[Cell, ...]]:
    reports = [
        one for project in context.records.projects for one in under(context.records.progress, project)
    ]
    for report in reports:
        for course in report.courses if report.year == year else ():
            enterprise = context.records.enterprises.get(course.enterprise)
            yield (
                course.code,
                course.name,
                unmarked(course.summary),
                enterprise.credit_code if enterprise else "",
                context.words.party(course.enterprise),
                course.start,
                course.end,
                context.words.person(course.college_lead),
                course.college_lead,
                course.enterprise_lead,
                context.today,
            )
