"""Facts of amendments: the goals they change, and what they do to the agreement's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.compose.amended import added_by, amended, plain_words
from pipeline.compose.context import Context, day, number, text, yuan
from pipeline.prose.markdown_parser import unmarked
from pipeline.record.model.after_signing import AddedInputs


def amendment(context: Context) -> Mapping[str, object]:
    """The goals an amendment adds or replaces, each with its measure and unit, and the inputs it adds."""
    one = context.records.amendments[context.key]
    lines = list(_added(context, one.inputs)) if one.inputs else []
    return {
        "added": [line for line, _ in lines],
        "added_total": yuan(sum((amount for _, amount in lines), Decimal("0.00"))),
        "goals": [
            {
                "year": str(goal.year),
                "measure": context.words.choice(goal.measure, "agreement", "goals", "*", "measure"),
                "target": f"{number(goal.quantity)}{goal.counted_in}",
                "text": text(goal.text),
            }
            for goal in one.goals.values()
        ],
    }


def _added(context: Context, inputs: AddedInputs) -> Iterator[tuple[Mapping[str, str], Decimal]]:
    """Every line of added inputs as the paper tells it, with its amount."""
    kinds = context.words.schemas["amendment"].fields["inputs"].children
    for kind, field in kinds.items():
        for line in getattr(inputs, kind):
            yield (
                {
                    "kind": field.label,
                    "name": " ".join(filter(None, (line.name, line.model, line.note and f"（{line.note}）"))),
                    "quantity": f"{number(line.quantity)}{line.unit or ''}",
                    "price": yuan(line.unit_price),
                    "amount": yuan(line.amount),
                    "owner": text(context.words.party(line.ownership))
                    + (f"（{context.words.party(line.provider)}投入）" if line.provider else ""),
                    "due": day(line.delivered_by),
                },
                line.amount or Decimal(0),
            )


def comparison(context: Context) -> Mapping[str, object]:
    """What an amendment does to the agreement's text, clause by clause, before and after."""
    amendment = context.records.amendments[context.key]
    changes, mark = amendment.changes, added_by(amendment)
    found = amended(context.records, context.key, context.agreement)
    if found is None:
        rows = [(one.clause, unmarked(one.was), unmarked(one.now)) for one in changes]
    else:
        said = {plain_words(one.now): plain_words(one.was) for one in changes}
        rows = [
            (one.place, one.old or _said_before(one.new, mark, said), one.new) for one in found.differences
        ]
    return {
        "rows": [
            {"place": text(place), "old": old or "（原无此项）", "new": new or "（删去）"}
            for place, old, new in rows
        ],
        "added": any(new.startswith(mark) for _, _, new in rows),
    }


def _said_before(new: str, mark: str, said: Mapping[str, str]) -> str:
    """What the amendment itself says stood before, where it adds words of its own."""
    return next(
        (f"（补充协议所述）{was}" for now, was in said.items() if now and new.endswith(f"{mark}{now}")), ""
    )
