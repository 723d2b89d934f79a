"""What lies in the work tree otherwise than in the commit that a trail tells of: who approved those words approved not these."""

from __future__ import annotations

from collections.abc import Set

from pipeline.approval.trail.current_words import CurrentWords, NotComposedError
from pipeline.approval.trail.inspect import Trail
from pipeline.approval.trail.subject_state import Stage, SubjectState
from pipeline.kernel.structs import replace
from pipeline.record.kinds import ENTERPRISE
from pipeline.record.places import file_of, project_of
from pipeline.record.register import Register


def as_it_lies(trail: Trail, current: CurrentWords) -> Trail:
    """The trail for those who are shown the records of the work tree: approved words that were edited since are changed.

    What was signed stays what it is, whatever is written into its record later.
    """
    files = _differing(trail.current.register, current.register) if trail.commit else frozenset()
    if not files:
        return trail
    edited = {
        subject: replace(state, stage=Stage.CHANGED)
        for subject, state in trail.states.items()
        if state.stage is Stage.APPROVED
        and _touched(subject, trail.current.register, files)
        and not _says_what_was_committed(state, trail.current, current)
    }
    return replace(trail, states={**trail.states, **edited}) if edited else trail


def _differing(one: Register, other: Register) -> Set[str]:
    """The files of records that are not the same in both, or only in one."""
    before, now = ({name: entry.digest for name, entry in some.entries.items()} for some in (one, other))
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}


def _touched(subject: str, register: Register, files: Set[str]) -> bool:
    """Whether one of some files is the subject's own, one of its project's, or that of a party."""
    own = file_of(subject)
    project = project_of(own)
    if own in files or (project and any(project_of(name) == project for name in files)):
        return True
    partners = {name for name in files if ENTERPRISE.key_in(name)}
    agreement = register.records.agreements.get(project) if partners and project else None
    return agreement is not None and any(ENTERPRISE.file(one) in partners for one in agreement.party_ids)


def _says_what_was_committed(state: SubjectState, committed: CurrentWords, current: CurrentWords) -> bool:
    if state.words is None:
        return True
    try:
        before, now = (words.brief(state.words) for words in (committed, current))
        if before and before == now:  # of words that are the same, most are known by their digests alone
            return True
        one, other = (words.beside(state.words) for words in (committed, current))
    except NotComposedError:
        return False
    return (one.fields, one.facts, one.body) == (other.fields, other.facts, other.body)
