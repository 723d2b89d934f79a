"""G01–G06 and G13: the way to an agreement, from survey to appraisal (clauses 8.1–8.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pipeline.check.rules.party_names import known_parties, party_words
from pipeline.check.rules.rule import Fault, Way, fault, rule
from pipeline.check.rules.students import places_students
from pipeline.check.rules.workflow import APPRAISED
from pipeline.kernel.chinese import yuan
from pipeline.kernel.finding import Severity
from pipeline.record.kinds import AGREEMENT, APPRAISAL, SCHEME, SIGNING, SURVEY
from pipeline.record.model import Agreement, Records
from pipeline.record.model.preparation import Appraisal, Scheme, Survey
from pipeline.standing.agreed import signed_on


def _draft(file: str, records: Records) -> str:
    """What a missing record's message adds where somebody is still writing it."""
    return "，那一份还是草稿" if file in records.drafts else ""


@rule(
    "G01",
    title="方案以调研为依据",
    clause="指南（草案）8.1；指南（草案）8.2",
    why="先调研、后拟方案：没有调研的方案说不清企业具不具备条件，也说不清专业需要什么。",
    hint="在项目文件夹里补 survey.yaml；日期写错的，照实改正。",
    ways={
        "missing": "有合作方案，却没有调研记录（survey.yaml）{draft}",
        "order": "方案定稿日期 {scheme} 早于调研日期 {survey}",
        "declined": "调研的建议是“不建议合作”，却拟了方案",
    },
    on=Scheme,
)
def scheme_rests_on_a_survey(scheme: Scheme, records: Records) -> Iterator[Fault]:
    """What was found out comes before what is proposed."""
    survey = records.surveys.get(scheme.project)
    if survey is None:
        file = SURVEY.file(scheme.project)
        if file not in records.broken:  # of a file that cannot be read loading tells
            yield fault("missing", draft=_draft(file, records))
        return
    related = ((SURVEY.file(scheme.project), ("date",)),)
    if survey.date and scheme.date and scheme.date < survey.date:
        values = {"scheme": scheme.date, "survey": survey.date}
        yield Fault(way="order", at=("date",), values=values, related=related)
    if survey.recommendation == "decline":
        yield Fault(way="declined", at=("date",), related=((related[0][0], ("recommendation",)),))


@rule(
    "G02",
    title="方案由系部和企业共同制定，各方都认可",
    clause="指南（草案）8.2",
    why="方案是双方充分协商的结果；只有一方认可的方案，执行时另一方可以不认。",
    hint="agreed 下 college 和每家企业各写认可人 name 和日期 on。",
    ways={
        "missing": "方案没有{party}的认可（agreed）",
        "late": "{party}认可方案的日期 {agreed} 晚于签约日期 {signed}",
    },
    on=Scheme,
)
def scheme_is_agreed_by_all(scheme: Scheme, records: Records) -> Iterator[Fault]:
    """A joint scheme has the word of each party, before the agreement is signed."""
    agreement = records.agreements.get(scheme.project)
    parties = known_parties(agreement, records) if agreement else tuple(scheme.division)
    signed = signed_on(records, scheme.project)
    for party in parties:
        word = scheme.agreed.get(party)
        if word is None:
            yield fault("missing", "agreed", party, party=party_words(party, records))
        elif word.on and signed and word.on > signed:
            values = {"party": party_words(party, records), "agreed": word.on, "signed": signed}
            yield fault("late", "agreed", party, "on", **values)


