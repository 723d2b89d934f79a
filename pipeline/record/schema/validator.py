"""Cerberus with the field's own types; one validator per schema (it is not thread-safe)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

import cerberus
from cerberus import errors

from pipeline.kernel.chinese import credit_code_fault
from pipeline.record.schema.unsorted import Unsorted
from pipeline.record.schema.value_types import TYPES

Handler = Callable[[Any, Any, Any, Any], None]
"""A method of the validator for one rule: limit, field and value."""

Asked = tuple[object, Callable[[object], bool], tuple[tuple[Handler, Any], ...]]
"""Some rules of a value as they are asked: themselves, the test of its type, and who is asked after that."""


class Validator(Unsorted, cerberus.Validator):  # type: ignore[misc]  # Cerberus ships no types
    """Cerberus without what would only cost time here: no normalisation, no null rule, no start-up check.

    A null fails its type like any other wrong value. The schemas themselves are checked by a test, once,
    instead of at every start. Each level has one validator below it, used for one list or mapping after the other,
    where Cerberus makes a new one for each and copies what it looks at; a test holds this to Cerberus as it comes.
    """

    types_mapping: ClassVar = {name: cerberus.TypeDefinition(name, (object,), ()) for name in TYPES}
    mandatory_validations = ()
    priority_validations = ("type",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._above: Validator | None = None
        self._below: Validator | None = None
        self._step: tuple[Any, str] = None, ""
        self._alike: tuple[Mapping[str, Any], Iterable[tuple[Any, Any]]] | None = None
        super().__init__(*args, **kwargs)
        self._asked: dict[int, Asked] = self._config.setdefault("asked", {})
        self._needed: dict[int, tuple[object, tuple[str, ...]]] = self._config.setdefault("needed", {})

    @property
    def schema(self) -> Any:
        """The constraints in force."""
        return self._schema

    @schema.setter
    def schema(self, schema: Any) -> None:
        self._schema = schema

    @property
    def document_path(self) -> tuple[Any, ...]:
        """Where in the document it looks, put together when there is something to tell."""
        return () if self._above is None else (*self._above.document_path, self._step[0])

    @document_path.setter
    def document_path(self, path: tuple[Any, ...]) -> None: ...

    @property
    def schema_path(self) -> tuple[Any, ...]:
        """Where in the schema it looks."""
        return () if self._above is None else (*self._above.schema_path, *self._step)

    @schema_path.setter
    def schema_path(self, path: tuple[Any, ...]) -> None: ...

    def problems(self, document: dict[str, Any]) -> list[errors.ValidationError]:
        """All single errors of a document, groups dissolved, in the order Cerberus found them."""
        self._judge(document, self._required(self._schema))
        return _dissolve(self._errors)

    def _judge(self, document: Mapping[Any, Any], required: Iterable[Any] = ()) -> None:
        """Ask every rule of every field, as Cerberus' own `validate` does: its type first, and nothing after a wrong one."""
        if self._found:
            self._errors = []
        self.document, self._alike = document, None
        schema, known = self._schema, self._asked
        for field, value in document.items():
            rules = schema.get(field)
            if rules is None:
                self._error(field, errors.UNKNOWN_FIELD)
                continue
            _, fits, others = known.get(id(rules)) or self._learn(rules)
            if not fits(value):
                self._error(field, errors.BAD_TYPE)
                continue
            for ask, limit in others:
                ask(self, limit, field, value)
        for field in required:
            if field not in document:
                self._error(field, errors.REQUIRED_FIELD)

    def _judge_each(self, rules: Mapping[str, Any], items: Iterable[tuple[Any, Any]]) -> None:
        """Ask the same rules of every item; a document is made of them only when there is something to tell."""
        if self._found:
            self._errors = []
        self._alike = rules, items
        _, fits, others = self._asked.get(id(rules)) or self._learn(rules)
        for field, value in items:
            if not fits(value):
                self._error(field, errors.BAD_TYPE)
                continue
            for ask, limit in others:
                ask(self, limit, field, value)

    def _error(self, *told: Any) -> None:
        """Note an error; Cerberus looks for what it is about in the document and the schema."""
        if self._alike is not None:
            rules, items = self._alike
            self._alike = None
            self.document = dict(items)
            self._schema = dict.fromkeys(self.document, rules)
        super()._error(*told)

    def _learn(self, rules: Mapping[str, Any]) -> Asked:
        """Who is asked about a value under some rules."""
        names = (name for name in rules if name not in ("type", *_NOT_ASKED))
        asked = tuple((getattr(type(self), f"_validate_{name}"), rules[name]) for name in names)
        return self._asked.setdefault(id(rules), (rules, TYPES[rules["type"]], asked))

    def _required(self, schema: Mapping[str, Any]) -> tuple[str, ...]:
        """The fields of a mapping that must be there: learned once."""
        found = self._needed.get(id(schema))
        if found is None:
            needed = tuple(name for name, rules in schema.items() if rules.get("required"))
            found = self._needed[id(schema)] = schema, needed
        return found[1]

    def _inside(self, field: Any, rule: str) -> Validator:
        """The validator below this one, which looks at what is inside a field."""
        below = self._below
        if below is None:
            below = self._below = self._get_child_validator()
            below._above = self
        below._step = field, rule
        return below

    def _validate_schema(self, schema: Any, field: Any, value: Any) -> None:
        """Check what is inside: the items of a list, the fields of a mapping.

        The rule's arguments are validated against this schema: {'type': 'dict'}
        """
        below = self._inside(field, "schema")
        if isinstance(value, dict):
            below._schema = schema
            below._judge(value, self._required(schema))
            if below._found:
                self._error(field, errors.MAPPING_SCHEMA, below._found)
            return
        below._judge_each(schema, list(enumerate(value)))
        if below._found:
            self._drop_nodes_from_errorpaths(below._found, [], [2])
            self._error(field, errors.SEQUENCE_SCHEMA, below._found)

    def _validate_keysrules(self, schema: Any, field: Any, value: Any) -> None:
        """Check the keys of a mapping.

        The rule's arguments are validated against this schema: {'type': 'dict'}
        """
        below = self._inside(field, "keysrules")
        below._judge_each(schema, [(key, key) for key in value])
        if below._found:
            self._drop_nodes_from_errorpaths(below._found, [], [2, 4])
            self._error(field, errors.KEYSRULES, below._found)

    def _validate_valuesrules(self, schema: Any, field: Any, value: Any) -> None:
        """Check the values of a mapping.

        The rule's arguments are validated against this schema: {'type': 'dict'}
        """
        below = self._inside(field, "valuesrules")
        below._judge_each(schema, value.items())
        if below._found:
            self._drop_nodes_from_errorpaths(below._found, [], [2])
            self._error(field, errors.VALUESRULES, below._found)

    def _validate_credit_code(self, wanted: bool, field: Any, value: Any) -> None:
        """Check both check digits (GB 32100-2015).

        The rule's arguments are validated against this schema: {'type': 'boolean'}
        """
        reason = credit_code_fault(value) if wanted else None
        if reason:
            self._error(field, reason)


_NOT_ASKED = ("required", "meta", "allow_unknown", "require_all")
"""What stands beside rules and is none of a value."""


def _dissolve(found: Any) -> list[errors.ValidationError]:
    single: list[errors.ValidationError] = []
    for error in found:
        single += _dissolve(error.child_errors) if error.child_errors else [error]
    return single
