"""`coop docs`: write the pages that the program knows best itself."""

from __future__ import annotations

import click

from pipeline.check.handbook import PAGES
from pipeline.cli.app import CLEAN, FOUND
from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.place import HOME, schemas
from pipeline.kernel.store import replace_file

_FOLDER = HOME / "docs"


@click.command(cls=ChineseCommand, name="docs")
@click.option("--check", is_flag=True, help="只看是不是最新，不写文件；有过时的退出码为 1")
def command(check: bool) -> int:
    """由程序生成说明页（docs/ 下的规则手册等），供维护工具的同事在改了规则以后运行。"""
    stale = [name for name, text in _pages().items() if _written(name) != text.encode()]
    for name in stale:
        if not check:
            replace_file(_FOLDER / name, _pages()[name].encode())
        click.echo(f"{'过时' if check else '更新'}：docs/{name}")
    if not stale:
        click.echo("说明页都是最新的。")
    return FOUND if stale and check else CLEAN


def _pages() -> dict[str, str]:
    return {name: page(schemas()) for name, page in PAGES.items()}


def _written(name: str) -> bytes:
    try:
        return (_FOLDER / name).read_bytes()
    except OSError:
        return b""