@rule(
    "G03",
    title="论证有校内和校外专家、日期和结论，在方案之后",
    clause="指南（草案）8.3",
    why="指南要求校内外专家论证；只有校内专家的论证等于自己批自己，没有结论的论证等于没有论证。",
    hint="experts 里写明每位专家 internal（校内 true、校外 false），并写 date 和 conclusion；不论证的写 waiver。",
    ways={
        "inside": "论证专家里没有校内专家",
        "outside": "论证专家里没有校外专家",
        "missing": "没有写{what}",
        "silent": Way(
            message="没有写论证意见（opinions）",
            hint="opinions 按论证会上说的写：necessity、feasibility、economy、funding、benefit、completeness。",
            severity=Severity.WARNING,
        ),
        "order": "论证日期 {appraisal} 早于方案定稿日期 {scheme}",
        "unplanned": "有论证记录，却没有合作方案（scheme.yaml）{draft}，论证的是什么无从查起",
    },
    on=Appraisal,
)
def appraisal_is_complete(appraisal: Appraisal, records: Records) -> Iterator[Fault]:
    """Experts from inside and outside judge a scheme that exists, and come to a conclusion."""
    if appraisal.waiver is not None:
        return
    sides = {expert.internal for expert in appraisal.experts}
    if True not in sides:
        yield fault("inside", "experts")
    if False not in sides:
        yield fault("outside", "experts")
    if appraisal.date is None:
        yield fault("missing", "date", what="论证日期")
    if not appraisal.conclusion:
        yield fault("missing", "conclusion", what="论证结论")
    elif not any(appraisal.opinions.values()):
        yield fault("silent", "conclusion")
    scheme = records.schemes.get(appraisal.project)
    file = SCHEME.file(appraisal.project)
    if scheme is None and file not in records.broken:
        yield fault("unplanned", draft=_draft(file, records))
    elif scheme is None:
        return
    elif appraisal.date and scheme.date and appraisal.date < scheme.date:
        values = {"appraisal": appraisal.date, "scheme": scheme.date}
        related = ((SCHEME.file(appraisal.project), ("date",)),)
        yield Fault(way="order", at=("date",), values=values, related=related)


def _never_appraised(agreement: Agreement) -> bool:
    return not agreement.must_be_appraised or (agreement.origin is not None)


def _reason(agreement: Agreement) -> str:
    forms = "、".join(APPRAISED[form] for form in agreement.forms if form in APPRAISED)
    return forms or "学校领导认为需要论证的项目"


@rule(
    "G04",
    title="应论证的项目，论证通过后再签协议",
    clause="指南（草案）8.3",
    why="共建专业、二级学院、实训基地投入大、年限长，先论证可行，签了才不至于骑虎难下。",
    hint="组织校内外专家论证，写 appraisal.yaml；结论为修改后通过的，改完写 revised_on。",
    ways={
        "unappraised": Way(
            message="{reason}应当论证，还没有论证记录（appraisal.yaml）{draft}", severity=Severity.WARNING
        ),
        "signed": "{reason}应当论证，没有论证就已签署{draft}",
        "failed": "{reason}论证的结论是“{conclusion}”，不能据此签协议",
        "late": "论证通过的日期 {passed} 晚于签署日期 {signed}",
    },
    skips=_never_appraised,
)
def passes_appraisal_before_signing(agreement: Agreement, records: Records) -> Iterator[Fault]:
    """What 8.3 lists, and what a leader flags, is judged feasible before anybody signs."""
    appraisal = records.appraisals.get(agreement.project)
    signed = signed_on(records, agreement.project)
    reason = _reason(agreement)
    if appraisal is None:
        file = APPRAISAL.file(agreement.project)
        if (signed or agreement.submitted) and file not in records.broken:
            way = "signed" if signed else "unappraised"
            yield fault(way, "forms", reason=reason, draft=_draft(file, records))
        return
    if appraisal.waiver is not None:
        return
    if appraisal.conclusion in ("failed", "conditional") and appraisal.passed_on is None:
        if agreement.submitted:
            words = {"failed": "不通过", "conditional": "修改后通过，尚未改完"}[appraisal.conclusion]
            yield fault("failed", "forms", reason=reason, conclusion=words)
    elif signed and appraisal.passed_on and appraisal.passed_on > signed:
        yield _late(agreement, appraisal.passed_on, signed)


def _late(agreement: Agreement, passed: date, signed: date) -> Fault:
    return Fault(
        way="late",
        at=("forms",),
        values={"passed": passed, "signed": signed},
        related=(
            (APPRAISAL.file(agreement.project), ("date",)),
            (SIGNING.file(agreement.project), ("parties",)),
        ),
    )


