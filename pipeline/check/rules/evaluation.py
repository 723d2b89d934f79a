"""V04 and V08: evaluations are complete, and their figures follow from the records (clauses 6.2, 10.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from pipeline.check.rules.rule import Fault, Way, fault, rule
from pipeline.kernel.chinese import plain_number
from pipeline.kernel.finding import Severity
from pipeline.record.model import Records, under
from pipeline.record.model.execution import Evaluation
from pipeline.standing.agreed import goals_of
from pipeline.standing.marks import unjudged
from pipeline.standing.state import effective_on


@rule(
    "V04",
    title="绩效评价逐项打分，有依据",
    clause="指南（草案）6.2；指南（草案）10.1",
    why="漏掉的指标会悄悄变成零分或被别的指标顶替；没有依据的分数经不起问。",
    hint="scores 下每个有权重的指标写 score 和 basis；不适用的写 inapplicable（理由）。",
    ways={
        "missing": "{names}没有打分",
        "both": "指标“{name}”既打了分又写不适用",
        "baseless": "指标“{name}”打了分，没有写依据（basis）",
        "early": "{year} 年还没过完，{date} 就作了全年评价",
    },
    on=Evaluation,
)
def every_indicator_is_scored(evaluation: Evaluation, records: Records) -> Iterator[Fault]:
    """Each indicator the college gave a weight is scored on a ground, or said not to apply."""
    weights = records.policy.evaluation.weights if records.policy and records.policy.evaluation else {}
    absent = [INDICATORS.get(key, key) for key in weights if key not in evaluation.scores]
    if absent:
        yield fault("missing", "scores", names=_indicators(absent))
    for key, one in evaluation.scores.items():
        name = INDICATORS.get(key, key)
        if unjudged(one):
            yield fault("missing", "scores", key, names=_indicators([name]))
        elif one.score is not None and one.inapplicable:
            yield fault("both", "scores", key, "inapplicable", name=name)
        elif one.score is not None and not one.basis:
            yield fault("baseless", "scores", key, "basis", name=name)
    if evaluation.date and evaluation.year and evaluation.date.year < evaluation.year:
        yield fault("early", "date", year=evaluation.year, date=evaluation.date)


def _indicators(names: Sequence[str]) -> str:
    """How some indicators are named in a finding: one by its name, more also by their number."""
    return f"指标“{names[0]}”" if len(names) == 1 else f"{len(names)} 项指标（{'、'.join(names)}）"


INDICATORS = {
    "employment-match": "对口就业率",
    "satisfaction": "企业满意度",
    "certificates": "证书获取率",
    "base-use": "共建基地利用率",
    "mentor-teaching": "企业导师授课占比",
    "courses": "课程参与",
    "performance": "协议履约率",
    "meetings": "联席会议频次",
    "income": "合作收益",
    "influence": "社会影响",
    "renewal": "续签",
    "rectification": "整改完成率",
}
"""The indicators of an evaluation, as messages name them."""


@rule(
    "V08",
    title="评价里的履约率、整改完成率和记录一致",
    clause="指南（草案）6.2；指南（草案）10.1",
    why="同一个数在进展、督查和评价里各写各的，报告就没法信；履约率从进展记录算，整改完成率从督查记录算。",
    hint="照算出的数改 value；记录漏填的，先补进展（progress/）或整改（inspections/）。",
    ways={
        "performance": "履约率写的是 {value}%，{year} 年 {all} 项目标有 {done} 项达到，应为 {rate}%",
        "rectification": "整改完成率写的是 {value}%，{year} 年发现 {all} 个问题，评价时整改完 {done} 个，应为 {rate}%",
        "over": "{name}写的是 {value}%，这个比率不会超过 100%",
        "fraction": Way(
            message="{name}的实测值写的是 {value}，写成百分数是 {percent}",
            hint="实测值写百分数，不写小数：value: {percent}；确是百分之 {value} 的，不用改。",
            severity=Severity.WARNING,
        ),
    },
    on=Evaluation,
)
def measured_figures_follow_from_records(evaluation: Evaluation, records: Records) -> Iterator[Fault]:
    """A figure that other records tell is not typed differently here, and none says more than there can be."""
    yield from _impossible(evaluation)
    effective = effective_on(records, evaluation.project)
    if effective and evaluation.date and evaluation.date < effective:
        return  # G10 tells of the day: what had been done by then, it does not say
    for key, (done, all_) in (
        ("performance", _goals_reached(evaluation, records)),
        ("rectification", _rectified(evaluation, records)),
    ):
        score = evaluation.scores.get(key)
        if score is None or score.value is None or not all_:
            continue
        rate = Decimal(100 * done) / all_
        if score.value != _WIDE.quantize(rate, score.value):
            shown = plain_number(_WIDE.quantize(rate, Decimal("0.1")))
            values = {
                "value": plain_number(score.value),
                "year": evaluation.year,
                "all": all_,
                "done": done,
                "rate": shown,
            }
            yield fault(key, "scores", key, "value", **values)


_RATES = ("employment-match", "satisfaction", "certificates", "base-use", "mentor-teaching")
"""The indicators whose values are per cent of something and that no record tells."""


def _impossible(evaluation: Evaluation) -> Iterator[Fault]:
    for key in _RATES:
        score = evaluation.scores.get(key)
        if score is None or score.value is None:
            continue
        name, value = INDICATORS[key], score.value
        if value > 100:
            yield fault("over", "scores", key, "value", name=name, value=plain_number(value))
        elif 0 < value < 1:
            values = {"name": name, "value": plain_number(value), "percent": plain_number(value * 100)}
            yield fault("fraction", "scores", key, "value", **values)


_WIDE = Context(prec=40, rounding=ROUND_HALF_UP)


def _goals_reached(evaluation: Evaluation, records: Records) -> tuple[int, int]:
    """How many of the year's goals were reached, and how many there were."""
    goals = goals_of(records, evaluation.project)
    due = {key: goal.quantity for key, goal in goals.items() if goal.year == evaluation.year}
    reports = [one for one in under(records.progress, evaluation.project) if one.year == evaluation.year]
    actual = {
        key: sum((one.goals[key].actual or Decimal(0) for one in reports if key in one.goals), Decimal(0))
        for key in due
    }
    return sum(actual[key] >= quantity for key, quantity in due.items() if quantity is not None), len(due)


def _rectified(evaluation: Evaluation, records: Records) -> tuple[int, int]:
    """How many problems found in the year were done away with by the day of the evaluation, and how many there were."""
    until = evaluation.date or date.max
    found = [
        defect
        for one in under(records.inspections, evaluation.project)
        if one.date and one.date.year == evaluation.year
        for defect in one.findings.values()
    ]
    return sum(defect.closed_on is not None and defect.closed_on <= until for defect in found), len(found)
