"""L40–L42: what is listed beside a number or a list that every agreement has, and must agree with it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.missing import is_framework
from pipeline.check.rules.party_names import called
from pipeline.check.rules.rule import READING_SINCE, Fault, Way, fault, later, rule
from pipeline.kernel.finding import Severity
from pipeline.record.model import Agreement, Records


@rule(
    "L40",
    title="各年度实习人数加起来等于总人数，年度在合作期内",
    clause="职业教育法 50；职业学校学生实习管理规定 9",
    why="总数一个数、各年加起来又一个数，派多派少都说得过去，实习计划没法编。",
    hint="以谈定的为准，改 interns_by_year 或者 interns。",
    ways={
        "sum": "各年度实习人数合计 {sum} 人，interns 写的是 {total} 人",
        "uncounted": "写了各年度实习人数，没有写总人数（interns），各年合计 {sum} 人",
        "repeated": "{year} 年写了两遍",
        "year": Way(message="{year} 年不在合作期 {start} 到 {end} 之内", severity=Severity.WARNING),
    },
    skips=is_framework,
    since=READING_SINCE,
)
def yearly_interns_add_up(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """The years make up the whole."""
    yearly = agreement.interns_by_year
    total = sum(one.number or 0 for one in yearly)
    if yearly and not agreement.interns:
        yield fault("uncounted", "interns_by_year", sum=total)
    elif yearly and total != agreement.interns:
        yield fault("sum", "interns_by_year", sum=total, total=agreement.interns)
    start, end = (agreement.term.start, agreement.term.end) if agreement.term else (None, None)
    for index, one in enumerate(yearly):
        if one.year in [other.year for other in yearly[:index]]:
            yield fault("repeated", "interns_by_year", index, "year", year=one.year)
        elif one.year and start and end and start < end and not start.year <= one.year <= end.year:
            values = {"year": one.year, "start": start, "end": end}
            yield fault("year", "interns_by_year", index, "year", **values)


@rule(
    "L41",
    title="自有附件有内容，名称不重复",
    clause="指南（草案）8.4；民法典 470",
    why="正文列了附件、后面却没有，签了以后谁都可以说附件是另一份。",
    hint="在 text 里写全文；另附文件的写页数（pages），签署时逐页盖章。名称不写“附件几”，编号由程序排。",
    ways={
        "empty": later("附件{name}没有内容，也没有写另附多少页"),
        "repeated": "附件{name}写了两遍",
    },
    skips=is_framework,
    since=READING_SINCE,
)
def annexes_are_attached(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """An annex that is listed is there."""
    titles = [(one.title or "").strip() for one in agreement.annexes]
    for index, one in enumerate(agreement.annexes):
        name = called(one.title, index)
        if titles[index] and titles[index] in titles[:index]:
            yield fault("repeated", "annexes", index, "title", name=name)
        if one.text is None and one.pages is None:
            yield fault("empty", "annexes", index, name=name)


@rule(
    "L42",
    title="甲乙丙方的次序写全，一方一次",
    clause="民法典 470",
    why="次序决定谁是甲方；漏了一方，后面各方的称呼就和谈定的不一样。",
    hint="parties.order 把 college 和每家企业各写一次；学校是甲方的整个删去。",
    waivable=False,
    ways={"order": "甲乙丙方的次序没有把各方各写一次：{problem}"},
    since=READING_SINCE,
)
def designates_each_party_once(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Who is 甲方 must not be left to chance."""
    order = agreement.parties.order if agreement.parties else ()
    if not order:
        return
    missing = [party for party in agreement.party_ids if party not in order]
    twice = sorted({party for party in order if order.count(party) > 1})
    problems = [f"少了 {party}" for party in missing] + [f"{party} 写了两遍" for party in twice]
    if problems:
        yield fault("order", "parties", "order", problem="，".join(problems))
