"""The one way git is started: an empty environment, nothing configurable, argument lists, plumbing only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO

from pipeline.git.errors import ENVIRONMENT, UNTRUSTED, USAGE, GitError
from pipeline.git.trusting import trusted
from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.kernel.visible import escape_controls

_VARIABLES = {
    # Settings of the machine and of the user may name programs (pagers, filters, helpers) that git would
    # start.
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    # Replaced and grafted commits would be shown in the place of those that were asked for.
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": "/dev/null",
    # Reading writes nothing, not even a refreshed index, into somebody's repository; and waits for nobody's
    # password.
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # A partial clone would fetch what it lacks, over the network and by a program its settings name.
    "GIT_NO_LAZY_FETCH": "1",
    # A file may be called `:(glob)*`: a path is a name here and never a pattern.
    "GIT_LITERAL_PATHSPECS": "1",
    # `_failure` knows git's complaints by their English words.
    "LC_ALL": "C",
}
_SETTINGS = (
    # The repository's own settings are its sender's: these would start a program, or (the graph) tell other
    # parents.
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.commitGraph=false",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
)
_BUFFER = 1 << 18
_Stream = IO[bytes] | int
_OPTIONS = ("--no-pager", *(word for setting in _SETTINGS for word in ("-c", setting)))
_NAME = late(r"[^\^~:@{}*?\[\\ \x00-\x1f-][^\^~:@{}*?\[\\ \x00-\x1f]*")
"""A plain name: no path from a commit, no pattern, no option."""
_SHORT = late(r"[0-9a-fA-F]{4,}")
"""What may be the beginning of a commit's number."""
_FULL = (40, 64)
"""Digits of a whole one, which git never takes for a name."""
_DAMAGED = (
    "corrupt",
    "unable to read",
    "inflate",
    "bad object",
    "missing",
    "unable to unpack",
    "hash mismatch",
)


