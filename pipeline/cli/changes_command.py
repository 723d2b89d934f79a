"""`coop changes`: what a pull request changes in composed text, with the changed documents."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.approval.trail.changed import Changed, changed, page
from pipeline.approval.trail.inspect import take
from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import HOME, here
from pipeline.cli.options import refusing, rev_option
from pipeline.git.errors import GitError
from pipeline.git.history import merge_bases
from pipeline.git.repository import Repository
from pipeline.kernel.store import replace_folder
from pipeline.output.formats import FORMATS


@click.command(cls=ChineseCommand, name="changes")
@click.option(
    "--base", required=True, metavar="版本", help="从哪个版本比起，如 main（比的是分出来的那个提交）"
)
@rev_option
@click.option(
    "-o", "out", type=click.Path(path_type=Path), metavar="文件夹", help="把改动的文书和说明存到这里"
)
@click.option("--names", is_flag=True, help="只列出改动的文书，一行一份")
@refusing
def command(base: str, rev: str, out: Path | None, names: bool) -> int:
    """列出合并请求改了哪些文书的哪些句子、字段和事实，供法务审阅；-o 同时存下改动后的文书。"""
    place = here()
    repository = Repository.around(place.root)
    if repository is None:
        raise GitError("这里没有 git 仓库，比不出改动", 3)
    head, target = repository.resolve(rev), repository.resolve(base)
    parted = merge_bases(repository, target, head)
    old, new = take(repository, parted[0] if parted else target), take(repository, head)
    found = tuple(changed(old, new, place.schemas, HOME / "templates"))
    if names:
        click.echo("\n".join(one.subject for one in found))
        return CLEAN
    text = page(found, old.commit, new.commit)
    click.echo(text, nl=False)
    if out is not None:
        replace_folder(out, {"改动.md": text.encode(), **dict(_documents(found, place.templates))})
    return CLEAN


def _documents(found: tuple[Changed, ...], templates: Path) -> list[tuple[str, bytes]]:
    """Each changed document as Word and Markdown."""
    return [
        (f"{one.subject.replace('/', '-')}.{end}", FORMATS[end](one.now.document, templates))
        for one in found
        if one.now is not None and one.now.document is not None
        for end in ("docx", "md")
    ]
