"""E06–E09: the elements of an agreement that are lists with quantities, money and shares (clause 8.4)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.check.rules.figures import shares
from pipeline.check.rules.missing import gap_ways, given, is_framework, refusal, worded, written
from pipeline.check.rules.party_names import called
from pipeline.check.rules.rule import READING_SINCE, Fault, Way, fault, later, rule
from pipeline.kernel.chinese import plain_number, yuan
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.record.model import Agreement, Benefit, Cost, Item, Records, Term
from pipeline.record.model.agreement import Inputs, Resources, Revenue

_SHARES = "{name}各方分担合计 {total}%，应为 100%"
_TOTAL = Way(message="合计写的是 {total} 元，各项相加是 {sum} 元", hint="各项没有写错的，写成 {right}")


@rule(
    "E06",
    title="企业投入写明方式，装备和技术列出明细",
    clause="指南（草案）8.4 企业投入方式及装备、技术明细清单；5.2",
    why="投入是企业的主要义务，也是终止时清点的依据；只说“投入设备一批”，谁也说不清是哪几台、值多少、归谁。",
    hint="inputs 写 mode，再按 equipment、technology 等逐行列名称、数量、单位、单价、权属、交付时间；确无投入写 none: <理由>。",
    ways=gap_ways(
        empty=later("写了企业投入，却一行明细也没有"),
        half=Way(
            message="投入清单里一行{what}也没有，也没有说明（inputs.lacking）",
            hint="漏了的补进清单；确实没有的，在 inputs.lacking 写“不投入{what}：<理由>”。",
            severity=Severity.WARNING,
            since=READING_SINCE,
        ),
        cash=Way(
            message="{name}是钱，列成了设备、只有一个交付时间",
            hint="移到 inputs.capital；分期付的写 payments，各方按比例出的写 funding。",
            severity=Severity.WARNING,
            since=READING_SINCE,
        ),
        unassigned=later("合作企业有 {count} 家，{name}没有写由哪家投入（provider）"),
        sum=Way(
            message="{name}的金额写的是 {value} 元，{quantity} × {price} 元应为 {product} 元",
            hint="数量和单价没有写错的，写成 {right}",
        ),
        total=_TOTAL,
        late="{name}的交付时间 {day} 晚于合同结束日期 {end}",
    ),
    skips=is_framework,
)
def has_itemised_inputs(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """What enterprises put in is listed line by line and adds up, or declared none with a reason."""
    inputs = agreement.inputs
    if inputs is None:
        yield from _unstated(agreement, "inputs", "企业投入", "企业不投入")
        return
    yield from written(inputs.mode, "投入方式", "inputs", "mode")
    lines = inputs.lines
    if not lines:
        yield fault("empty", "inputs")
        return
    for kind, index, item in lines:
        yield from _input_gaps(item, called(item.name, index), kind, index)
        yield from _input_conflicts(agreement, item, called(item.name, index), kind, index)
    yield from _halves(inputs)
    yield from given(inputs.total, "投入合计", "inputs", "total")
    if all(item.amount is not None for _, _, item in lines):
        yield from _total(inputs, inputs.total, "inputs")


def _unstated(agreement: Agreement, key: str, what: str, none: str) -> Iterator[Fault]:
    """What is not listed at all: declared not to apply, for a reason, or just missing."""
    if key in agreement.declined:
        yield from refusal(agreement, key, none)
    else:
        yield fault("missing", key, what=what)


_CASH = late("现金|货币资金|资金|经费|奖学金|奖教金|助学金|投资款|出资款|启动金")
_NO_CASH = late("系统|平台|软件|设备|机|管理")


def _halves(inputs: Inputs) -> Iterator[Fault]:
    """What clause 8.4 asks a list of, equipment and technology, is listed or said to be lacking; money is neither."""
    halves = (("equipment", "装备"), ("technology", "技术"))
    missing = [what for kind, what in halves if not getattr(inputs, kind)]
    if missing and inputs.lacking is None:
        yield fault("half", "inputs", what="、".join(missing))
    for index, item in enumerate(inputs.equipment):
        if _CASH.search(item.name or "") and not _NO_CASH.search(item.name or ""):
            yield fault("cash", "inputs", "equipment", index, "name", name=called(item.name, index))


def _input_gaps(item: Item, name: str, kind: str, index: int) -> Iterator[Fault]:
    path = ("inputs", kind, index)
    yield from written(item.name, f"{name}的名称", *path, "name")
    yield from given(item.quantity, f"{name}的数量", *path, "quantity")
    yield from written(item.unit, f"{name}的单位", *path, "unit")
    yield from given(item.unit_price, f"{name}的单价", *path, "unit_price")
    yield from given(item.ownership, f"{name}的权属", *path, "ownership")
    yield from given(item.delivered_by, f"{name}的交付时间", *path, "delivered_by")
    yield from _asides(item, name, *path)


def _input_conflicts(agreement: Agreement, item: Item, name: str, kind: str, index: int) -> Iterator[Fault]:
    partners = agreement.parties.enterprises if agreement.parties else ()
    if item.provider is None and len(partners) > 1:
        yield fault("unassigned", "inputs", kind, index, "provider", name=name, count=len(partners))
    due = item.product
    if item.value is not None and due is not None and item.value != due:
        yield fault(
            "sum",
            *("inputs", kind, index, "value"),
            name=name,
            value=yuan(item.value),
            quantity=plain_number(item.quantity or Decimal(0)),
            price=yuan(item.unit_price or Decimal(0)),
            product=yuan(due),
            right=f"{due:.2f}",
        )
    term = agreement.term or Term()
    contrary = term.start and term.end and term.end <= term.start  # E12 tells of that
    if item.delivered_by and term.end and item.delivered_by > term.end and not contrary:
        values = {"name": name, "day": item.delivered_by, "end": term.end}
        yield fault("late", "inputs", kind, index, "delivered_by", **values)


@rule(
    "E07",
    title="占用学院的场地、设备、人员列出明细",
    clause="指南（草案）8.4 占用学院资源明细清单",
    why="学院资源是国有资产，占用多少、用多久要有账可查，终止时照单收回。",
    hint="resources 按 premises、equipment、staff、other 逐行列名称、数量、单位、使用期间；不占用写 none: <理由>。",
    ways=gap_ways(empty=later("写了占用学院资源，却一行明细也没有"), total=_TOTAL),
    skips=is_framework,
)
def has_itemised_resources(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """What of the college's is occupied is listed line by line and adds up, or declared none."""
    resources = agreement.resources
    if resources is None:
        yield from _unstated(agreement, "resources", "占用学院资源", "不占用学院资源")
        return
    lines = resources.lines
    if not lines:
        yield fault("empty", "resources")
    for kind, index, item in lines:
        yield from _resource_gaps(item, called(item.name, index), kind, index)
    if lines:
        yield from _total(resources, resources.total, "resources")


