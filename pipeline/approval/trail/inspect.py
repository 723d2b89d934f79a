"""Everything the trail says at one commit: governance, every subject's state, and what a checkpoint misses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.approval.chain import Chain, follow
from pipeline.approval.paths import faults
from pipeline.approval.trail.attested import attested
from pipeline.approval.trail.attributes import ATTRIBUTES, attributes
from pipeline.approval.trail.current_words import CurrentWords
from pipeline.approval.trail.levels import Checkpoint, known_people, levelled
from pipeline.approval.trail.subject_state import SubjectState, state, unsubmitted
from pipeline.approval.verification import dossiers
from pipeline.git.objects import Snapshot, TreeFile, blob_id, snapshot
from pipeline.git.repository import Repository
from pipeline.kernel.beside import is_unfinished
from pipeline.kernel.finding import Finding, arrange
from pipeline.kernel.overlay import is_text_of_ours, laid_over
from pipeline.kernel.recall import NOTHING_KEPT, Beside, Recall
from pipeline.memory.trace import COMMITTED, Tracing
from pipeline.record.kinds import AGREEMENTS
from pipeline.record.register import load
from pipeline.record.rounds.subject_files import Dossier
from pipeline.record.schema import Schema, Schemas
from pipeline.record.schema.folder import OWN
from pipeline.record.tree import Committed

TEMPLATES = "templates"
_SHA1 = "0" * 40
"""The kind of object id that most repositories have."""


@dataclass(frozen=True, kw_only=True)
class Trail:
    """The trail at one commit (`commit` is empty for an unpacked archive without history)."""

    snapshot: Snapshot
    repository: Repository | None
    chain: Chain
    dossiers: Mapping[str, Dossier]
    current: CurrentWords
    states: Mapping[str, SubjectState]
    findings: tuple[Finding, ...]
    checkpoint: Checkpoint | None
    keep: object = None

    @property
    def commit(self) -> str:
        """The commit everything is said of."""
        return self.snapshot.commit

    def state(self, subject: str) -> SubjectState:
        """A subject's state; one that nobody has submitted has no rounds."""
        return self.states.get(subject) or unsubmitted(subject)

    def frozen_state(self, subject: str) -> SubjectState:
        """A subject's state as far as it rests on its frozen words, whatever would be printed of it today."""
        one, people = self.state(subject).frozen, known_people(self.chain, self.current.register.records)
        return one if one is self.state(subject) else levelled(one, self.chain, self.checkpoint, people)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """What is wrong anywhere in the trail, in order."""
        losses = self.checkpoint.findings if self.checkpoint else ()
        of_states = (found for one in self.states.values() for found in one.findings)
        return arrange((*self.findings, *of_states, *losses))


def inspect(
    shot: Snapshot,
    repository: Repository | None,
    schemas: Mapping[str, Schema],
    templates: Path,
    *,
    pin: str = "",
    checkpoint: Checkpoint | None = None,
    only: Collection[str] | None = None,
    recall: Recall = NOTHING_KEPT,
    today: date | None = None,
) -> Trail:
    """Verify the trail of a commit; with `only`, other subjects are not composed or weighed for changes.

    `templates` are the tool's, used where the college has none of its own. Whoever judges gives no `recall`, and
    `today`, after which nothing has been approved yet.
    """
    chain = follow(shot, schemas["governance"], pin, recall)
    checkpoint = attested(checkpoint, chain) if checkpoint else None
    current, keep = words_of(shot, schemas, templates, recall)
    kept = dossiers(shot, chain, current.register.records.college, recall, today)
    wanted = [subject for subject in kept if only is None or subject in only]
    states = {subject: state(subject, kept[subject], chain, current) for subject in wanted}
    drafters = known_people(chain, current.register.records)
    gone = (checkpoint.gone_from if checkpoint else frozenset()) - frozenset(kept)
    states |= {subject: unsubmitted(subject) for subject in gone}
    states = {subject: levelled(one, chain, checkpoint, drafters) for subject, one in states.items()}
    found = (*chain.findings, *faults(_agreements(shot)), *attributes(shot))
    return Trail(
        snapshot=shot,
        repository=repository,
        chain=chain,
        dossiers=kept,
        current=current,
        states=states,
        findings=arrange(found),
        checkpoint=checkpoint,
        keep=keep,
    )


def _agreements(shot: Snapshot) -> dict[str, TreeFile]:
    """The college's files; a link or another repository that stands for a whole folder is one of them."""
    whole = (AGREEMENTS, TEMPLATES)
    return {
        name: file
        for name, file in shot.files.items()
        if name.startswith(f"{AGREEMENTS}/")
        or name in whole
        or (not file.regular and name.startswith(f"{TEMPLATES}/"))
    }


def take(repository: Repository, revision: str) -> Snapshot:
    """Everything the trail needs of one commit."""
    return snapshot(repository, repository.resolve(revision), (AGREEMENTS, TEMPLATES, OWN, ATTRIBUTES))


def unpacked(root: Path) -> Snapshot:
    """The same of an unpacked archive: the files as they lie there, and no commit to say it of.

    What others are writing beside us is no file yet, and what they take away while we read is none any more.
    """
    files: dict[str, TreeFile] = {}
    contents: dict[str, bytes] = {}
    for top in (AGREEMENTS, TEMPLATES, OWN):
        for path in sorted((root / top).rglob("*")):
            if is_unfinished(path.name) or (path.is_dir() and not path.is_symlink()):
                continue
            name = path.relative_to(root).as_posix()
            if path.is_symlink():
                files[name] = TreeFile(name=name, mode="120000", blob="")
                continue
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                continue
            blob = blob_id(content, _SHA1)
            files[name] = TreeFile(name=name, mode="100644", blob=blob)
            contents[blob] = content
    return Snapshot(commit="", files=files, contents=contents)


def words_of(
    shot: Snapshot, schemas: Mapping[str, Schema], otherwise: Path, recall: Recall = NOTHING_KEPT
) -> tuple[CurrentWords, object]:
    """What a commit says, in its own wording and fields over the shipped ones, never the work tree's.

    The second is to be held as long as the first is used.
    """
    if isinstance(schemas, Schemas):
        schemas = schemas.with_own(_own(shot, OWN))
    folder, keep = otherwise, None
    if own := _own(shot, TEMPLATES):
        keep = laid_over(otherwise, own)
        folder = Path(keep.name)
    register = load(Committed(shot), schemas, Beside(recall, COMMITTED))
    # Whoever judges remembers nothing, and composes everything.
    tracing = None if recall is NOTHING_KEPT else Tracing(register, recall, COMMITTED)
    return CurrentWords(register=register, schemas=schemas, templates=folder, tracing=tracing), keep


def _own(shot: Snapshot, top: str) -> dict[str, bytes]:
    """The college's own files below a folder of a commit."""
    mine = {name.removeprefix(f"{top}/"): file for name, file in shot.files.items()}
    return {
        name: shot.read(file.name)
        for name, file in mine.items()
        if file.name.startswith(f"{top}/") and file.regular and ".." not in name.split("/")
        if is_text_of_ours(name)
    }


__all__ = ["Trail", "inspect", "take", "unpacked", "words_of"]
