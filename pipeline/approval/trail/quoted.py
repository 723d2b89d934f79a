"""What a text says of other records than its own, as one digest that is frozen with the words.

The frozen fields are those of the subject's own record; a partner's name, address or account stands in the text
alone, and text keeps no origin. Whether such a value or only the wording around it has changed could not be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.approval.blocks import runs_of
from pipeline.approval.trail.compare import spoken
from pipeline.approval.trail.current_words import Composed, CurrentWords
from pipeline.kernel.document import Body, Run
from pipeline.record.places import AGREEMENTS, file_of
from pipeline.record.rounds.canonical import digest, line
from pipeline.record.rounds.frozen_words import FrozenWords

_INDEX = re.compile(r"\.[0-9]+(?=\.|\Z)")


def quoted(current: CurrentWords, subject: str, document: Body) -> str:
    """The digest of every value of other records that a subject's text gives.

    Of the values as they are recorded, not as they are said: another way to print a date is no other date.
    """
    said = {
        (run.origin.file, _INDEX.sub(".*", run.origin.path), _recorded(current, run))
        for run in _others(subject, document)
    }
    return digest(b"".join(line(list(one)) for one in sorted(said)))


def quotes_the_same(words: FrozenWords, now: Composed, current: CurrentWords, subject: str) -> bool:
    """Whether other records still say what some frozen words say of them.

    A round of before that was frozen can only be compared sentence by sentence: wherever another record is named,
    every letter has to stand there as it did.
    """
    if now.document is None:
        return False
    if words.quoted:
        return words.quoted == quoted(current, subject, now.document.body)
    before = set(spoken(words.body))
    blocks = now.document.body.blocks
    return all(
        set(spoken(now.body[index + 1 : index + 2])) <= before
        for index, block in enumerate(blocks)
        if any(_others(subject, block))
    )


def _others(subject: str, part: object) -> Iterator[Run]:
    own = file_of(subject)
    return (
        run
        for run in runs_of(part)
        if run.origin.file.startswith(f"{AGREEMENTS}/") and run.origin.file != own
    )


def _recorded(current: CurrentWords, run: Run) -> str:
    """The value as its record has it; what was put together of several, as it is said."""
    entry = current.register.entries.get(run.origin.file)
    found: object = entry.source.data if entry is not None else None
    for step in run.origin.path.split("."):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return run.text
    return run.text if isinstance(found, dict | list) or found is None else str(found)
