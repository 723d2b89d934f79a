"""What an agreement has, lacks and declares not to apply, clause by clause: for the screen and for a pull request."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property

from pipeline.check import coverage
from pipeline.check.rules.rule import Rule
from pipeline.check.rules.table import RULES
from pipeline.check.run import Report
from pipeline.kernel.finding import Finding, Severity
from pipeline.kernel.structs import Struct
from pipeline.kernel.visible import escape_controls
from pipeline.paper.markdown_text import escaped
from pipeline.record.kinds import AGREEMENT, KINDS, WAIVERS
from pipeline.record.model import Agreement
from pipeline.record.places import project_of
from pipeline.record.register import Entry
from pipeline.record.schema import Schema

FILE = "gaps.md"
"""The file's name in a project's folder of documents."""


class ElementStanding(Enum):
    """How one element of an agreement stands; the value is the sign and the word for it."""

    PRESENT = "√ 有"
    MISSING = "× 缺"
    DECLINED = "○ 声明不发生"
    WAIVED = "◇ 已豁免"


class Element(Struct, frozen=True, kw_only=True):
    """One of the twelve elements of clause 8.4 in one agreement; `line` is 0 where it stands nowhere."""

    code: str
    label: str
    clause: str
    standing: ElementStanding
    line: int
    notes: tuple[str, ...] = ()


class Gaps:
    """The gap reports of a college: everything found is sorted by project once, when somebody asks."""

    def __init__(self, report: Report, schema: Schema) -> None:
        self._report = report
        self._schema = schema
        self._elements = [
            (rule, [key for key, field in schema.fields.items() if field.element == rule.info.code])
            for rule in RULES
            if rule.info.code.startswith("E")
        ]

    @cached_property
    def _findings(self) -> Mapping[str, list[Finding]]:
        found: dict[str, list[Finding]] = defaultdict(list)
        for file, some in self._report.by_file.items():
            found[project_of(file)] += some
        return found

    @cached_property
    def _kept(self) -> Counter[tuple[str, str]]:
        entries = self._report.register.entries
        return Counter((project_of(name), entry.kind.name) for name, entry in entries.items())

    def findings(self, project: str) -> tuple[Finding, ...]:
        """What was found in a project's folder."""
        return tuple(self._findings.get(project, ()))

    def others(self, project: str) -> tuple[Finding, ...]:
        """What was found in a project's folder besides its elements."""
        return tuple(finding for finding in self.findings(project) if not finding.code.startswith("E"))

    def elements(self, project: str) -> tuple[Element, ...]:
        """The twelve elements of an agreement; none for a letter of intent or where there is no readable file."""
        entry = self._report.register.entries.get(AGREEMENT.file(project))
        agreement = entry.record if entry else None
        if entry is None or not isinstance(agreement, Agreement) or agreement.framework:
            return ()
        findings = self._report.of_file(AGREEMENT.file(project))
        return tuple(
            _element(rule, keys, agreement, entry, findings, self._schema) for rule, keys in self._elements
        )

    def told(self, projects: Iterable[str]) -> dict[str, bytes]:
        """What tells all apart that the elements of agreements are worked out of, beside the program and the schema."""
        entries = self._report.register.entries
        told: dict[str, bytes] = {}
        for project in projects:
            # As `AGREEMENT.file`, which looks at each key and takes as long again for all of them.
            name = AGREEMENT.path.format(project=project)
            entry = entries.get(name)
            # A digest has one length, so that it cannot be taken for what stands behind it.
            told[project] = (entry.digest if entry else b"") + self._report.mark_of_file(name)
        return told

    def page(self, project: str) -> str:
        """The gap report of a project as Markdown, ready to be pasted into a pull request."""
        return "\n".join(self._page(project)).rstrip("\n") + "\n"

    def _page(self, project: str) -> Iterator[str]:
        agreement = self._report.register.records.agreements.get(project)
        title = (agreement.title if agreement else "") or "（还没有名称）"
        yield from (f"# 缺项报告：{_cell(project)} {_cell(title)}", "")
        yield from (_verdict(self.findings(project), agreement), "")
        yield from ("## 协议的十二项基本内容（指南草案 8.4）", "")
        standing = self.elements(project)
        if standing:
            yield from ("| 项目 | 情况 | 行 | 说明 |", "|---|---|---|---|")
            yield from map(_row, standing)
        elif agreement:
            yield "这是合作意向书，不算协议，不逐项检查十二项内容。"
        elif AGREEMENT.file(project) in self._report.register.entries:
            yield "协议文件读不出来，先改好下面的问题。"
        else:
            yield "还没有起草协议。"
        rest = self.others(project)
        if rest:
            yield from (
                "",
                "## 其他问题",
                "",
                "| 位置 | 轻重 | 代码 | 问题 | 依据 |",
                "|---|---|---|---|---|",
            )
            yield from map(_finding, rest)
        if standing:
            yield from coverage.lines(self.findings(project))
        yield from ("", "## 案卷里的文件", "", *self._files(project))

    def _files(self, project: str) -> Iterator[str]:
        """The kinds of record a dossier may hold, with how many there are."""
        for kind in KINDS:
            if "project" in kind.names:
                number = self._kept[project, kind.name]
                several = len(kind.names) > 1 and number
                yield f"- {kind.label}：{f'{number} 份' if several else '有' if number else '没有'}"


