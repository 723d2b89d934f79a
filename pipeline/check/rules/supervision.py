"""V01–V03 and V05–V07: meetings, inspections, events, research, people who change sides (clauses 6, 9, 10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.check.rules.rule import Fault, Way, fault, rule
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.record.kinds import MEETING
from pipeline.record.model import Records
from pipeline.record.model.execution import Defect, Inspection
from pipeline.record.model.work import Event, Meeting, Placement, Research, Visit
from pipeline.standing.agenda import actions, told_at_their_meeting


@rule(
    "V01",
    title="会上说的落实情况，对得上以前议定的事项，期限在会议之后",
    clause="指南（草案）9.1",
    why="说不清是哪次会议的哪一项，就没法销号。",
    hint="follow_up 写那次会议的日期 meeting 和事项编号 decision；期限从开会那天算起。",
    ways={
        "meeting": "没有 {day} 的例会记录",
        "decision": "{day} 的例会没有编号为 {id} 的议定事项",
        "later": "{day} 的例会不在本次会议之前",
        "done": "办结日期 {done} 早于议定日期 {day}",
        "due": Way(
            message="议定事项“{what}”的期限 {due} 早于开会的日期 {day}",
            hint="改期限的年月日；会前已经办完的事写进议题的讨论情况，不必再定期限。",
            severity=Severity.WARNING,
        ),
        "extended": Way(
            message="“{what}”延长到的日期 {due} 早于开会的日期 {day}",
            hint="改 due 的年月日；已经办结的写 done_on。",
            severity=Severity.WARNING,
        ),
    },
    on=Meeting,
)
def follow_up_names_an_earlier_decision(meeting: Meeting, records: Records) -> Iterator[Fault]:
    """What is followed up was decided before, and what is decided is still to be done."""
    yield from _due_before_it_was_decided(meeting, records)
    for index, item in enumerate(meeting.follow_up):
        if item.meeting is None:
            continue
        at = ("follow_up", index, "meeting")
        key = item.meeting.isoformat()
        earlier = records.meetings.get(key)
        if meeting.date and item.meeting >= meeting.date:
            yield fault("later", *at, day=item.meeting)
        elif earlier is None:
            if MEETING.file(key) not in records.broken:
                yield fault("meeting", *at, day=item.meeting)
        elif item.decision and item.decision not in earlier.decisions:
            yield fault("decision", "follow_up", index, "decision", day=item.meeting, id=item.decision)
        elif item.done_on and item.done_on < item.meeting:
            yield fault("done", "follow_up", index, "done_on", done=item.done_on, day=item.meeting)


def _due_before_it_was_decided(meeting: Meeting, records: Records) -> Iterator[Fault]:
    if meeting.date is None:
        return
    for key, decision in meeting.decisions.items():
        if decision.due and decision.due < meeting.date:
            yield fault(
                "due", "decisions", key, "due", what=decision.text or key, due=decision.due, day=meeting.date
            )
    for index, item in enumerate(meeting.follow_up):
        if item.due and item.due < meeting.date and item.done_on is None:
            earlier = records.meetings.get(item.meeting.isoformat()) if item.meeting else None
            decided = earlier.decisions.get(item.decision) if earlier else None
            what = decided.text if decided and decided.text else item.decision
            yield fault("extended", "follow_up", index, "due", what=what, due=item.due, day=meeting.date)


@rule(
    "V02",
    title="到期没办结的事项，下次会议接着过问",
    clause="指南（草案）9.1；指南（草案）9.2",
    why="议而不决、决而不行，多半是因为下次会没有人再问一句。",
    hint="在 follow_up 里写这一项：办结的写 done_on，延期的写 due，说明情况写 note。",
    ways={
        "dropped": Way(
            message="{day} 议定的“{what}”{due} 到期，这次会议没有过问",
            hint="在 follow_up 里写一行：meeting: {day}，decision: {id}；办结的加 done_on，延期的加 due，说明情况写 note。",
        )
    },
    on=Meeting,
    severity=Severity.WARNING,
)
def overdue_actions_are_carried_over(meeting: Meeting, records: Records) -> Iterator[Fault]:
    """An action that is open past its day is asked after at the next meeting."""
    if meeting.date is None:
        return
    previous = max(
        (one.date for one in records.meetings.values() if one.date and one.date < meeting.date), default=None
    )
    known = actions(records)
    named = {(item.meeting, item.decision) for item in meeting.follow_up}
    named |= told_at_their_meeting(records, known) | _answered_before(meeting.date, records)
    for action in known:
        due = action.decision.due
        if action.meeting >= meeting.date or due is None or not _fell_due(due, previous, meeting.date):
            continue
        done = action.done_on is not None and action.done_on < meeting.date
        if (action.meeting, action.id) not in named and not done:
            at = ("follow_up",)
            values = {
                "day": action.meeting,
                "id": action.id,
                "what": action.decision.text or action.id,
                "due": due,
            }
            related = ((MEETING.file(action.meeting.isoformat()), ("decisions", action.id, "due")),)
            yield Fault(way="dropped", at=at, values=values, related=related)


def _answered_before(day: date, records: Records) -> set[tuple[date | None, str]]:
    """The decisions that a meeting before was told are carried out, on whatever day it was told."""
    earlier = (one for one in records.meetings.values() if one.date and one.date < day)
    return {(item.meeting, item.decision) for one in earlier for item in one.follow_up if item.done_on}


def _fell_due(due: date, previous: date | None, now: date) -> bool:
    """Whether a day lies after the meeting before and before this one: each action is asked after once."""
    return due < now and (previous is None or due >= previous)


@rule(
    "V03",
    title="督查发现的问题有责任人、期限，整改有佐证",
    clause="指南（草案）10.1",
    why="没有期限的整改等于没有要求；没有佐证的整改，复查时只能听一面之词。",
    hint="每个问题写 due，并写 owner 或 party；整改完成的写 measures、done_on、evidence。",
    ways={
        "nobody": "问题“{what}”没有写由谁整改（owner 或 party）",
        "before": "问题“{what}”的{which} {day} 早于督查日期 {inspected}",
        "unproven": "问题“{what}”的整改写了完成日期，没有佐证材料（evidence）",
    },
    on=Inspection,
)
def findings_are_rectified_with_evidence(inspection: Inspection, records: Records) -> Iterator[Fault]:
    """Each problem has somebody, a day, and in the end something to show."""
    for key, defect in inspection.findings.items():
        at, what = ("findings", key), defect.text or key
        if not defect.owner and not defect.party:
            yield fault("nobody", *at, "owner", what=what)
        yield from _days(inspection, key, defect)
        done = defect.rectification
        if done and done.done_on and not done.evidence:
            yield fault("unproven", *at, "rectification", "evidence", what=what)


def _days(inspection: Inspection, key: str, defect: Defect) -> Iterator[Fault]:
    if inspection.date is None:
        return
    done = defect.rectification.done_on if defect.rectification else None
    for which, day, at in (
        ("整改期限", defect.due, ("due",)),
        ("整改完成日期", done, ("rectification", "done_on")),
    ):
        if day and day < inspection.date:
            values = {"what": defect.text or key, "which": which, "day": day, "inspected": inspection.date}
            yield Fault(way="before", at=("findings", key, *at), values=values)


@rule(
    "V05",
    title="活动写明谁讲、谁听、改进什么，访企拓岗写明要多少人",
    clause="指南（草案）5.6；指南（草案）6.1；指南（草案）9.2；指南（草案）9.3",
    why="专题报告要有企业家讲、有学生听，信息交流要有改进，访企拓岗要问到能接收多少毕业生，否则只是办过、去过。",
    hint="专题报告写 speakers 和 students，信息交流写 improvements，访企拓岗写 graduates。",
    ways={
        "speaker": "企业家专题报告没有写报告人（speakers）",
        "audience": "企业家专题报告没有写参加的学生人数（students）",
        "improvement": "与系部的信息交流没有写总结与改进（improvements）",
        "graduates": Way(
            message="为“{purpose}”去的，没有写能接收多少毕业生就业（graduates）",
            hint="graduates 按专业写人数；企业眼下不招毕业生的，写 graduates: {{none: 理由}}。",
        ),
    },
    on=Event | Visit,
    severity=Severity.WARNING,
)
def events_and_visits_leave_something(record: Event | Visit, records: Records) -> Iterator[Fault]:
    """A lecture has an entrepreneur and students; an exchange ends in an improvement; a visit for jobs tells of jobs."""
    if isinstance(record, Visit):
        if _FOR_JOBS.search(record.purpose) and not record.graduates and "graduates" not in record.declined:
            yield fault("graduates", "graduates", purpose=record.purpose)
        return
    if record.kind == "lecture" and not record.speakers:
        yield fault("speaker", "speakers")
    if record.kind == "lecture" and not record.students:
        yield fault("audience", "students")
    if record.kind == "exchange" and not record.improvements:
        yield fault("improvement", "improvements")


_FOR_JOBS = late("拓岗|就业|用人需求|招聘")
"""What a visit is for whose fruit is places of work for graduates (5.6 f)."""


@rule(
    "V06",
    title="互聘人员写明是谁、起止日期",
    clause="指南（草案）5.6；指南（草案）6.1；指南（草案）6.2",
    why="教师实践时间、兼职教师人数都要进台账；写不清是谁、多久，统计就不准。",
    hint="教师企业实践写 person；兼职教师、指导教师写 outsider；结束日期不早于开始日期。",
    ways={
        "person": "教师企业实践没有写教师（person）",
        "outsider": "企业人员任教没有写姓名（outsider）",
        "order": "结束日期 {end} 早于开始日期 {start}",
        "days": Way(message="{start} 至 {end} 一共 {span} 天，写了 {told} 天", severity=Severity.WARNING),
        "hours": Way(
            message="{start} 至 {end} 一共 {span} 天，授课写了 {told} 学时", severity=Severity.WARNING
        ),
    },
    on=Placement,
)
def placements_tell_who_and_when(placement: Placement, records: Records) -> Iterator[Fault]:
    """Teachers at work and workers teaching are counted by name and by day."""
    if placement.kind == "teacher-practice" and not placement.person:
        yield fault("person", "person")
    if placement.kind in ("part-time-teacher", "mentor") and placement.outsider is None:
        yield fault("outsider", "outsider")
    if placement.start and placement.end and placement.end < placement.start:
        yield fault("order", "end", start=placement.start, end=placement.end)
    elif placement.start and placement.end:
        span = (placement.end - placement.start).days + 1
        values = {"start": placement.start, "end": placement.end, "span": span}
        if placement.days and placement.days > span:
            yield fault("days", "days", **values, told=plain_number(placement.days))
        if placement.hours and placement.hours > span * _HOURS:
            yield fault("hours", "hours", **values, told=plain_number(placement.hours))


_HOURS = 8
"""Nobody teaches more in a day, every day."""


@rule(
    "V07",
    title="市场调研用到年度计划里",
    clause="指南（草案）6.1",
    why="市场调研是为人才培养、专业设置、教学改革提供参考的；没有用到计划里的调研，做了等于没做。",
    hint="feeds 写用到哪一年哪个系部的计划。",
    ways={
        "unused": "没有写用于哪份年度计划（feeds）",
        "plan": "没有 {year} 年{department}的年度计划",
    },
    on=Research,
    severity=Severity.WARNING,
)
def research_feeds_a_plan(research: Research, records: Records) -> Iterator[Fault]:
    """Market research is done for the sake of plans."""
    if not research.feeds:
        yield fault("unused", "feeds")
    for index, feed in enumerate(research.feeds):
        if feed.year and feed.department and f"{feed.year}/{feed.department}" not in records.plans:
            name = records.college.department_name(feed.department) if records.college else feed.department
            yield fault("plan", "feeds", index, year=feed.year, department=name)
