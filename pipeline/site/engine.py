"""Templates into pages: everything is escaped, what is undefined is an error, Markdown fields lose all HTML."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from pipeline.compose.facts_progress import period_words
from pipeline.compose.fields import field_blocks
from pipeline.compose.inline import UnsupportedError
from pipeline.compose.values import Printed
from pipeline.kernel import byte_code, chinese
from pipeline.kernel.visible import escape_controls
from pipeline.memory.watched_records import Read
from pipeline.paper import html
from pipeline.site.documents import wording
from pipeline.site.kept_pieces import KeptPieces
from pipeline.site.page import AnyPage, Page, Script, UnmadePage
from pipeline.site.page_reads import SiteReads
from pipeline.site.plain_words import record_name, unfiled
from pipeline.site.site_data import Edition, SiteData
from pipeline.standing.told import only, told

FOLDER = Path(__file__).parent
"""Where templates and static files lie."""

_INTERNAL_PARTS = (
    ("index", "总览"),
    ("todo", "等我办"),
    ("agreements", "协议"),
    ("enterprises", "企业"),
    ("departments", "系部"),
    ("plans", "计划"),
    ("meetings", "例会"),
    ("supervision", "督查"),
    ("activities", "活动"),
    ("organisation", "机构"),
    ("matrix", "五对接六共建"),
    ("conformity", "符合性"),
    ("rules", "规则"),
)
_PUBLIC_PARTS = (
    ("index", "概况"),
    ("agreements", "项目"),
    ("enterprises", "企业"),
    ("departments", "系部"),
    ("matrix", "怎么合作"),
)


def parts(site: SiteData) -> tuple[tuple[str, str], ...]:
    """The navigation: the page's name and its label."""
    return _PUBLIC_PARTS if site.edition is Edition.PUBLIC else _INTERNAL_PARTS


class Engine:
    """Renders the pages of one site, and tells what it reads of it; a template is compiled when it is first asked for."""

    def __init__(self, reads: SiteReads, pieces: KeptPieces | None = None) -> None:
        """`pieces` are those of scripts that are known."""
        site = reads.view
        self._pieces = pieces
        self._made = environment()
        self._made.globals.update(
            site=site, parts=parts(site), told=partial(told, site), only=partial(only, site)
        )
        self._reads = reads
        self._frames: dict[tuple[str, str], tuple[dict[str, Markup], list[Read]]] = {}

    def compile(self) -> None:
        """Compile every template at once, so that workers forked later have them."""
        for name in self._made.list_templates(extensions=["html"]):
            self._made.get_template(name)

    def render(self, page: AnyPage) -> tuple[bytes, list[Read]]:
        """The page's bytes, and what was read for them."""
        with self._reads.noted() as read:
            if isinstance(page, Script):
                content = self._bound(page)
            else:
                content = self._laid_out(
                    page.make(self._reads.view) if isinstance(page, UnmadePage) else page
                )
        return content, read

    def _bound(self, script: Script) -> bytes:
        if self._pieces is None:
            return script.make(self._reads.view)
        return script.bind([self._pieces.text(script, key) for key in script.keys(self._reads.view)])

    def _laid_out(self, page: Page) -> bytes:
        main = self._fill(page.template, page, **page.content)
        return f"{self._fill('base', page, main=main, **self._frame(page))}\n".encode()

    def _fill(self, name: str, page: Page, **content: Any) -> Markup:
        template = self._made.get_template(f"{name}.html")
        return Markup(template.render(page=page, root=page.root, **content))

    def _frame(self, page: Page) -> dict[str, Markup]:
        """What stands above and below every page of a part: made once, for it is the same on hundreds."""
        key = (page.part, page.root)
        if key not in self._frames:
            with self._reads.noted() as read:
                made = {name: self._fill(name, page) for name in ("top", "bottom")}
            self._frames[key] = made, read
        made, read = self._frames[key]
        self._reads.note(read)
        return made


class _ByteCode(BytecodeCache):
    """Byte code of the templates beside them."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code kept for a template, where it was made of this text by this program."""
        found = byte_code.load(_source(bucket), bucket.checksum)
        if isinstance(found, CodeType):
            bucket.code = found

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        if bucket.code is not None:
            byte_code.dump(_source(bucket), bucket.code, bucket.checksum)


def _source(bucket: Bucket) -> Path:
    return FOLDER / "pages" / f"{bucket.key}.py"


def environment() -> Environment:
    """Jinja as the site uses it."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "pages"),
        bytecode_cache=_ByteCode(),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters.update(
        prose=prose,
        wan=wan,
        money=_money,
        number=_number,
        percent=_percent,
        counted=counted,
        days=days,
        words=_words,
        wording=wording,
        period=period_words,
        brief=brief,
        visible=escape_controls,
        unfiled=unfiled,
        record=record_name,
    )
    return made


def _shown(value: Any) -> Any:
    """Absent values print nothing; dates as tables want them."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


@lru_cache(maxsize=8192)
def prose(text: str | None) -> Markup:
    """A Markdown field as HTML, by the parser of the documents: no HTML, no links, no images.

    What documents cannot hold is shown as it was typed.
    """
    if not text:
        return Markup("")
    try:
        return Markup("".join(html.blocks(field_blocks(Printed(text=text, markdown=True)))))
    except UnsupportedError:
        return Markup("<p>{}</p>").format(text)


def wan(amount: Decimal | None) -> str:
    """An amount in yuan as 万元 with two decimals: 1626000 is 162.60; nothing is 0."""
    if amount is None:
        return "—"
    return f"{(amount / 10000).quantize(Decimal('0.01')):,}" if amount else "0"


@lru_cache(maxsize=8192)
def _money(amount: Decimal | None) -> str:
    return chinese.money(amount) if amount is not None else "—"


def _number(value: Decimal | int | None) -> str:
    return chinese.grouped(value) if value is not None else "—"


def _percent(value: Decimal | None) -> str:
    return chinese.percent(value) if value is not None else "—"


def counted(value: Decimal | None, unit: str) -> str:
    """A quantity with its unit; yuan as 万元, which is how goals are spoken of."""
    if value is None:
        return "—"
    return f"{wan(value)} 万元" if unit == "元" else f"{chinese.grouped(value)} {unit}".rstrip()


def _words(day: date | None) -> str:
    return chinese.date_words(day) if day else "—"


def days(day: date | None, today: date) -> str:
    """How far a day is: 今天, 还有 12 天, 逾期 3 天."""
    if day is None:
        return "未定期限"
    left = (day - today).days
    if left == 0:
        return "今天"
    return f"还有 {left} 天" if left > 0 else f"逾期 {-left} 天"


def brief(title: str, *known: str) -> str:
    """A title without the names that the page already tells, unless nothing would be left."""
    short = title
    for name in known:
        short = short.replace(name, "")
    return short or title


def safe(*pieces: str) -> Markup:
    """Pieces of HTML made by code, joined; for drawings, whose texts are escaped where they are put in."""
    return Markup("".join(pieces))


def text(value: object) -> str:
    """Any value as text inside HTML."""
    return str(escape(value))
