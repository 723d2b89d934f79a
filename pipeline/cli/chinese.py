"""Click in Chinese: headings, usage errors and the help option."""

from __future__ import annotations

from typing import Any

import click

_HEADINGS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}


class ChineseFormatter(click.HelpFormatter):
    """Help pages with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        args = args.replace("[OPTIONS]", "[选项]").replace("[COMMAND]", "命令").replace("COMMAND", "命令")
        args = args.replace("[ARGS]...", "[参数]…")
        super().write_usage(prog, args, prefix="用法：")

    def write_heading(self, heading: str) -> None:
        """Write a section's heading."""
        self.write(f"{_HEADINGS.get(heading, heading)}：\n")


class ChineseCommand(click.Command):
    """A command whose `--help` speaks Chinese."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese text."""
        return _in_chinese(super().get_help_option(ctx))


class ChineseGroup(click.Group):
    """A group of such commands."""

    command_class = ChineseCommand

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help option with a Chinese text."""
        return _in_chinese(super().get_help_option(ctx))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command, or say which ones there are."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            listed = "、".join(self.list_commands(ctx))
            raise click.UsageError(f"没有命令 {args[0]}。可用的命令：{listed}", ctx)
        return super().resolve_command(ctx, args)


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这份说明"
    return option


def said(error: click.ClickException) -> str:
    """A usage error in Chinese."""
    if isinstance(error, click.NoSuchOption):
        guess = f"，是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}{guess}"
    if isinstance(error, click.MissingParameter):
        return f"缺少参数：{error.param.make_metavar(error.ctx) if error.param and error.ctx else ''}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{error.param.opts[0]} 的值不对：{error.message}"
    return error.message
