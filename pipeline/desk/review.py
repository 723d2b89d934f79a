"""Sending what was written for review.

The work tree and its index are never touched by sending: the commit is made beside them, on top of what the forge
has now, each file merged by fields. What stands in the way is told before anything leaves the computer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.check.run import examine
from pipeline.desk.brought_together import alike, differing, fork_of, is_record, merged, versions, within
from pipeline.desk.checked import Desk, DeskError
from pipeline.desk.lists import problems
from pipeline.git.errors import GitError
from pipeline.git.repository import Repository
from pipeline.git.sending import CommitAuthor, Sender, config
from pipeline.record.places import AGREEMENTS, project_of, subject_of
from pipeline.record.register import load

FORGES: Mapping[str, str] = {
    "": "其他（只送分支，请求到平台上建）",
    "gitlab": "GitLab、极狐",
    "gitea": "Gitea、Forgejo",
}
"""Forges that make the request themselves when asked while pushing, by what the settings call them."""


def sender(desk: Desk) -> Sender:
    """How this college's repository sends; raises DeskError where it cannot."""
    repository = Repository.around(desk.root)
    if repository is None:
        raise DeskError("这个文件夹还不是 git 仓库，不能送审；请用 coop init 建库，或请信息部门的同事设置")
    found = Sender.of(repository)
    if found is None:
        raise DeskError(
            "这个库还没有连到代码平台，不能送审。请信息部门的同事在这里运行一次：git remote add origin 平台上这个库的网址"
        )
    return found


def changed(desk: Desk) -> list[str]:
    """Records that differ from what was committed here, new ones and deleted ones too."""
    repository = Repository.around(desk.root)
    if repository is None:
        return []
    said = repository.run(
        "status",
        "--porcelain",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--",
        f"{repository.prefix}{AGREEMENTS}",
    )
    paths = (one[3:].decode(errors="surrogateescape") for one in said.split(b"\0") if one)
    files = (path.removeprefix(repository.prefix) for path in paths)
    return sorted(one for one in files if is_record(one))


def unsent(desk: Desk) -> list[str]:
    """Those changed records whose content was not sent yet."""
    files = changed(desk)
    repository = Repository.around(desk.root)
    way = Sender.of(repository) if files and repository else None
    if way is None:
        return files
    target = way.known(way.target)
    # What was merged is in the target: however much was sent over the years, few commits are looked at.
    open_ = [
        way.mine(branch) or one
        for branch, one in way.sent().items()
        if not target or not within(way.repository, one, target)
    ]
    sent = [versions(way.repository, one, files) for one in (*open_, *((target,) if target else ()))]
    return [name for name in files if not any(alike(one[name], desk.content(name)) for one in sent)]


def branch_of(files: Sequence[str]) -> str:
    """The branch for some records: named after the one, or after what they have in common.

    A project that goes with the company it is made with gives the name alone.
    """
    projects = [one for one in files if project_of(one)]
    parts = [subject_of(one).split("/") for one in projects or files]
    common = []
    for steps in zip(*parts, strict=False):
        if len(set(steps)) > 1:
            break
        common.append(steps[0])
    return "coop/" + (re.sub(r"[^0-9A-Za-z]+", "-", "-".join(common or ["records"])).strip("-") or "records")


def send(
    desk: Desk, files: Sequence[str], title: str, author: CommitAuthor, *, anyway: bool, chosen: str = ""
) -> Mapping[str, Any]:
    """Send records for review; gives the branch and the link, or what is wrong first (`errors`).

    Raises ClashError where the same field was changed elsewhere and nothing is `chosen` (see `brought_together.CHOICES`),
    DeskError where the forge refuses; nothing is lost then.
    """
    way = sender(desk)
    wanted = [name for name in files if is_record(name)]
    if not wanted:
        raise DeskError("还没有选要送出的记录")
    branch = branch_of(wanted)
    try:
        way.fetch()
        target = way.known(way.target)
        if target is None:
            raise DeskError(f"平台上还没有 {way.target} 分支；请管理平台的同事先把库推上去")
        forge, last = config(way.repository, "coop.forge"), way.sent().get(branch)
        # Gitea keeps a request apart from the branches: what it holds is what was sent last.
        tip = way.known(branch) or (last if forge == "gitea" else None)
        contents = _contents(desk, way, wanted, target, tip, way.mine(branch), chosen)
        wrong = _errors(desk, contents)
        if wrong and not anyway:
            return {"errors": wrong}
        parents = _parents(way.repository, target, tip)
        base = versions(way.repository, parents[0], contents)
        if all(base[name] == content for name, content in contents.items()):
            raise DeskError("这些内容平台上已经有了，没有新的改动要送")
        way.remember(author)
        commit = way.commit(parents, contents, title, author)
        mine = way.commit([target], {name: desk.content(name) for name in wanted}, title, author)
        link = way.push(commit, mine, branch, forge, title)
    except GitError as error:
        raise DeskError(f"没有送出：{error.message}。您写的都还在这台电脑上，办好以后再送一次") from error
    return {"branch": branch, "link": link, "errors": []}


def _parents(repository: Repository, target: str, tip: str | None) -> list[str]:
    if tip is None or within(repository, tip, target):
        return [target]
    return [tip] if within(repository, target, tip) else [tip, target]


def _contents(
    desk: Desk,
    way: Sender,
    wanted: Sequence[str],
    target: str,
    tip: str | None,
    last: str | None,
    chosen: str,
) -> dict[str, bytes | None]:
    """What each file becomes: ours over what the forge has now, and over what reviewers changed on the branch."""
    repository = way.repository
    head = repository.resolve("HEAD")
    # Where the forge was forced back, what lies here and is no more there was withdrawn by others, not written here.
    begun = head if way.taken(head) else fork_of(repository, head, target)
    ours = {name: desk.content(name) for name in wanted}
    made = merged(
        desk, ours, versions(repository, begun, wanted), versions(repository, target, wanted), chosen
    )
    if tip is None or within(repository, tip, target):
        return made
    # What lay here when it was sent last: what the branch has beyond that came from reviewers, or from a colleague.
    before = last or fork_of(repository, tip, target)
    made = merged(desk, made, versions(repository, before, wanted), versions(repository, tip, wanted), chosen)
    # What went along earlier on the same branch stays in it, brought up to what the forge has now.
    fork = fork_of(repository, tip, target)
    earlier = [name for name in differing(repository, fork, tip) if name not in made and is_record(name)]
    theirs, begun_with, now = (versions(repository, one, earlier) for one in (tip, fork, target))
    return made | merged(desk, theirs, begun_with, now, chosen)


def _errors(desk: Desk, contents: Mapping[str, bytes | None]) -> list[dict[str, str]]:
    """What the forge's own check would refuse: in which record, and in words."""
    over = {name: content for name, content in contents.items() if content is not None}
    register = load(desk.working_copy.with_files(over), desk.schemas)
    return [one for one in problems(examine(register, desk.schemas, desk.today())) if one["file"] in over]
