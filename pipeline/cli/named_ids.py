"""Ids on the command line: by the names that people use where one is meant, and completed by the shell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from pipeline.cli.roots import college
from pipeline.kernel.late_pattern import late

_TITLE = late(r"(?m)^(?:title|name): *[\"']?(.*?)[\"']? *(?:#.*)?$")


class NamedId(click.ParamType[Any]):
    """The id of a project, a person, a company or a department; its name does as well, where only one bears it.

    A project is also known by its company and by who manages it. What has a slash or an id's form is left as it was typed: whether
    there is such a thing, the command says.
    """

    name = "编号"

    def __init__(self, reference: str) -> None:
        self.reference = reference

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The id that was meant; said on standard error where a name was typed."""
        text = str(value)
        if "/" in text or "\\" in text or not text or (text.isascii() and not self._is_company(text)):
            return value
        found = meant(text, self.reference)
        if len(found) == 1:
            click.echo(f"“{text}”的{_WHAT[self.reference]}编号是 {found[0]}", err=True)
            return found[0]
        return value if text.isascii() else self._refuse(text, found, param, ctx)

    def _is_company(self, text: str) -> bool:
        """Whether a company's id was typed where a project's belongs."""
        root = college() if self.reference == "project" else None
        folder = root / "agreements" if root else None
        known = folder is not None and (folder / "enterprises" / f"{text}.yaml").is_file()
        return known and folder is not None and not (folder / "projects" / text).exists()

    def _refuse(
        self, text: str, found: tuple[str, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        message = (
            f"“{text}”可以指 {'、'.join(found)}，请写编号"
            if found
            else f"没有找到叫“{text}”的{_WHAT[self.reference]}"
        )
        raise click.UsageError(message, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The ids that begin with what was typed, or whose name does."""
        root = college()
        known = _known(root, self.reference) if root else iter(())
        return [
            CompletionItem(key, help=called or None)
            for key, called in sorted(known)
            if key.startswith(incomplete) or (incomplete and called.startswith(incomplete))
        ]


_WHAT = {"project": "项目", "person": "人员", "enterprise": "企业", "department": "部门"}


def meant(text: str, reference: str) -> tuple[str, ...]:
    """The ids that a name may mean in this college."""
    from pipeline.cli.location import here  # records are read only where a name was typed
    from pipeline.record.register.by_name import ids_of

    records = here().report.register.nameable
    found = ids_of(text, reference, records)
    if reference != "project" or found:
        return found
    companies = {text} if text in records.enterprises else set(ids_of(text, "enterprise", records))
    people = set(ids_of(text, "person", records))
    return tuple(
        key
        for key, one in records.agreements.items()
        if companies & set(one.party_ids) or (one.responsible and one.responsible.manager in people)
    )


def _known(root: Path, reference: str) -> Iterator[tuple[str, str]]:
    """Ids with names, read from as little as there is: a shell waits for it."""
    records = root / "agreements"
    if reference == "project":
        for folder in records.glob("projects/*/"):
            yield folder.name, _called(folder / "agreement.yaml")
    elif reference == "enterprise":
        for path in records.glob("enterprises/*.yaml"):
            yield path.stem, _called(path)
    else:
        yield from _of_college(records / "college.yaml", "people" if reference == "person" else "departments")


def _called(path: Path) -> str:
    try:
        found = _TITLE.search(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""
    return found[1] if found else ""


def _of_college(path: Path, part: str) -> Iterator[tuple[str, str]]:
    from pipeline.source import read

    data = read(path.parent.parent, "agreements/college.yaml").data or {}
    inner = data.get(part)
    for key, one in inner.items() if isinstance(inner, dict) else ():
        yield str(key), str(one.get("name", "")) if isinstance(one, dict) else ""


PROJECT, PERSON, COMPANY = NamedId("project"), NamedId("person"), NamedId("enterprise")
