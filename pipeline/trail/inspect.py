"""Everything the trail says at one commit: governance, every subject's state, and what a checkpoint misses."""

from __future__ import annotations

import fnmatch
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.approvals import codes
from pipeline.approvals.chain import Chain, follow
from pipeline.approvals.decision import Decision, Level
from pipeline.approvals.gate import Entry, entries
from pipeline.approvals.places import APPROVALS, GOVERNANCE, faults, subject_folder
from pipeline.approvals.verify import Dossier, dossiers
from pipeline.finding import Finding, Place, arrange
from pipeline.git import File, Repository, Snapshot, blob_id, snapshot
from pipeline.register import load
from pipeline.register.kinds import AGREEMENTS
from pipeline.schema import Schema
from pipeline.source.tree import Committed
from pipeline.trail.scene import Scene
from pipeline.trail.state import Stage, State, raised, state

TEMPLATES, ATTRIBUTES = "templates", ".gitattributes"
_SHA1 = "0" * 40
"""The kind of object id that most repositories have."""
_SAMPLES = (
    f"{APPROVALS}/projects/x/agreement/r1.jsonl",
    f"{APPROVALS}/projects/x/agreement/legal--x--1.json",
    f"{APPROVALS}/projects/x/agreement/legal--x--1.json.sig",
    f"{GOVERNANCE}/0001.yaml",
    f"{GOVERNANCE}/0002.x.sig",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What was known before: `required` entries, the `label` it is called by, and the losses found.

    `witnessed` is the time (as text) a verified time-stamp gives for `entries`, empty for none.
    """

    label: str
    known: frozenset[Entry]
    losses: tuple[Finding, ...]
    witnessed: str = ""


@dataclass(frozen=True, kw_only=True)
class Trail:
    """The trail at one commit (`commit` is empty for an unpacked archive without history)."""

    snapshot: Snapshot
    repository: Repository | None
    chain: Chain
    dossiers: Mapping[str, Dossier]
    scene: Scene
    states: Mapping[str, State]
    findings: tuple[Finding, ...]
    checkpoint: Checkpoint | None
    keep: object = None

    @property
    def commit(self) -> str:
        """The commit everything is said of."""
        return self.snapshot.commit

    def state(self, subject: str) -> State:
        """A subject's state; one that nobody has submitted has no rounds."""
        known = self.states.get(subject)
        if known is not None:
            return known
        empty = Dossier(subject=subject, rounds={})
        nothing = Decision(seats=(), rejected=(), signing=None, findings=())
        return State(
            subject=subject,
            stage=Stage.UNSUBMITTED,
            level=Level.RECORDED,
            reasons=(),
            dossier=empty,
            decision=nothing,
            differences=(),
            findings=(),
        )

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """What is wrong anywhere in the trail, in order."""
        losses = self.checkpoint.losses if self.checkpoint else ()
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
) -> Trail:
    """Verify the trail of a commit; with `only`, other subjects are not composed or weighed for changes.

    `templates` are the tool's, used where the college has none of its own.
    """
    chain = follow(shot, schemas["governance"], pin)
    kept = dossiers(shot, chain)
    folder, keep = templates_of(shot, templates)
    scene = Scene(register=load(Committed(shot), schemas), schemas=schemas, templates=folder)
    wanted = [subject for subject in kept if only is None or subject in only]
    states = {subject: state(subject, kept[subject], chain, scene) for subject in wanted}
    states = {subject: _levelled(one, checkpoint) for subject, one in states.items()}
    found = (*chain.findings, *faults(_agreements(shot)), *_attributes(shot))
    return Trail(
        snapshot=shot,
        repository=repository,
        chain=chain,
        dossiers=kept,
        scene=scene,
        states=states,
        findings=arrange(found),
        checkpoint=checkpoint,
        keep=keep,
    )


def _agreements(shot: Snapshot) -> dict[str, File]:
    return {name: file for name, file in shot.files.items() if name.startswith(f"{AGREEMENTS}/")}


