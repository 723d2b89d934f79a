"""Clauses as patterns of word classes: who, does what, to whom, and whether it is denied, excepted or only supposed.

A pattern is written as words divided by blanks: a class of the lexicon (`STUDENT`), a gap, or plain text.

`..`   a few characters of the same clause
`~`    the same, without another party coming in between as the one who acts
`...`  a stretch of the same sentence, across commas
`!`    before a class marks the word whose denial counts (the first word of the pattern where none is marked)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pipeline.kernel.late_pattern import late
from pipeline.kernel.patterns import compiled
from pipeline.kernel.structs import Struct
from pipeline.prose.lexicon import ANEW, BREACH, FORBIDDING, LEXICON, NEGATION, SIDE, TWICE, VOID

_GAPS = {
    "..": "[^，,：:。；]{0,14}?",
    "~": f"(?:(?<=[向给至到])(?:{SIDE})|(?!{SIDE}|由)[^，,：:。；]){{0,16}}?",
    "...": ".{0,48}?",
}
_WORD = late(r"[A-Z]{3,}")
_EXCEPTION = late(r"除(?!了?名|尘|湿|草)[^。；]{1,40}?(?:以外|之外|外)(?![^，。；]{0,1}[包聘出地])")
_NEGATION = late(NEGATION)
_FORBIDDING = late(FORBIDDING)
_ANEW = late(rf"(?:{SIDE}|学生)?[^，,]{{0,6}}?(?:{ANEW})")
_TWICE = late(rf"(?:{NEGATION})[^，,、]{{0,4}}?(?:{TWICE})[^，,、]{{0,2}}\Z")
_VOID = late(VOID)
_BREACH = late(BREACH)
_COMMAS = late("[，,：:]")


class Pattern(Struct, frozen=True):
    """A regular expression over word classes, compiled where it is first asked: many texts give no cause to.

    Where it is the pattern of a clause, the group `verb` is the word whose denial counts.
    """

    text: str
    words: tuple[str, ...] = ()
    """The classes of which a sentence must hold a word to have this shape."""

    def find(self, sentence: str) -> Iterator[re.Match[str]]:
        """Each place of a sentence that has this shape."""
        if not all(_holds(word, sentence) for word in self.words):
            return iter(())
        return _compiled(self.text).finditer(sentence)

    def search(self, sentence: str) -> re.Match[str] | None:
        """The first place of a sentence that has this shape."""
        return _compiled(self.text).search(sentence)

    def blotted(self, sentence: str) -> str:
        """A sentence with what has this shape blotted out, every place kept."""
        return _compiled(self.text).sub(_blot, sentence)


_compiled = cache(compiled)


@lru_cache(maxsize=1024)
def _holds(name: str, sentence: str) -> bool:
    """Whether a sentence holds a word of a class: a small question, asked before a pattern of many is made."""
    return _compiled(LEXICON[name]).search(sentence) is not None


def _blot(match: re.Match[str]) -> str:
    return "□" * len(match.group())


def pattern(text: str) -> Pattern:
    """The pattern of a clause."""
    words = text.split()
    classed = dict.fromkeys(word.removeprefix("!") for word in words if word.removeprefix("!") in LEXICON)
    return Pattern("".join(_GAPS[word] if word in _GAPS else _part(word) for word in words), tuple(classed))


def classes(text: str) -> Pattern:
    """A plain regular expression in which the classes of the lexicon may be named."""
    return Pattern(_named(text))


def _part(word: str) -> str:
    return f"(?P<verb>{_named(word[1:])})" if word.startswith("!") else f"(?:{_named(word)})"


def _named(text: str) -> str:
    return _WORD.sub(lambda match: f"(?:{LEXICON[match.group()]})", text)


def without_exceptions(sentence: str) -> str:
    """A sentence with its exceptions blotted out, every place kept: 除学费外 says nothing of what follows."""
    if "除" not in sentence:
        return sentence
    return _EXCEPTION.sub(_blot, sentence)


def denied(sentence: str, match: re.Match[str]) -> bool:
    """Whether what a match states is denied, forbidden or called void by the words around it."""
    verb = match.start("verb") if "verb" in match.re.groupindex else match.start()
    marks = [mark.end() for mark in _COMMAS.finditer(sentence, 0, verb)]
    begin = marks[-1] if marks else 0
    clause = sentence[begin:verb]
    if _NEGATION.search(clause):
        return not _TWICE.search(clause)
    if _VOID.match(sentence, match.end()):
        return True
    # 不得以任何理由，向学生收取: the prohibition goes on until a clause begins anew.
    for start, end in zip(reversed([0, *marks[:-1]]), reversed(marks), strict=False):
        if _ANEW.match(sentence[begin:]):
            return False
        if _FORBIDDING.search(sentence, start, end):
            return True
        begin = start
    return False


def supposed(sentence: str, match: re.Match[str]) -> bool:
    """Whether a match only describes a breach and what follows from it."""
    return bool(_BREACH.match(sentence, match.end()))
