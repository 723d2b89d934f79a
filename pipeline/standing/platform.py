"""What is told of a year to those who ask for figures, row by row: joint work, visits, courses developed together.

Which columns a table of them has, and what they are called there, data packs say (`templates/packs/`). Every figure of a project stands in one row alone, so that a column adds up to the year's figure elsewhere:
where an agreement names several majors or enterprises, it is the row of those named first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from pipeline.kernel.grid import Cell, Shape
from pipeline.kernel.structs import Struct, field
from pipeline.prose.unmarked import unmarked
from pipeline.record.model import Agreement, under
from pipeline.record.model.college import Major
from pipeline.record.model.work import Demand, Visit
from pipeline.standing.agreed import ended_on, term_of
from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.ledgers import LedgerContext
from pipeline.standing.state import effective_on
from pipeline.standing.year_figures import measures

Rows = Callable[[LedgerContext, int], Iterator[tuple[Cell, ...]]]


class RowFact(Struct, frozen=True):
    """A value that a row has: what it is, how wide a column of it is, its shape, and whether it is added up."""

    meaning: str
    width: int
    shape: Shape = Shape.TEXT
    summed: bool | None = None

    @property
    def adds_up(self) -> bool:
        """Counts and amounts add up where nothing else is said: pay does not."""
        return self.shape in (Shape.NUMBER, Shape.MONEY) if self.summed is None else self.summed


_MEASURES = (
    "order-students",
    "courses",
    "textbooks",
    "part-time-teachers",
    "interns",
    "employed",
    "service-income",
)
COOPERATION = {
    "key": RowFact("主键：学校、年度、专业、企业连起来", 40),
    "school_code": RowFact("学校代码", 12),
    "major_code": RowFact("专业代码（没有代码的写名称）", 12),
    "major": RowFact("专业名称", 20),
    "credit_code": RowFact("合作企业统一社会信用代码", 24),
    "enterprise": RowFact("合作企业名称", 32),
    "since": RowFact("合作开始年月，如 202509", 12),
    "order_students": RowFact("订单培养人数", 12, Shape.NUMBER),
    "courses": RowFact("共同开发课程门数", 12, Shape.NUMBER),
    "textbooks": RowFact("共同开发教材数", 12, Shape.NUMBER),
    "part_time_teachers": RowFact("支持学校兼职教师数", 12, Shape.NUMBER),
    "interns": RowFact("接受岗位实习学生数", 12, Shape.NUMBER),
    "employed": RowFact("接受毕业生就业数", 12, Shape.NUMBER),
    "service_income": RowFact("学校为企业技术服务年收入（元）", 18, Shape.MONEY),
    "collected_on": RowFact("数据采集日期", 16, Shape.DAY),
}


class _Row(Struct):
    """One pair of major and enterprise while its projects are added up."""

    start: date
    figures: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(_MEASURES, Decimal(0)))


def cooperation(context: LedgerContext, year: int) -> Iterator[tuple[Cell, ...]]:
    """Joint work in a year: a row for each major and enterprise that worked together in it."""
    rows: dict[tuple[str, str], _Row] = {}
    for project, agreement in sorted(agreements_of(context.records, day=context.today).items()):
        _add(context, year, project, agreement, rows)
    return _cooperation(context, year, rows)


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
            major,
            credit,
            context.words.party(party),
            f"{row.start:%Y%m}",
            *(row.figures[measure] for measure in _MEASURES),
            context.today,
        )


def _major(context: LedgerContext, name: str) -> Major:
    known = context.records.college.majors if context.records.college else ()
    return next((major for major in known if major.name == name), Major(name=name))


VISITS = {
    "enterprise": RowFact("走访企业名称", 32),
    "credit_code": RowFact("走访企业统一社会信用代码", 24),
    "major_code": RowFact("需求专业代码", 12),
    "major": RowFact("需求专业名称", 20),
    "level": RowFact("需求专业层次", 12),
    "posts": RowFact("可提供岗位数", 12, Shape.NUMBER),
    "pay": RowFact("平均薪酬（元）", 12, Shape.MONEY, summed=False),
    "leader": RowFact("牵头拜访人", 10),
    "leader_post": RowFact("牵头拜访人职务", 14),
    "date": RowFact("拜访日期", 16, Shape.DAY),
    "host": RowFact("企业接待人", 10),
    "host_post": RowFact("企业接待人职务", 14),
    "outcome": RowFact("访谈成果主要形式", 14),
    "intern_major": RowFact("接受实习生专业", 20),
    "intern_level": RowFact("接受实习生层次", 12),
    "interns": RowFact("接受实习生人数", 12, Shape.NUMBER),
    "intern_pay": RowFact("实习报酬（元）", 12, Shape.MONEY, summed=False),
    "graduate_major": RowFact("接受就业专业", 20),
    "graduate_level": RowFact("接受就业层次", 12),
    "graduates": RowFact("接受就业人数", 12, Shape.NUMBER),
    "graduate_pay": RowFact("就业起薪（元）", 12, Shape.MONEY, summed=False),
    "other_intent": RowFact("其他意向", 30),
    "collected_on": RowFact("数据采集日期", 16, Shape.DAY),
}


def visits(context: LedgerContext, year: int) -> Iterator[tuple[Cell, ...]]:
    """Visits of a year: a row for each demand a visit found, at least one for each visit."""
    found = sorted(context.records.visits.items(), key=lambda pair: (pair[1].date or date.min, pair[0]))
    made = [visit for _, visit in found if visit.date and visit.date.year == year]
    return (row for visit in made for row in _visit(context, visit))


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


COURSES = {
    "code": RowFact("课程号", 14),
    "name": RowFact("课程名", 24),
    "summary": RowFact("课程简介", 40),
    "credit_code": RowFact("合作企业统一社会信用代码", 24),
    "enterprise": RowFact("合作企业名称", 32),
    "start": RowFact("开始日期", 16, Shape.DAY),
    "end": RowFact("结束日期", 16, Shape.DAY),
    "college_lead": RowFact("学校负责人", 12),
    "college_lead_id": RowFact("学校负责人编号", 16),
    "enterprise_lead": RowFact("企业负责人", 12),
    "collected_on": RowFact("数据采集日期", 16, Shape.DAY),
}


def courses(context: LedgerContext, year: int) -> Iterator[tuple[Cell, ...]]:
    """Courses developed together in a year, as the progress reports of its periods name them."""
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


SOURCES: Mapping[str, tuple[Mapping[str, RowFact], Rows]] = {
    "cooperation": (COOPERATION, cooperation),
    "visits": (VISITS, visits),
    "courses": (COURSES, courses),
}
"""What a data pack can take its rows from: the values of each row by name, and the rows of a year."""
