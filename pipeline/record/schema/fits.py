"""The short answer to whether a value satisfies its rules: yes, or let Cerberus tell what is wrong.

Almost every value fits. Cerberus builds a validator for each list and mapping to learn that, which takes
longer than parsing the file; here the rules of a schema are made into plain functions once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.kernel.chinese import credit_code_fault

Fit = Callable[[Any], bool]
"""True where a value surely satisfies its rules; False where it does not, or where that is not known."""

Types = Mapping[str, Fit]


def value_fit(rules: Mapping[str, Any], types: Types) -> Fit:
    """The function for one value; it never says yes under a rule that is not known here."""
    kind = str(rules.get("type", ""))
    if kind not in types or not rules.keys() <= _KNOWN or ("allowed" in rules and kind in ("list", "dict")):
        return _never
    tests: list[Fit] = [types[kind]]
    tests += (_TESTS[name](limit) for name, limit in rules.items() if name in _TESTS)
    if "schema" in rules:
        tests.append(inner_fit(rules["schema"], kind, types))
    if "keysrules" in rules:
        tests.append(_keys(value_fit(rules["keysrules"], types)))
    if "valuesrules" in rules:
        tests.append(_values(value_fit(rules["valuesrules"], types)))
    return _all(tests)


def inner_fit(schema: Mapping[str, Any], kind: str, types: Types) -> Fit:
    """The function for what is inside a list (`schema` holds its items' rules) or a mapping (its fields')."""
    return _items(value_fit(schema, types)) if kind == "list" else fields_fit(schema, types)


def fields_fit(schema: Mapping[str, Mapping[str, Any]], types: Types) -> Fit:
    """The function for a mapping: no other fields than these, all that are required, and every one fitting."""
    fits = {key: value_fit(rules, types) for key, rules in schema.items()}
    required = frozenset(key for key, rules in schema.items() if rules.get("required"))

    def fit(value: Any) -> bool:
        if not required <= value.keys():
            return False
        for key, item in value.items():
            one = fits.get(key)
            if one is None or not one(item):
                return False
        return True

    return fit


def _never(value: Any) -> bool:
    return False


def _all(tests: list[Fit]) -> Fit:
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda value: first(value) and second(value)
    return lambda value: all(test(value) for test in tests)


def _items(fit: Fit) -> Fit:
    return lambda value: all(map(fit, value))


def _keys(fit: Fit) -> Fit:
    return lambda value: all(map(fit, value))


def _values(fit: Fit) -> Fit:
    return lambda value: all(map(fit, value.values()))


def _matches(pattern: str) -> Fit:
    """As Cerberus reads a pattern: it ends where the text does."""
    match = re.compile(pattern if pattern.endswith("$") else f"{pattern}$").match
    return lambda value: match(value) is not None


def _coded(wanted: bool) -> Fit:
    return lambda value: not wanted or credit_code_fault(value) is None


_TESTS: Mapping[str, Callable[[Any], Fit]] = {
    "allowed": lambda values: frozenset(values).__contains__,
    "regex": _matches,
    "min": lambda limit: lambda value: bool(value >= limit),
    "max": lambda limit: lambda value: bool(value <= limit),
    "minlength": lambda limit: lambda value: len(value) >= limit,
    "maxlength": lambda limit: lambda value: len(value) <= limit,
    "credit_code": _coded,
}
_KNOWN = frozenset({"type", "required", "schema", "keysrules", "valuesrules", *_TESTS})
