"""Cerberus with the field's own types; one validator per schema (it is not thread-safe)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import cerberus
from cerberus import errors

from pipeline.kernel.chinese import credit_code_fault
from pipeline.record.schema.fits import Fit, fields_fit, inner_fit, value_fit
from pipeline.record.schema.unsorted import Unsorted

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
)
"""Names Windows keeps for devices: no file or folder there can bear them."""
_YEARS = range(1980, 2100)
"""The years a cooperation can lie in; anything else is a slip of the keyboard."""
_CENT = Decimal("0.01")

LONGEST = 20_000
"""Characters a text may have: ten printed pages in one field are an attachment."""


def is_id(value: object) -> bool:
    """Whether a value can be an id: small Latin letters, digits, single hyphens between them."""
    return isinstance(value, str) and _ID.match(value) is not None and value not in _DEVICES


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return _is_markdown(value) and "\n" not in str(value)


def _is_markdown(value: object) -> bool:
    return isinstance(value, str) and value != "" and not value.isspace() and len(value) <= LONGEST


def _is_money(value: object) -> bool:
    return isinstance(value, Decimal) and value.same_quantum(_CENT) and value.adjusted() < 13


def _is_percent(value: object) -> bool:
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        return False
    return 0 <= value <= 100 and Decimal(value) == Decimal(value).quantize(_CENT)


TYPES: dict[str, Callable[[object], bool]] = {
    "text": _is_text,
    "markdown": _is_markdown,
    "id": is_id,
    "number": _is_number,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "money": _is_money,
    "percent": _is_percent,
    "flag": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, date) and value.year in _YEARS,
    "list": lambda value: isinstance(value, list),
    "dict": lambda value: isinstance(value, dict),
}
"""Every type a schema may name. Text is one line, not blank and not longer than `LONGEST`; money has exactly two decimals (yuan)
and stays below ten trillion."""


class Validator(Unsorted, cerberus.Validator):  # type: ignore[misc]  # Cerberus ships no types
    """Cerberus without what would only cost time here: no normalisation, no null rule, no start-up check.

    A null fails its type like any other wrong value. The schemas themselves are checked by a test, once,
    instead of at every start.
    """

    types_mapping: ClassVar = {name: cerberus.TypeDefinition(name, (object,), ()) for name in TYPES}
    mandatory_validations = ()
    priority_validations = ("type",)

    @property
    def schema(self) -> Any:
        """The constraints in force."""
        return self._schema

    @schema.setter
    def schema(self, schema: Any) -> None:
        self._schema = schema

    def _validate_type(self, data_type: str, field: Any, value: Any) -> None:
        """Check a value against one of `TYPES`.

        The rule's arguments are validated against this schema: {'type': 'text'}
        """
        if not TYPES[data_type](value):
            self._error(field, errors.BAD_TYPE)
            self._drop_remaining_rules()

    def _validate_schema(self, schema: Any, field: Any, value: Any) -> None:
        """Check what is inside: the items of a list, the fields of a mapping.

        The rule's arguments are validated against this schema: {'type': 'dict'}
        """
        kind = "list" if isinstance(value, list) else "dict"
        if not self._fit(schema, lambda: inner_fit(schema, kind, TYPES))(value):
            super()._validate_schema(schema, field, value)

    def _validate_keysrules(self, schema: Any, field: Any, value: Any) -> None:
        """Check the keys of a mapping.

        The rule's arguments are validated against this schema: {'type': 'dict'}
        """
        if not all(map(self._fit(schema, lambda: value_fit(schema, TYPES)), value)):
            super()._validate_keysrules(schema, field, value)

    def _validate_valuesrules(self, schema: Any, field: Any, value: Any) -> None:
        """Check the values of a mapping.

        The rule's arguments are validated against this schema: {'type': 'dict'}
        """
        if not all(map(self._fit(schema, lambda: value_fit(schema, TYPES)), value.values())):
            super()._validate_valuesrules(schema, field, value)

    def _validate_credit_code(self, wanted: bool, field: Any, value: Any) -> None:
        """Check both check digits (GB 32100-2015).

        The rule's arguments are validated against this schema: {'type': 'boolean'}
        """
        reason = credit_code_fault(value) if wanted else None
        if reason:
            self._error(field, reason)

    def problems(self, document: dict[str, Any]) -> list[errors.ValidationError]:
        """All single errors of a document, groups dissolved, in the order Cerberus found them."""
        if self._fit(self._schema, lambda: fields_fit(self._schema, TYPES))(document):
            return []
        self.validate(document, normalize=False)
        return _dissolve(self._errors)

    def _fit(self, rules: object, make: Callable[[], Fit]) -> Fit:
        """The short answer for some rules, made once for this validator and all below it."""
        kept: dict[int, tuple[object, Fit]] = self._config.setdefault("fits", {})
        if id(rules) not in kept:
            kept[id(rules)] = rules, make()
        return kept[id(rules)][1]


def _dissolve(found: Any) -> list[errors.ValidationError]:
    single: list[errors.ValidationError] = []
    for error in found:
        single += _dissolve(error.child_errors) if error.child_errors else [error]
    return single
