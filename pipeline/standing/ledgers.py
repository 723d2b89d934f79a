"""The ledgers (台账) as tables: agreements, partners, yearly goals (clauses 6.1, 8.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from pipeline.kernel.chinese import date_words
from pipeline.kernel.grid import Cell, Column, Grid, Shape
from pipeline.kernel.structs import Struct, field
from pipeline.kernel.visible import escape_controls
from pipeline.record.model import Agreement, Records, under
from pipeline.standing.agreed import ended_on, signed_on, term_of
from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.goals import reached
from pipeline.standing.labels import Labels
from pipeline.standing.portfolio import implementer, inputs, resources
from pipeline.standing.proof import Approved
from pipeline.standing.state import FILED, approved_on, effective_on, reviewed_on, state, verdict_of


class LedgerContext(Struct, frozen=True, kw_only=True, dict=True):
    """One college on one day, as ledgers tell it; `approved` is what the approval trail knows."""

    words: Labels
    today: date
    approved: Approved = field(default_factory=dict)

    @cached_property
    def records(self) -> Records:
        """All records."""
        return self.words.records

    def grid(
        self,
        title: str,
        columns: tuple[Column, ...],
        rows: Iterator[tuple[Cell, ...]],
        *more: str,
        main: tuple[str, ...] = (),
    ) -> Grid:
        """A ledger with its day, its files left out, and running numbers in front."""
        numbered = tuple((index, *row) for index, row in enumerate(rows, start=1))
        broken = sorted(escape_controls(name, keep="") for name in self.records.broken)
        missing = (f"未列入（文件读不出来，改好后重新生成）：{'、'.join(broken)}",) if broken else ()
        head = f"{self._college}　截至 {date_words(self.today)}　共 {len(numbered)} 项"
        return Grid(
            title=title,
            notes=(head, *more, *missing),
            columns=(Column(head="序号", width=6), *columns),
            rows=numbered,
            main=main,
        )

    @property
    def _college(self) -> str:
        return (self.records.college.name if self.records.college else "") or "学校"


def text(head: str, width: int) -> Column:
    """A column of text."""
    return Column(head=head, width=width)


def day(head: str) -> Column:
    """A column of days."""
    return Column(head=head, width=16, shape=Shape.DAY)


def yuan(head: str) -> Column:
    """A column of amounts in yuan, added up."""
    return Column(head=head, width=18, shape=Shape.MONEY, summed=True)


def number(head: str, *, summed: bool = False) -> Column:
    """A column of counts."""
    return Column(head=head, width=12, shape=Shape.NUMBER, summed=summed)


_AGREEMENT_COLUMNS = (
    text("协议编号", 22),
    text("项目名称", 34),
    text("项目编号", 14),
    text("合作企业", 30),
    text("合作方式", 20),
    text("承办系部", 16),
    text("项目负责人", 12),
    text("状态", 10),
    day("法务审核日期"),
    day("合同审批日期"),
    text("审批证明", 24),
    day("签订日期"),
    day("生效日期"),
    day("期限起"),
    day("期限止"),
    day("提前终止日期"),
    number("补充协议（份）", summed=True),
    yuan("企业投入（元）"),
    yuan("占用学院资源（元）"),
    number("正本份数"),
    text("文本来源", 14),
    text("签署件存放处", 24),
    text("所属框架协议", 22),
)
_AGREEMENT_MAIN = (
    "项目名称",
    "协议编号",
    "合作企业",
    "承办系部",
    "状态",
    "签订日期",
    "期限起",
    "期限止",
    "企业投入（元）",
)
"""What a president asks of an agreement first."""
_SOURCES = {"legacy": "入库前已签", "partner": "企业提供文本"}


def agreements(context: LedgerContext) -> Grid:
    """协议台账: every agreement, where it stands, its dates and what it brings and takes."""
    rows = (
        _agreement(context, key, one)
        for key, one in sorted(agreements_of(context.records, day=context.today).items())
    )
    return context.grid(
        "协议台账",
        _AGREEMENT_COLUMNS,
        rows,
        "金额按协议明细加计，已生效的补充协议计算在内；意向书不计金额；框架协议和具体协议都列了的同一项只计一次。",
        main=_AGREEMENT_MAIN,
    )


def _agreement(context: LedgerContext, project: str, one: Agreement) -> tuple[Cell, ...]:
    records, words = context.records, context.words
    term, signing = term_of(records, project), records.signings.get(project)
    return (
        one.number,
        one.title,
        project,
        "、".join(map(words.party, one.party_ids[1:])),
        words.choices(one.forms, "agreement", "forms", 0),
        words.department(implementer(one)),
        words.person(one.responsible.manager if one.responsible else ""),
        state(records, project, context.today, context.approved).label,
        reviewed_on(records, project, context.approved),
        approved_on(records, project, context.approved),
        _proof(context, project),
        signed_on(records, project),
        effective_on(records, project, context.approved),
        term.start if term else None,
        term.end if term else None,
        ended_on(records, project),
        len(under(records.amendments, project)),
        sum(inputs((one,)).values()) or None,
        sum(resources((one,)).values()) or None,
        signing.copies if signing and signing.copies else (one.copies.total if one.copies else None),
        _SOURCES.get(one.origin.kind if one.origin else "", "库内起草"),
        _kept_at(context, project, one),
        _framework(context, one),
    )


def _proof(context: LedgerContext, project: str) -> str:
    """How far the approval is proven: by the trail with its level, else only as somebody filed it."""
    filed = approved_on(context.records, project) is not None
    return verdict_of(project, context.approved).label or (FILED if filed else "")


def _framework(context: LedgerContext, one: Agreement) -> str:
    """The number of the framework agreement that a specific one belongs to, else its project's title."""
    key = one.framework_agreement or ""
    framework = context.records.agreements.get(key)
    return (framework.number if framework else None) or (context.words.project(key) if key else "")


def _kept_at(context: LedgerContext, project: str, one: Agreement) -> str:
    signing = context.records.signings.get(project)
    scan = signing.scan if signing else None
    return (scan.kept_at if scan else "") or (one.origin.kept_at if one.origin else "")


_GOAL_COLUMNS = (
    text("年度", 8),
    text("项目名称", 34),
    text("项目编号", 14),
    text("承办系部", 16),
    text("指标", 24),
    text("目标说明", 30),
    number("目标值"),
    number("完成值"),
    text("单位", 8),
    Column(head="完成率", width=10, shape=Shape.PERCENT),
)


_GOAL_MAIN = (
    "项目名称",
    "年度",
    "承办系部",
    "指标",
    "目标说明",
    "目标值",
    "完成值",
    "单位",
    "完成率",
)


def goals(context: LedgerContext) -> Grid:
    """年度目标台账: every goal of every year with what progress tells of it (6.2 e)."""
    note = "完成值由各期进展记录加计；空白的表示还没有填报。"
    return context.grid("年度目标台账", _GOAL_COLUMNS, _goals(context), note, main=_GOAL_MAIN)


def _goals(context: LedgerContext) -> Iterator[tuple[Cell, ...]]:
    agreements = agreements_of(context.records, day=context.today)
    found = [one for project in agreements for one in reached(context.records, project)]
    for one in sorted(found, key=lambda one: (one.goal.year or 0, one.project, one.id)):
        yield (
            one.goal.year,
            context.words.project(one.project),
            one.project,
            context.words.department(implementer(agreements[one.project])),
            context.words.choice(one.goal.measure, "agreement", "goals", "*", "measure"),
            one.goal.text,
            one.goal.quantity,
            one.actual,
            one.goal.counted_in,
            one.rate,
        )
