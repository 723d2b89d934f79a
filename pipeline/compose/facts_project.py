"""Facts of a project's documents: conditions checked, opinions asked for, problems found, marks worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.compose.context import NOTHING, Context, day, number, score, some, text, yuan
from pipeline.compose.contract_money import contract_money
from pipeline.compose.document_names import DOCUMENTS
from pipeline.prose.unmarked import unmarked
from pipeline.record.kinds import AGREEMENT, ENTERPRISE
from pipeline.record.model import Agreement
from pipeline.record.model.after_signing import ExitMoney
from pipeline.record.model.enterprise import Met
from pipeline.record.model.execution import Evaluation, Score
from pipeline.record.model.preparation import Outsider, ReviewConsent
from pipeline.record.rounds import boxes
from pipeline.standing.agenda import days_late
from pipeline.standing.agreement_wordings import LETTER
from pipeline.standing.as_agreed import agreement_of
from pipeline.standing.goals import reached
from pipeline.standing.labels import office_name
from pipeline.standing.marks import mark
from pipeline.standing.portfolio import implementer, prepared_with
from pipeline.standing.state import review_of
from pipeline.standing.year_figures import measures

DIMENSIONS: Mapping[str, str] = {
    "employment-match": "培养质量",
    "satisfaction": "培养质量",
    "certificates": "培养质量",
    "base-use": "过程深度",
    "mentor-teaching": "过程深度",
    "courses": "过程深度",
    "performance": "协议履约",
    "meetings": "协议履约",
    "income": "效益影响",
    "influence": "效益影响",
    "renewal": "可持续性",
    "rectification": "可持续性",
}
"""Indicator of an evaluation → what it speaks of."""

_UNITS = {"courses": "门", "meetings": "次", "income": "元", "influence": "", "renewal": ""}
"""What an indicator is counted in, where it is no percentage."""


def of_project(context: Context) -> Mapping[str, object]:
    """What a project is called and who carries it: department, manager and the names of the partners."""
    project = context.key.split("/")[0]
    agreement = (
        agreement_of(context.records, project, context.today)
        if project in context.records.agreements
        else Agreement()
    )
    responsible = agreement.responsible
    parties = agreement.party_ids[1:] or prepared_with(context.records, project)
    partners = "、".join(map(context.words.party, parties))
    return {
        **({} if agreement.title or not partners else {"name": f"与{partners}合作项目"}),
        "department": text(context.words.department(implementer(agreement))),
        "manager": text(context.words.person(responsible.manager if responsible else "")),
        "partners": text(partners),
        "number": text(agreement.number or ""),
    }


def survey(context: Context) -> Mapping[str, object]:
    """The conditions of 具备条件 for each enterprise surveyed, as its own record checks them (5.1, 8.1)."""
    known = context.records.enterprises
    names = (name for name in context.records.surveys[context.key].enterprises if name in known)
    return {**of_project(context), "checked": [_checked(context, name) for name in names]}


def _checked(context: Context, enterprise: str) -> Mapping[str, object]:
    fit = context.records.enterprises[enterprise].eligibility
    criteria = context.records.policy.eligibility if context.records.policy else {}
    met = fit.items if fit else {}
    wrapped = context.wrap(ENTERPRISE, enterprise)
    return {
        "name": wrapped.name,
        "decision": wrapped.eligibility.decision if fit else "",
        "on": day(fit.decided_on if fit else None),
        "lines": [
            {
                "text": one.text,
                "required": "必备" if one.required else "择优",
                "met": _met(met.get(key)),
                "basis": text(met[key].basis if key in met else ""),
            }
            for key, one in criteria.items()
        ],
    }


def _met(one: Met | None) -> str:
    if one is None:
        return "未核对"
    return "具备" if one.met else "不具备"


def scheme(context: Context) -> Mapping[str, object]:
    """The budget added up, and by whom the parts of the scheme are carried and agreed to."""
    one = context.records.schemes[context.key]
    return {
        **of_project(context),
        "total": yuan(one.money),
        "divided": [
            {"party": context.words.party(party), "value": context.wrapped.division.at(party)}
            for party in one.division
        ],
        "staffed": [
            {"party": context.words.party(party), "count": number(n)} for party, n in one.staff.items()
        ],
        "people": number(sum(one.staff.values())),
        "agreed_by": [
            {"party": context.words.party(party), "name": text(agreed.name), "on": day(agreed.on)}
            for party, agreed in one.agreed.items()
        ],
        "steps": [
            {
                "name": step.name,
                "time": _span(day(step.start), day(step.due)),
                "who": text(context.words.person(step.owner) or context.words.party(step.party)),
            }
            for step in one.schedule.values()
        ],
        "budget": [
            {"item": line.item, "party": text(context.words.party(line.party)), "amount": yuan(line.amount)}
            for line in one.budget
        ],
    }


def _span(start: str, end: str) -> str:
    return end if start == NOTHING else f"{start}至{end}"


def approval(context: Context) -> Mapping[str, object]:
    """What the approval form tells of a contract, and the opinions filed so far; the rest is left to ink."""
    agreement = context.records.agreements[context.key]
    review, appraisal = review_of(context.records, context.key), context.records.appraisals.get(context.key)
    legal = review.legal if review else None
    opinions = _filed(context, review.approvals if review else ())
    if legal:
        by = legal.counsel or context.words.person(legal.by)
        opinions[boxes.LEGAL].append(f"{day(legal.on)}　{unmarked(legal.opinion)}　{by}")
    minutes = dict.fromkeys(step.minute for step in review.approvals if step.minute) if review else ()
    basis = "" if appraisal is None else _appraised(context, appraisal.passed_on is not None)
    return {
        **of_project(context),
        "form_about": DOCUMENTS[LETTER] if agreement.framework else AGREEMENT.label,
        "amount": contract_money(agreement, context.words),
        "basis": basis or "尚无论证记录",
        "opinions": {box: opinions[box] or [""] for box in boxes.BOXES},
        "more": [
            {"box": box, "said": "；".join(said)} for box, said in opinions.items() if box not in boxes.BOXES
        ],
        "minutes": "、".join(minutes),
    }


def _filed(context: Context, steps: tuple[ReviewConsent, ...]) -> dict[str, list[str]]:
    """The filed steps by their box on the form; what no box is drawn for comes after those."""
    opinions: dict[str, list[str]] = {box: [] for box in boxes.BOXES}
    for step in steps:
        box = boxes.box_named(step.role, context.boxes)
        # The day comes first: it stands at the head of a line, where no line ends inside it.
        said = unmarked(step.opinion).rstrip("。") or "同意"
        opinions.setdefault(box, []).append(f"{day(step.on)}　{said}。{context.words.person(step.by)}")
    return opinions


def _appraised(context: Context, passed: bool) -> str:
    appraisal = context.records.appraisals[context.key]
    if appraisal.waiver:
        return f"经{context.words.person(appraisal.waiver.by)}同意不作论证（{day(appraisal.waiver.on)}）"
    return f"{day(appraisal.date)}论证{'通过' if passed else '，结论尚未通过'}"


def inspection(context: Context) -> Mapping[str, object]:
    """The problems an inspection found, in order, with who answers for each."""
    one = context.records.inspections[context.key]
    wrapped = context.wrapped.findings
    reason = unmarked(one.declined.get("findings", "")).rstrip("。")
    return {
        **of_project(context),
        # Who declares that nothing was found mostly says so in these very words.
        "nothing": f"{reason}。" if "发现" in reason else f"本次督查没有发现需要整改的问题。{reason}。",
        "found": [
            {
                "title": f"{context.words.choice(defect.severity, 'inspection', 'findings', '*', 'severity')}问题",
                "mark": f"（{index}）" if len(one.findings) > 1 else "",
                "value": wrapped.at(key),
                "text": unmarked(defect.text),
                "demand": unmarked(defect.demand),
                "owner": text(context.words.person(defect.owner) or context.words.party(defect.party)),
                "party": text(context.words.party(defect.party)),
                "due": day(defect.due),
                "late": number(days_late(defect.due, defect.closed_on)),
            }
            for index, (key, defect) in enumerate(one.findings.items(), start=1)
        ],
        "inspected_by": text(
            "、".join((*map(context.words.person, one.inspectors), *map(outsider_words, one.outsiders)))
        ),
    }


def evaluation(context: Context) -> Mapping[str, object]:
    """The indicators with weight and mark, the total and its grade (6.2 g)."""
    one = context.records.evaluations[context.key]
    policy = context.records.policy.evaluation if context.records.policy else None
    result = mark(one, policy)
    return {
        **of_project(context),
        "total": score(result.total),
        "grade": text(result.grade),
        "rows": list(_indicators(context, one)),
        "office": office_name(context.records.college),
        "evaluated_by": text(
            "、".join((*map(context.words.person, one.evaluators), *map(outsider_words, one.outsiders)))
        ),
    }


def _indicators(context: Context, one: Evaluation) -> Iterator[Mapping[str, str]]:
    weights = (
        context.records.policy.evaluation.weights
        if context.records.policy and context.records.policy.evaluation
        else {}
    )
    for key, dimension in DIMENSIONS.items():
        one_score = one.scores.get(key, Score())
        absent = bool(one_score.inapplicable)
        yield {
            "dimension": dimension,
            "name": getattr(context.wrapped.scores, key).meaning.label,
            "value": "不适用" if absent else _measured(key, one_score),
            "weight": number(weights.get(key)),
            "score": NOTHING if absent else number(one_score.score),
            "basis": one_score.inapplicable or one_score.basis,
        }


def _measured(key: str, one: Score) -> str:
    """What was measured with its unit; empty where an indicator is judged without measuring."""
    return "" if one.value is None else f"{number(one.value)}{_UNITS.get(key, '%')}"


def outsider_words(one: Outsider) -> str:
    """Somebody from outside by name, with unit and post in brackets."""
    more = "".join(filter(None, (one.unit, one.post)))
    return f"{one.name}（{more}）" if more else one.name


def exit_report(context: Context) -> Mapping[str, object]:
    """Who took part, what was agreed and reached over all years, and what the equipment comes to."""
    leaving = context.records.exits[context.key]
    agreement = context.records.agreements.get(context.key, Agreement())
    years = sorted({one.goal.year for one in reached(context.records, context.key) if one.goal.year})
    return {
        **of_project(context),
        "equipment": [
            {
                "name": item.name,
                "quantity": f"{number(item.quantity)}{item.unit}",
                "disposal": context.words.choice(item.disposal, "exit", "equipment", 0, "disposal"),
                "to": text(context.words.party(item.to)),
                "due": day(item.due),
                "done": day(item.done_on),
            }
            for item in leaving.equipment
        ],
        "reached": [
            {
                "year": str(year),
                "measure": context.words.choice(reached.measure, "agreement", "goals", "*", "measure"),
                "target": number(reached.target),
                "actual": number(reached.actual),
            }
            for year in years
            for reached in measures(context.records, year, (context.key,))
        ],
        "confirmations": [
            {"party": context.words.party(party), "words": leaving.confirmed.get(party, "")}
            for party in dict.fromkeys((*agreement.party_ids, *leaving.confirmed))
        ],
        "notice_by": context.words.party(leaving.notice.party) if leaving.notice else "",
        "owed": _owed(leaving.money),
    }


def _owed(money: ExitMoney | None) -> str:
    """What the college gets and pays at the end; empty where neither is recorded."""
    if money is None or (money.receivable is None and money.payable is None):
        return ""
    sides = (("应收", money.receivable), ("应付", money.payable))
    told = "，".join(f"{word}{some(amount)}元" for word, amount in sides if amount)
    return f"学校{told or '没有应收、应付的款项'}。"
