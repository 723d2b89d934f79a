"""E01–E05 and E10–E12: the elements of an agreement that are told in words (clause 8.4)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.against.term_told import months_between
from pipeline.check.rules.missing import gap_ways, given, is_framework, listed, worded, written
from pipeline.check.rules.party_names import known_parties, party_words
from pipeline.check.rules.rule import READING_SINCE, Fault, Way, fault, later, rule
from pipeline.kernel.finding import Severity
from pipeline.kernel.late_pattern import late
from pipeline.record.model import Agreement, Records, Term

_COUNTED = late(r"[0-9０-９]|[一二两三四五六七八九十百千万]+(?:余|多)?[名人位个门项年月次台套件家届期篇部]")


@rule(
    "E01",
    title="写明合作项目名称和合作范围",
    clause="指南（草案）8.4 合作项目名称和合作范围",
    why="名称定了是哪个项目，范围定了哪些专业、班级、场所和业务在内；范围不清，履行和验收都没有边界。",
    hint="title 写项目全称，scope 写涉及的专业、班级、场所和业务。",
    ways=gap_ways(),
    skips=is_framework,
)
def has_name_and_scope(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Name and scope draw the border of what was agreed."""
    yield from written(agreement.title, "合作项目名称", "title")
    yield from written(agreement.scope, "合作范围", "scope")


