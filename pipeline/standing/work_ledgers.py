"""The ledgers of the office's own work: dockings, visits, events, people, research, policies, rules (5, 6.1, 9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.kernel.grid import Cell, Grid
from pipeline.prose.unmarked import unmarked
from pipeline.record.model.preparation import Outsider
from pipeline.standing.ledgers import LedgerContext, day, number, text
from pipeline.standing.told import line, told

_DOCKING_COLUMNS = (
    text("项目名称", 34),
    text("项目编号", 14),
    text("模式", 8),
    text("类别", 24),
    text("怎样对接、共建", 36),
    text("凭据", 70),
)


def dockings(context: LedgerContext) -> Grid:
    """五对接六共建台账: what every agreement names of either, with its evidence (5.4–5.6)."""
    return context.grid("五对接六共建台账", _DOCKING_COLUMNS, _dockings(context))


def _dockings(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    words = context.words
    for project, one in sorted(context.records.agreements.items()):
        for name, mode in (("docking", "五对接"), ("co_building", "六共建")):
            for item in getattr(one, name):
                yield (
                    words.project(project),
                    project,
                    mode,
                    words.choice(item.code, "agreement", name, 0, "code"),
                    item.text,
                    line(told(words, "agreement", item, ("code", "text"), (name, 0))),
                )


_EVENT_COLUMNS = (
    day("日期"),
    text("类别", 18),
    text("名称", 34),
    text("地点", 18),
    text("参加部门", 24),
    text("参加企业", 30),
    text("项目名称", 30),
    text("报告人", 30),
    number("学生（人）", summed=True),
    number("教职工或企业职工（人）", summed=True),
    number("培训人天", summed=True),
    text("情况", 50),
    text("总结与改进", 50),
)


def events(context: LedgerContext) -> Grid:
    """活动台账: exchanges with departments, fellowship, lectures, training and the like (6.1 i, 9.2, 9.3)."""
    return context.grid("活动台账", _EVENT_COLUMNS, _events(context))


def _events(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    words = context.words
    for _, one in sorted(
        context.records.events.items(), key=lambda pair: (pair[1].date or date.min, pair[0])
    ):
        yield (
            one.date,
            words.choice(one.kind, "event", "kind"),
            one.title,
            one.place,
            "、".join(map(words.department, one.departments)),
            "、".join(map(words.party, one.enterprises)),
            words.project(one.project) if one.project else "",
            "；".join(map(outsider, one.speakers)),
            one.students,
            one.staff,
            one.person_days,
            unmarked(one.summary),
            unmarked(one.improvements),
        )


def outsider(one: Outsider | None) -> str:
    """Somebody from outside: name, unit and post, as far as they are known."""
    return "，".join(filter(None, (one.name, one.unit, one.post))) if one else ""


_VISIT_COLUMNS = (
    day("走访日期"),
    text("企业", 30),
    text("牵头拜访人", 12),
    text("同行人员", 24),
    text("企业接待人", 30),
    text("目的", 34),
    text("访谈成果", 14),
    text("用人、实习、就业需求", 50),
    text("其他意向", 30),
    text("走访情况", 60),
)


def visits(context: LedgerContext) -> Grid:
    """走访台账: every visit to an enterprise in full; the platform's table takes only figures of it (5.6 a, 6.1 g)."""
    return context.grid("走访企业台账", _VISIT_COLUMNS, _visits(context))


_DEMANDS = ("posts", "interns", "graduates")


