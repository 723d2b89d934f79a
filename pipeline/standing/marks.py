"""The mark of a project's yearly evaluation (6.2 g, 10.1)."""

from __future__ import annotations

from decimal import Decimal

from pipeline.kernel.structs import Struct
from pipeline.record.model.execution import Evaluation, Score
from pipeline.record.model.policy import EvaluationPolicy


class Mark(Struct, frozen=True, kw_only=True):
    """The weighted mark of an evaluation (0–100, one decimal) and its grade; both empty where nothing is marked.

    An evaluation that has not judged every indicator is not `complete`, and has no mark: what is left out would count
    like what was judged.
    """

    total: Decimal | None
    grade: str = ""
    complete: bool = True


def mark(evaluation: Evaluation, policy: EvaluationPolicy | None) -> Mark:
    """The mark by the policy's weights; inapplicable indicators leave their weight to the others."""
    weights = policy.weights if policy else {}
    if any(unjudged(evaluation.scores.get(key)) for key in weights):
        return Mark(total=None, complete=False)
    scored = {
        key: one.score
        for key, one in evaluation.scores.items()
        if one.score is not None and not one.inapplicable
    }
    weight = sum((weights.get(key, Decimal(0)) for key in scored), Decimal(0))
    if not weight:
        return Mark(total=None)
    total = sum((score * weights.get(key, Decimal(0)) for key, score in scored.items()), Decimal(0)) / weight
    total = total.quantize(Decimal("0.1"))
    grades = policy.grades if policy else ()
    return Mark(
        total=total, grade=next((g.name for g in grades if g.least is not None and total >= g.least), "")
    )


def unjudged(one: Score | None) -> bool:
    """Whether an indicator has neither a score nor the reason why it does not apply."""
    return one is None or (one.score is None and not one.inapplicable)