def _element(
    rule: Rule,
    keys: Sequence[str],
    agreement: Agreement,
    entry: Entry,
    findings: tuple[Finding, ...],
    schema: Schema,
) -> Element:
    code = rule.info.code
    coded = [one for one in findings if one.code == code]
    # A value of the wrong shape is the schema's finding, and the element is no less open for it.
    shape = [one for one in findings if one.path[:1] and one.path[0] in keys and one.code.startswith("S")]
    open_ones = [one for one in (*coded, *shape) if one.severity is not Severity.INFO]
    reasons = [agreement.declined[key] for key in keys if key in agreement.declined]
    standing, notes = ElementStanding.PRESENT, [_note(one) for one in coded]
    if open_ones:
        standing, notes = ElementStanding.MISSING, [_note(one) for one in open_ones]
    elif any(path and path[0] in keys for path in entry.broken):
        standing, notes = ElementStanding.MISSING, ["这一项读不出来，先改好文件的写法"]
    elif any(place.file == WAIVERS.file(agreement.project) for one in coded for place in one.related):
        standing = ElementStanding.WAIVED
    elif reasons:
        standing, notes = ElementStanding.DECLINED, reasons
    line = next((line for key in keys if (line := entry.source.key_line(key))), 0)
    label = "、".join(schema.fields[key].label for key in keys) or rule.info.title
    return Element(
        code=code, label=label, clause=rule.info.clause, standing=standing, line=line, notes=tuple(notes)
    )


def _note(finding: Finding) -> str:
    return f"{finding.message}（第 {finding.place.line} 行）"


def _verdict(findings: tuple[Finding, ...], agreement: Agreement | None) -> str:
    blocking = sum(finding.blocks_final for finding in findings)
    if blocking:
        return f"离正式文本还差 **{blocking}** 处。"
    if agreement is None:
        return "还没有协议，谈不上正式文本。"
    if agreement.stage == "draft":
        return "十二项要素已齐；还是草稿，正式文本要先把 stage 改为 submitted。要素齐全不等于内容无误。"
    return "十二项要素已齐，程序没有发现妨碍正式文本的问题。要素齐全不等于内容无误：对照了什么、哪些要由法务判断，列在下面。"


def _row(element: Element) -> str:
    notes = "<br>".join(_cell(note) for note in element.notes)
    line = f"{element.line}" if element.line else "—"
    return f"| {element.code} {_cell(element.label)} | {element.standing.value} | {line} | {notes} |"


def _finding(finding: Finding) -> str:
    name = finding.place.file.rpartition("/")[2]
    cells = (
        f"{name}:{finding.place.line}",
        finding.severity.label,
        finding.code,
        finding.message,
        finding.clause,
    )
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """A text that stays text in a table of Markdown."""
    return escaped(" ".join(escape_controls(text).split()))
