"""Errors kept as they come.

Cerberus sorts three collections anew at every error, so that a file with five thousand wrong keys would take a
minute. Nobody looks at two of them here, and findings are arranged at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cerberus.errors import ValidationError


class _AsFound(list[ValidationError]):
    """A list that stays in its order."""

    def sort(self, **_: Any) -> None:
        """Leave everything as it is."""


class _NoTree:
    """A tree that keeps nothing."""

    def add(self, error: ValidationError) -> None:
        """Forget the error; it is in the list."""


_NO_TREE = _NoTree()


class Unsorted:
    """To be mixed into a Cerberus validator, before it."""

    @property
    def _errors(self) -> _AsFound:
        return self._found

    @_errors.setter
    def _errors(self, found: Iterable[ValidationError]) -> None:
        self._found = _AsFound(found)

    @property
    def document_error_tree(self) -> _NoTree:
        """No tree: only rules that this project does not use would ask for one."""
        return _NO_TREE

    @document_error_tree.setter
    def document_error_tree(self, tree: object) -> None: ...

    @property
    def schema_error_tree(self) -> _NoTree:
        """No tree."""
        return _NO_TREE

    @schema_error_tree.setter
    def schema_error_tree(self, tree: object) -> None: ...
