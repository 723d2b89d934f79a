"""The second door to git: commits made without touching the work tree, and what goes over the network.

Reading (`repository`) trusts nothing of the machine's settings. Here the user's own are wanted: keys, passwords
kept by the system, proxies. It is opened only where somebody asked to send or to fetch.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.git.errors import ENVIRONMENT, GitError
from pipeline.git.repository import Repository
from pipeline.kernel.visible import escape_controls

_PATIENCE = 180
"""Seconds for one exchange with the forge; a network that hangs must end in a sentence."""
_NOBODY = "0" * 40
_OURS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY")
_TAKEN = "refs/coop/taken"
_LINK = re.compile(r"https?://\S+")
_AGAIN = "；请看看网络通不通，过一会儿再试，还不行请找信息部门的同事"
_SAID = (
    ("non-fast-forward", "平台上的这个分支刚刚被别人改过；再送一次就会把对方的改动合进来"),
    ("fetch first", "平台上的这个分支刚刚被别人改过；再送一次就会把对方的改动合进来"),
    ("does not support push options", "这个平台不支持推送时顺便建请求；请在“送审设置”里把平台改成“其他”"),
    ("protected branch", "平台不让往这个分支推送；请让管理平台的同事放开 coop/ 开头的分支"),
    ("hook declined", "平台拒绝了这次推送；请管理平台的同事看一下推送规则"),
    ("Authentication failed", "平台没有认出您；请让信息部门的同事在这台电脑上登录一次"),
    ("could not read Username", "平台没有认出您；请让信息部门的同事在这台电脑上登录一次"),
    ("Permission denied", "平台没有认出您的钥匙，或者您没有权限；请找管理平台的同事"),
    ("could not read Password", "平台没有认出您；请让信息部门的同事在这台电脑上登录一次"),
    ("Could not resolve host", f"连不上平台：没有网络，或者网址不对{_AGAIN}"),
    ("unable to access", f"连不上平台：没有网络，或者网址不对{_AGAIN}"),
    ("Could not read from remote", f"连不上平台，或者您没有权限{_AGAIN}"),
    (
        "would be overwritten",
        "平台上也改了这台电脑上一个不是记录的文件；请懂 git 的同事看一下 git status，先把它理顺",
    ),
    (
        "does not appear to be a git repository",
        "连不上平台：登记的网址那里没有这个库；请信息部门的同事核对（git remote -v）",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitAuthor:
    """Whose name a commit bears."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """A repository with the remote it sends to, and the branch there that changes go into."""

    repository: Repository
    remote: str = "origin"
    target: str = "main"

    @classmethod
    def of(cls, repository: Repository) -> Sender | None:
        """The remote that the repository knows; None where it knows none. Of several, `coop.remote` or origin."""
        listed = repository.run("remote").decode(errors="replace").splitlines()
        # A name that git would take for an option comes from nobody who means well.
        names = [name for name in listed if not name.startswith("-")]
        wanted = config(repository, "coop.remote") or "origin"
        if not names:
            return None
        target = config(repository, "coop.target") or "main"
        return cls(repository=repository, remote=wanted if wanted in names else names[0], target=target)

    def fetch(self) -> None:
        """Learn what the remote has now; branches that are gone there are forgotten."""
        self._note()
        self._git("fetch", "--quiet", "--prune", "--no-tags", self.remote)
        self._note()

    def _note(self) -> None:
        """Remember what lies here where it is just what the remote has: it may be forced back there later."""
        head = self._said("rev-parse", "HEAD")
        if head and head == self.known(self.target):
            self._git("update-ref", _TAKEN, head)

    def taken(self, commit: str) -> bool:
        """Whether a commit was taken from the remote as it was: nothing in it was written here alone."""
        return self._commit(_TAKEN) == commit

    def known(self, branch: str) -> str | None:
        """The commit that a branch of the remote had at the last fetch."""
        return self._commit(f"refs/remotes/{self.remote}/{branch}")

    def sent(self) -> Mapping[str, str]:
        """What was sent last on each branch, as commits."""
        listed = self.repository.run("for-each-ref", "--format=%(refname) %(objectname)", "refs/coop/sent/")
        pairs = (line.split(" ") for line in listed.decode().splitlines())
        return {name.removeprefix("refs/coop/sent/"): commit for name, commit in pairs}

    def mine(self, branch: str) -> str | None:
        """A commit of what lay in the work tree when a branch was sent last."""
        return self._commit(f"refs/coop/mine/{branch}")

    def forget(self, branch: str) -> None:
        """Remember no longer that something was sent."""
        for kind in ("sent", "mine"):
            self._git("update-ref", "-d", f"refs/coop/{kind}/{branch}")

    def commit(
        self, parents: Sequence[str], files: Mapping[str, bytes | None], message: str, author: CommitAuthor
    ) -> str:
        """A commit of the first parent's tree with these files (None: taken away), made beside the index.

        Names are relative to the college's folder. Contents become what `git add` would make of them.
        """
        lines = []
        for name, content in files.items():
            path = f"{self.repository.prefix}{name}"
            if content is None:
                lines.append(f"0 {_NOBODY}\t{path}\n")
                continue
            # By its path, so that ends of lines are turned as the attributes say.
            blob = self._git("hash-object", "-w", "--stdin", f"--path={path}", given=content)
            lines.append(f"100644 {blob}\t{path}\n")
        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._git("read-tree", parents[0], more=index)
            self._git("update-index", "--index-info", given="".join(lines).encode(), more=index)
            tree = self._git("write-tree", more=index)
        who = {
            "GIT_AUTHOR_NAME": author.name,
            "GIT_AUTHOR_EMAIL": author.mail,
            "GIT_COMMITTER_NAME": author.name,
            "GIT_COMMITTER_EMAIL": author.mail,
        }
        above = [word for parent in parents for word in ("-p", parent)]
        return self._git("commit-tree", tree, *above, given=message.encode(), more=who)

    def push(self, commit: str, mine: str, branch: str, forge: str, title: str) -> str:
        """Send a commit as a branch, and remember `mine`, a commit of what lay here then; gives the link that the forge printed, if any. Raises GitError.

        Only the forge named in the settings is asked to make the request at once: a server that knows nothing of
        it would refuse everything, or make a branch of a strange name.
        """
        options: list[str] = []
        ref = f"refs/heads/{branch}"
        if forge == "gitlab":
            options = ["-o", "merge_request.create", "-o", f"merge_request.target={self.target}"]
            options += ["-o", f"merge_request.title={title}"]
        elif forge == "gitea":
            ref, options = f"refs/for/{self.target}", ["-o", f"topic={branch}", "-o", f"title={title}"]
            options += ["-o", "force-push=true"]
        done = self._done("push", "--no-verify", *options, self.remote, f"{commit}:{ref}")
        said = done.stderr.decode(errors="replace")
        self._git("update-ref", f"refs/coop/sent/{branch}", commit)
        self._git("update-ref", f"refs/coop/mine/{branch}", mine)
        told = "\n".join(line for line in said.splitlines() if line.startswith("remote:"))
        found = _LINK.search(told)
        return found[0] if found else ""

    def branch(self) -> str:
        """The branch that the work tree is on; empty for none."""
        return self._said("symbolic-ref", "--quiet", "--short", "HEAD")

    def odd(self, one: str, other: str) -> list[str]:
        """Files that the second of two commits has differently and that are no plain files: links, other repositories."""
        raw = self.repository.run("diff-tree", "-r", "-z", "--no-renames", one, other).split(b"\0")
        pairs = zip(raw[::2], raw[1::2], strict=False)
        modes = ((path, about.split(b" ")[1]) for about, path in pairs)
        return [path.decode(errors="replace") for path, mode in modes if mode[:3] not in (b"100", b"000")]

    def forward(self, commit: str, files: Sequence[str]) -> None:
        """Bring index and branch forward to a commit, and these files of the work tree; no other file is touched."""
        paths = [f"{self.repository.prefix}{name}" for name in files]
        self._git("read-tree", commit)
        kept = self.repository.run("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit).split(b"\0")
        there = {os.fsdecode(path) for path in kept}
        for path in paths:
            if path not in there:
                (self.repository.top / path).unlink(missing_ok=True)
        given = "".join(f"{path}\0" for path in paths if path in there).encode(errors="surrogateescape")
        self._git("checkout-index", "--force", "-z", "--stdin", given=given)
        self._git("update-ref", "-m", "coop desk", "HEAD", commit)

    def remember(self, author: CommitAuthor) -> None:
        """Write the name into the repository's own settings, so that it is asked once."""
        self._git("config", "--local", "user.name", author.name)
        self._git("config", "--local", "user.email", author.mail)

    def set_forge(self, forge: str) -> None:
        """Write down which forge this is, for those that make a request when asked while pushing; empty for others."""
        if forge != config(self.repository, "coop.forge"):
            self._git("config", "--local", "coop.forge", forge)

    def author(self) -> CommitAuthor | None:
        """The name that git knows, in the repository's settings or the user's."""
        found = [self._said("config", f"user.{part}") for part in ("name", "email")]
        return CommitAuthor(name=found[0], mail=found[1]) if all(found) else None

    def _commit(self, ref: str) -> str | None:
        found = self.repository.ask("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        return found.decode().strip() if found else None

    def _said(self, *arguments: str) -> str:
        done = self._start(arguments, b"", {})
        return done.stdout.decode().strip() if done.returncode == 0 else ""

    def _git(self, *arguments: str, given: bytes = b"", more: Mapping[str, str] | None = None) -> str:
        return self._done(*arguments, given=given, more=more).stdout.decode().strip()

    def _done(
        self, *arguments: str, given: bytes = b"", more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """What git said on both streams; raises GitError where it failed."""
        done = self._start(arguments, given, more or {})
        if done.returncode:
            raise GitError(_reason(done.stderr.decode(errors="replace")), ENVIRONMENT)
        return done

    def _start(
        self, arguments: Sequence[str], given: bytes, more: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {name: value for name, value in os.environ.items() if name not in _OURS}
        # Nobody sits at a terminal: a question for a password would wait for ever.
        environment |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_LITERAL_PATHSPECS": "1", **more}
        environment.setdefault("GIT_SSH_COMMAND", "ssh -o BatchMode=yes")
        try:
            return subprocess.run(
                ["git", *arguments],
                cwd=self.repository.top,
                env=environment,
                input=given,
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise GitError(f"等了 {_PATIENCE} 秒，平台没有回应{_AGAIN}", ENVIRONMENT) from error
        except OSError as error:
            raise GitError("这台电脑上没有 git；请先安装 git", ENVIRONMENT) from error


def config(repository: Repository, name: str) -> str:
    """A setting of the repository itself; empty where there is none."""
    found = repository.ask("config", "--local", "--no-includes", "--get", name)
    return found.decode(errors="replace").strip() if found else ""


def _reason(said: str) -> str:
    for english, chinese in _SAID:
        if english in said:
            return chinese
    last = [line for line in said.strip().splitlines() if line.strip()]
    return f"git 没有办成：{escape_controls(last[-1], keep='')}" if last else "git 没有办成"
