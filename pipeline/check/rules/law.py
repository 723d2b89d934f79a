"""L01–L06, L08, L10, L11 and L22: the clauses that law and practice expect beside the twelve elements."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rules.missing import gap_ways, is_framework, listed, worded, written
from pipeline.check.rules.party_names import known_parties, party_words
from pipeline.check.rules.placeholders import blank, placeholders
from pipeline.check.rules.rule import Fault, Way, fault, later, rule
from pipeline.kernel.finding import DataPath, Severity
from pipeline.kernel.late_pattern import late
from pipeline.record.kinds import COLLEGE as COLLEGE_KIND
from pipeline.record.kinds import ENTERPRISE
from pipeline.record.model import Agreement, Records
from pipeline.record.model.enterprise import Enterprise
from pipeline.record.model.names import COLLEGE

_AT_HOME = late("中国(?!.{0,2}(?:香港|澳门|台湾))|中华人民共和国|国内|境内")


@rule(
    "L01",
    title="各方的住所和代码都有登记",
    clause="民法典 470",
    why="住所关系到送达、管辖和履行地点；写不出住所的一方，出了事找不到人。学校的代码可以后补，送审以前要有。",
    hint="在 agreements/college.yaml 或 agreements/enterprises/<编号>.yaml 里写 address，照证照上的住所；credit_code 照营业执照、法人证书；没有这个代码的境外单位写 registration。",
    ways={
        "missing": later("{party}的住所（address）没有写"),
        "placeholder": later("{party}的住所里还留着“{word}”，没有写实"),
        "code": later("{party}的统一社会信用代码（credit_code）没有写"),
    },
    skips=is_framework,
)
def has_addresses(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """The name and address of each party is the first thing a contract states."""
    for party in known_parties(agreement, records):
        known = records.college if party == COLLEGE else records.enterprises.get(party)
        if known is None:
            continue
        path: DataPath = ("parties", "college")
        file = COLLEGE_KIND.file()
        if party != COLLEGE:
            path = ("parties", "enterprises", agreement.party_ids.index(party) - 1)
            file = ENTERPRISE.file(party)
        related = ((file, ("address",)),)
        name = party_words(party, records)
        if blank(known.address):
            yield Fault(way="missing", at=path, values={"party": name}, related=related)
        for _, word in placeholders(known.address):
            yield Fault(way="placeholder", at=path, values={"party": name, "word": word}, related=related)
        registered = known.registration if isinstance(known, Enterprise) else None
        abroad = registered is not None and not _AT_HOME.match(registered.country or "")
        if blank(known.credit_code) and not abroad:
            yield Fault(way="code", at=path, values={"party": name}, related=((file, ("credit_code",)),))


@rule(
    "L02",
    title="写明履行地点",
    clause="民法典 470",
    why="在哪里上课、实训、交付没有约定的，争起来要按法律推定，不一定合双方的本意。",
    hint="place_of_performance 写教学、实训、研发的地点。",
    ways=gap_ways(),
    skips=is_framework,
)
def has_place_of_performance(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Where the work is done decides on transport, safety and jurisdiction."""
    yield from written(agreement.place_of_performance, "履行地点", "place_of_performance")


