"""Facts of amendments: the goals they change, and what they do to the agreement's text."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.compose.amended import added_by, amended, plain_words
from pipeline.compose.context import Context, number, text
from pipeline.prose.markdown_parser import unmarked


def amendment(context: Context) -> Mapping[str, object]:
    """The goals an amendment adds or replaces, each with its measure and unit."""
    goals = context.records.amendments[context.key].goals.values()
    return {
        "goals": [
            {
                "year": str(goal.year),
                "measure": context.words.choice(goal.measure, "agreement", "goals", "*", "measure"),
                "target": f"{number(goal.quantity)}{goal.counted_in}",
                "text": text(goal.text),
            }
            for goal in goals
        ]
    }


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
