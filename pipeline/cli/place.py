"""Where the command runs: the college's repository, and the tool's own home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import click

import pipeline
from pipeline.check.run import Report, check
from pipeline.kernel.finding import Finding
from pipeline.record.register.kinds import AGREEMENTS
from pipeline.record.schema import Schema, SchemaError, load

_PACKAGE = Path(pipeline.__file__).resolve().parent
HOME = _PACKAGE / "shipped" if (_PACKAGE / "shipped").is_dir() else _PACKAGE.parent
"""Where the tool's schemas and templates are: inside the package once installed, beside it in its repository."""


@cache
def schemas() -> Mapping[str, Schema]:
    """The schemas by kind."""
    try:
        return load(HOME / "schemas")
    except SchemaError as error:
        raise click.ClickException(f"schemas/ 有问题：{error}") from error


@dataclass(frozen=True)
class Here:
    """The repository a command works on. Schemas come with the tool: what conformity means is no setting."""

    root: Path
    today: date | None = None
    """The day to count from, for commands whose answer depends on the calendar."""

    @property
    def schemas(self) -> Mapping[str, Schema]:
        """The schemas by kind."""
        return schemas()

    @property
    def templates(self) -> Path:
        """The college's templates, or those that come with the tool."""
        own = self.root / "templates"
        return own if own.is_dir() else HOME / "templates"

    @cached_property
    def report(self) -> Report:
        """Everything loaded and checked, once per command."""
        return check(self.root, self.schemas, self.templates, self.today)

    @cached_property
    def template_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the templates."""
        from pipeline.compose.template_lint import lint  # with it comes all that reads Word files

        return tuple(lint(self.templates, self.schemas))


def here(today: date | None = None) -> Here:
    """The repository around the working directory."""
    start = Path.cwd()
    for folder in (start, *start.parents):
        if (folder / AGREEMENTS).is_dir():
            return Here(root=folder, today=today)
    raise click.ClickException("这里和上级文件夹里都没有 agreements/，请到学校的合作协议库里运行")
