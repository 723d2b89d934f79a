"""`coop desk`: the editors' page in the browser."""

from __future__ import annotations

import contextlib
import threading
import webbrowser
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.location import Here, here
from pipeline.git.errors import GitError
from pipeline.git.repository import Repository

if TYPE_CHECKING:
    from pipeline.desk.checked import Desk


@click.command(cls=ChineseCommand, name="desk")
@click.option(
    "--port", type=click.IntRange(1024, 65535), metavar="端口", help="用哪个端口；默认 8417，被占用时另找"
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器，只给出地址")
@click.option("--read-only", is_flag=True, help="只看不改")
def command(port: int | None, no_browser: bool, read_only: bool) -> int:
    """打开编辑台：在浏览器里填表、看纸面、送出审核，不用写 YAML，也不用懂 git。

    只在这台电脑上开，别的电脑和别的网页都进不来。按 Ctrl+C 结束；没保存的内容会留作草稿。
    """
    try:
        from pipeline.desk.checked import DeskError
        from pipeline.desk.serve import listening, serve, way_in
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f'编辑台要用的 {error.name} 还没有装：pip install "coop-college[desk]"；'
            "没有外网的，在 pip install 后面加 --no-index --find-links wheels"
        ) from error
    place = here()
    desk = opened_desk(place, read_only=read_only)
    with contextlib.ExitStack() as stack:
        try:
            taken = stack.enter_context(listening(port))
        except DeskError as error:
            raise click.UsageError(str(error)) from error

        def ready(address: str) -> None:
            click.echo(f"编辑台已打开：{address}\n按 Ctrl+C 结束。", nl=True)
            if not no_browser:
                way = stack.enter_context(way_in(address))
                threading.Timer(0.5, webbrowser.open, (way,)).start()

        serve(desk, taken, ready)
    return CLEAN


def opened_desk(place: Here, *, read_only: bool) -> Desk:
    """The college as editors work at it, in the browser or in an editor of their own."""
    from pipeline.desk.checked import Desk
    from pipeline.desk.drafts import Drafts

    return Desk(
        root=place.root,
        schemas=place.schemas,
        templates=place.templates,
        today=date.today,
        drafts=Drafts(_drafts(place.root)),
        read_only=read_only,
    )


def _drafts(root: Path) -> Path:
    """Where drafts are kept: beside git's objects, so that they are never committed; without git, beside the outputs."""
    try:
        repository = Repository.around(root)
        if repository is not None:
            return repository.common / "coop-desk"
    except GitError:
        pass
    return root / "build" / ".desk"
