"""The options that commands of the approval trail share, and their refusals: nothing of the trail is loaded for them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

PIN = "COOP_PIN"
"""The environment variable that holds the pin where no `--pin` is given (a forge's own setting, say)."""

pin_option = click.option(
    "--pin", envvar=PIN, default="", metavar="摘要", help="审批规则的基准；默认取环境变量 COOP_PIN"
)
rev_option = click.option("--rev", default="HEAD", metavar="版本", help="核验哪个提交；默认 HEAD")
base_option = click.option(
    "--base",
    "bases",
    multiple=True,
    metavar="版本或清单",
    help="核对基准：一个旧提交，或保存的清单文件；可写几次，几份清单要一份包含一份",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="格式",
    help="text 或 json",
)


def refusing(call: Callable[..., int]) -> Callable[..., int]:
    """Turn what the trail cannot do into a message and an exit code."""

    @functools.wraps(call)
    def command(*arguments: Any, **options: Any) -> int:
        try:
            return call(*arguments, **options)
        except Exception as error:
            refusal = _refusal(error)
            if refusal is error:
                raise
            raise refusal from error

    return command


def _refusal(error: Exception) -> Exception:
    """What a command ends with: the trail's refusals in Click's words, everything else as it is."""
    from pipeline.approval.signature import KeyFaultError, SignatureToolError
    from pipeline.approval.timestamp import TimestampError
    from pipeline.approval.trail.current_words import NotComposedError
    from pipeline.approval.trail.filing import FilingError
    from pipeline.record.rounds.canonical import CanonicalError

    if isinstance(error, FilingError | NotComposedError | CanonicalError | KeyFaultError):
        return click.UsageError(str(error))
    if isinstance(error, SignatureToolError | TimestampError):
        return click.ClickException(str(error))
    return error


def key_option(help_text: str) -> Callable[[Any], Any]:
    """The option that names a private key's file."""
    path = click.Path(path_type=Path, exists=True, dir_okay=False)
    return click.option("--key", type=path, metavar="钥匙文件", help=help_text)
