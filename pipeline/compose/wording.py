"""Wording: Jinja in Markdown, run in a sandbox over frozen values; every value leaves a sentinel behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, pass_context
from jinja2.runtime import Context

from pipeline.compose.inline import line_mark, value_mark
from pipeline.compose.values import Printed, Value
from pipeline.kernel.codes.templating import WordingError
from pipeline.kernel.late_pattern import late
from pipeline.paper.sandbox import Sandbox, bare
from pipeline.paper.syntax_words import in_chinese
from pipeline.paper.time_limit import in_time

_VALUES = "values_printed_so_far"
_ONLY_TAGS = late(r"(?:\s|\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})*\Z")


@pass_context
def _finalize(context: Context, value: object) -> str:
    """Put a sentinel in place of a value that is about to be printed."""
    printed: list[Printed] = context[_VALUES]
    if isinstance(value, Value):
        value = value.printed()
    made = value if isinstance(value, Printed) else Printed(text=str(value))
    # The value itself never meets the Markdown parser: its stars, bars and brackets are text, not markup.
    printed.append(made)
    return value_mark(len(printed) - 1)


class _Wordings(Sandbox):
    methods = frozenset({"at", "items"})


def environment(filters: Mapping[str, Callable[..., object]]) -> Sandbox:
    """The environment of wordings; `filters` is all that they may use."""
    made = _Wordings(
        undefined=StrictUndefined,
        finalize=_finalize,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    bare(made, filters)
    return made


class Wordings:
    """The wordings of a folder, each compiled once; `filters` is all that wording may use."""

    def __init__(self, folder: Path, label: str, filters: Mapping[str, Callable[..., object]]) -> None:
        self._folder = folder
        self._label = label
        self._compiled: dict[str, Template] = {}
        self._environment = environment(filters)

    def file(self, name: str) -> str:
        """The repository-relative path of a wording."""
        return f"{self._label}/{name}.md"

    def render(self, name: str, context: Mapping[str, Any]) -> tuple[str, list[Printed]]:
        """The Markdown with sentinels, and the values they stand for; raises WordingError."""
        template = self._compiled.get(name) or self._compile(name)
        values: list[Printed] = []
        try:
            return in_time(lambda: template.render({**context, _VALUES: values})), values
        # Whatever a wording's author can cause becomes a finding with its line; other errors are ours and
        # stay errors.
        except (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
            raise WordingError(self.file(name), _line(error, self.file(name)), _said(error)) from error

    def _compile(self, name: str) -> Template:
        file = self.file(name)
        try:
            text = (self._folder / f"{name}.md").read_text(encoding="utf-8")
            code = self._environment.code(_lined(text), file)
        except TemplateSyntaxError as error:
            raise WordingError(file, error.lineno, f"模板语法有误：{in_chinese(error.message)}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise WordingError(file, 1, "读不到这个模板文件，或者它不是 UTF-8 编码") from error
        self._compiled[name] = Template.from_code(self._environment, code, {})
        return self._compiled[name]


def _lined(text: str) -> str:
    """End every line of words with a mark of its number, so that its runs can name it."""
    lines = text.split("\n")
    return "\n".join(
        # A mark behind a row of a table would be one more cell of it, and one behind a bare tag a paragraph.
        line if _ONLY_TAGS.match(line) or line.lstrip().startswith("|") else line + line_mark(number)
        for number, line in enumerate(lines, start=1)
    )


def _line(error: Exception, file: str) -> int:
    """The wording's line in which an error arose."""
    trace, line = error.__traceback__, 1
    while trace:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _said(error: Exception) -> str:
    found = re.search(r"'([^']+)' (?:is undefined|has no attribute '([^']+)')", str(error))
    if found:
        return f"用了不存在的字段“{found[2] or found[1]}”"
    return f"模板运行出错：{error}"
