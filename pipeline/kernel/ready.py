"""Documents that come ready-made to those who print: made only when one of them is to be printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from pipeline.kernel.document import Document


class Ready:
    """A document that is made when somebody asks for it.

    Two of one `mark` are the same document, as long as the records and the tools say the same.
    """

    def __init__(self, mark: str, make: Callable[[], Document]) -> None:
        self.mark = mark
        self._make = make

    @classmethod
    def of(cls, document: Document) -> Ready:
        """A document that is there."""
        return cls(repr(document), lambda: document)

    @cached_property
    def document(self) -> Document:
        """The document; raises what making it raises."""
        return self._make()

    def __reduce__(self) -> tuple[Callable[[str, Document], Ready], tuple[str, Document]]:
        """For another process: made, for what makes it stays here."""
        return _there, (self.mark, self.document)


def _there(mark: str, document: Document) -> Ready:
    return Ready(mark, lambda: document)
