"""The day a command counts from: the one place that reads the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import click

from pipeline.kernel import meant


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date:
    if value is None:
        return date.today()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter("要写成年-月-日，例如 2026-09-01", context, parameter) from None


def _given(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    return None if value is None else _day(context, parameter, meant.day(value) or value)


def day_option(name: str, help_text: str) -> Callable[[Any], Any]:
    """An option that takes a day as people write one, and is None where it is not given."""
    return click.option(name, callback=_given, metavar="日期", help=help_text)


def latest() -> date:
    """The day that it already is somewhere: what is dated later has been decided nowhere."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()


def today_option(command: Any) -> Any:
    """Give a command the option `--today`, which arrives as a date."""
    return click.option("--today", callback=_day, metavar="日期", help="按哪一天算到期，默认今天")(command)
