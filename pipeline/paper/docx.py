"""Word files from a layout drawn in Word: the layout is opened, patched and compiled once, and kept as byte code is.

docxtpl does all of this again for every document. Its own functions are used here, in its own order, so that
`word/document.xml` comes out as docxtpl would write it; only the work that never changes is done once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import CodeType

from jinja2 import Environment, nodes

from pipeline.kernel.byte_code import compiled
from pipeline.kernel.document import Block, Document, Figure, Frame, Table, is_form
from pipeline.paper.archive import archive, pack
from pipeline.paper.attach import attached
from pipeline.paper.code_mark import placed
from pipeline.paper.finish import NoXmlError, finish
from pipeline.paper.form import context as form_context
from pipeline.paper.layout_error import (
    NAMES,
    LayoutError,
    LayoutFault,
    pass_on_shortage,
    render_fault,
    template_faults,
)
from pipeline.paper.layout_source import BODY, LayoutSource, PlainSource, read
from pipeline.paper.sandbox import Sandbox, environment
from pipeline.paper.time_limit import in_time
from pipeline.paper.view import context
from pipeline.paper.widths import fitted

_LEVEL = 3
"""How hard to deflate what differs in each document: 6 takes twice the time for a tenth less."""


class Layout:
    """A Word layout, ready to print any number of documents; threads may share it.

    `name` is what errors call it (a form's begins with `forms/`), `tables` the names of the tables drawn in it. Raises `LayoutError` with
    every fault that can be seen before a document is printed.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        jinja = environment()
        plain, code, self.tables = compiled(
            "paper", f"layout {name}", (name, content), lambda: _opened(jinja, content, name)
        )
        self._source = LayoutSource.of(plain)
        shared = jinja.make_globals(None)
        self._templates = {
            part: jinja.template_class.from_code(jinja, one, shared) for part, one in code.items()
        }

    @classmethod
    def open(cls, path: Path) -> Layout:
        """The layout in a file; OSError where it cannot be read."""
        return cls.of(path.read_bytes(), path.name)

    @classmethod
    def of(cls, content: bytes, name: str) -> Layout:
        """The layout of these bytes, compiled once in a process; raises `LayoutError`."""
        return _laid(content, name)

    def render(self, document: Document) -> bytes:
        """The document as a Word file; raises `LayoutError` and `view.UnprintableError`."""
        if is_form(self.name):
            return self._filled(form_context(document), (), document.frame)
        self._check_tables(document)
        return self._filled(context(document), document.body.blocks, document.frame)

    def _filled(self, data: dict[str, object], blocks: Sequence[Block], frame: Frame) -> bytes:
        made = {}
        code, last_too = frame.code, bool(frame.pdf_code)
        for part, xml in self._rendered(data).items():
            content = self._content(part, xml, blocks)
            coded = placed(content, last_too=last_too) if code and part == BODY else content
            made[part] = pack(part, coded, level=_LEVEL)
        figures = [block for block in blocks if isinstance(block, Figure)]
        made |= {part.name: part for part in attached(self._source.lists, figures, code)}
        # In the order of the layout's own parts: same input, same bytes.
        merged = [made.pop(part.name, part) for part in self._source.parts]
        return archive((*merged, *made.values()))

    def _check_tables(self, document: Document) -> None:
        """A table that nobody drew would print as nothing."""
        names = {block.name for block in document.body.blocks if isinstance(block, Table)}
        faults = [
            LayoutFault(part=BODY, near="", message=f"没有画名为 {name} 的表格")
            for name in sorted(names - self.tables)
        ]
        if faults:
            raise LayoutError(self.name, faults)

    def _rendered(self, data: dict[str, object]) -> dict[str, str]:
        """The text of each part that is a template; all of one document share its time."""
        done: dict[str, str] = {}

        def render() -> None:
            for part, template in self._templates.items():
                done[part] = template.render(data)

        try:
            in_time(render)
        except Exception as error:
            pass_on_shortage(error)
            part = next((part for part in self._templates if part not in done), BODY)
            raise LayoutError(self.name, [render_fault(part, self._source.templates[part], error)]) from error
        return done

    def _content(self, part: str, xml: str, blocks: Sequence[Block]) -> bytes:
        source = self._source
        xml = fitted(xml, blocks) if part == BODY else xml
        try:
            return finish(xml, source.shell if part == BODY else ("", ""), simple=source.simple)
        except NoXmlError as error:
            pass_on_shortage(error)
            fault = LayoutFault(part=part, near="", message=f"套用后不是完好的 XML：{error}")
            raise LayoutError(self.name, [fault]) from error


@lru_cache(maxsize=32)
def _laid(content: bytes, name: str) -> Layout:
    return Layout(content, name)


def _opened(
    jinja: Sandbox, content: bytes, name: str
) -> tuple[PlainSource, dict[str, CodeType], frozenset[str]]:
    """What a layout holds, and what its templates compile to."""
    source = read(content, name)
    return source.plain(), *_compiled(jinja, source.templates, name)


def _compiled(
    jinja: Sandbox, templates: Mapping[str, str], name: str
) -> tuple[dict[str, CodeType], frozenset[str]]:
    """The code of each part under its name, which a traceback then shows, and the tables that are drawn in the body."""
    # A form has fields of its own for each document; the names that layouts may use are the same for all.
    names = None if is_form(name) else NAMES
    faults = [fault for part, xml in templates.items() for fault in template_faults(jinja, part, xml, names)]
    if faults:
        raise LayoutError(name, faults)
    code = {part: jinja.compile(xml, name=part, filename=part) for part, xml in templates.items()}
    return code, frozenset(_table_names(jinja, templates[BODY]))


def _table_names(jinja: Environment, source: str) -> Iterator[str]:
    """The names that the layout compares a block's `name` with: the tables drawn in it."""
    for compare in jinja.parse(source).find_all(nodes.Compare):
        if isinstance(compare.expr, nodes.Getattr) and compare.expr.attr == "name":
            yield from (
                str(operand.expr.value) for operand in compare.ops if isinstance(operand.expr, nodes.Const)
            )