def _resource_gaps(item: Item, name: str, kind: str, index: int) -> Iterator[Fault]:
    path = ("resources", kind, index)
    yield from written(item.name, f"{name}的名称", *path, "name")
    yield from given(item.quantity, f"{name}的数量", *path, "quantity")
    yield from written(item.unit, f"{name}的单位", *path, "unit")
    yield from written(item.period, f"{name}的使用期间", *path, "period")
    yield from _asides(item, name, *path)


def _asides(item: Item, name: str, *path: str | int) -> Iterator[Fault]:
    """What need not be written, but must not be a placeholder once it is."""
    for key, what in (
        ("model", "规格型号"),
        ("asset_no", "资产编号"),
        ("approval_no", "批文号"),
        ("note", "说明"),
    ):
        text = getattr(item, key)
        if text is not None:
            yield from worded(text, f"{name}的{what}", *path, key)


def _total(part: Inputs | Resources, total: Decimal | None, field: str) -> Iterator[Fault]:
    if total is not None and total not in (part.sum, part.product_sum):
        yield fault("total", field, "total", total=yuan(total), sum=yuan(part.sum), right=f"{part.sum:.2f}")


@rule(
    "E08",
    title="设施配套和运行成本写明由谁承担、承担什么责任",
    clause="指南（草案）8.4 基本设施配套和运行成本的承担方和承担责任",
    why="水电、耗材、维护每天都在发生；比例加不满 100%，剩下的部分就没人付。",
    hint="补足各方比例，使每项合计 100，并写 liability（何时支付、超出怎么办、谁维护）；确不发生的写 none: <理由>。",
    ways=gap_ways(
        shares=_SHARES,
        half=Way(
            message="成本表里一项{what}也没有，也没有说明（costs_lacking）",
            hint="漏了的补进 costs，kind 写 {kind}；确实没有的，在 costs_lacking 写“没有{what}：<理由>”。",
            severity=Severity.WARNING,
            since=READING_SINCE,
        ),
        unsorted=Way(
            message="成本表各项都没有分清是设施配套还是运行成本（kind）",
            hint="每项写 kind: facility（基本设施配套）或 kind: operation（运行成本）。",
            severity=Severity.WARNING,
            since=READING_SINCE,
        ),
    ),
    skips=is_framework,
)
def has_borne_costs(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Each cost is borne by somebody to the last per cent, with what that means."""
    if not agreement.costs:
        yield from _unstated(agreement, "costs", "设施配套和运行成本", "不发生成本")
    for index, cost in enumerate(agreement.costs):
        yield from _cost(cost, called(cost.item, index), index)
    yield from _kinds(agreement)


def _kinds(agreement: Agreement) -> Iterator[Fault]:
    """Facilities and running costs are both told of, or one is said to be lacking."""
    kinds = {cost.kind for cost in agreement.costs}
    if kinds == {None}:
        yield fault("unsorted", "costs")
    elif agreement.costs and None not in kinds and agreement.costs_lacking is None:
        for kind, what in (("facility", "基本设施配套"), ("operation", "运行成本")):
            if kind not in kinds:
                yield fault("half", "costs", what=what, kind=kind)


def _cost(cost: Cost, name: str, index: int) -> Iterator[Fault]:
    path = ("costs", index)
    yield from written(cost.item, f"成本{name}的项目", *path, "item")
    yield from given(cost.shares or None, f"{name}的分担比例", *path, "shares")
    yield from shares(cost.shares, name, *path, "shares")
    yield from written(cost.liability, f"{name}的承担责任", *path, "liability")


@rule(
    "E09",
    title="开放服务收入写明分配方案和财务管理",
    clause="指南（草案）8.4 开放服务收入的分配方案和财务管理；职业教育法 41",
    why="对外培训、加工一有收入就要分；谁收款、入什么账、何时结算不写明，账目过不了审计。",
    hint="revenue 写 items（每类收入的 shares 合计 100）、management、account、settlement；不对外服务写 none: <理由>。",
    ways=gap_ways(
        empty=later("写了开放服务收入，收入分配（items）却一项也没有"),
        shares="{name}各方分配合计 {total}%，应为 100%",
    ),
    skips=is_framework,
)
def has_divided_revenue(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Income is divided to the last per cent and its handling told, or declared none with a reason."""
    revenue = agreement.revenue
    if revenue is None:
        yield from _unstated(agreement, "revenue", "开放服务收入", "没有开放服务收入")
        return
    if not revenue.items:
        yield fault("empty", "revenue", "items")
    for index, benefit in enumerate(revenue.items):
        yield from _benefit(benefit, called(benefit.item, index), index)
    yield from _handling(revenue)


def _benefit(benefit: Benefit, name: str, index: int) -> Iterator[Fault]:
    path = ("revenue", "items", index)
    yield from written(benefit.item, f"{name}的收入项目", *path, "item")
    yield from given(benefit.shares or None, f"{name}的分配比例", *path, "shares")
    yield from shares(benefit.shares, name, *path, "shares")
    if benefit.basis is not None:
        yield from worded(benefit.basis, f"{name}的计算依据", *path, "basis")


def _handling(revenue: Revenue) -> Iterator[Fault]:
    yield from written(revenue.management, "财务管理", "revenue", "management")
    yield from written(revenue.account, "收款账户", "revenue", "account")
    yield from written(revenue.settlement, "结算方式", "revenue", "settlement")
