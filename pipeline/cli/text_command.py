"""`coop text`: a Word file as text, for git and for whoever has no Word."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.returned.plain import text
from pipeline.returned.xml import UnreadableError


@click.command(cls=ChineseCommand, name="text")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件.docx")
def command(file: Path) -> int:
    """把 Word 文件显示成文字，每段前面是样式名。

    设一次 git config diff.word.textconv "coop text"，以后 git diff 就能看到版式改了什么。
    """
    try:
        click.echo(text(file.read_bytes()), nl=False)
    except UnreadableError as error:
        raise click.UsageError(f"{file.name}：{error}") from error
    return CLEAN
