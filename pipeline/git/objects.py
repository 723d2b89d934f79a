"""One commit's files: names and modes from one listing, all contents from one more process, each hash checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO

from pipeline.git.errors import ENVIRONMENT, UNTRUSTED, GitError
from pipeline.git.repository import Repository
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.kernel.visible import escape_controls

_ODD_STEP = late(r"(?:\A|/)(?:\.{0,2}|\.git)(?:/|\Z)")
"""A name that git never writes into a tree, among those of a path."""

REGULAR = "100644"
"""The mode of a plain file."""


class TreeFile(Struct, frozen=True, kw_only=True):
    """An entry of a commit's tree: `mode` as git writes it (120000 is a link), `blob` its object id.

    `name` is relative to the folder that holds `agreements/`; bytes that are not UTF-8 stand as surrogates.
    """

    name: str
    mode: str
    blob: str

    @property
    def regular(self) -> bool:
        """Whether it is an ordinary file: no link, no nested repository, nothing executable."""
        return self.mode == REGULAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The files of one commit under some folders, with their contents; `commit` is its full id."""

    commit: str
    files: Mapping[str, TreeFile]
    contents: Mapping[str, bytes] = field(repr=False)

    def read(self, name: str) -> bytes:
        """The bytes of a file; KeyError where the commit has none of this name."""
        return self.contents[self.files[name].blob]


def snapshot(repository: Repository, commit: str, folders: Iterable[str]) -> Snapshot:
    """All files of a commit under these folders: two git processes, however many files there are."""
    files, trees = _listing(repository, commit, folders)
    # Only what is a file by its mode: a link's content is a path, another repository's commit is not here at
    # all.
    wanted = dict.fromkeys(file.blob for file in files.values() if file.mode.startswith("10"))
    contents = read(repository, [commit, f"{commit}^{{tree}}", *trees, *wanted])
    return Snapshot(commit=commit, files=files, contents={blob: contents[blob] for blob in wanted})


def listing(repository: Repository, commit: str, folders: Iterable[str]) -> Mapping[str, TreeFile]:
    """The files of a commit under these folders without their contents: one git process."""
    return _listing(repository, commit, folders)[0]


def whole(repository: Repository, commit: str) -> Mapping[str, TreeFile]:
    """Every file of a commit, wherever in the repository; what lies outside of `folder` begins with `../`."""
    raw = repository.run("ls-tree", "-r", "-z", "--full-tree", commit)
    prefix, seen = repository.prefix, set[str]()
    files: dict[str, TreeFile] = {}
    for line in raw.split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, _, blob = about.decode().split(" ")
        name = path.decode(errors="surrogateescape")
        _refuse_forged(name, seen)
        inside = name.startswith(prefix)
        name = name.removeprefix(prefix) if inside else "../" * prefix.count("/") + name
        files[name] = TreeFile(name=name, mode=mode, blob=blob)
    return files


def blob_id(content: bytes, like: str) -> str:
    """The id git gives a file of this content, in the same kind of hash as the id `like`."""
    return _id("blob", content, like)


def _listing(
    repository: Repository, commit: str, folders: Iterable[str]
) -> tuple[dict[str, TreeFile], dict[str, None]]:
    """Every file by name, and the trees on the way (their hashes are checked too)."""
    prefix = repository.prefix
    paths = [f"{prefix}{folder}" for folder in folders]
    raw = repository.run("ls-tree", "-r", "-t", "-z", "--full-tree", commit, "--", *paths)
    files: dict[str, TreeFile] = {}
    trees: dict[str, None] = {}
    seen: set[str] = set()
    for line in raw.split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, kind, blob = about.decode().split(" ")
        name = path.decode(errors="surrogateescape")
        _refuse_forged(name, seen)
        if kind == "tree":
            trees[blob] = None
        else:
            name = name.removeprefix(prefix)
            files[name] = TreeFile(name=name, mode=mode, blob=blob)
    return files, trees


def _refuse_forged(name: str, seen: set[str]) -> None:
    """A tree made by hand may name a file twice, or lead out of its folder: each program then sees another one."""
    if name in seen or _ODD_STEP.search(name):
        why = "同一个名字出现两次" if name in seen else "文件名不合规矩"
        raise GitError(f"提交里的文件表是伪造的：{escape_controls(name, keep='')} {why}", UNTRUSTED)
    seen.add(name)


def read(repository: Repository, names: Iterable[str]) -> dict[str, bytes]:
    """The contents of objects by id, in one process; raises GitError where one is missing or not itself."""
    wanted = list(dict.fromkeys(names))
    asked = "".join(f"{name}\n" for name in wanted).encode()
    with repository.stream("cat-file", "--batch", "--buffer", given=asked) as stream:
        return {name: _next(name, stream) for name in wanted}


def _next(name: str, stream: IO[bytes]) -> bytes:
    """The next object of a batch, its content held against its id: git itself does not for a loose one."""
    parts = stream.readline().decode(errors="replace").split()
    # `commit^{tree}` is answered under the tree's own id, everything else under the name it was asked by.
    if len(parts) != 3 or (parts[0] != name and "^" not in name):
        raise GitError(f"仓库里缺少对象 {name}，或者它已损坏", ENVIRONMENT)
    found, kind, size = parts[0], parts[1], int(parts[2])
    content = stream.read(size + 1)
    if len(content) != size + 1 or content[-1:] != b"\n":
        raise GitError(f"仓库里的对象 {found} 不完整", ENVIRONMENT)
    content = content[:-1]
    if _id(kind, content, found) != found:
        raise GitError(f"仓库里的对象 {found} 与它的编号不符，内容被换过", UNTRUSTED)
    return content


def _id(kind: str, content: bytes, like: str) -> str:
    """The id git gives an object, in the same kind of hash as the id `like`."""
    digest = hashlib.sha1 if len(like) == 40 else hashlib.sha256
    # Asked for as a name and not as security, because machines under FIPS rules refuse SHA-1 for the latter.
    made = digest(f"{kind} {len(content)}\0".encode(), usedforsecurity=False)
    made.update(content)
    return made.hexdigest()
