"""What the commands about approvals share: the subject that is meant, the trail if there is one, the next steps in git."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, cast

import click

from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.location import Here
from pipeline.cli.options import PIN
from pipeline.cli.terminal import say
from pipeline.git.repository import Repository
from pipeline.kernel.codes.approving import WRONG_PIN
from pipeline.kernel.finding import Severity
from pipeline.kernel.recall import NOTHING_KEPT
from pipeline.kernel.visible import escape_controls
from pipeline.record.kinds import AGREEMENTS, KINDS
from pipeline.record.rounds.subject_folders import APPROVALS, GOVERNANCE

if TYPE_CHECKING:
    from pipeline.approval.trail.inspect import Trail

# The folders right below agreements/ ("governance" holds no record of a kind, but is approved like one).
_FOLDERS = {kind.path.split("/")[1] for kind in KINDS if kind.names} | {
    GOVERNANCE.removeprefix(f"{AGREEMENTS}/")
}


def subject_named(text: str) -> str:
    """The subject a person means: its path under agreements/, a file's path, a project's id or a path below it."""
    name = (
        text.replace("\\", "/")
        .removeprefix("./")
        .removeprefix(f"{AGREEMENTS}/")
        .removesuffix(".yaml")
        .strip("/")
    )
    if "/" not in name:
        return f"projects/{name}/agreement"
    # Nobody who has just typed a project's id sees why its scheme should need the folder before it.
    return name if name.split("/")[0] in _FOLDERS else f"projects/{name}"


def kept(
    place: Here, pin: str, bases: Sequence[str] = (), only: Collection[str] | None = None
) -> Trail | None:
    """The trail at HEAD, for showing it beside the records as they lie there; None where the college keeps none yet.

    A checkpoint may know better. Raises GitError.
    """
    repository = Repository.around(place.root)
    if not bases and not (place.root / GOVERNANCE).is_dir():
        return None
    key = (pin, *bases, None if only is None else tuple(sorted(only)))
    trails, shown_trails = place.seen.trails, place.seen.shown
    if key in shown_trails:
        return cast("Trail", shown_trails[key])
    if key not in trails:  # before git is asked: each question is a process of its own
        if repository is not None and not repository.has_commits():
            return None
        from pipeline.cli.opened_trail import committed  # many colleges keep no trail

        recall = NOTHING_KEPT if bases else place.memory or NOTHING_KEPT
        trails[key] = committed(place, "HEAD", pin, bases, only=only, recall=recall)
        _say_wrong_pin(cast("Trail", trails[key]), pin)
    shown_trails[key] = beside_records(cast("Trail", trails[key]), place)
    return cast("Trail", shown_trails[key])


def beside_records(trail: Trail, place: Here) -> Trail:
    """A trail of a commit as it holds for the records as they lie there: those who edit them see them beside it."""
    from pipeline.approval.trail.current_words import CurrentWords  # many colleges keep no trail
    from pipeline.approval.trail.work_tree import as_it_lies

    # A wording that is changed takes nothing from an approval, committed or not: both are put into the same.
    words = CurrentWords(
        register=place.register,
        schemas=place.schemas,
        templates=trail.current.templates,
        tracing=place.tracing,
    )
    return as_it_lies(trail, words)


def _say_wrong_pin(trail: Trail, pin: str) -> None:
    """Say why nothing is approved: without that, every paper looks as if nobody had ever submitted it."""
    if any(one.code == WRONG_PIN.code for one in trail.chain.findings):
        say(
            f"给出的基准（--pin 或环境变量 {PIN}，{pin[:16]}…）不是本库的：批准的一概没有认，下面都按没有批准的说；"
            f"用 coop governance pin 看本库的，再同学校档案核对。"
        )


def say_losses(trail: Trail | None) -> int:
    """Say what a checkpoint held and the trail lacks; gives the exit code that this ends a command with."""
    checkpoint = trail.checkpoint if trail else None
    found = [one for one in checkpoint.findings if one.severity is Severity.ERROR] if checkpoint else []
    for one in found:
        click.echo(f"{one.severity.label} {one.code} {escape_controls(one.message, keep='')}", err=True)
    return FOUND if found else CLEAN


def shown(value: object) -> str:
    """JSON for programs."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def slug(subject: str) -> str:
    """A subject's name as part of a branch's or a file's."""
    return subject.removeprefix("projects/").replace("/", "-")


def git_steps(place: Here, files: Sequence[str], branch: str, message: str) -> str:
    """The commands that commit new files, and where the repository has a remote one, ask for their merging.

    Nothing is committed here. They are typed or copied from a terminal of 80 columns: of a statement its short
    folder is named. Quotes are double ones, the only ones that the command line of Windows knows.
    """
    named = dict.fromkeys(
        name.rpartition("/")[0] if name.startswith(f"{APPROVALS}/") else name for name in files
    )
    added = "".join(f"  git add {_quoted(name)}\n" for name in named)
    listed = files[0] if len(files) == 1 else "\n" + "\n".join(f"  {name}" for name in files)
    commit = f"{added}  git commit -m {_quoted(message)}"
    repository = Repository.around(place.root)
    remotes = (repository.ask("remote") or b"").decode(errors="replace").split() if repository else []
    if not remotes:
        return f"写好了：{listed}\n还没有提交：提交以前不算数。请自己提交：\n{commit}"
    to = "origin" if "origin" in remotes else remotes[0]
    return (
        f"写好了：{listed}\n还没有提交：提交并合并到主分支以前不算数。请自己提交并发起合并请求：\n"
        f"  git switch -c {branch}\n{commit}\n  git push -u {_quoted(to)} {branch}"
    )


def _quoted(word: str) -> str:
    """A word as any shell takes it; what we write holds no sign that is special between double quotes."""
    return word if re.fullmatch(r"[A-Za-z0-9_./+-]+", word) else f'"{word}"'
