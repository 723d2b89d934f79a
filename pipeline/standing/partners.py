"""The partners: when each was last met (6.1 d), what each puts in (5.2, 8.4), and their ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from pipeline.kernel.chinese import money
from pipeline.kernel.grid import Cell, Column, Grid, Shape
from pipeline.record.model import Agreement, Records
from pipeline.record.model.enterprise import Contact, CreditStanding, Eligibility, Enterprise
from pipeline.standing.as_agreed import agreements_of
from pipeline.standing.ledgers import LedgerContext, day, number, text, yuan
from pipeline.standing.portfolio import by_enterprise
from pipeline.standing.told import line, told


def last_contacts(records: Records, today: date) -> Mapping[str, date]:
    """Enterprise → the last day until today on which a visit, an event or its own record tells of contact."""
    dated = (
        *((one.date, (one.enterprise,)) for one in records.visits.values()),
        *((one.date, one.enterprises) for one in records.events.values()),
        *((one.last_contact, (key,)) for key, one in records.enterprises.items()),
    )
    found: dict[str, date] = {}
    for on, names in dated:
        if on and on <= today:
            found |= {name: max(found.get(name, on), on) for name in names}
    return found


def provided(agreement: Agreement) -> Mapping[str, Decimal]:
    """What an agreement brings in, in yuan, by enterprise; under "" what no single enterprise is named for."""
    found: dict[str, Decimal] = {}
    lines = agreement.inputs.lines if agreement.inputs and not agreement.framework else ()
    only = agreement.party_ids[1] if len(agreement.party_ids) == 2 else ""
    for _, _, item in lines:
        provider = item.provider or only
        found[provider] = found.get(provider, Decimal("0.00")) + (item.amount or Decimal(0))
    return found


def brought(records: Records) -> Mapping[str, Decimal]:
    """What all agreements bring in, in yuan, by enterprise; under "" what no single enterprise is named for."""
    found: dict[str, Decimal] = {}
    for agreement in agreements_of(records).values():
        for provider, amount in provided(agreement).items():
            found[provider] = found.get(provider, Decimal("0.00")) + amount
    return found


_PARTNER_COLUMNS = (
    text("名称", 32),
    text("统一社会信用代码", 22),
    text("法定代表人", 12),
    text("类型", 10),
    text("行业门类", 18),
    text("产业", 16),
    text("对应专业", 24),
    text("规模", 8),
    number("职工人数"),
    text("企业性质", 10),
    text("行政区划", 10),
    text("住所", 32),
    text("联系人", 10),
    text("职务", 12),
    text("电话", 16),
    Column(head="注册资本（元）", width=18, shape=Shape.MONEY),
    text("上市", 6),
    text("500强", 7),
    text("产教融合型企业", 10),
    text("合作性质", 10),
    text("合作层级", 10),
    text("联络负责人", 12),
    number("协议（份）"),
    text("项目编号", 20),
    yuan("投入（元）"),
    day("最近考察日期"),
    day("最近联系日期"),
    text("合作条件核定", 12),
    day("核定日期"),
    text("信用状况", 10),
    day("信用查询日期"),
    day("备案日期"),
    text("原名称", 30),
    text("承继企业", 30),
    text("所属企业", 40),
)


_PARTNER_MAIN = (
    "名称",
    "统一社会信用代码",
    "法定代表人",
    "规模",
    "合作层级",
    "联络负责人",
    "协议（份）",
    "投入（元）",
    "最近联系日期",
)


def ledger(context: LedgerContext) -> Grid:
    """合作企业台账: every partner with what the college knows of it, and what it puts in."""
    unnamed = brought(context.records).get("")
    notes = (f"协议明细里没有写明由哪一家投入的 {money(unnamed)} 未计入各家。",) if unnamed else ()
    listed = sorted(
        context.records.enterprises.items(), key=lambda pair: (pair[1].tier != "important", pair[0])
    )
    return context.grid(
        "合作企业台账", _PARTNER_COLUMNS, _partners(context, listed), *notes, main=_PARTNER_MAIN
    )


def _partners(context: LedgerContext, listed: list[tuple[str, Enterprise]]) -> Iterator[tuple[Cell, ...]]:
    projects, given = by_enterprise(context.records), brought(context.records)
    met = last_contacts(context.records, context.today)
    for key, one in listed:
        surveyed = [survey.date for survey in context.records.surveys.values() if key in survey.enterprises]
        yield (
            *_known(context, one),
            len(projects.get(key, ())),
            "、".join(projects.get(key, ())),
            given.get(key),
            max((on for on in surveyed if on), default=None),
            met.get(key),
            *_judged(context, one),
            one.filed_on,
            *_kin(context, one),
        )


def _known(context: LedgerContext, one: Enterprise) -> tuple[Cell, ...]:
    words, contact = context.words, one.contact or Contact()
    return (
        one.name,
        one.credit_code,
        one.legal_representative,
        words.choice(one.kind, "enterprise", "kind"),
        words.choice(one.industry, "enterprise", "industry"),
        one.trade,
        "、".join(one.majors),
        words.choice(one.scale, "enterprise", "scale"),
        one.staff,
        words.choice(one.ownership, "enterprise", "ownership"),
        one.region,
        one.address,
        contact.name,
        contact.post,
        contact.phone,
        one.registered_capital,
        _yes(one.listed),
        _yes(one.top500),
        _yes(one.certified),
        one.relation,
        words.choice(one.tier, "enterprise", "tier"),
        words.person(one.manager),
    )


def _judged(context: LedgerContext, one: Enterprise) -> tuple[Cell, ...]:
    fit, standing = one.eligibility or Eligibility(), one.standing or CreditStanding()
    return (
        context.words.choice(fit.decision, "enterprise", "eligibility", "decision"),
        fit.decided_on,
        context.words.choice(standing.status, "enterprise", "standing", "status"),
        standing.checked_on,
    )


def _kin(context: LedgerContext, one: Enterprise) -> tuple[Cell, ...]:
    """What it was called, who took it over, whose branch or subsidiary it is."""
    words, head, heir = context.words, one.affiliation, one.successor
    former = "；".join(
        line(told(words, "enterprise", then, (), ("former_names", 0))) for then in one.former_names
    )
    return (
        former,
        line(told(words, "enterprise", heir, (), ("successor",))) if heir else "",
        line(told(words, "enterprise", head, (), ("affiliation",))) if head else "",
    )


def _yes(flag: bool) -> str:
    return "是" if flag else "否"
