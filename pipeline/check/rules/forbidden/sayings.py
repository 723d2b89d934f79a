"""How a forbidden saying is described, and looked for in every text of an agreement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from pipeline.check.rules.against.sides import clause_at
from pipeline.check.rules.read_once import prose_of
from pipeline.check.rules.rule import Fault
from pipeline.kernel.finding import DataPath
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.prose.grammar import Pattern, classes, denied, pattern, supposed, without_exceptions
from pipeline.record.model import Agreement
from pipeline.record.model.after_signing import Amendment

_ANAPHORA = late(
    r"(?:对此|由此|因此|就此|上述|以上|此类|该类|一切|其|相关|所有)|.{2,4}(?:概不|均不|一律不|不)"
)
_COMMA = late("[，,：:]")
_QUOTED = 44
"""Characters that are quoted at most, unless what was found is longer."""
_SKIPPED = frozenset(
    {"number", "stage", "wording", "title", "forms", "majors", "industry", "parties", "reason"}
)
_REPEALED = late("删[去除掉]|取消|废止|作废|不再适用")
_REPEALED_AFTER = late(
    "(?:自[^，,。；]{1,12}起)?(?:现|均|也|一并|予以|即行|全部|同时)*(?:删[去除掉]|取消|废止|作废|不再适用)"
)
_INSTEAD = late("改[由为成]|变[更为]|调整为|而由|转由")


class Saying(Struct, frozen=True, kw_only=True, eq=False):
    """Something that must not be said: its shapes, and the words around it that make it another thing.

    `words` are what each shape holds at least one of; `needs` must stand in the sentence or the one before;
    `unless` must not stand in it; `blot` is taken out first; `after` must not stand right before the match in
    its clause. A saying that is `flat` is found even where a denial stands before it.
    """

    way: str
    words: tuple[str, ...]
    shapes: tuple[Pattern, ...]
    needs: Pattern | None = None
    unless: Pattern | None = None
    blot: Pattern | None = None
    after: Pattern | None = None
    flat: bool = False

    def found(self, text: str, before: str) -> re.Match[str] | None:
        """The first place of a sentence that says it."""
        if self.needs and not (self.needs.search(text) or self.needs.search(before)):
            return None
        text = without_exceptions(text)
        if self.blot:
            text = self.blot.blotted(text)
        matches = (match for shape in self.shapes for match in shape.find(text))
        found = next((match for match in matches if self._holds(text, match)), None)
        return None if found and self.unless and self.unless.search(text) else found

    def _holds(self, text: str, match: re.Match[str]) -> bool:
        if self.after and self.after.search(_clause_before(text, match.start())):
            return False
        return self.flat or not (denied(text, match) or supposed(text, match))


def saying(
    way: str,
    words: str,
    *shapes: str,
    needs: str = "",
    unless: str = "",
    blot: str = "",
    after: str = "",
    flat: bool = False,
) -> Saying:
    """A row of a table of sayings; `words` are divided by blanks, everything else may name word classes."""
    return Saying(
        way=way,
        words=tuple(words.split()),
        shapes=tuple(pattern(shape) for shape in shapes),
        needs=classes(needs) if needs else None,
        unless=classes(unless) if unless else None,
        blot=classes(blot) if blot else None,
        after=classes(f"(?:{after})\\Z") if after else None,
        flat=flat,
    )


def binds(path: DataPath, text: str, start: int, end: int) -> bool:
    """Whether the words of a sentence bind the parties: neither in a label, nor what an amendment does away with.

    Only the clause tells in which the words end: 取消…的补贴，改由学生承担 lays on the student what follows.
    """
    if path[0] in _SKIPPED:
        return False
    if path[0] != "changes":
        return True
    begin, stop = clause_at(text, max(start, end - 1))
    words = text[begin:stop]
    repealed = _REPEALED.search(words) or _REPEALED_AFTER.match(text, stop + 1)
    return not repealed or _INSTEAD.search(words) is not None


def said(agreement: Agreement | Amendment, sayings: tuple[Saying, ...]) -> Iterator[Fault]:
    """A fault for each sentence of an agreement that says one of some things; the first of them counts."""
    reading = prose_of(agreement)
    read, words = _reader(sayings)
    for sentence, (way, at, quoted) in reading.prose.readings(read, words):
        path = reading.paths[sentence.number]
        if binds(path, sentence.text, at, at + len(quoted)):
            offset = reading.prose.offset(sentence.start + at)
            yield Fault(way=way, at=path, values={"words": quoted}, offset=offset)


Found = tuple[str, int, str]
"""Which way a sentence says something, where in it, and in what words."""


@cache
def _reader(sayings: tuple[Saying, ...]) -> tuple[Callable[[str, str], Found | None], tuple[str, ...]]:
    """What reads a sentence for a table of sayings, and the words it goes by."""
    return partial(_said, sayings), tuple(dict.fromkeys(word for one in sayings for word in one.words))


def _said(sayings: tuple[Saying, ...], text: str, before: str) -> Found | None:
    """What a sentence says; where it points back (对此…), it is read together with the sentence before it."""
    found = _first(sayings, text, before)
    if found or not before or not _ANAPHORA.match(text):
        return found
    joint = _first(sayings, f"{before}，{text}", "")
    return (joint[0], joint[1] - len(before) - 1, joint[2]) if joint else None


def _first(sayings: tuple[Saying, ...], text: str, before: str) -> Found | None:
    for one in sayings:
        if any(map(text.__contains__, one.words)):
            match = one.found(text, before)
            if match:
                start, end = _quoted(text, match)
                return one.way, start, text[start:end]
    return None


def _quoted(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The clauses of a match, so that the words quoted make sense; the match itself where they are long."""
    marks = [mark.end() for mark in _COMMA.finditer(text, 0, match.start())]
    start = marks[-1] if marks else 0
    after = _COMMA.search(text, match.end())
    end = after.start() if after else len(text)
    return (start, end) if end - start <= _QUOTED else match.span()


def _clause_before(text: str, at: int) -> str:
    """What stands in the clause of a place before it."""
    marks = [mark.end() for mark in _COMMA.finditer(text, 0, at)]
    return text[marks[-1] if marks else 0 : at]
