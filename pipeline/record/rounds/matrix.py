"""The approval matrix: which roles must approve a subject, read from its facts alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from pipeline.record.model.governance import Governance, When
from pipeline.record.rounds.frozen_words import untagged


def required(rules: Governance, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The roles that must approve, in the order in which governance lists its roles.

    A subject that does not say what a row asks about falls under the row: silence never spares an approval.
    """
    needed = {role for row in rules.matrix if applies(row.when, facts) for role in row.roles}
    return tuple(role for role in rules.roles if role in needed)


def passing_over(rules: Governance, facts: Mapping[str, Any]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows that apply only by all the money of a contract, each with the roles that nobody asks because of that."""
    silent = passed_over(rules, facts)
    whole = {**facts, "amount": facts.get("contract_money")}
    for index, row in enumerate(rules.matrix) if silent else ():
        if applies(row.when, whole) and not applies(row.when, facts):
            yield index, tuple(role for role in silent if role in row.roles)


def passed_over(rules: Governance, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The roles that nobody asks only because a row goes by the inputs and resources, not by all the money of a contract."""
    whole = {**facts, "amount": facts.get("contract_money")}
    asked = required(rules, facts)
    return tuple(role for role in required(rules, whole) if role not in asked)


def applies(when: When, facts: Mapping[str, Any]) -> bool:
    """Whether every condition of a row holds or cannot be judged."""
    return all(_met(facts.get(fact), test) for fact, test in _conditions(when))


def _met(fact: Any, test: Callable[[Any], bool]) -> bool:
    if fact is None:
        return True
    try:
        return test(fact)
    except (ArithmeticError, ValueError, TypeError, AttributeError):
        return True


def _conditions(when: When) -> Iterator[tuple[str, Callable[[Any], bool]]]:
    if when.kinds:
        yield "kind", lambda fact: untagged(fact) in when.kinds
    if when.forms:
        yield "forms", lambda fact: any(untagged(form) in when.forms for form in fact)
    if when.amount_from is not None:
        yield "amount", lambda fact: Decimal(untagged(fact)) >= (when.amount_from or 0)
    if when.money_from is not None:
        yield "contract_money", lambda fact: Decimal(untagged(fact)) >= (when.money_from or 0)
    if when.years_from is not None:
        yield "years", lambda fact: Decimal(untagged(fact)) >= (when.years_from or 0)
    for name in ("state_assets", "interns", "leaders_flag"):
        asked = getattr(when, name)
        if asked is not None:
            yield name, partial(_flagged, bool(asked))


def _flagged(asked: bool, fact: str) -> bool:
    return (untagged(fact) == "true") == asked
