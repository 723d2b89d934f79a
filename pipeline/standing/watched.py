"""Days that the records themselves set and that somebody has to watch: steps, deliveries, payments, exits, deadlines.

What has been done is not watched any more: a step that a progress report tells done, a payment that one has entered
by its name, equipment that one has received, a matter of an exit with its day, a year that is evaluated or summed up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pipeline.kernel.chinese import grouped, yuan
from pipeline.kernel.periods import month_end
from pipeline.kernel.structs import Struct, replace
from pipeline.record.model import Agreement, Records, under
from pipeline.record.model.after_signing import Exit
from pipeline.record.model.clauses import Instalment
from pipeline.record.model.execution import Payment
from pipeline.standing.agreed import ended_on
from pipeline.standing.as_agreed import agreement_of, each_as_agreed
from pipeline.standing.deliveries import Arrival, arrivals
from pipeline.standing.evaluated import wants_evaluation
from pipeline.standing.handed_over import implementer_on
from pipeline.standing.proof import Approved
from pipeline.standing.state import effective_on


class Watched(Struct, frozen=True, kw_only=True):
    """A day to watch: what kind of matter (`步骤`), of which project or department, what is due, and who answers for it.

    `key` is made of ids alone and lasts; `who` is a person, `party` a party; either may be "". Of what has been done in
    part, `part` says how much has and how much has not.
    """

    key: tuple[str, ...]
    kind: str
    what: str
    day: date
    project: str = ""
    department: str = ""
    who: str = ""
    party: str = ""
    part: str = ""

    @property
    def called(self) -> str:
        """What is due, with how much of it is."""
        return f"{self.what}（{self.part}）" if self.part else self.what


def watched(records: Records, today: date, approved: Approved | None = None) -> tuple[Watched, ...]:
    """Every day to watch that is not settled, the earliest first."""
    found = [*_of_projects(records, today, approved), *_deadlines(records, today, approved)]
    return tuple(sorted(found, key=lambda one: (one.day, one.key)))


def _of_projects(records: Records, today: date, approved: Approved | None) -> Iterator[Watched]:
    for project, agreement in sorted(each_as_agreed(records, today).items()):
        yield from _of_project(records, project, agreement, approved)


def _of_project(
    records: Records, project: str, agreement: Agreement, approved: Approved | None
) -> Iterator[Watched]:
    leaving = records.exits.get(project)
    if leaving:
        yield from _exit(project, leaving)
    elif effective_on(records, project, approved) and not ended_on(records, project):
        manager = agreement.responsible.manager or "" if agreement.responsible else ""
        yield from _steps(records, project, manager)
        yield from _payments(records, project, agreement, manager)
        yield from _deliveries(records, project, agreement, manager)


def watched_in(records: Records, project: str, today: date) -> tuple[Watched, ...]:
    """The days of one project's own papers, the earliest first; none where it has no agreement."""
    if project not in records.agreements:
        return ()
    found = _of_project(records, project, agreement_of(records, project, today), None)
    return tuple(sorted(found, key=lambda one: (one.day, one.key)))


def _steps(records: Records, project: str, manager: str) -> Iterator[Watched]:
    """The steps of the scheme that no progress report tells done."""
    scheme = records.schemes.get(project)
    done = {
        key
        for report in under(records.progress, project)
        for key, one in report.milestones.items()
        if one.done_on
    }
    for key, step in scheme.schedule.items() if scheme else ():
        if step.due and key not in done:
            yield Watched(
                key=("step", project, key),
                kind="进度节点",
                what=step.name,
                day=step.due,
                project=project,
                who=step.owner or manager,
                party=step.party,
            )


def _payments(records: Records, project: str, agreement: Agreement, manager: str) -> Iterator[Watched]:
    """The instalments that no progress report has entered whole under their name.

    Where several bear one name, what is entered fills them in the order of their days.
    """
    entered: dict[str, list[Payment]] = {}
    for report in under(records.progress, project):
        for paid in (*report.received, *report.spent):
            entered.setdefault(paid.item, []).append(paid)
    filled = _filled(agreement.payments, entered)
    for index, one in enumerate(agreement.payments):
        part = _in_part(one, filled[index])
        if one.due and one.item and (part or not filled[index]):
            yield Watched(
                key=("payment", project, str(index)),
                kind="款项",
                what=one.item,
                day=one.due,
                project=project,
                who=manager,
                party=one.payer or "",
                part=part,
            )


