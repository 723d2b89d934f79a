"""What of a paper fits no field: kept as text in the record, so that nothing of it is lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pipeline.compose.fields import MOST_COLUMNS
from pipeline.desk.papers.as_markdown import as_cell, as_markdown
from pipeline.desk.papers.outline import PaperArticle, PaperOutline
from pipeline.prose.personal import personal_numbers
from pipeline.returned.running_text import PaperGrid, PaperLine

_SIGNING = re.compile(
    r"以下无正文|此页无正文|本页无正文|签[字署]页|[甲乙丙丁]\s*方|法定代表人|法人代表|授权代表|委托代理人|负责人|代表人?|签\s*[字章名署约订]|盖\s*章|公\s*章|单位|日\s*期"
    r"|时\s*间|地\s*点|或|和|Party [A-D]|[0-9]{2,4}\s*年|年|月|日|[0-9]{1,2}\s*(?=[月日])|[零〇一二三四五六七八九十]{1,4}(?=[年月日])|[（）()：:，。、/_＿\s\[\]【】]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """A piece of the paper that is kept as it is: what people call its place, and the Markdown of it."""

    where: str
    text: str


def leftovers(paper: PaperOutline, used: Collection[int]) -> Iterator[Leftover]:
    """What is not used, article by article."""
    front = [place for place in paper.front if place not in used and place != paper.title]
    yield from _piece(paper, "首部", front)
    for article in paper.articles:
        yield from _article(paper, article, used)
    ends = [place for place in paper.signatures if place not in used and not _only_signing(paper, place)]
    yield from _piece(paper, "签署栏以后", ends)
    secret = set(secret_notes(paper))
    for line in _notes(paper):
        if line not in secret:
            yield Leftover(where=line.where, text=as_markdown(f"{line.where}：{line.text}"))


def secret_notes(paper: PaperOutline) -> Iterator[PaperLine]:
    """The notes that hold a number of a person's, which no record may keep."""
    return (line for line in _notes(paper) if any(True for _ in personal_numbers(line.text)))


def _notes(paper: PaperOutline) -> Iterator[PaperLine]:
    return (line for line in paper.paper.around if line.where in ("脚注", "尾注"))


def _article(paper: PaperOutline, article: PaperArticle, used: Collection[int]) -> Iterator[Leftover]:
    parts = [as_markdown(article.own)] if article.own and article.head not in used else []
    parts += [text for place in article.body if place not in used for text in _texts(paper, place)]
    if parts:
        # Without its number: articles are counted anew where they are printed.
        head = as_markdown(article.title)
        first = f"{head}：{parts[0]}" if head and not parts[0].startswith(("|", head)) else parts[0]
        parts = [head, *parts] if head and parts[0].startswith("|") else [first, *parts[1:]]
        yield Leftover(where=article.name, text="\n\n".join(parts))


def _piece(paper: PaperOutline, where: str, places: list[int]) -> Iterator[Leftover]:
    parts = [text for place in places for text in _texts(paper, place)]
    if parts:
        yield Leftover(where=where, text="\n\n".join(parts))


def _texts(paper: PaperOutline, place: int) -> Iterator[str]:
    line, grid = paper.line(place), paper.grid(place)
    if line is not None:
        yield as_markdown(line.whole)
    elif grid is not None:
        yield from _grid(grid)


def _grid(grid: PaperGrid) -> Iterator[str]:
    """A table as Markdown has it, or row by row where it is too wide for one."""
    rows = [row for row in grid.rows if any(map(str.strip, row))]
    widest = max(map(len, rows), default=0)
    if not 1 < widest <= MOST_COLUMNS or len(rows) < 2:
        yield from (
            as_markdown("；".join(" ".join(cell.split()) for cell in row if cell.strip())) for row in rows
        )
        return
    lines = ["| " + " | ".join(map(as_cell, (*row, *[""] * (widest - len(row))))) + " |" for row in rows]
    yield "\n".join([lines[0], "|" + " --- |" * widest, *lines[1:]])


def _only_signing(paper: PaperOutline, place: int) -> bool:
    """Whether a line or table of the signatures says nothing but where to sign and seal."""
    line, grid = paper.line(place), paper.grid(place)
    said = line.text if line else "".join(cell for row in grid.rows for cell in row) if grid else ""
    return not _SIGNING.sub("", said)
