"""How headings and clauses are numbered: as an agreement's articles, or as an official document's levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from pipeline.compose.brackets import BlockError
from pipeline.kernel import chinese
from pipeline.kernel.structs import Struct, field

_MOST_CLAUSES = 999
"""The highest number that can be written in numerals."""


class Numbering(Protocol):
    """What numbers the headings and clauses of a document, in the order in which they come."""

    def next_article(self) -> str:
        """The number of a heading of the first level."""
        ...

    def next_part(self) -> str:
        """The number of a heading of the second level."""
        ...

    def next_clause(self) -> str:
        """The number of a paragraph that is numbered itself."""
        ...


class Articles(Struct):
    """The running numbers of an agreement: articles through the document, parts in an article, clauses in either."""

    article: int = 0
    part: int = 0
    clause: int = 0

    def next_article(self) -> str:
        """Count 第一条, 第二条 through the document."""
        self.article, self.part, self.clause = self.article + 1, 0, 0
        return chinese.article_number(self.article)

    def next_part(self) -> str:
        """Count （一）（二） in each article."""
        self.part, self.clause = self.part + 1, 0
        return chinese.parenthesised(self.part)

    def next_clause(self) -> str:
        """Count （一） right in an article, 1. in a part."""
        self.clause += 1
        _limit(self.clause)
        return f"{self.clause}." if self.part else chinese.parenthesised(self.clause)


class Levels(Struct):
    """The running numbers of an official document: 一、 （一） 1. （1） (GB/T 9704), clauses one below their heading."""

    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    depth: int = 0

    def next_article(self) -> str:
        """Count 一、二、三 through the document."""
        return self._next(0)

    def next_part(self) -> str:
        """Count （一）（二） below each of those."""
        return self._next(1)

    def next_point(self) -> str:
        """Count 1. 2. below each of those."""
        return self._next(2)

    def next_clause(self) -> str:
        """The level below the last heading."""
        return self._next(min(self.depth, 3), heading=False)

    def _next(self, level: int, *, heading: bool = True) -> str:
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (3 - level)
        if heading:
            self.depth = level + 1
        number = self.counts[level]
        _limit(number)
        if level > 1:
            return f"{number}." if level == 2 else f"（{number}）"
        return f"{chinese.numeral(number)}、" if level == 0 else chinese.parenthesised(number)


def _limit(number: int) -> None:
    if number > _MOST_CLAUSES:
        raise BlockError(f"同一级的编号超过 {_MOST_CLAUSES} 个，排不出来", 1)


NUMBERINGS: Mapping[str, Callable[[], Numbering]] = {"article": Articles, "official": Levels}
"""By name, how headings are numbered: 第一条（一）1. of agreements, 一、（一）1.（1） of official documents."""
