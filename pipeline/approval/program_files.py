"""What checks the records and is none itself: program, templates, the forge's pipeline; and lists of changes to it.

Whoever can change these can make any record pass, so that changes are told, and governors may have to agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from pipeline.git.errors import UNTRUSTED, GitError
from pipeline.git.history import merge_bases
from pipeline.git.objects import TreeFile, read, whole
from pipeline.git.repository import Repository
from pipeline.kernel.structs import Struct
from pipeline.kernel.visible import escape_controls
from pipeline.record.rounds.canonical import digest
from pipeline.record.rounds.statement import SIGNATURE
from pipeline.record.rounds.subject_folders import GOVERNANCE

PARTS: Mapping[str, str] = {"program": "程序和字段定义", "templates": "模板和版式", "workflows": "流水线文件"}
"""The parts of what checks the records, as people call them."""

NAMESPACE = "coop-changes-v1"
"""What a governor's signature under a list of changes is made for."""

_LIST = re.compile(rf"{GOVERNANCE}/changes-([0-9a-f]{{32}})\.txt\Z")
_LINE = re.compile(r"([0-7]{6} [0-9a-f]{64}) ([0-7]{6} [0-9a-f]{64}) (.+)\Z")
_WORKFLOWS = frozenset({
    ".azure-pipelines", ".build.yml", ".buildkite", ".builds", ".ci", ".circleci", ".forgejo", ".gitea", ".gitee", ".github",
    ".gitlab", ".semaphore", ".teamcity", ".woodpecker", ".workflow", "codeowners", "jenkins",
})  # fmt: skip
"""Folders and files that tell a forge what to run, or whom to ask, wherever they lie."""
_FORGES = re.compile(
    r"\.?(?:appveyor|azure-pipelines|bitbucket-pipelines|buildspec|cirrus|cloudbuild|cnb|coding-ci|codemagic|drone|jenkinsfile"
    r"|onedev-buildspec|travis|woodpecker)(?:\.[a-z]+)?\Z|.*gitlab-ci|.*\.?jenkinsfile"
)
"""The same by the names of their files, whatever the ending."""
_NEVER_RUN = {".md", ".png", ".jpg", ".jpeg", ".svg", ".pdf"}
"""Endings of files that nothing runs and no document is made from, unless they lie in the program or the templates."""

_WHOLE = ("pipeline", "schemas", "templates")

_ABSENT = f"000000 {'0' * 64}"


class ProgramStep(Struct, frozen=True, kw_only=True):
    """A file before and after (mode and SHA-256 of its bytes, zeros where there is none), and its part."""

    name: str
    part: str
    before: str
    after: str

    @property
    def line(self) -> str:
        """As a list of changes holds it."""
        return f"{self.before} {self.after} {self.name}"

    @property
    def how(self) -> str:
        """What was done to the file (Chinese)."""
        return "新增" if self.before == _ABSENT else "删除" if self.after == _ABSENT else "改动"


def part_of(file: TreeFile) -> str:
    """Which part of what checks the records a file is of; empty for records and for what is only read.

    What is not known to be harmless is program: a module beside the program can stand in for one of its own.
    """
    name = re.sub(r"\A(\.\./)+", "", file.name)
    steps = name.casefold().split("/")
    top = steps[0]
    if name.startswith("agreements/"):
        return ""
    if top == "templates":
        return "templates"
    if top not in _WHOLE and (not _WORKFLOWS.isdisjoint(steps) or _FORGES.match(steps[-1])):
        return "workflows"
    read_only = top not in _WHOLE and PurePosixPath(name.casefold()).suffix in _NEVER_RUN
    return "" if read_only and file.regular else "program"


def steps(repository: Repository, base: str, head: str, *, push: bool) -> tuple[ProgramStep, ...]:
    """What a line of work changed in the files that check it, from where it parted from `base` (with `push`: from it).

    A file that is as some commit where the lines parted has it, or as `base` has it, was not changed.
    """
    parted = (base,) if push else _parted(repository, base, head)
    befores = [whole(repository, one) for one in dict.fromkeys((*parted, base))]
    now = whole(repository, head)
    changed = []
    for name in sorted({*now, *(name for before in befores for name in before)}):
        new, olds = now.get(name), [before.get(name) for before in befores]
        part = next((part for one in (new, *olds) if one and (part := part_of(one))), "")
        if part and new not in olds:
            changed.append((name, part, olds[0], new))
    contents = _contents(repository, [file for _, _, old, new in changed for file in (old, new) if file])
    return tuple(
        ProgramStep(name=name, part=part, before=_state(old, contents), after=_state(new, contents))
        for name, part, old, new in changed
    )


def _parted(repository: Repository, base: str, head: str) -> tuple[str, ...]:
    """Where two lines part; of an incomplete history `base` itself, which can only name more."""
    try:
        return merge_bases(repository, base, head) or (base,)
    except GitError as error:
        if error.status != UNTRUSTED:
            raise
        return (base,)


def _contents(repository: Repository, files: Iterable[TreeFile]) -> Mapping[str, bytes]:
    return read(repository, [file.blob for file in files if file.mode != "160000"])


def _state(file: TreeFile | None, contents: Mapping[str, bytes]) -> str:
    if file is None:
        return _ABSENT
    return f"{file.mode} {digest(contents.get(file.blob, file.blob.encode()))}"


def change_list(repository: str, changed: Iterable[ProgramStep]) -> bytes:
    """Changes as governors sign them: the repository's UUID, then one line a file.

    Raises ValueError for a name that one line of UTF-8 cannot hold.
    """
    lines = [f"{NAMESPACE} {repository}\n"]
    for step in changed:
        if escape_controls(step.name, keep="") != step.name:
            raise ValueError(escape_controls(step.name, keep=""))
        lines.append(f"{step.line}\n")
    return "".join(lines).encode()


def list_name(content: bytes) -> str:
    """The path of a list of changes, by what it holds: two lists never share one."""
    return f"{GOVERNANCE}/changes-{digest(content)[:32]}.txt"


def is_list(name: str) -> bool:
    """Whether a path is a list of changes, or a signature under one."""
    stem, _, person = name.removesuffix(SIGNATURE).rpartition(".")
    signed = name.endswith(SIGNATURE) and bool(re.fullmatch(r"[a-z0-9-]+", person))
    return bool(_LIST.match(f"{stem}.txt" if signed else name))


def read_list(name: str, content: bytes, repository: str) -> frozenset[tuple[str, str, str]] | None:
    """What a list allows: path, before, after; None where it is not one of this repository."""
    text = content.decode(errors="replace").removesuffix("\n").split("\n")
    lines = [_LINE.match(line) for line in text[1:]]
    if text[0] != f"{NAMESPACE} {repository}" or list_name(content) != name or None in lines:
        return None
    return frozenset((found[3], found[1], found[2]) for found in lines if found)


def uncovered(
    changed: Iterable[ProgramStep], allowed: Iterable[frozenset[tuple[str, str, str]]]
) -> Iterator[ProgramStep]:
    """The changes that no chain of allowed ones leads to."""
    ways: dict[tuple[str, str], set[str]] = {}
    for path, before, after in {one for single in allowed for one in single}:
        ways.setdefault((path, before), set()).add(after)
    for step in changed:
        reached, waiting = {step.before}, [step.before]
        while waiting:
            fresh = ways.get((step.name, waiting.pop()), set()) - reached
            reached |= fresh
            waiting += fresh
        if step.after not in reached:
            yield step
