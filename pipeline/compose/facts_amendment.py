"""Facts of amendments: the goals they change, and what they do to the agreement's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from pipeline.compose.amended import added_by, plain_words
from pipeline.compose.context import Context, day, number, text, yuan
from pipeline.compose.parties import roles
from pipeline.kernel.structs import replace
from pipeline.prose.unmarked import unmarked
from pipeline.record.model import Agreement, under
from pipeline.record.model.after_signing import AddedInputs, Amendment
from pipeline.record.model.agreement import Inputs
from pipeline.record.model.cooperation import Goal
from pipeline.record.model.names import itemised
from pipeline.standing.agreed import signed_on
from pipeline.standing.as_agreed import changed_by
from pipeline.standing.former_names import name_on


def amendment(context: Context) -> Mapping[str, object]:
    """The goals an amendment adds or replaces, the inputs it adds, and both annexes as they stand after it."""
    one = context.records.amendments[context.key]
    lines = list(_lines(context, one.inputs)) if one.inputs else []
    after = _after(context, one)
    listed = list(_lines(context, after.inputs)) if one.inputs and after and after.inputs else []
    return {
        "renamed": list(_renamed(context, one)),
        "added": [line for line, _ in lines],
        "added_total": yuan(sum((amount for _, amount in lines), Decimal("0.00"))),
        "goals": _goals(context, one.goals),
        "revised": [line for line, _ in listed],
        "revised_total": yuan(_total(after, sum((amount for _, amount in listed), Decimal("0.00")))),
        "revised_goals": _goals(context, {**after.goals, **one.goals}) if one.goals and after else [],
    }


def _renamed(context: Context, one: Amendment) -> Iterator[Mapping[str, object]]:
    """The parties that sign under another name than they signed the agreement, and whether another one took them over."""
    agreement, signed = context.records.agreements.get(one.project), signed_on(context.records, one.project)
    for party, role in roles(agreement).items() if agreement and signed else ():
        now = context.records.enterprises.get(party)
        if now and signed and (then := name_on(now, signed)) != now.name:
            yield {"role": role, "then": then, "now": now.name, "taken": now.id != party}


def _after(context: Context, one: Amendment) -> Agreement | None:
    """The agreement with the amendment and all before it; None where the college did not compose the agreement."""
    agreement = context.records.agreements.get(one.project)
    if agreement is None or agreement.origin is not None:
        return None
    for amendment in under(context.records.amendments, one.project):
        if amendment.id <= one.id:
            agreement = changed_by(context.records, agreement, amendment)
            agreement = replace(agreement, goals={**agreement.goals, **amendment.goals})
    return agreement


def _total(agreement: Agreement | None, lines: Decimal) -> Decimal:
    stated = agreement.inputs.total if agreement and agreement.inputs else None
    return lines if stated is None else stated


def _goals(context: Context, goals: Mapping[str, Goal]) -> list[Mapping[str, str]]:
    """Goals as rows, by year as the agreement's annex has them."""
    return [
        {
            "year": str(goal.year),
            "measure": context.words.choice(goal.measure, "agreement", "goals", "*", "measure"),
            "target": f"{number(goal.quantity)}{goal.counted_in}",
            "text": text(goal.text),
        }
        for goal in sorted(goals.values(), key=lambda goal: goal.year or 0)
    ]


def _lines(context: Context, inputs: AddedInputs | Inputs) -> Iterator[tuple[Mapping[str, str], Decimal]]:
    """Every line of inputs as the paper tells it, with its amount."""
    of = "agreement" if isinstance(inputs, Inputs) else "amendment"
    kinds = context.words.schemas[of].fields["inputs"].children
    for kind in itemised(type(inputs)):
        for line in getattr(inputs, kind):
            yield (
                {
                    "kind": kinds[kind].label,
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
    found = context.amended(context.key)
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
