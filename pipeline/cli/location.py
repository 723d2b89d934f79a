"""Where the command runs: the college's repository, and the tool's own home."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

import pipeline
from pipeline.check.rules.table import RULES
from pipeline.check.run import Report, examine
from pipeline.cli import workforce
from pipeline.cli.remember import memory
from pipeline.cli.replay import records_read
from pipeline.cli.roots import college, repository_top
from pipeline.kernel.collector import paused
from pipeline.kernel.finding import Finding, arrange
from pipeline.kernel.home import HOME
from pipeline.kernel.overlay import laid_over, template_files
from pipeline.kernel.program import files_digest
from pipeline.kernel.recall import NOTHING_KEPT, Recall, Resident, digest
from pipeline.memory.remembering import Remembering
from pipeline.memory.trace import Tracing
from pipeline.record.kinds import AGREEMENTS
from pipeline.record.register import Register
from pipeline.record.register import load as load_register
from pipeline.record.schema import SchemaError, Schemas, load
from pipeline.record.schema.folder import OWN
from pipeline.record.tree import AsRead, Folder

if TYPE_CHECKING:
    from pipeline.output.check_parcels import CheckHelpers


@cache
def schemas() -> Schemas:
    """The schemas that come with the tool, by kind."""
    return _loaded({})


def _loaded(own: Mapping[str, bytes], recall: Recall = NOTHING_KEPT) -> Schemas:
    try:
        return load(HOME / "schemas", {rule.info.code for rule in RULES}, own, recall)
    except SchemaError as error:
        raise click.ClickException(f"schemas/ 有问题：{error}") from error


@dataclass(slots=True)
class Seen:
    """What has been read of a college in one command, for all that look at it."""

    schemas: Schemas | None = None
    register: Register | None = None
    tracing: Tracing | None = None
    trails: dict[object, Any] = field(default_factory=dict)
    shown: dict[object, Any] = field(default_factory=dict)
    """The same trails as they hold for the records that lie there."""
    reports: dict[date | None, Report] = field(default_factory=dict)
    """What was found, by the day from which it was counted."""


@dataclass(frozen=True)
class Here:
    """The repository a command works on. Schemas come with the tool, a college can only add to them."""

    root: Path
    today: date | None = None
    """The day to count from, for commands whose answer depends on the calendar."""

    seen: Seen = field(default_factory=Seen, compare=False, repr=False)

    @property
    def schemas(self) -> Schemas:
        """The schemas by kind, with what the college adds to them."""
        if self.seen.schemas is None:
            self.seen.schemas = _loaded(self.own_schemas, self.memory or NOTHING_KEPT)
        return self.seen.schemas

    def schemas_for(self, recall: Recall) -> Schemas:
        """The same for work that asks this memory; who judges asks none, not even for what the shipped schemas state."""
        if recall is not NOTHING_KEPT:
            return self.schemas
        return _loaded(self.own_schemas) if self.own_schemas else schemas()

    @cached_property
    def own_schemas(self) -> Mapping[str, bytes]:
        """The college's additions to the schemas by file name; none in the tool's own repository."""
        return {} if self.root == HOME else template_files(self.root / OWN)

    @cached_property
    def own_templates(self) -> Mapping[str, bytes]:
        """The college's own templates by their path below `templates/`; none in the tool's own repository."""
        return {} if self.root == HOME else template_files(self.root / "templates")

    @cached_property
    def templates(self) -> Path:
        """The templates in use: those that come with the tool, and over them the college's own, file by file."""
        return Path(self._overlay.name) if self._overlay else HOME / "templates"

    @cached_property
    def _overlay(self) -> TemporaryDirectory[str] | None:
        """The folder of both, which lives as long as the command."""
        return laid_over(HOME / "templates", self.own_templates) if self.own_templates else None

    @cached_property
    def report(self) -> Report:
        """Everything loaded and checked, once for all who count from one day."""
        known = self.seen.reports.get(self.today)
        if known is None:
            known = self.seen.reports[self.today] = self._examined()
        return known

    def _examined(self) -> Report:
        with paused():
            register, helpers = self.register, self._helpers
            if helpers is not None and self.tracing is not None:
                helpers.examine(register, self.tracing)
            return examine(register, self.schemas, self.today, self.tracing)

    @cached_property
    def _helpers(self) -> CheckHelpers | None:
        """Those who help to check; None where this process does it all."""
        share = workforce.share("检查")
        if share is None:
            return None
        from pipeline.output.check_parcels import CheckHelpers  # few commands have help

        return CheckHelpers(share, self.schemas, self.today)

    @property
    def register(self) -> Register:
        """Everything loaded, once for all who look."""
        if self.seen.register is None:
            with paused():
                recall = self.memory or NOTHING_KEPT
                # Where nobody helps, nothing need be sorted out beforehand.
                helping = self._helpers.shapes if self._helpers is not None else None
                self.seen.register = load_register(self._tree, self.schemas, recall, helping)
        return self.seen.register

    @property
    def _tree(self) -> Path | AsRead:
        """What is to be read: where the command has read it already, and will hardly want it again, only by its digests."""
        read = records_read(self.root) if self.memory is not None and self._helpers is None else None
        return AsRead(Folder(self.root), AGREEMENTS, read) if read else self.root

    @property
    def tracing(self) -> Tracing | None:
        """Who knows what has been found already; None where nothing is remembered and nobody helps."""
        if self.seen.tracing is None and (self.memory is not None or workforce.at_hand()):
            self.seen.tracing = Tracing(self.register, self.memory or NOTHING_KEPT)
        return self.seen.tracing

    @property
    def memory(self) -> Remembering | None:
        """What earlier commands found here; None where there is no memory."""
        return memory(self.root)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found in records and in templates, in order."""
        found, others = self.report.findings, self.template_findings
        return arrange((*found, *others)) if others else found

    @cached_property
    def template_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the templates; those of the program, with its own schemas, are tried where it is made."""
        if self.root != HOME and not self.own_templates and not self.own_schemas:
            return ()
        recall = self.memory or _in_this_process
        mark = digest(files_digest(self.templates), self.schemas.digest)
        return recall.kept("templates", "", mark, tuple[Finding, ...], self._linted)

    def _linted(self) -> tuple[Finding, ...]:
        with paused():
            from pipeline.compose.template_lint import lint  # with it comes all that reads Word files

            return tuple(lint(self.templates, self.schemas))