def _visits(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    words, fields = context.words, context.words.schemas["visit"].fields
    for _, one in sorted(
        context.records.visits.items(), key=lambda pair: (pair[1].date or date.min, pair[0])
    ):
        yield (
            one.date,
            words.party(one.enterprise),
            words.person(one.leader),
            words.people(one.companions),
            outsider(one.host),
            one.purpose,
            words.choice(one.outcome, "visit", "outcome"),
            line(told(words, "visit", one, fields.keys() - set(_DEMANDS))),
            one.other_intent,
            unmarked(one.summary),
        )


_PLACEMENT_COLUMNS = (
    text("类别", 16),
    text("人员", 30),
    text("企业", 30),
    text("系部", 18),
    text("项目名称", 30),
    day("开始日期"),
    day("结束日期"),
    number("实践天数", summed=True),
    number("授课学时", summed=True),
    text("岗位或任务", 30),
    text("承担课程", 30),
    text("成果与评价", 50),
)


def placements(context: LedgerContext) -> Grid:
    """人员互聘台账: teachers in enterprises, people of enterprises who teach (5.6 d, 6.1 i, 6.2 f)."""
    return context.grid("人员互聘台账", _PLACEMENT_COLUMNS, _placements(context))


def _placements(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    words = context.words
    some = sorted(context.records.placements.items(), key=lambda pair: (pair[1].start or date.min, pair[0]))
    for _, one in some:
        yield (
            words.choice(one.kind, "placement", "kind"),
            "、".join(filter(None, (words.person(one.person), outsider(one.outsider)))),
            words.party(one.enterprise),
            words.department(one.department),
            words.project(one.project) if one.project else "",
            one.start,
            one.end,
            one.days,
            one.hours,
            one.task,
            "、".join(one.courses),
            unmarked(one.result),
        )


_RESEARCH_COLUMNS = (
    day("完成日期"),
    text("题目", 34),
    text("调研人员", 24),
    text("涉及系部", 24),
    text("用途", 20),
    text("方法", 24),
    text("发现", 60),
    text("建议", 60),
    text("用于年度计划", 30),
)


def researches(context: LedgerContext) -> Grid:
    """市场调研台账: what was found, what is advised, and which plans take it up (6.1 f)."""
    return context.grid("市场调研台账", _RESEARCH_COLUMNS, _researches(context))


def _researches(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    words = context.words
    some = sorted(context.records.researches.items(), key=lambda pair: (pair[1].date or date.min, pair[0]))
    for _, one in some:
        yield (
            one.date,
            one.title,
            words.people(one.people),
            "、".join(map(words.department, one.departments)),
            words.choices(one.purposes, "research", "purposes", 0),
            one.method,
            unmarked(one.findings),
            unmarked(one.suggestions),
            "、".join(f"{feed.year}年{words.department(feed.department)}" for feed in one.feeds),
        )


_POLICY_COLUMNS = (
    day("发布日期"),
    text("名称", 40),
    text("文号", 24),
    text("发布单位", 24),
    text("层级", 14),
    text("主要内容与优惠", 60),
    text("我校如何使用", 50),
    text("登记人", 10),
)


def policies(context: LedgerContext) -> Grid:
    """政策信息台账: what government, associations and chambers offer, and what the college makes of it (6.1 h)."""
    return context.grid("政策信息台账", _POLICY_COLUMNS, _policies(context))


def _policies(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    words = context.words
    some = sorted(context.records.policies.items(), key=lambda pair: (pair[1].date or date.min, pair[0]))
    for _, one in some:
        yield (
            one.date,
            one.title,
            one.doc_no,
            one.issuer,
            words.choice(one.level, "government-policy", "level"),
            unmarked(one.benefit),
            unmarked(one.use),
            words.person(one.person),
        )


_RULE_COLUMNS = (
    text("制度名称", 40),
    text("版次", 10),
    text("文号", 24),
    day("通过日期"),
    day("施行日期"),
    text("修改要点", 50),
)


def rules(context: LedgerContext) -> Grid:
    """管理制度台账: the college's rules on cooperation with every version and its number (6.1 b)."""
    return context.grid("管理制度台账", _RULE_COLUMNS, _rules(context))


def _rules(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    college = context.records.college
    for rule in college.rules.values() if college else ():
        for one in rule.versions:
            yield (rule.title, one.version, one.doc_no, one.approved_on, one.effective_on, one.changes)


WORK = (dockings, visits, events, placements, researches, policies, rules)
"""Every ledger of the office's own work."""
