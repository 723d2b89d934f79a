"""Where the heads of a ledger stand, and which of its columns means what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.desk.head_unit import HeadUnit, head_unit, unit_above
from pipeline.desk.ledger_words import AMOUNTS, KINDS, PRIVATE, ROSTER, STATES, LedgerKind
from pipeline.kernel.finding import DataPath
from pipeline.returned.filled_book import FilledCell, Rows

_HIGHEST = 15
"""So many rows may stand above the heads."""
_SERIAL = ("序号", "编号", "no", "no.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLayout:
    """A sheet as a ledger: its kind, the row its data begin in, the rows of heads, the heads by column, what columns mean.

    `units` are those of the columns of money; `states` and `private` are heads that are left out for a reason.
    """

    kind: LedgerKind
    first: int
    depth: int
    heads: Mapping[int, str]
    columns: Mapping[int, DataPath]
    units: Mapping[int, HeadUnit] = field(default_factory=dict)
    states: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    unused: tuple[str, ...] = field(default=())

    @property
    def whole(self) -> bool:
        """Whether every column is there without which it is no such ledger."""
        return set(self.kind.needs) <= set(self.columns.values())


def layout(
    rows: Rows, wanted: str = "", given: Mapping[str, Mapping[str, DataPath]] | None = None
) -> LedgerLayout | None:
    """The likeliest reading of a sheet; None where nothing looks like the heads of a ledger.

    `given` says for a kind of ledger what heads mean that nobody else uses; an empty path leaves a column out.
    """
    kinds = [kind for kind in KINDS if wanted in ("", kind.name)]
    found = [
        _read(kind, rows, number, depth, (given or {}).get(kind.name, {}))
        for number in range(min(_HIGHEST, len(rows)))
        for depth in (1, 2)
        if number + depth <= len(rows)
        for kind in kinds
    ]
    fitting = [one for one in found if one.whole]
    # Of equal readings the one of a single row: a title above it, or a row of data below, is no head.
    return max(fitting, key=lambda one: (len(one.columns), -one.first, -one.depth), default=None)


def lists_students(rows: Rows) -> bool:
    """Whether a sheet is a list of students: nothing of it belongs into a repository, from which nothing can be taken."""
    return any(
        isinstance(cell.value, str) and plain(cell.value) in ROSTER for row in rows[:_HIGHEST] for cell in row
    )


def _read(
    kind: LedgerKind, rows: Rows, number: int, depth: int, given: Mapping[str, DataPath]
) -> LedgerLayout:
    heads = {
        column: _joined([row[column] for row in rows[number : number + depth] if column < len(row)])
        for column in range(max(map(len, rows[number : number + depth]), default=0))
    }
    heads = {column: head for column, head in heads.items() if head}
    columns: dict[int, DataPath] = {}
    for exact in (True, False):
        for column, head in heads.items():
            path = given.get(plain(head), _path(kind, head, exact=exact))
            if path and column not in columns and path not in columns.values():
                columns[column] = path
    rest = {column: head for column, head in heads.items() if column not in columns}
    plain_rest = {column: plain(head) for column, head in rest.items()}
    states = tuple(rest[column] for column, word in plain_rest.items() if word in STATES)
    private = tuple(
        rest[column] for column, word in plain_rest.items() if any(one in word for one in PRIVATE)
    )
    unused = tuple(
        head
        for column, head in rest.items()
        if head not in (*states, *private) and plain_rest[column] not in _SERIAL
    )
    above = unit_above(" ".join(str(cell.value) for row in rows[:number] for cell in row if not cell.empty))
    return LedgerLayout(
        kind=kind,
        first=number + depth,
        depth=depth,
        heads=heads,
        columns=columns,
        units={
            column: head_unit(heads[column], above) for column, path in columns.items() if path in AMOUNTS
        },
        states=states,
        private=private,
        unused=unused,
    )


def _joined(cells: list[FilledCell]) -> str:
    words = [" ".join(str(cell.value).split()) for cell in cells if isinstance(cell.value, str)]
    return "/".join(dict.fromkeys(word for word in words if word))


def plain(head: str) -> str:
    """A head as it is compared: without spaces, remarks in brackets and marks."""
    folded = unicodedata.normalize("NFKC", head).replace(" ", "").lower()
    return re.sub(r"\([^)]*\)|[*:※]", "", folded)


def _path(kind: LedgerKind, head: str, *, exact: bool) -> DataPath | None:
    """What a head means: of two rows the lower one alone, or both together."""
    whole = plain(head)
    tails = [whole, whole.replace("/", ""), whole.rpartition("/")[2]]
    for path, words in kind.words.items():
        if exact and any(tail in words for tail in tails):
            return path
        if not exact and len(whole) <= 12 and any(len(word) > 2 and word in whole for word in words):
            return path
    return None