@rule(
    "E02",
    title="写明合作目的",
    clause="指南（草案）8.4 合作目的",
    why="目的是解释其他条款的依据；目的落空时，也要靠它判断能否解除协议。",
    hint="purpose 用一两句话写要达到什么，最好带数字，如“三年培养不少于 180 人”。",
    ways=gap_ways(
        unmeasured=Way(message="合作目的里没有一个数字，期满时不好判断是否达到", severity=Severity.INFO)
    ),
    skips=is_framework,
)
def has_purpose(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """The purpose is what other terms are read by; one that can be measured is the better one."""
    found = tuple(written(agreement.purpose, "合作目的", "purpose"))
    yield from found
    if not found and not _COUNTED.search(agreement.purpose or ""):
        yield fault("unmeasured", "purpose")


@rule(
    "E03",
    title="写明合作方式",
    clause="指南（草案）8.4 合作方式",
    why="方式决定要不要论证、适用哪些规定，订单班和产业学院的程序就不一样。",
    hint="forms 从选项里选一种或几种；选了 other 的，在 form_details 里说明是什么方式。",
    ways=gap_ways(
        unexplained=later("合作方式选了“其他方式”（other），却没有在 form_details 里说明是什么方式"),
        repeated="合作方式 {form} 写了两遍",
    ),
    skips=is_framework,
)
def has_forms(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """The forms decide which procedures and laws apply; `other` says nothing until explained."""
    if not agreement.forms:
        yield fault("missing", "forms", what="合作方式")
    for index, form in enumerate(agreement.forms):
        if form in agreement.forms[:index]:
            yield fault("repeated", "forms", index, form=form)
    if agreement.form_details is not None:
        yield from worded(agreement.form_details, "合作方式说明", "form_details")
    elif "other" in agreement.forms:
        yield fault("unexplained", "form_details")


@rule(
    "E04",
    title="写明合作具体内容，逐项归类",
    clause="指南（草案）8.4 合作具体内容、7",
    why="内容是双方要做的事；归到第 7 章的类别，才好统计上报，也看得出漏了什么。",
    hint="contents 每项写 code（C1–C6、C5a）和 text，text 写到可以检查是否做到。",
    ways=gap_ways(),
    skips=is_framework,
)
def has_contents(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Each content carries its category of clause 7 and words that can be checked."""
    if not agreement.contents:
        yield fault("missing", "contents", what="合作具体内容")
    for index, content in enumerate(agreement.contents):
        name = f"合作内容第 {index + 1} 项"
        yield from given(content.code, f"{name}的内容类别（code）", "contents", index, "code")
        yield from written(content.text, f"{name}的内容", "contents", index, "text")


@rule(
    "E05",
    title="每一方的权利和义务都写明",
    clause="指南（草案）8.4 双方的权利和义务",
    why="只写一方义务的协议不是合作；职业教育法也要求协议明确双方的权利义务。",
    hint="obligations 下 college 和每家企业各写 rights（权利）和 duties（义务），一条一项。",
    ways=gap_ways(**{"one-sided": later("没有写{party}的{what}，权利义务只有一边")}),
    skips=is_framework,
)
def has_rights_and_duties_of_each(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Every party has at least one right and one duty (职业教育法 40)."""
    if not agreement.obligations:
        yield fault("missing", "obligations", what="各方权利和义务")
        return
    for party in known_parties(agreement, records):
        if party not in agreement.obligations:
            yield fault(
                "one-sided", "obligations", party, party=party_words(party, records), what="权利和义务"
            )
    for party, owed in agreement.obligations.items():
        name = party_words(party, records)
        for key, what, items in (("rights", "权利", owed.rights), ("duties", "义务", owed.duties)):
            if not items:
                yield fault("one-sided", "obligations", party, key, party=name, what=what)
            yield from listed(items, f"{name}的{what}", "obligations", party, key)


@rule(
    "E10",
    title="写明合同终止条件、通知期限和终止后的处理",
    clause="指南（草案）8.4 合同终止条件；民法典 562、565、567",
    why="什么情况下可以终止、提前几天通知、在培学生和设备怎么办，事先不写，散伙时最容易起争议。",
    hint="termination 写 conditions（一条一种情形）、notice_days（天数）、settlement（学生、设备、成果、款项各怎么办）。",
    ways=gap_ways(),
    skips=is_framework,
)
def has_termination(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """An ending needs conditions, notice, and what becomes of students, equipment, results and money."""
    ending = agreement.termination
    if ending is None:
        yield fault("missing", "termination", what="合同终止条件")
        return
    if not ending.conditions:
        yield fault("missing", "termination", "conditions", what="终止条件")
    yield from listed(ending.conditions, "终止条件", "termination", "conditions")
    yield from given(ending.notice_days, "提前通知天数", "termination", "notice_days")
    yield from written(ending.settlement, "终止后的处理", "termination", "settlement")


@rule(
    "E11",
    title="每一方的违约责任都写明",
    clause="指南（草案）8.4 违约责任；民法典 577、585",
    why="只约束一方的违约条款难以执行，也容易被认定显失公平。",
    hint="breach 下 college 和每家企业各写至少一条：违反什么、承担什么。",
    ways=gap_ways(**{"one-sided": later("没有写{party}的违约责任，只约束了一边")}),
    skips=is_framework,
)
def has_breach_of_each(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Liability binds every party, the school as well as the enterprises."""
    if not agreement.breach:
        yield fault("missing", "breach", what="违约责任")
        return
    for party in known_parties(agreement, records):
        if not agreement.breach.get(party):
            yield fault("one-sided", "breach", party, party=party_words(party, records))
    for party, items in agreement.breach.items():
        yield from listed(items, f"{party_words(party, records)}的违约责任", "breach", party)


@rule(
    "E12",
    title="写明合同期限，结束晚于开始",
    clause="指南（草案）8.4 合同期限",
    why="期限定了权利义务从哪天到哪天；起止颠倒的期限等于没有期限。",
    hint="term 写 start 和 end，形如 2026-09-01、2029-08-31，首尾两天都算在内。",
    ways=gap_ways(
        order="结束日期 {end} 不晚于开始日期 {start}",
        based="期限自{basis}起算（term.basis），就不能再写死{what} {day}",
        open="不约定终止日期（term.open），又写了{what}",
        counted=Way(
            message="期限写了 {months} 个月（term.months），而 {start} 到 {end} 不是 {months} 个月；起止日期已定的，不写 months",
            since=READING_SINCE,
        ),
    ),
    skips=is_framework,
)
def has_term(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A term runs forward; what is said about renewal is said, not put off."""
    term = agreement.term
    if term is None:
        yield fault("missing", "term", what="合同期限")
        return
    yield from _length(term)
    if term.start and term.end and term.end <= term.start:
        yield fault("order", "term", "end", start=term.start, end=term.end)
    if term.renewal is not None:
        yield from worded(term.renewal, "续签约定", "term", "renewal")


def _length(term: Term) -> Iterator[Fault]:
    """The days of the term, or from when it is counted and for how long, or that it has no end."""
    if term.open:
        for value, what, key in (
            (term.end, "结束日期（end）", "end"),
            (term.months, "期限（months）", "months"),
        ):
            if value is not None:
                yield fault("open", "term", key, what=what)
    elif term.basis:
        yield from given(term.months, "期限的月数（months）", "term", "months")
        basis = {"signing": "签字盖章之日", "effect": "生效之日"}.get(term.basis, term.basis)
        for day, what, key in ((term.start, "开始日期", "start"), (term.end, "结束日期", "end")):
            if day is not None:
                yield fault("based", "term", key, basis=basis, what=what, day=day)
    else:
        yield from given(term.end, "结束日期", "term", "end")
        if term.months and term.start and term.end and months_between(term.start, term.end) != term.months:
            yield fault("counted", "term", "months", months=term.months, start=term.start, end=term.end)
    if not term.basis:
        yield from given(term.start, "开始日期", "term", "start")
