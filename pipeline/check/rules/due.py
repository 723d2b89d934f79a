"""Q01–Q05: what only the calendar causes: shown as due, never failing (clauses 6, 9, 10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from pipeline.check.rules.gates import is_renewed
from pipeline.check.rules.rule import Fault, fault, rule
from pipeline.kernel.finding import DataPath
from pipeline.kernel.periods import later, month_end, months, period_days
from pipeline.prose.unmarked import unmarked
from pipeline.record.kinds import (
    INSPECTION,
    MEETING,
    POLICY,
)
from pipeline.record.model import Agreement, Records, under
from pipeline.record.model.after_signing import Exit
from pipeline.record.model.policy import Regular
from pipeline.standing.agenda import actions, open_actions, open_remedies, told_at_their_meeting
from pipeline.standing.agreed import ended_on, term_of
from pipeline.standing.evaluated import wants_evaluation
from pipeline.standing.state import ProjectState, effective_on, state


@rule(
    "Q01",
    title="每月开一次例会",
    clause="指南（草案）9.1",
    why="每月一次例会是指南里唯一的频次规定；寒暑假可以不开，但要在学校约定里写明。",
    hint="补录会议；确实不开的月份写进 policy.yaml 的 meetings.exemptions，写明名称。",
    ways={"missed": "{months}没有例会，也不在不开会的月份里"},
    on=Records,
    timed=True,
)
def meets_every_month(everything: Records, records: Records, today: date) -> Iterator[Fault]:
    """Every whole month since the college began has a meeting, or a named reason for none."""
    kept = records.policy.meetings if records.policy else None
    if kept is None or kept.since is None or kept.since > today:
        return
    met = {(one.date.year, one.date.month) for one in records.meetings.values() if one.date}
    missed = [
        (year, month)
        for year, month in months(kept.since, today)
        if month_end(year, month) < today and (year, month) not in met and kept.exemption(year, month) is None
    ]
    if missed:
        at, values = ("meetings", "since"), {"months": _month_words(missed)}
        yield Fault(way="missed", at=at, values=values, file=POLICY.file())


def _month_words(some: list[tuple[int, int]]) -> str:
    """Months in order as an office names them: 2025年3月、5月至9月，2026年1月."""
    years = []
    for year, of_year in groupby(some, key=itemgetter(0)):
        numbered = enumerate(month for _, month in of_year)
        runs = [
            [month for _, month in run] for _, run in groupby(numbered, key=lambda pair: pair[1] - pair[0])
        ]
        years.append(f"{year} 年 {'、'.join(map(_run_words, runs))}")
    return "，".join(years)


def _run_words(run: list[int]) -> str:
    if len(run) > 2:
        return f"{run[0]} 月至 {run[-1]} 月"
    return "、".join(f"{month} 月" for month in run)


@rule(
    "Q02",
    title="议定事项按期办结",
    clause="指南（草案）9.1",
    why="会上定了责任人和期限，过期没办结的要有个说法。",
    hint="办结的在下次会议的 follow_up 里写 done_on；要延期的写 due 和 note。",
    ways={
        "overdue": "“{what}”应在 {due} 前办结，责任人{owner}",
        "soon": "“{what}”将在 {due} 到期，责任人{owner}",
    },
    on=Records,
    timed=True,
)
def actions_are_done_in_time(everything: Records, records: Records, today: date) -> Iterator[Fault]:
    """What a meeting decided is done by its day."""
    lead = records.policy.lead.action_days if records.policy and records.policy.lead else None
    told = told_at_their_meeting(records, actions(records))
    for action in open_actions(records):
        if action.meeting > today or action.due is None or action.due < action.meeting:
            continue
        if (action.meeting, action.id) in told:
            continue
        way = _way(action.due, today, lead)
        if way:
            values = {
                "what": _brief(action.decision.text, action.id),
                "due": action.due,
                "owner": records.person_name(action.decision.owner),
            }
            at = ("decisions", action.id, "due")
            yield Fault(way=way, at=at, values=values, file=MEETING.file(action.meeting.isoformat()))


def _brief(text: str, key: str) -> str:
    """What was decided or found, as far as it fits a line; its key where it has no words."""
    words = " ".join(unmarked(text).split()).rstrip("。；")
    return f"{words[:_LINE]}……" if len(words) > _LINE else words or key


_LINE = 24


def _way(due: date, today: date, lead: int | None) -> str:
    if due < today:
        return "overdue"
    return "soon" if lead is not None and due <= today + timedelta(days=lead) else ""


@rule(
    "Q03",
    title="整改按期完成",
    clause="指南（草案）10.1",
    why="指南要求发现问题及时督促整改；过期没改的，每份报告都会列出来，直到改完。",
    hint="改完的写 rectification.done_on 和 evidence；改不完的，重新商定期限并说明。",
    ways={
        "overdue": "问题“{what}”应在 {due} 前整改完，已过 {days} 天",
        "soon": "问题“{what}”的整改将在 {due} 到期",
    },
    on=Records,
    timed=True,
)
def rectifications_are_done_in_time(everything: Records, records: Records, today: date) -> Iterator[Fault]:
    """A problem found stays in sight until it is done away with."""
    lead = records.policy.lead.rectification_days if records.policy and records.policy.lead else None
    for remedy in open_remedies(records):
        due = remedy.defect.due
        if due is None or (remedy.found_on and remedy.found_on > today):
            continue
        way = _way(due, today, lead)
        if way:
            what = _brief(remedy.defect.text, remedy.id)
            values: dict[str, object] = {"what": what, "due": due, "days": (today - due).days}
            file = INSPECTION.file(f"{remedy.project}/{remedy.inspection}")
            yield Fault(way=way, at=("findings", remedy.id, "due"), values=values, file=file)


@rule(
    "Q04",
    title="协议到期前商定续签或结束",
    clause="指南（草案）8.4",
    why="到期没有续签还在合作，等于没有协议；到期不清理，学生和设备没人管。",
    hint="续签的登记补充协议或新协议；结束的写 exit.yaml，清理完毕写 closed_on。",
    ways={
        "expiring": "协议将在 {end} 到期，还有 {days} 天",
        "expired": "协议已在 {end} 到期，没有续签，也没有退出记录（exit.yaml）",
        "ended": "补充协议写明合作到 {end} 终止，没有退出记录（exit.yaml）",
        "clearing": "{what}应在 {due} 前清理完，还没有完成日期",
    },
    on=Agreement | Exit,
    timed=True,
)
def terms_do_not_run_out_unnoticed(
    record: Agreement | Exit, records: Records, today: date
) -> Iterator[Fault]:
    """An end is announced, and what it leaves is cleared."""
    yield from _clearing(record, today) if isinstance(record, Exit) else _running_out(record, records, today)


def _running_out(agreement: Agreement, records: Records, today: date) -> Iterator[Fault]:
    project = agreement.project
    now, term = state(records, project, today), term_of(records, project)
    if now is ProjectState.ENDED and project not in records.exits:
        yield fault("ended", "term", "end", end=ended_on(records, project))
    end = term.end if term else None
    contrary = term and term.start and end and end <= term.start  # E12 tells of that
    if end is None or contrary or is_renewed(records, agreement):
        return
    if now is ProjectState.EXPIRING:
        yield fault("expiring", "term", "end", end=end, days=(end - today).days)
    elif now is ProjectState.EXPIRED and project not in records.exits:
        yield fault("expired", "term", "end", end=end)


def _clearing(leaving: Exit, today: date) -> Iterator[Fault]:
    matters: list[tuple[DataPath, str, date | None, date | None]] = []
    if leaving.students:
        matters.append((("students",), "在培学生", leaving.students.due, leaving.students.done_on))
    if leaving.money:
        matters.append((("money",), "款项", leaving.money.due, leaving.money.settled_on))
    for key, what, matter in (("ip", "知识产权", leaving.ip), ("data", "数据", leaving.data)):
        if matter:
            matters.append(((key,), what, matter.due, matter.done_on))
    for index, item in enumerate(leaving.equipment):
        matters.append((("equipment", index), f"设备“{item.name}”", item.due, item.done_on))
    for at, what, due, done in matters:
        if due and due < today and done is None:
            yield fault("clearing", *at, "due", what=what, due=due)


@rule(
    "Q05",
    title="项目定期填报进展、督查、评价",
    clause="指南（草案）6.2；指南（草案）10.1",
    why="定期看一看，问题就在小的时候；多久算定期，学校在约定里写明。",
    hint="补填 progress/、inspections/、evaluations/；期限在 policy.yaml 的 regular 里。",
    ways={
        "progress": "超过 {months} 个月没有进展记录（上一次截至 {last}）",
        "inspection": "超过 {months} 个月没有督查（上一次 {last}）",
        "evaluation": "{year} 年的绩效评价应在 {due} 前完成",
    },
    timed=True,
)
def projects_are_looked_at_regularly(agreement: Agreement, records: Records, today: date) -> Iterator[Fault]:
    """A project in force is told of, inspected and evaluated as often as the college says."""
    regular, project = records.policy.regular if records.policy else None, agreement.project
    if regular is None:
        return
    begin = effective_on(records, project)
    since = records.policy.meetings.since if records.policy and records.policy.meetings else None
    begin = max(begin, since) if begin and since else begin
    yield from _unevaluated(records, project, today, regular)
    if begin and state(records, project, today).working:
        reported = tuple(one.period for one in under(records.progress, project))
        seen = tuple(one.date for one in under(records.inspections, project) if one.date)
        yield from _lapsed(reported, seen, begin, today, regular)


def _lapsed(
    reported: tuple[str, ...],
    seen: tuple[date, ...],
    begin: date,
    today: date,
    regular: Regular,
) -> Iterator[Fault]:
    """What was told of and looked at too long ago: periods of progress, days of inspections."""
    periods = [period for period in map(period_days, reported) if period]
    ends = tuple(last for _, last in periods)
    for way, days, span in (
        ("progress", ends, regular.progress_months),
        ("inspection", seen, regular.inspection_months),
    ):
        last = max((day for day in days if day <= today), default=begin)
        if span and later(last, span) < today:
            yield fault(way, "title", months=span, last=last)


def _unevaluated(records: Records, project: str, today: date, regular: Regular) -> Iterator[Fault]:
    if regular.evaluation_month is None:
        return
    year = today.year - 1
    due = month_end(today.year, regular.evaluation_month)
    wanted = wants_evaluation(records, project, year) and f"{project}/{year}" not in records.evaluations
    if wanted and due < today:
        yield fault("evaluation", "title", year=year, due=due)
