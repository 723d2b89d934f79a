"""P14: what a report says in words is what its own figures say (clauses 6.2, 8.5, 10.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from re import Pattern
from typing import Any

from pipeline.check.rules.figure_words import (
    COUNTED,
    NOTHING,
    OF_A_PART,
    OF_THE_COLLEGE,
    told_in,
)
from pipeline.check.rules.rule import Fault, rule
from pipeline.kernel.chinese import plain_number, yuan
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.late_pattern import late
from pipeline.prose.facts import Amount, Fact
from pipeline.prose.passages import Prose
from pipeline.record.kinds import PROGRESS, SUMMARY
from pipeline.record.model import Records, under
from pipeline.record.model.execution import Progress
from pipeline.record.model.work import Summary
from pipeline.standing.agreed import agreed_on, goals_of, signed_on
from pipeline.standing.annual import Annual, annual
from pipeline.standing.as_written import by_summary

Figures = Mapping[str, frozenset[Decimal]]
"""What the records make of each subject: every figure that may rightly be meant."""


_YEARS = ("trained", "order-students", "apprentices")
"""The measures that are all called students trained."""


@rule(
    "P14",
    title="总结和进展的文字与记录算出的数字一致",
    clause="指南（草案）6.2；指南（草案）8.5；指南（草案）10.3",
    why="同一份报告，文字里写两个、表格里排三项，看的人两个都不信。",
    hint="照记录算出的数改文字，或者补上漏填的记录；说的不是同一个范围的，写明是哪一部分。",
    ways={
        "summary": "文字写{name} {told}，{year} 年的记录算出来是 {figure}",
        "progress": "文字写{name} {told}，本时段填报的是 {figure}",
    },
    severity=Severity.WARNING,
    on=Records,
)
def words_agree_with_figures(everything: Records, records: Records) -> Iterator[Fault]:
    """The same figure is not told twice differently, once by a person and once by the program."""
    for key, summary in records.summaries.items():
        texts: list[tuple[DataPath, str]] = [
            (("overview",), summary.overview),
            (("effects",), summary.effects),
            *((("highlights", index), one) for index, one in enumerate(summary.highlights)),
        ]
        figures = _Lazy(records, key, summary)
        other = _IN_PART if _teaches(summary.department, records) else _PART
        yield from _faults("summary", SUMMARY.file(key), texts, figures, summary.year, other)
    for key, report in records.progress.items():
        texts = [(("summary",), report.summary)]
        yield from _faults(
            "progress", PROGRESS.file(key), texts, _Lazy(records, key, report), report.year, NOTHING
        )


_PART = late(OF_A_PART)
_IN_PART = late(f"{OF_A_PART}|{OF_THE_COLLEGE}")
"""What a department's report tells of less than its year, or of more than itself."""


def _teaches(department: str, records: Records) -> bool:
    return records.college is not None and department in records.college.teaching


class _Lazy:
    """The figures of a report, counted once something in its words asks for them."""

    def __init__(self, records: Records, key: str, report: Summary | Progress) -> None:
        self._records, self._key, self._report = records, key, report
        self._found: Figures | None = None

    def of(self, subject: str) -> frozenset[Decimal]:
        """Every figure that may be meant; none where the records say nothing of it."""
        if self._found is None:
            report = self._report
            if isinstance(report, Summary):
                self._found = _of_year(self._records, self._key, report)
            else:
                self._found = _of_period(self._records, report)
        return self._found.get(subject, frozenset())


def _faults(
    way: str,
    file: str,
    texts: list[tuple[DataPath, str]],
    figures: _Lazy,
    year: int,
    other: Pattern[str],
) -> Iterator[Fault]:
    for at, text in texts:
        prose = Prose([text])
        for sentence in prose.sentences(*COUNTED):
            for subject, fact, told in told_in(sentence, year, other):
                right = figures.of(subject.key)
                if right and told not in right:
                    values = {
                        "name": subject.name,
                        "told": _said(fact, told),
                        "year": year,
                        "figure": "或 ".join(_said(fact, one) for one in sorted(right)),
                    }
                    offset = prose.offset(sentence.start + fact.start)
                    yield Fault(way=way, at=at, values=values, file=file, offset=offset)


def _said(fact: Fact, value: Decimal) -> str:
    return (
        f"{yuan(value)} 元"
        if isinstance(fact, Amount)
        else f"{plain_number(value)} {getattr(fact, 'unit', '')}"
    )


def _of_year(records: Records, key: str, summary: Summary) -> Figures:
    """The year as its own report counts it, and the whole college's beside a department's where both may be meant."""
    then = by_summary(records, key, summary.date or date.max)
    department = summary.department if _teaches(summary.department, records) else ""
    year = annual(then.records, summary.year, then.day or date.max, department)
    found: dict[str, set[Decimal]] = {
        "meetings": {Decimal(year.counts.meetings)},
        "inspections": {Decimal(year.counts.inspections)},
        "findings": {Decimal(year.counts.findings)},
        "visits": {Decimal(year.counts.visits)},
        "signed": {Decimal(len(year.signed))},
        "ended": {Decimal(len(year.ended))},
        "projects": _projects(year),
        "partners": {Decimal(year.partners), *_partners(then.records, department)},
        "received": {year.money.received},
        "spent": {year.money.spent},
        **{one.measure: {one.actual} for one in year.measures},
    }
    return _joined(
        {key: one for key, one in found.items() if key not in _IN_FORCE or not _contested(then.records, year)}
    )


_IN_FORCE = frozenset({"signed", "ended", "projects", "partners"})
"""What is counted by what is in force."""


def _contested(records: Records, year: Annual) -> bool:
    """Whether an agreement is signed by all and yet not in force: G14 tells why, and its figures hang on that."""
    return any(
        signed_on(records, project) is not None and agreed_on(records, project) is None
        for project in year.standing
    )


def _projects(year: Annual) -> set[Decimal]:
    """All that had begun, or those at work: the two ways to count projects that the report itself uses."""
    begun = [now for now in year.standing.values() if now.working or now.value in ("expired", "ended")]
    return {Decimal(len(year.working)), Decimal(len(begun))}


def _partners(records: Records, department: str) -> set[Decimal]:
    return set() if department else {Decimal(len(records.enterprises))}


def _of_period(records: Records, report: Progress) -> Figures:
    """A period's figures, and the year's until then: a report may tell either."""
    goals, found = goals_of(records, report.project), dict[str, set[Decimal]]()
    earlier = [
        one
        for one in under(records.progress, report.project)
        if one.year == report.year and one.period <= report.period
    ]
    for key, reached in report.goals.items():
        measure = goals[key].measure if key in goals else ""
        sums = (one.goals[key].actual or Decimal(0) for one in earlier if key in one.goals)
        if measure and reached.actual is not None:
            found.setdefault(measure, set()).update({reached.actual, sum(sums, Decimal(0))})
    return _joined(found | _paid(report))


def _paid(report: Progress) -> dict[str, set[Decimal]]:
    lists: Any = {"received": report.received, "spent": report.spent}
    found = {}
    for key, some in lists.items():
        amounts = [one.amount for one in some if one.amount]
        if amounts:
            found[key] = {*amounts, sum(amounts, Decimal(0))}
    return found


def _joined(found: Mapping[str, set[Decimal]]) -> Figures:
    """Students of every kind are told as trained: any of them may be meant, and all of them together."""
    students = [found[key] for key in _YEARS if key in found]
    every = set[Decimal]().union(*students)
    if students:
        every.add(sum((max(one) for one in students), Decimal(0)))
    return {key: frozenset(values) for key, values in found.items()} | {"trained": frozenset(every)}