class Repository(Struct, frozen=True, dict=True):
    """The git repository around a folder; `folder` holds `agreements/`.

    `top` is where `.git` stands. Use `Repository.around`; every method raises GitError.
    """

    folder: Path
    top: Path

    @classmethod
    def around(cls, folder: Path) -> Repository | None:
        """The repository that keeps a folder; None where none does (an unpacked archive, say, wherever it lies)."""
        found = cls._above(folder.resolve())
        return found if found is not None and found._keeps() else None

    @classmethod
    def passed_over(cls, folder: Path) -> Path | None:
        """The top of a repository that a folder lies in and that keeps nothing of it: a stranger's."""
        found = cls._above(folder.resolve())
        return found.top if found is not None and not found._keeps() else None

    def _keeps(self) -> bool:
        """Whether a file of the folder is in the repository's index or newest commit; its top is always its own."""
        if not self.prefix:
            return True
        listed = self.run("ls-files", "-z", "--", self.prefix)
        return bool(listed or self.ask("ls-tree", "-z", "HEAD", "--", self.prefix))

    @classmethod
    def _above(cls, folder: Path) -> Repository | None:
        for top in (folder, *folder.parents):
            if (top / ".git").exists():
                return cls(folder=folder, top=top)
            if (top / "HEAD").is_file() and (top / "objects").is_dir() and (top / "refs").is_dir():
                message = f"{escape_controls(str(top), keep='')} 是嵌在文件夹里的裸仓库，里面的设置可以执行程序，不予读取"
                raise GitError(message, UNTRUSTED)
        return None

    @property
    def prefix(self) -> str:
        """The path of `folder` inside the repository, with a slash at its end; empty at the top."""
        inner = self.folder.relative_to(self.top).as_posix()
        return "" if inner == "." else f"{inner}/"

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """The output of one git command; raises GitError where git refuses or fails."""
        done = self._start(arguments, given)
        if done.returncode:
            raise _failure(done.stderr)
        return done.stdout

    def ask(self, *arguments: str) -> bytes | None:
        """The output of a command whose failure is an answer (None)."""
        code, said = self.answer(*arguments)
        return None if code else said

    def answer(self, *arguments: str) -> tuple[int, bytes]:
        """The exit code and the output of a command whose exit code is part of what it says."""
        done = self._start(arguments, b"")
        return done.returncode, done.stdout

    @contextmanager
    def stream(self, *arguments: str, given: bytes) -> Iterator[IO[bytes]]:
        """The output of one git command while it runs, for outputs too large to hold twice."""
        with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as said:
            # Through files, for git would stop reading names while nobody reads what it says, and both would
            # wait for ever.
            asked.write(given)
            asked.seek(0)
            with self._running(arguments, stdin=asked, stdout=subprocess.PIPE, stderr=said) as process:
                assert process.stdout is not None
                yield process.stdout
                process.stdout.close()
            if process.returncode:
                said.seek(0)
                raise _failure(said.read())

    def _start(self, arguments: tuple[str, ...], given: bytes) -> subprocess.CompletedProcess[bytes]:
        pipe = subprocess.PIPE
        with self._running(arguments, stdin=pipe, stdout=pipe, stderr=pipe) as process:
            stdout, stderr = process.communicate(given)
        return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)

    def _running(
        self, arguments: tuple[str, ...], *, stdin: _Stream, stdout: _Stream, stderr: _Stream
    ) -> subprocess.Popen[bytes]:
        program = shutil.which("git")
        if program is None:
            raise GitError("这台电脑没有安装 git，审批记录没有核验", ENVIRONMENT)
        # Windows starts no program without it; nothing else of the caller's environment reaches git.
        kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
        try:
            return subprocess.Popen(
                [program, *_OPTIONS, *trusted(program, self.top), *arguments],
                cwd=self.top,
                env={**kept, **_VARIABLES},
                bufsize=_BUFFER,
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
            )
        except (OSError, ValueError) as error:
            raise GitError(f"git 运行不了：{error}", ENVIRONMENT) from error

    def resolve(self, revision: str) -> str:
        """The commit a revision names, as its full id; resolved once, used everywhere after."""
        if "\0" in revision or "\n" in revision:
            raise GitError(f"没有这个版本：{escape_controls(revision, keep='')}", USAGE)
        self._refuse_early()
        self._refuse_two_meanings(revision)
        # A revision called `--output=x` is a name as well.
        found = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found is None:
            raise GitError(f"没有这个版本：{escape_controls(revision, keep='')}", USAGE)
        return found.decode().strip()

    def _refuse_two_meanings(self, revision: str) -> None:
        """A name that reads as a branch, a tag or a commit's number must not be chosen by whoever pushes it.

        A tag travels with a clone and wins over a branch of the same name; a branch or tag of a few hexadecimal
        digits wins over the commit whose number begins so.
        """
        found = self._named(revision)
        name = _NAME.match(revision)
        if name is None or not found or (len(name[0]) in _FULL and _SHORT.fullmatch(name[0])):
            return
        if _SHORT.fullmatch(name[0]):
            kind = "分支名" if found[0].startswith("refs/heads/") else "标签名"
            raise GitError(f"{name[0]} 像提交编号，却是{kind}；是它就写全：{found[0]}", USAGE)
        if len(found) > 1:
            raise GitError(f"{name[0]} 既是分支名又是标签名，请写全：refs/heads/{name[0]}", USAGE)

    def _named(self, revision: str) -> list[str]:
        """The branches and tags that the name a revision begins with may mean, by their full names."""
        name = _NAME.match(revision)
        if name is None or name[0] == "HEAD":
            return []
        kinds = [f"refs/{kind}/{name[0]}" for kind in ("heads", "tags", "remotes")]
        found = self.run("for-each-ref", "--format=%(refname)", *kinds).decode(errors="replace").split("\n")
        return [one for one in kinds if one in found]

    def knows(self, revision: str) -> bool:
        """Whether a text names a commit, or a branch or tag that nobody should call so."""
        try:
            return bool(self.resolve(revision))
        except GitError as error:
            if error.status != USAGE:
                raise
            return "\0" not in revision and bool(self._named(revision))

    def has_commits(self) -> bool:
        """Whether anything has been committed."""
        self._refuse_early()
        return self.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}") is not None

    def _refuse_early(self) -> None:
        """Ask git once whether it opens the repository at all; its refusal (a foreign owner) is passed on."""
        if not self._opened:
            raise GitError("git 没有打开这个仓库", UNTRUSTED)

    @cached_property
    def _opened(self) -> bool:
        return bool(self.run("rev-parse", "--git-common-dir"))

    @cached_property
    def common(self) -> Path:
        """The folder that holds the objects (`.git`, also from a linked work tree)."""
        said = os.fsdecode(self.run("rev-parse", "--git-common-dir")).rstrip("\n")
        return (self.top / said).resolve()

    @cached_property
    def own(self) -> Path:
        """The folder git keeps for this work tree alone (a linked one has its own below `common`)."""
        said = os.fsdecode(self.run("rev-parse", "--git-dir")).rstrip("\n")
        return (self.top / said).resolve()

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """Why this repository's history cannot be vouched for; empty where it can. Contents stay certain."""
        found = []
        if self.run("rev-parse", "--is-shallow-repository").strip() != b"false":
            found.append("这是浅克隆，较早的提交不在这里")
        if self.run("for-each-ref", "--count=1", "--format=%(refname)", "refs/replace/"):
            found.append("仓库里有替换引用（refs/replace），提交可能被换过")
        if _filled(self.common / "info" / "grafts"):
            found.append("仓库里有嫁接文件（info/grafts），提交的上下级可能被改过")
        pattern = r"^(extensions\.partialclone|remote\..*\.promisor)$"
        if self.ask("config", "--local", "--no-includes", "--get-regexp", pattern):
            found.append("这是部分克隆，有的内容不在这里")
        return tuple(found)

    def demand_history(self) -> None:
        """Refuse (exit 3) to say anything about history where it cannot be vouched for."""
        if self.doubts:
            message = (
                f"不能对历史作出结论：{'；'.join(self.doubts)}。请用完整克隆（git fetch --unshallow）再核"
            )
            raise GitError(message, UNTRUSTED)


def _filled(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _failure(stderr: bytes) -> GitError:
    lines = escape_controls(stderr.decode(errors="replace")).strip().split("\n")
    said = escape_controls(lines[0], keep="")
    if "dubious ownership" in said:
        told = next((line.strip() for line in lines if "--add safe.directory" in line), "")
        how = f"。确认它就是本校的库以后，运行一次：{told}" if told else ""
        return GitError(f"这个仓库属于别的账户（共享盘、U 盘、别人建的文件夹），git 没有读{how}", UNTRUSTED)
    if any(word in said for word in _DAMAGED):
        return GitError(f"仓库里有损坏或缺失的内容：{said}", ENVIRONMENT)
    return GitError(f"git 拒绝读取：{said}", UNTRUSTED)
