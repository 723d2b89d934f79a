"""`coop lsp`: what editors like VS Code start to show coop's findings while a record is being written."""

from __future__ import annotations

import contextlib
import sys
from typing import BinaryIO, cast

import click

import pipeline
from pipeline.cli.app import CLEAN
from pipeline.cli.click_texts import ChineseCommand
from pipeline.cli.desk_command import opened_desk
from pipeline.cli.location import here


@click.command(cls=ChineseCommand, name="lsp")
def command() -> int:
    """给 VS Code 等编辑器用：边写边查，补全字段和编号，鼠标停在编号上说出名称，跳到出处，照提示改好。

    由编辑器启动，从标准输入输出说话（语言服务协议 LSP），不用自己运行。怎样设置见 docs/desk.md。
    """
    try:
        from pipeline.desk.language_server import serving
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f'语言服务要用的 {error.name} 还没有装：pip install "coop-college[lsp]"；'
            "没有外网的，在 pip install 后面加 --no-index --find-links wheels"
        ) from error
    desk = opened_desk(here(), read_only=True)
    # Whatever is printed by chance would be taken for a message of the protocol.
    answers = sys.stdout.buffer
    with contextlib.redirect_stdout(sys.stderr):
        serving(desk, pipeline.__version__).start_io(sys.stdin.buffer, cast(BinaryIO, answers))
    return CLEAN