@rule(
    "G05",
    title="只有非深度合作的项目可以不论证",
    clause="指南（草案）8.3",
    why="免去论证是例外：列明应论证的、领导要求论证的、投入超过学校约定的，都不能免。",
    hint="删去 waiver，组织论证；学校的界定在 policy.yaml 的 shallow 里。",
    waivable=False,
    ways={
        "listed": "{reason}应当论证，不能免去",
        "form": "合作方式“{form}”按学校约定属于深度合作，不能免去论证",
        "input": "企业投入 {total} 元，超过学校约定的 {most} 元，不能免去论证",
    },
    on=Appraisal,
)
def waives_appraisal_only_where_allowed(appraisal: Appraisal, records: Records) -> Iterator[Fault]:
    """A waiver stands where 8.3 leaves room for it, within what the college calls shallow."""
    agreement = records.agreements.get(appraisal.project)
    if appraisal.waiver is None or agreement is None:
        return
    if agreement.must_be_appraised:
        yield fault("listed", "waiver", reason=_reason(agreement))
        return
    shallow = records.policy.shallow if records.policy else None
    if shallow is None:
        return
    for form in agreement.forms:
        if form in shallow.forms:
            yield fault("form", "waiver", form=form)
    total = agreement.inputs.sum if agreement.inputs else Decimal(0)
    if shallow.most_input is not None and total > shallow.most_input:
        yield fault("input", "waiver", total=yuan(total), most=yuan(shallow.most_input))


@rule(
    "G06",
    title="要求论证、免去论证的，是有权的领导",
    clause="指南（草案）8.3",
    why="指南把“认为需要论证”的权力给了书记、院长和分管院长，其他人提出的不算。",
    hint="by 写 college.yaml 的 leaders 里列出的人员编号。",
    ways={
        "flag": "{name}不在学校领导（college.yaml 的 leaders）之列，不能要求论证",
        "waiver": Way(
            message="{name}不在学校领导（college.yaml 的 leaders）之列，不宜由其决定免去论证",
            severity=Severity.WARNING,
        ),
    },
    on=Records,
)
def appraisal_is_a_leaders_matter(everything: Records, records: Records) -> Iterator[Fault]:
    """The secretary, the president and the vice-presidents may call for an appraisal."""
    leaders = set(records.college.leaders.values()) if records.college else set()
    if not leaders:
        return
    for file, way, by in _decided(records):
        if by and by not in leaders:
            at = ("appraisal_flag", "by") if way == "flag" else ("waiver", "by")
            yield Fault(way=way, at=at, values={"name": f"“{records.person_name(by)}”"}, file=file)


def _decided(records: Records) -> Iterator[tuple[str, str, str]]:
    for project, agreement in records.agreements.items():
        if agreement.appraisal_flag:
            yield AGREEMENT.file(project), "flag", agreement.appraisal_flag.by
    for project, appraisal in records.appraisals.items():
        if appraisal.waiver:
            yield APPRAISAL.file(project), "waiver", appraisal.waiver.by


_SITE = {
    "qualification": "经营资质",
    "integrity": "诚信状况",
    "management": "管理水平",
    "post": "岗位性质和内容",
    "hours": "工作时间",
    "workplace": "工作环境",
    "living": "生活环境",
    "safety": "健康保障和安全防护",
}
"""What is looked at in an internship unit before it is chosen."""


@rule(
    "G13",
    title="安排学生实习的，调研时实地考察八项条件",
    clause="指南（草案）8.1；职业教育法 50",
    why="送学生去的地方，资质、岗位、工时、住宿和安全要事先看过；国家的实习管理规定也要求考察并写成书面报告。",
    hint="survey.yaml 的 site 下八项各写一句看到的情况；不安排实习的写 none: <理由>。",
    ways={
        "missing": "协议要安排学生实习，调研没有写实习单位考察（site）",
        "incomplete": "实习单位考察没有写{what}",
        "declined": "调研写了不安排实习，协议却安排 {interns} 人实习",
    },
    on=Survey,
    severity=Severity.WARNING,
)
def site_is_seen_before_students_go(survey: Survey, records: Records) -> Iterator[Fault]:
    """Nobody is sent to a workplace that nobody has looked at."""
    agreement = records.agreements.get(survey.project)
    if agreement is None or not places_students(agreement):
        return
    if "site" in survey.declined:
        yield fault("declined", "site", interns=agreement.interns or "若干")
    elif not survey.site:
        yield fault("missing", "site")
    else:
        lacking = [f"“{words}”" for key, words in _SITE.items() if not survey.site.get(key)]
        if lacking:
            yield fault("incomplete", "site", what="".join(lacking))