def _levelled(one: State, checkpoint: Checkpoint | None) -> State:
    """Raise an approval with signatures to L2 and L3, where a checkpoint and a time-stamp allow it."""
    words = one.words
    reasons = {
        Level.CONTINUOUS: "没有给出核对基准（--base），不知道有没有记录被抽走",
        Level.WITNESSED: "没有覆盖这些记录的时间戳",
    }
    if checkpoint is None or words is None:
        return raised(one, Level.SIGNED, reasons)
    mine = (f"{subject_folder(one.subject)}/", f"{GOVERNANCE}/")
    if any(found.place.file.startswith(mine) for found in checkpoint.losses):
        reasons[Level.CONTINUOUS] = f"核对基准 {checkpoint.label} 里的记录有缺失或改动"
        return raised(one, Level.SIGNED, reasons)
    if not words.drafter:
        reasons[Level.CONTINUOUS] = "送审时没有声明起草人"
        return raised(one, Level.SIGNED, reasons)
    if checkpoint.witnessed and _counted(one) <= {entry.name for entry in checkpoint.known}:
        return raised(one, Level.WITNESSED, {})
    return raised(one, Level.CONTINUOUS, reasons)


def _counted(one: State) -> set[str]:
    """The files on which an approval rests."""
    folder = subject_folder(one.subject)
    votes = [seat.vote for seat in one.decision.seats if seat.vote]
    number = one.words.number if one.words else 0
    return {f"{folder}/r{number}.jsonl", *(vote.filed.name for vote in votes)}


def take(repository: Repository, revision: str) -> Snapshot:
    """Everything the trail needs of one commit."""
    return snapshot(repository, repository.resolve(revision), (AGREEMENTS, TEMPLATES, ATTRIBUTES))


def unpacked(root: Path) -> Snapshot:
    """The same of an unpacked archive: the files as they lie there, and no commit to say it of."""
    files: dict[str, File] = {}
    contents: dict[str, bytes] = {}
    for top in (AGREEMENTS, TEMPLATES):
        for path in sorted((root / top).rglob("*")):
            if path.is_dir() and not path.is_symlink():
                continue
            name = path.relative_to(root).as_posix()
            if path.is_symlink():
                files[name] = File(name=name, mode="120000", blob="")
                continue
            content = path.read_bytes()
            blob = blob_id(content, _SHA1)
            files[name] = File(name=name, mode="100644", blob=blob)
            contents[blob] = content
    return Snapshot(commit="", files=files, contents=contents)


def templates_of(shot: Snapshot, otherwise: Path) -> tuple[Path, object]:
    """The commit's own wordings and layouts in a folder of their own, never the work tree's."""
    mine = {name: file for name, file in shot.files.items() if name.startswith(f"{TEMPLATES}/")}
    if not mine:
        return otherwise, None
    keep = tempfile.TemporaryDirectory(prefix="coop-")
    for name, file in mine.items():
        if file.regular and ".." not in name.split("/"):
            path = Path(keep.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(shot.read(name))
    return Path(keep.name) / TEMPLATES, keep


def _attributes(shot: Snapshot) -> Iterator[Finding]:
    """Attributes that would hide the trail from an archive or change its bytes."""
    for name, file in shot.files.items():
        if not file.regular or not name.endswith(ATTRIBUTES):
            continue
        base = name.removesuffix(ATTRIBUTES)
        for number, text in enumerate(shot.read(name).decode(errors="replace").split("\n"), start=1):
            pattern, *words = text.split() or [""]
            if pattern.startswith("#") or not any(_matches(pattern, base, path) for path in _SAMPLES):
                continue
            bad = [word for word in words if word.split("=")[0] in ("export-ignore", "filter", "ident")]
            bad += [word for word in words if word == "text" or word.startswith(("text=", "eol="))]
            if bad:
                place = Place(file=name, line=number)
                yield codes.ATTRIBUTES.at(place, f"对审批记录写了 {'、'.join(bad)}")


def _matches(pattern: str, base: str, path: str) -> bool:
    """Whether a pattern of an attributes file in folder `base` covers a path or a folder above it."""
    if not path.startswith(base):
        return False
    inner = path.removeprefix(base)
    whole = pattern.lstrip("/").rstrip("/")
    parts = inner.split("/")
    folders = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    if "/" in pattern.strip("/"):
        return any(fnmatch.fnmatch(folder, whole) for folder in folders)
    return any(fnmatch.fnmatch(part, whole) for part in parts)


__all__ = ["Checkpoint", "Trail", "entries", "inspect", "take", "unpacked"]
