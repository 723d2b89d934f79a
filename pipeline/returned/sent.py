"""The places of a drawn form: its words are in the form, so they are read from the file that was sent."""

from __future__ import annotations

from pipeline.kernel.document import CODE, Document, Origin, Run, Runs, plain
from pipeline.kernel.walk import TextField, TextGrid, texts
from pipeline.returned.document_text import PlacedParagraph, Rows, Spot
from pipeline.returned.word import WordTable, read

_CHANCE = 6
"""From so many letters on, words found inside a text are those that were filled in."""


def as_sent(document: Document, sent: bytes) -> tuple[Spot, ...]:
    """Every paragraph and table of a form with the origins of what was filled in."""
    filled = list(_filled(document))
    spots: list[Spot] = []
    for item in read(sent).parts[0].items:
        if isinstance(item, WordTable):
            rows = tuple(tuple(_runs(cell, filled) for cell in row) for row in item.rows)
            spots.append(Rows(clause=document.body.title, name="表格", rows=rows))
        elif item.text.strip() and not item.drawn:
            spots.append(PlacedParagraph(clause=document.body.title, runs=_runs(item.text, filled)))
    return tuple(spots)


def _filled(document: Document) -> list[tuple[str, Origin]]:
    """Each text that was filled in, with the first origin of its words."""
    filled: list[Runs] = []
    for text in (text for block in document.body.blocks for text in texts(block)):
        if isinstance(text, TextField):
            filled += text.lines
        elif isinstance(text, TextGrid):  # its head is the form's own
            filled += [runs for row in text.rows[text.headed :] for runs in row]
    known = [(plain(runs), next((run.origin for run in runs if run.origin.file), CODE)) for runs in filled]
    return [(text, origin) for text, origin in known if text.strip()]


def _runs(text: str, filled: list[tuple[str, Origin]]) -> Runs:
    """A text in runs: what was filled in has its origin, the form's own words have none."""
    lines = text.split("\n")
    # A whole line first: a short word of the form may stand in any sentence, and would get a stranger's origin.
    found = next(((words, one) for words, one in filled if words in lines or _long(words, text)), None)
    if found is None:
        return (Run(text=text),) if text else ()
    before, _, after = text.partition(found[0])
    parts = (Run(text=before), Run(text=found[0], origin=found[1]), *_runs(after, filled))
    return tuple(run for run in parts if run.text)


def _long(words: str, text: str) -> bool:
    """Whether a text holds words that are too long to stand in it by chance."""
    return len(words) >= _CHANCE and words in text
