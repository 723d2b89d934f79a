"""What a text says of other records than its own fields, as one digest that is frozen with the words.

The frozen fields are those of the subject's own record; a partner's name, address or account stands in the text
alone, and text keeps no origin. Whether such a value or only the wording around it has changed could not be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.approval.blocks import runs_of
from pipeline.approval.trail.compare import spoken
from pipeline.approval.trail.current_words import Composed, CurrentWords, kind_of_subject
from pipeline.kernel.data_path import value_at
from pipeline.kernel.document import Body, Run
from pipeline.record.kinds import AGREEMENT, ENTERPRISE
from pipeline.record.places import AGREEMENTS, file_of
from pipeline.record.rounds.canonical import digest, line
from pipeline.record.rounds.frozen_words import FrozenWords
from pipeline.record.schema import Field

_MARK, _WHOLE = re.compile(r"(?<=[0-9]),(?=[0-9]{3})"), re.compile(r"(?<=[0-9])\.00(?![0-9])")

_STEERING = ("kind", "registration", "affiliation", "former_names", "successor")
"""What of a partner's record decides which words the wording takes for it: a branch has no legal representative."""


def quoted(current: CurrentWords, subject: str, document: Body) -> str:
    """The digest of what a subject's text gives of other records, and of what in them chooses its words.

    Of values as they are recorded, not as they are said: another way to print a date is no other date. Where a name
    stands for an id of the subject's own, and what was worked out, there is only what is said.
    """
    said = set(_told(current, subject, document))
    return digest(b"".join(line(list(one)) for one in sorted(said)))


def _told(current: CurrentWords, subject: str, document: Body) -> Iterator[tuple[str, str, str]]:
    kind = kind_of_subject(subject)
    root = current.schemas[kind.name].root if kind else None
    for run in runs_of(document):
        file, path = run.origin.file, run.origin.path
        if _of_another(subject, run):
            yield file, path, _recorded(current, run)
            yield from _steering(current, file)
        elif not file and kind is not AGREEMENT and run.text.strip():
            # In an agreement code writes numbers and the heads of tables alone; in plans, schemes and amendments what it
            # has gathered from other records.
            yield "", "", _plain(run.text)
        elif file == file_of(subject) and _names(root, path):
            yield file, path, run.text


def _plain(said: str) -> str:
    """What was worked out, whichever way its figures are printed: 567,000.00 is 567000."""
    return _WHOLE.sub("", _MARK.sub("", said))


def _steering(current: CurrentWords, file: str) -> Iterator[tuple[str, str, str]]:
    if ENTERPRISE.key_in(file):
        entry = current.register.entries.get(file)
        data = entry.source.data if entry is not None else None
        for key in _STEERING:
            yield file, key, repr(value_at(data, (key,)))


def _names(root: Field | None, path: str) -> bool:
    """Whether a field of the subject's own holds an id, in whose place a name is printed."""
    found = root
    for step in path.split("."):
        found = found.below(step) if found else None
    return found is not None and bool(found.reference)


def quotes_the_same(words: FrozenWords, now: Composed, current: CurrentWords, subject: str) -> bool:
    """Whether other records still say what some frozen words say of them.

    A round of before that was frozen can only be compared sentence by sentence: wherever another record is named,
    every letter has to stand there as it did.
    """
    if now.document is None:
        return False
    if words.quoted:
        return words.quoted == quoted(current, subject, now.document.body)
    blocks = now.document.body.blocks
    told = (
        tuple(spoken(now.body[index + 1 : index + 2]))
        for index, block in enumerate(blocks)
        if any(_of_another(subject, run) for run in runs_of(block))
    )
    # In their order, too: what two partners say of themselves must not change places.
    before = (tuple(spoken((one,))) for one in words.body)
    return all(any(one == other for other in before) for one in told)


def _of_another(subject: str, run: Run) -> bool:
    """Whether a run gives a value of another record."""
    file = run.origin.file
    return file.startswith(f"{AGREEMENTS}/") and file != file_of(subject)


def _recorded(current: CurrentWords, run: Run) -> str:
    """The value as its record has it; what was put together of several, as it is said."""
    entry = current.register.entries.get(run.origin.file)
    steps = (int(step) if step.isdigit() else step for step in run.origin.path.split("."))
    found = value_at(entry.source.data, tuple(steps)) if entry is not None else None
    return run.text if isinstance(found, dict | list) or found is None else str(found)
