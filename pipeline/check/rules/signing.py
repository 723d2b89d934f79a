"""G07–G12: review, signing, effect, amendments and texts from outside (clause 8.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.check.rules.carried_out import carried_out
from pipeline.check.rules.party_names import known_parties, party_words
from pipeline.check.rules.rule import READING_SINCE, Fault, Way, fault, later, rule
from pipeline.check.rules.unproven import signings
from pipeline.kernel.finding import Severity
from pipeline.kernel.structs import field_names, replace
from pipeline.record.kinds import AGREEMENT
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment
from pipeline.record.model.preparation import Review, Signing
from pipeline.standing.agreed import signed_by_all, signed_on, term_of
from pipeline.standing.as_agreed import is_read
from pipeline.standing.proof import by_rounds, legacy
from pipeline.standing.state import effective_on

_PARTS = frozenset(field_names(Agreement)) - {"project", "declined"}


@rule(
    "G07",
    title="先法务审核，再合同审批，然后签署",
    clause="指南（草案）8.4",
    why="协议应经法务审核、履行完学校合同审批手续后生效；倒着办，审核就成了补手续。",
    hint="review 里登记 legal（审核人、日期、意见）和 approvals（各环节日期）；在审批记录里签署的，写 words。",
    ways={
        "unreviewed": "没有登记法务审核（review.legal）",
        "unapproved": "没有登记学校合同审批（review.approvals）",
        "order": "{first} {before} 晚于{then} {after}，次序倒了",
    },
    on=Signing,
)
def is_reviewed_then_approved_then_signed(signing: Signing, records: Records) -> Iterator[Fault]:
    """Counsel first, consent second, ink last; where the trail holds both, `words` points to it."""
    agreement = records.agreements.get(signing.project)
    for path, one in signings(signing):
        signed = signed_by_all(one, agreement.party_ids) if agreement else None
        review = one.review or Review()
        paper = not one.words and not by_rounds(records, signed)  # of what came later G14 tells
        if paper and review.legal is None:
            yield fault("unreviewed", *path, "review", "legal")
        if paper and not review.approvals:
            yield fault("unapproved", *path, "review", "approvals")
        yield from _order((*path, "review"), review, signed)


def _order(path: tuple[str | int, ...], review: Review, signed: date | None) -> Iterator[Fault]:
    legal = review.legal.on if review.legal else None
    for index, consent in enumerate(review.approvals):
        at, role = (*path, "approvals", index, "on"), f"“{consent.role}”审批日期"
        if legal and consent.on and consent.on < legal:
            found = fault("order", *at, first="法务审核日期", before=legal, then=role, after=consent.on)
            yield replace(found, cause=f"legal {path} {legal}")  # one day miswritten lies behind all others
        if signed and consent.on and consent.on > signed:
            yield fault("order", *at, first=role, before=consent.on, then="签署日期", after=signed)


@rule(
    "G08",
    title="每一方都签字并盖章，写明日期",
    clause="指南（草案）8.4；民法典 490",
    why="合同自各方签名、盖章时成立；缺一方、缺日期，什么时候成立就说不清。",
    hint="parties 下每一方写 signatory、signed_on、seal、sealed_on；还没签的一方可以先不写，签完再补。",
    ways={
        "half": "{party}{done}，却没有写{lacking}",
        "early": "{party}的{what} {day} 早于协议各方谈定方案的日期 {agreed}",
        "absent": Way(message="{party}还没有签字盖章", severity=Severity.INFO),
    },
    on=Signing,
)
def is_signed_and_sealed_by_each(signing: Signing, records: Records) -> Iterator[Fault]:
    """Signature and seal go together, and neither is older than what it consents to."""
    agreement = records.agreements.get(signing.project)
    scheme = records.schemes.get(signing.project)
    for party in known_parties(agreement, records) if agreement else ():
        if party not in signing.parties:
            yield fault("absent", "parties", party=party_words(party, records))
    for path, one in signings(signing):
        for party, signed in one.parties.items():
            at = (*path, "parties", party)
            name = party_words(party, records)
            if signed.signed_on and not signed.sealed_on:
                yield fault("half", *at, party=name, done="已签字", lacking="盖章日期（sealed_on）")
            if signed.sealed_on and not signed.signed_on:
                yield fault("half", *at, party=name, done="已盖章", lacking="签字日期（signed_on）")
            if not path and scheme and scheme.date and signed.signed_on and signed.signed_on < scheme.date:
                values = {"party": name, "what": "签字日期", "day": signed.signed_on, "agreed": scheme.date}
                found = fault("early", *at, "signed_on", **values)
                yield replace(found, cause=f"agreed {scheme.date}")


@rule(
    "G09",
    title="签了字的文件有据可查",
    clause="指南（草案）8.4；行政事业单位内部控制规范 58",
    why="登记签署用的文件和扫描件的摘要，日后任何一份都能核对是不是当时签的那份。",
    hint="用 sha256sum 计算摘要，写 file 和 scan；份数照实写 copies。",
    ways={
        "file": "已经签署，没有登记签署用的文件（file）",
        "scan": "已经签署，没有登记扫描件（scan）",
        "copies": "用印 {copies} 份，协议约定一式 {agreed} 份",
    },
    on=Signing,
    severity=Severity.WARNING,
)
def keeps_what_was_signed(signing: Signing, records: Records) -> Iterator[Fault]:
    """A digest of the paper makes every copy comparable with it."""
    agreement = records.agreements.get(signing.project)
    for path, one in signings(signing):
        if agreement is None or signed_by_all(one, agreement.party_ids) is None:
            continue
        for key in ("file", "scan"):
            if getattr(one, key) is None:
                yield fault(key, *path, key)
    total = agreement.copies.total if agreement and agreement.copies else None
    if signing.copies and total and signing.copies != total:
        yield fault("copies", "copies", copies=signing.copies, agreed=total)


@rule(
    "G10",
    title="协议生效以后才有执行记录",
    clause="指南（草案）8.4；职业教育法 40",
    why="没有生效的协议就开展合作，出了事没有依据；法律要求开展合作应当签订协议。",
    hint="补办审批和签署并登记 signing.yaml；日期写错的照实改正。",
    ways={
        "unagreed": "项目没有协议，却有{label}记录",
        "unsigned": "协议还没有生效（没有审批或没有签署），却有{label}记录",
        "early": "{label}的时间 {day} 早于协议生效日期 {effective}",
    },
    on=Records,
)
def is_carried_out_after_taking_effect(everything: Records, records: Records) -> Iterator[Fault]:
    """Nothing is carried out before it is agreed; a letter of intent carries nothing."""
    for label, file, at, project, day in carried_out(records):
        values: dict[str, object] = {"label": label, "day": day}
        if project not in records.agreements:
            if AGREEMENT.file(project) not in records.broken:
                yield Fault(way="unagreed", at=(), values=values, file=file)
            continue
        effective = effective_on(records, project)
        if effective is None and _partly_recorded(records, project):
            continue  # E12, R01 or R04 tell of that
        if effective is None and signed_on(records, project) and project in records.signings:
            continue  # G07, G14 or G15 tell why what is signed has no effect
        if effective is None:
            related = ((AGREEMENT.file(project), ("stage",)),)
            cause = f"no effect {project}"
            yield Fault(way="unsigned", at=(), values=values, file=file, related=related, cause=cause)
        elif day and day < effective:
            values["effective"] = effective
            cause = (
                f"effective {project} {effective}"  # one day miswritten lies behind all that came before it
            )
            yield Fault(way="early", at=at, values=values, file=file, cause=cause)


def _partly_recorded(records: Records, project: str) -> bool:
    """Whether the agreement cannot tell when it takes effect: no first day, or a party that does not exist."""
    agreement, term = records.agreements[project], term_of(records, project)
    known = known_parties(agreement, records)
    return term is None or term.start is None or len(known) < len(set(agreement.party_ids))


@rule(
    "G11",
    title="补充协议写明改了原协议的哪一项",
    clause="指南（草案）8.4；民法典 543、544",
    why="变更内容约定不明的，推定为没有变更；续签不写新期限，终止不写终止日期，也等于没有。",
    hint="changes 逐处写 field（协议里的字段，如 term.end）、was、now；增加的设备写 inputs，调整目标写 goals；续签写 term，终止写 ends_on。",
    ways={
        "nothing": "补充协议没有写改了哪一项（changes）",
        "field": "协议里没有“{field}”这个字段",
        "term": "续签没有写新的期限（term）",
        "end": "终止没有写合作的最后一天（ends_on）",
        "shorter": "续签后的结束日期 {end} 不晚于原结束日期 {old}",
        "alone": "项目没有协议，补充协议补充不了什么",
        "unread": Way(
            message="看不出 {field} 改成了多少，台账、总结和网站仍按原来的数",
            hint="now 里写明“由……改为……”，只留一个新的数或者日期。",
            severity=Severity.WARNING,
        ),
    },
    on=Amendment,
)
def amendment_refers_to_what_it_changes(amendment: Amendment, records: Records) -> Iterator[Fault]:
    """A change that cannot be told from the old text is presumed not to be one (民法典 544)."""
    agreement = records.agreements.get(amendment.project)
    if agreement is None:
        if AGREEMENT.file(amendment.project) not in records.broken:
            yield fault("alone")
        return
    exact = amendment.inputs or amendment.goals or amendment.term
    if amendment.kind == "amendment" and not amendment.changes and not exact:
        yield fault("nothing", "changes")
    yield from _changes(agreement, amendment, records)
    if amendment.kind == "termination" and amendment.ends_on is None:
        yield fault("end", "ends_on")
    old = agreement.term.end if agreement.term else None
    if amendment.kind == "renewal" and amendment.term is None:
        yield fault("term", "term")
    new = amendment.term.end if amendment.term else None
    if amendment.kind == "renewal" and new and old and new <= old:
        yield fault("shorter", "term", "end", end=new, old=old)


_ELEMENTS = tuple(f"E{number:02}" for number in range(1, 13))
_KEPT = {"kept_at": "存放处", "sha256": "摘要（sha256）"}


def _changes(agreement: Agreement, amendment: Amendment, records: Records) -> Iterator[Fault]:
    """Each change names a field, and its words hold what the field becomes; what was signed long ago stays as it is."""
    signing = records.signings.get(amendment.project)
    signed = [one for one in (signing.amendments if signing else ()) if one.amendment == amendment.id]
    day = signed_by_all(signed[0], agreement.party_ids) if signed else None
    settled = day is not None and day < READING_SINCE
    for index, change in enumerate(amendment.changes):
        if change.field.split(".")[0] not in _PARTS:
            yield fault("field", "changes", index, "field", field=change.field)
        elif settled:
            continue
        elif not is_read(records, agreement, change):
            yield fault("unread", "changes", index, "now", field=change.field)


def _drawn_up_here(agreement: Agreement) -> bool:
    return agreement.origin is None


@rule(
    "G12",
    title="外来文本的十二项内容都指明在第几页",
    clause="指南（草案）8.4",
    why="建库以前签的或对方拟的协议不重新录入，但十二项内容一项也不能少，要指得出在哪里。",
    hint="origin.elements 每项写 element（E01–E12）、page 和 clause；原件里没有的，补签补充协议。",
    ways={
        "missing": Way(
            message="十二项内容还有 {count} 项没有指明写在原件哪一页：{elements}",
            hint="在 origin.elements 里接着写：- {{element: {first}, page: 页码, clause: 第几条}}；原件里没有的，补签补充协议。",
            staged=True,
        ),
        "unlocated": Way(
            message="十二项内容还有 {count} 项没有指明写在原件哪一页：{elements}{more}",
            hint="对着原件接着登记，在 origin.elements 里写：- {{element: {first}, page: 页码, clause: 第几条}}；原件里没有的，补签补充协议。",
            severity=Severity.WARNING,
        ),
        "unkept": later("原件的{what}还没有登记"),
        "repeated": "{element}指了两次",
        "beyond": "{element}指在第 {page} 页，原件只有 {pages} 页",
    },
    skips=_drawn_up_here,
)
def text_from_outside_holds_the_elements(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """An older or foreign text is held to the same twelve elements, by page instead of by field."""
    origin = agreement.origin
    if origin is None or agreement.framework:
        return
    seen: set[str] = set()
    for index, pointer in enumerate(origin.elements):
        if pointer.element in seen:
            yield fault("repeated", "origin", "elements", index, element=pointer.element)
        seen.add(pointer.element)
        if pointer.page and origin.pages and pointer.page > origin.pages:
            values = {"element": pointer.element, "page": pointer.page, "pages": origin.pages}
            yield fault("beyond", "origin", "elements", index, "page", **values)
    missing = [code for code in _ELEMENTS if code not in seen]
    unkept = {key: what for key, what in _KEPT.items() if not getattr(origin, key)}
    entering = legacy(agreement) and agreement.stage == "draft" and missing
    if missing:
        # An agreement that has long been in force is entered line by line, and nothing of it can be sent back.
        way = "unlocated" if legacy(agreement) else "missing"
        more = f"；原件的{'、'.join(unkept.values())}也还没有登记" if entering and unkept else ""
        values = {"count": len(missing), "elements": "、".join(missing), "first": missing[0]}
        yield fault(way, "origin", "elements", more=more, **values)
    for key, what in () if entering else unkept.items():
        yield fault("unkept", "origin", key, what=what)
