"""`coop lsp`: what editors like VS Code start to show coop's findings while a record is being written."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import traceback
from pathlib import Path

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
    logger = logging.getLogger("pygls")
    logger.propagate = False
    logger.addHandler(_InWords(logging.ERROR))
    # The library closes what it answers on. Whatever is printed by chance would be taken for a message of the protocol.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers, contextlib.redirect_stdout(sys.stderr):
        serving(desk, pipeline.__version__).start_io(sys.stdin.buffer, answers)
    return CLEAN


class _InWords(logging.Handler):
    """Says what went wrong in a sentence; the steps that led to it only where they are the program's own."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write to the standard error stream, which editors keep as the server's log."""
        error = record.exc_info[1] if record.exc_info else None
        steps = traceback.extract_tb(error.__traceback__) if error else ()
        if any(Path(one.filename).parent.name == "desk" for one in steps):
            click.echo("语言服务有一步没有办成，请把下面几行告诉维护程序的同事：", err=True)
            click.echo("".join(traceback.format_exception(error)), err=True)
        else:
            click.echo("语言服务：编辑器发来一条读不懂的消息，没有理会它。", err=True)
