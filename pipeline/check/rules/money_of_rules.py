"""G22: rules of approval that go by amounts go by all the money of a contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pipeline.check.rules.rule import Fault, rule
from pipeline.kernel.chinese import yuan
from pipeline.kernel.finding import Severity
from pipeline.record.kinds import AGREEMENT
from pipeline.record.model import Records
from pipeline.record.rounds.frozen_fields import scalar
from pipeline.record.rounds.matrix import passing_over
from pipeline.standing.matrix_facts import FACTS

_SINCE = date(2026, 12, 1)


@rule(
    "G22",
    title="按金额分级的审批权限，算的是合同的全部金额",
    clause="指南（草案）8.4；行政事业单位内部控制规范 58",
    why="amount_from 只算企业投入和占用的学校资源：学校付出去的款项、共同的出资再多，也到不了财务、院长那里。",
    hint="用 coop governance new 另立新版本，这一条的 amount_from 改写成 money_from；确实只按投入和占用资源分级的，不用改。",
    severity=Severity.WARNING,
    ways={
        "narrow": "这一条的 amount_from 不算款项和出资：{agreements}连同款项、出资已够 {yuan} 元，{roles}却不用批准",
    },
    on=Records,
    since=_SINCE,
)
def goes_by_all_the_money(college: Records, records: Records) -> Iterator[Fault]:
    """Told only where it makes a difference: at each row that passes over the money of an agreement, once."""
    rules = records.governance
    if rules is None or all(row.when.amount_from is None for row in rules.matrix):
        return
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for project, agreement in records.agreements.items():
        if agreement.payments or agreement.funding is not None:
            facts = {
                **FACTS[AGREEMENT.name](agreement, records, project),
                "kind": scalar(AGREEMENT.name, "id"),
            }
            for row, silent in passing_over(rules, facts):
                found[row][project] = silent
    for row, projects in sorted(found.items()):
        place, first = records.ruled_at[row], next(iter(projects))
        others = f"等 {len(projects)} 份协议" if len(projects) > 1 else "的协议"
        roles = dict.fromkeys(role for asked in projects.values() for role in asked)
        yield Fault(
            way="narrow",
            at=(),
            values={
                "agreements": f"{first} {others}",
                "yuan": yuan(rules.matrix[row].when.amount_from or Decimal(0)),
                "roles": "、".join(map(rules.role, roles)),
            },
            file=place.file,
            spot=(place.line, place.column),
            related=tuple((AGREEMENT.file(one), (_field(records, one),)) for one in projects),
            cause="amount_from",
        )


def _field(records: Records, project: str) -> str:
    return "payments" if records.agreements[project].payments else "funding"