def _filled(owed: Sequence[Instalment], entered: Mapping[str, list[Payment]]) -> list[list[Payment]]:
    """For each instalment what was paid of it: a payment goes to the first of its name that is not whole yet."""
    found: list[list[Payment]] = [[] for _ in owed]
    for item, paid in entered.items():
        named = [index for index, one in enumerate(owed) if one.item == item]
        named.sort(key=lambda index: owed[index].due or date.max)
        for one in paid:
            _fill(owed, named, one, found)
    return found


def _fill(owed: Sequence[Instalment], named: list[int], paid: Payment, found: list[list[Payment]]) -> None:
    left = paid.amount
    for index in named:
        missing, last = _missing(owed[index], found[index]), index == named[-1]
        if found[index] and (missing is None or missing <= 0) and not last:
            continue
        share = left if last or left is None or missing is None else min(left, missing)
        found[index].append(replace(paid, amount=share))
        left = None if left is None or share is None else left - share
        if not left:
            return


def _missing(owed: Instalment, paid: list[Payment]) -> Decimal | None:
    """What is still to be paid of an instalment; None where nobody can tell."""
    # Reports are kept in yuan: what that makes of an instalment in other money is nowhere written down.
    if owed.currency or owed.amount is None:
        return None
    return owed.amount - _sum_of(paid)


def _sum_of(paid: list[Payment]) -> Decimal:
    return sum((one.amount or Decimal(0) for one in paid), Decimal("0.00"))


def _in_part(owed: Instalment, paid: list[Payment]) -> str:
    """How much of an instalment has been paid and how much has not; empty where all has, or where nobody can tell."""
    told, missing = _sum_of(paid), _missing(owed, paid)
    if not told or missing is None or missing <= 0:
        return ""
    return f"登记了 {yuan(told)} 元，还差 {yuan(missing)} 元"


def _deliveries(records: Records, project: str, agreement: Agreement, manager: str) -> Iterator[Watched]:
    """The lines of the inputs that no progress report tells received; what came before records began is not asked for."""
    begun = records.policy.meetings.since if records.policy and records.policy.meetings else None
    for one in arrivals(records, project, agreement):
        due = one.item.delivered_by
        if due and one.item.name and not one.whole and not (begun and due < begun):
            yield Watched(
                key=("delivery", project, *map(str, one.at)),
                kind="到货",
                what=one.item.name,
                day=due,
                project=project,
                who=manager,
                party=one.provider,
                part=_arrived(one),
            )


def _arrived(one: Arrival) -> str:
    """How much of a line has arrived and how much has not; empty where nothing has."""
    if not one.deliveries or one.item.quantity is None:
        return ""
    unit = one.item.unit or ""
    return f"到了 {grouped(one.arrived)} {unit}，还差 {grouped(one.item.quantity - one.arrived)} {unit}"


def _exit(project: str, leaving: Exit) -> Iterator[Watched]:
    """What is still to be settled at the end of a cooperation."""
    matters: tuple[tuple[str, str, tuple[date | None, date | None] | None], ...] = (
        (
            "students",
            "在培学生的安排",
            (leaving.students.due, leaving.students.done_on) if leaving.students else None,
        ),
        ("ip", "知识产权的处理", (leaving.ip.due, leaving.ip.done_on) if leaving.ip else None),
        ("data", "数据和个人信息的处理", (leaving.data.due, leaving.data.done_on) if leaving.data else None),
        ("money", "款项结清", (leaving.money.due, leaving.money.settled_on) if leaving.money else None),
        *(
            (f"equipment-{index}", f"设备处置：{one.name}", (one.due, one.done_on))
            for index, one in enumerate(leaving.equipment)
        ),
    )
    for key, what, days in matters:
        if days and days[0] and days[1] is None:
            yield Watched(
                key=("exit", project, key), kind="退出清理", what=what, day=days[0], project=project
            )


def _deadlines(records: Records, today: date, approved: Approved | None) -> Iterator[Watched]:
    """Evaluation and summary of the year gone by and of this year, where the college has set their months (6.2 g)."""
    regular = records.policy.regular if records.policy else None
    if regular is None:
        return
    for year in (today.year - 1, today.year):
        for project in sorted(records.agreements):
            if f"{project}/{year}" not in records.evaluations and wants_evaluation(
                records, project, year, approved
            ):
                yield Watched(
                    key=("evaluation", project, str(year)),
                    kind="绩效评价",
                    what=f"{year}年度绩效评价",
                    day=month_end(year + 1, regular.evaluation_month or 12),
                    project=project,
                    department=implementer_on(records, project, today),
                )
        for key, plan in sorted(records.plans.items()):
            if plan.year == year and key not in records.summaries:
                yield Watched(
                    key=("summary", *key.split("/")),
                    kind="年度总结",
                    what=f"{year}年度总结",
                    day=month_end(year + 1, regular.summary_month or 12),
                    department=plan.department,
                )