_in_this_process = Resident()
"""What stays as long as the process: one that is asked again and again reads the same templates once."""

_together: list[Seen] = []


@contextmanager
def together() -> Iterator[None]:
    """Let all commands that are called inside look at the same college: meanwhile nobody changes its records."""
    _together.append(Seen())
    try:
        yield
    finally:
        _together.pop()


def here(today: date | None = None) -> Here:
    """The repository around the working directory; what lies above it is never used."""
    root = college()
    if root is not None:
        _refuse_older(root)
        return Here(root=root, today=today, seen=_together[-1] if _together else Seen())
    where = "这个 git 仓库里" if repository_top() else "这里"
    raise click.ClickException(f"{where}没有 agreements/，请到学校的合作协议库里运行")


def _refuse_older(folder: Path) -> None:
    """Refuse a repository that is kept with a newer version: an older one would find and print other things."""
    try:
        text = (folder / "requirements.txt").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    found = re.search(r"(?m)^coop-college==([0-9.]+)", text)
    if found and _numbers(found[1]) > _numbers(pipeline.__version__):
        raise click.ClickException(
            f"这个库用的是 coop {found[1]}，这里装的是 {pipeline.__version__}；"
            "请先升级程序（pipx upgrade coop-college，或 pip install -r requirements.txt）"
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part)


def fresh_folder(folder: Path) -> None:
    """Refuse a folder that holds anything: nothing of anybody's is ever mixed with new files."""
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f"{folder} 是一个文件，请换一个名字")
    if folder.is_dir() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} 里已经有东西，没有改动它；请换一个新的文件夹名")


def shown_folder(folder: Path) -> str:
    """A folder as it is typed after `cd`."""
    return f'"{folder}"' if " " in str(folder) else str(folder)


__all__ = ["HOME", "Here", "fresh_folder", "here", "schemas", "shown_folder"]
