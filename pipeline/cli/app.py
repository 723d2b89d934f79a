"""The command group, and what an exit code means."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from pipeline.cli import is_short, remember, replay, workforce
from pipeline.cli.click_texts import ChineseGroup, said, speak_chinese, trouble
from pipeline.cli.terminal import say, underneath
from pipeline.git.errors import GitError
from pipeline.kernel.collector import paused
from pipeline.kernel.looks import looking
from pipeline.kernel.visible import escape_controls

CLEAN, FOUND, USAGE, UNTRUSTED, ENVIRONMENT = 0, 1, 2, 3, 4
"""Exit codes: clean · errors found · wrong usage · repository not to be trusted · environment or I/O."""

_COMMANDS = {
    "make": "检查，生成文书和网站，一屏说完：有什么事、下一步做什么",
    "list": "列出项目：走到哪一步、轮到谁",
    "init": "建一个本校自己的合作协议库",
    "upgrade": "装了新版程序以后：看它对本校改变了什么",
    "demo": "把样例学校铺到一个文件夹里，供试用",
    "check": "检查 agreements/ 里的全部记录",
    "watch": "守着 agreements/，每存一次盘马上说有什么问题，更新文书",
    "build": "生成 Word 和 Markdown 文书",
    "desk": "打开编辑台：在浏览器里填表，不用写 YAML",
    "site": "生成网站 build/site/，双击就能看",
    "export": "把全部记录导出成 SQLite 和 CSV，附数据字典，供 Excel 等使用",
    "dossier": "整理一个项目的案卷，附卷内目录",
    "show": "看一个项目：十二项要素、缺什么、下一步做什么",
    "new": "新建记录（生成带填写提示的草稿），如 coop new 企业 企业全称",
    "set": "改一份记录的一个字段，例如 coop set 2026-im-001 term.end 2027-12-31",
    "sheet": "用 Excel 填一份记录：导出工作簿，填好再导入",
    "import": "导入 Excel 台账：企业、以前签的协议、人员、互聘、例会",
    "rename": "换一个编号，引用它的记录一起改",
    "merge": "两个人改了同一份记录：逐个字段合起来，合不了的指出是哪一项",
    "fix": "修复可以放心交给程序修的问题，先显示改动；coop fix encoding 转编码",
    "submit": "送审：冻结文字，生成合同审批表",
    "approve": "批准或否决一份送审文本",
    "record": "登记纸面审批、平台评审或签署",
    "trail": "查审批：谁同意了哪一份文字，证明到哪一级",
    "verify": "核验一个 Word 定稿",
    "changes": "合并请求改了哪些文书的哪些句子",
    "governance": "审批规则：立新版本、签名、核验、基准",
    "keys": "做自己的签名钥匙",
    "diff": "比较一份文书的两个版本：逐条列出，或生成带修订标记的 Word",
    "read": "读对方改过的 Word 文件：改了什么，对应哪个字段",
    "text": "把 Word 文件显示成文字（git 比较版式用）",
    "templates": "文书模板：列出、检查、改成自己的（list、check、own、diff）",
    "explain": "解释一个提示代码或一条规定，例如 coop explain E08、coop explain 8.4",
    "cache": "缓存：核对（check）或删掉（clear）以前检查的结果",
    "province": "看许多学校的库：逐校检查，合成一张总表",
    "schema": "让 VS Code 写记录时有中文说明、能补全",
    "lsp": "由 VS Code 等编辑器启动：边写边查、补全、跳转、改好",
    "docs": "由程序生成说明页 docs/（维护工具的同事用）",
}
"""Each command with its line in the list; its module is loaded when it is called."""


class _Coop(ChineseGroup):
    """Loads a command's module only when it is used: start-up time is the editor's time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        with paused():
            command: click.Command = import_module(f"pipeline.cli.{cmd_name}_command").command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, without loading any."""
        return [
            CompletionItem(name, help=summary)
            for name, summary in _COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Coop, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--no-cache", is_flag=True, help="这一次不用缓存，全部重新检查、生成")
@click.option("--version", is_flag=True, help="显示程序、标准和模板的版本")
@click.pass_context
def coop(context: click.Context, no_cache: bool, version: bool) -> int:
    """校企合作协议管理：检查记录、生成文书。在放有 agreements/ 的文件夹里运行。"""
    if version:
        from pipeline.cli.version import versions  # it reads files

        click.echo(versions())
        context.exit(CLEAN)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return CLEAN


def complete(variable: str) -> int:
    """Answer a shell that asks by an environment variable how a line may go on, or for the script that makes it ask.

    It is told of no trouble.
    """
    speak_chinese()
    try:
        coop.main([], prog_name="coop", complete_var=variable, standalone_mode=False)
    except SystemExit as error:
        return CLEAN if error.code in (0, None) else FOUND
    except (click.ClickException, GitError, OSError):
        return FOUND
    return CLEAN


def run(arguments: list[str], begun: replay.CommandRun | None, before: OSError | None = None) -> int:
    """Run a command and give its exit code; trouble that there was `before` is told as if it had come up here."""
    speak_chinese()
    workforce.begin()
    try:
        if before is not None:
            raise before
        result = _answer(arguments, begun)
        sys.stdout.flush()
    except click.Abort:
        say("已中止。")
        return FOUND
    except click.ClickException as error:
        say(said(error))
        return USAGE if isinstance(error, click.UsageError) else ENVIRONMENT
    except GitError as error:
        say(error.message)
        return error.status
    except (BrokenPipeError, SystemExit):  # Click turns a broken pipe into an exit of its own
        _settle()
        return ENVIRONMENT
    except OSError as error:
        if is_short(error):
            raise MemoryError from error
        say(escape_controls(trouble(error), keep=""))
        _settle()
        return ENVIRONMENT
    finally:
        workforce.settle()
        remember.settle()
    return result if isinstance(result, int) else CLEAN


def _answer(arguments: list[str], begun: replay.CommandRun | None) -> Any:
    """What a command returns; what it says when it has nothing to do is kept."""
    if begun is None:
        return coop.main(arguments, prog_name="coop", standalone_mode=False)
    with looking():
        with replay.heard() as heard:
            result = coop.main(arguments, prog_name="coop", standalone_mode=False)
            sys.stdout.flush()
        if replay.is_kept(begun):
            begun.keep("".join(heard), result)
    return result


def _settle() -> None:
    """Leave nothing unwritten that Python would try again, and complain about, at exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), underneath(sys.stdout).fileno())
