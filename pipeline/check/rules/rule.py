"""What a rule is: a pure generator of faults under a decorator that states its code, clause and messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import UnionType
from typing import Any, get_args

from pipeline.kernel.finding import Code, DataPath, Severity
from pipeline.kernel.structs import Struct, field
from pipeline.record.model import Agreement, Records
from pipeline.record.model.after_signing import Amendment

AGREED = Agreement | Amendment
"""The records whose words bind the parties: what the law forbids, an amendment may say no more than an agreement."""
READING_SINCE = date(2026, 12, 1)
"""The day from which the words of agreements are read; what was signed before was signed without a reader."""


class Way(Struct, frozen=True, kw_only=True):
    """One way to break a rule: its message (a `str.format` template), and whether a draft may still lack it.

    A `staged` way is a warning in a draft and an error in what is submitted. `severity` overrides the rule's,
    `hint` (a template like the message) its remedy, where the values at hand tell what to type. `since` is the day
    from which a rule looks for this, where the rule itself is older.
    """

    message: str
    hint: str = ""
    staged: bool = False
    severity: Severity | None = None
    since: date | None = None


class Fault(Struct, frozen=True, kw_only=True):
    """One breach: the way, the path of the offending value, and what to fill into the message.

    `offset` points at a character inside a text value; `key` puts the place at the key instead of its
    value. `file` is set where the fault lies in another file than the record's own; `related` lists further
    places as (file, path), file "" meaning the record's own. `instead` is the text the value should be, where
    only one answer is right. `spot` is the line and column where the fault lies in no value, in a comment say.
    Faults of one `cause` are shown as one.
    """

    way: str
    at: DataPath
    values: Mapping[str, object] = field(default_factory=dict)
    offset: int | None = None
    key: bool = False
    file: str = ""
    related: tuple[tuple[str, DataPath], ...] = ()
    instead: str = ""
    spot: tuple[int, int] | None = None
    cause: str = ""


Check = Callable[..., Iterator[Fault]]
"""A generator of faults: of the record and all records, and of today where the rule is `timed`."""


class Rule(Struct, frozen=True, kw_only=True):
    """A rule with its page (`info`), the kind of record it reads, its ways to fail, and its generator.

    `on` is a record class or several (called once per record), `object` (once per record of any class) or `Records`
    (called once for the whole college), or that and others: what a rule on all records finds by looking at each of a
    class is found for each by itself, so that a change in one costs no look at all. `skips` names agreements it does not concern. `waivable` tells
    whether the college may let a finding of it pass with a reason; what the law prohibits and what keeps
    records together nobody can. A `timed` rule finds what only the calendar causes: its generator also takes
    today, and its findings are `due`. `since` is the day a rule began to hold, where it is younger than the
    guideline's first rules: agreements signed before it were right when they were signed, and are left alone.
    """

    info: Code
    on: type | UnionType
    ways: Mapping[str, Way]
    check: Check
    skips: Callable[[Any], bool]
    waivable: bool
    timed: bool
    since: date | None = None

    @property
    def on_all(self) -> bool:
        """Whether it is asked once for the whole college, be it for single records too."""
        return Records in (get_args(self.on) or (self.on,))


def later(message: str) -> Way:
    """A way that a draft may still show: a warning there, an error once submitted."""
    return Way(message=message, staged=True)


def fault(way: str, *at: str | int, **values: object) -> Fault:
    """A fault of a way at a path of the record's own file; `values` fill the message."""
    return Fault(way=way, at=at, values=values)


def _nothing(record: object) -> bool:
    return False


def rule(
    code: str,
    *,
    title: str,
    clause: str,
    why: str,
    hint: str,
    ways: Mapping[str, Way | str],
    on: type | UnionType = Agreement,
    severity: Severity = Severity.ERROR,
    skips: Callable[[Any], bool] = _nothing,
    waivable: bool = True,
    timed: bool = False,
    since: date | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a generator. All texts are Chinese: `coop explain` and `docs/rules.md` show them.

    `title` says positively what holds, `clause` where that is demanded, `why` the reason, `hint` the remedy.
    Nothing is registered here: a rule counts once it stands in `pipeline.check.rules.table`.
    """

    def made(check: Check) -> Rule:
        weight = Severity.DUE if timed else severity
        info = Code(code=code, title=title, clause=clause, why=why, hint=hint, severity=weight)
        stated = {name: way if isinstance(way, Way) else Way(message=way) for name, way in ways.items()}
        return Rule(
            info=info,
            on=on,
            ways=stated,
            check=check,
            skips=skips,
            waivable=waivable,
            timed=timed,
            since=since,
        )

    return made