@rule(
    "L03",
    title="写明质量标准和验收办法",
    clause="民法典 470",
    why="没有标准就说不清做没做到，没有验收办法就说不清什么时候算做到。",
    hint="quality 写 standard（按什么标准）和 acceptance（谁、何时、怎样验收）。",
    ways=gap_ways(),
    skips=is_framework,
)
def has_quality(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """A performance without a standard cannot be called good or bad."""
    quality = agreement.quality
    if quality is None:
        yield fault("missing", "quality", what="质量与验收条款")
        return
    yield from worded_if(quality.standard, "质量标准", "quality", "standard")
    yield from worded_if(quality.acceptance, "验收办法", "quality", "acceptance")


def worded_if(text: str | None, what: str, *path: str | int) -> Iterator[Fault]:
    """Faults of a text if it is there at all; its absence is the schema's to report, or nobody's."""
    if text is not None:
        yield from worded(text, what, *path)


@rule(
    "L04",
    title="写明争议解决方式，诉讼和仲裁只选一种",
    clause="民法典 470、507",
    why="没有约定就只能按法定管辖起诉；既约定仲裁又约定起诉的，仲裁条款一般无效。",
    hint="dispute 写 method（court 诉讼或 arbitration 仲裁）和 body（法院或仲裁委员会的名称）。",
    ways=gap_ways(
        mixed="争议解决方式是{method}，“{body}”却是{other}的机构",
        both="“{body}”既有法院又有仲裁机构，只能选一种",
    ),
    skips=is_framework,
)
def has_dispute_resolution(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Court or arbitration, one of them: a clause that offers both arbitrates nothing."""
    dispute = agreement.dispute
    if dispute is None:
        yield fault("missing", "dispute", what="争议解决方式")
        return
    body = dispute.body or ""
    yield from worded_if(dispute.body, "管辖法院或仲裁机构", "dispute", "body")
    court, arbitration = "法院" in body, "仲裁" in body
    if court and arbitration:
        yield fault("both", "dispute", "body", body=body)
    elif dispute.method == "court" and arbitration:
        yield fault("mixed", "dispute", "body", method="诉讼", body=body, other="仲裁")
    elif dispute.method == "arbitration" and court:
        yield fault("mixed", "dispute", "body", method="仲裁", body=body, other="诉讼")


@rule(
    "L05",
    title="写明通知方式和每一方的联系人",
    clause="民法典 470、565",
    why="催告、解除都从通知到达对方时起算；没有联系人和送达方式，通知发了也说不清到没到。",
    hint="notices 写 contacts（每一方一位）和 delivery（书面、邮件各几日视为送达）。",
    ways=gap_ways(**{"one-sided": later("没有写{party}的联系人")}),
    skips=is_framework,
)
def has_notices(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Notice must be able to reach every party."""
    notices = agreement.notices
    if notices is None:
        yield fault("missing", "notices", what="通知与送达条款")
        return
    for party in known_parties(agreement, records) if notices.contacts else ():
        if party not in notices.contacts:
            yield fault("one-sided", "notices", "contacts", party, party=party_words(party, records))
    for party, contact in notices.contacts.items():
        # A name that is missing is "" here, and reported by the schema.
        if contact.name:
            name = f"{party_words(party, records)}的联系人"
            yield from worded(contact.name, name, "notices", "contacts", party, "name")
    yield from worded_if(notices.delivery, "送达方式", "notices", "delivery")


@rule(
    "L06",
    title="写明不可抗力怎样处理",
    clause="民法典 180、590",
    why="停课、封控、灾害都可能打断合作；通知、证明、减损的做法不约定，免不免责各说各话。",
    hint="force_majeure 写几日内通知、提供什么证明、怎样减少损失。",
    ways=gap_ways(),
    skips=is_framework,
)
def has_force_majeure(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Who is prevented has to tell, to prove and to keep the loss small."""
    yield from written(agreement.force_majeure, "不可抗力条款", "force_majeure")


@rule(
    "L08",
    title="写明保密和个人信息保护",
    clause="民法典 501；个人信息保护法 47",
    why="合作中双方会看到对方的技术资料和学生信息，泄露以后很难补救。",
    hint="confidentiality 写什么保密、到何时；personal_data 写收集什么、怎样使用和删除。",
    ways=gap_ways(),
    severity=Severity.WARNING,
    skips=is_framework,
)
def has_confidentiality(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Trade secrets and personal data have their keeper named before they are shown."""
    yield from written(agreement.confidentiality, "保密条款", "confidentiality")
    yield from written(agreement.personal_data, "个人信息保护条款", "personal_data")


@rule(
    "L10",
    title="写明份数，各方份数相加等于总份数",
    clause="民法典 470",
    why="一式几份、各执几份写不拢，总有一方手里没有原件。",
    hint="copies 写 total 和 each，每一方至少一份，相加等于总份数。",
    ways={
        "missing": Way(message="没有写协议份数", staged=True, severity=Severity.WARNING),
        "one-sided": later("份数里没有{party}的一份"),
        "sum": "各方份数相加是 {sum} 份，总份数写的是 {total} 份",
    },
    skips=is_framework,
)
def has_copies_for_each(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Every party holds an original, and the originals are as many as the text says."""
    copies = agreement.copies
    if copies is None:
        yield fault("missing", "copies")
        return
    if not copies.each:
        return
    for party in known_parties(agreement, records):
        if party not in copies.each:
            yield fault("one-sided", "copies", "each", party, party=party_words(party, records))
    total = sum(copies.each.values())
    if copies.total is not None and copies.total != total:
        yield fault("sum", "copies", "each", sum=total, total=copies.total)


@rule(
    "L11",
    title="以审批为生效条件的，协议里写明",
    clause="指南（草案）8.4；民法典 502",
    why="学校要求履行完合同审批手续才生效，只有协议这样写了，对企业才有约束力。",
    hint="effectiveness 写 {condition: approval}；有补充的写在 text 里。",
    ways=gap_ways(
        signing=Way(
            message="协议约定签章即生效，学校的合同审批手续就成不了生效条件",
            severity=Severity.WARNING,
        )
    ),
    skips=is_framework,
)
def has_effectiveness(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """Without a word in the text an agreement is valid on signing, whatever the college's rules say."""
    effect = agreement.effectiveness
    if effect is None:
        yield fault("missing", "effectiveness", what="生效条件")
        return
    if effect.condition == "signing":
        yield fault("signing", "effectiveness", "condition")
    yield from worded_if(effect.text, "生效的补充说明", "effectiveness", "text")


@rule(
    "L22",
    title="鉴于、变更和其他约定里没有空着的话",
    clause="指南（草案）8.4；民法典 470",
    why="十二项内容以外的话也会印进协议；留着“待定”和空格签出去，等于让对方随便填。",
    hint="写实，或者把这一条整个删掉。",
    ways={name: way for name, way in gap_ways().items() if name != "missing"},
)
def leaves_no_gaps_elsewhere(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """What need not be written must not be a placeholder once it is."""
    yield from listed(agreement.recitals, "鉴于", "recitals")
    yield from listed(agreement.majors, "对应专业", "majors")
    yield from worded_if(agreement.industry, "服务产业", "industry")
    if agreement.responsible:
        yield from worded_if(agreement.responsible.team, "教学团队", "responsible", "team")
    for text, what, path in _optional(agreement):
        yield from worded_if(text, what, *path)
    for faults in (
        worded_if(agreement.changes, "变更与转让", "changes"),
        listed(agreement.other_terms, "其他约定", "other_terms"),
    ):
        yield from (fault for fault in faults if not _leaves_the_rest(agreement, fault))


def _optional(agreement: Agreement) -> Iterator[tuple[str | None, str, DataPath]]:
    """The texts that only some agreements have, with their names and places."""
    yield agreement.costs_lacking, "成本的说明", ("costs_lacking",)
    yield getattr(agreement.inputs, "lacking", None), "投入的说明", ("inputs", "lacking")
    for part, keys in (
        ("funding", {"use": "出资的用途和管理", "risk": "盈亏和风险"}),
        ("donation", {"use": "捐赠用途", "naming": "留名和答谢"}),
    ):
        for key, what in keys.items():
            yield getattr(getattr(agreement, part), key, None), what, (part, key)
    for index, one in enumerate(agreement.payments):
        for key, what in (("item", "款项名称"), ("condition", "付款条件"), ("invoice", "票据")):
            yield getattr(one, key), f"第 {index + 1} 笔款项的{what}", ("payments", index, key)
    for index, annex in enumerate(agreement.annexes):
        for key, what in (("title", "名称"), ("text", "内容")):
            yield getattr(annex, key), f"自有附件第 {index + 1} 项的{what}", ("annexes", index, key)
    for index, cover in enumerate(agreement.insurances):
        for key, what in (("kind", "险种"), ("insured", "被保险人"), ("period", "保险期间")):
            yield getattr(cover, key), f"第 {index + 1} 项保险的{what}", ("insurances", index, key)


_THE_REST = late(r"(?:其他|其余|未尽)[^。；]{0,20}(?:另行|协商|商定|约定)")


def _leaves_the_rest(agreement: Agreement, fault: Fault) -> bool:
    """Whether what is put off is only the rest, which the other terms are the place for: 其他事宜另行协商."""
    if fault.offset is None:
        return False
    text = (agreement.changes or "") if fault.at == ("changes",) else agreement.other_terms[int(fault.at[1])]
    return any(match.start() <= fault.offset < match.end() for match in _THE_REST.finditer(text))
