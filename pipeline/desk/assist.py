"""What a text editor may offer at a spot of a record: what can stand there, what it means, where it is stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.check.run import Report
from pipeline.desk.cursor import CursorSpot, lines_of, siblings, spot_at
from pipeline.desk.named import COLLEGE, choices
from pipeline.kernel.finding import Finding, Place
from pipeline.record.kinds import AGREEMENT, ENTERPRISE, POLICY, kind_of
from pipeline.record.kinds import COLLEGE as COLLEGE_KIND
from pipeline.record.schema import Field, Schema
from pipeline.source.edit.fixes import mend

_MOST_HITS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to type: the text, what it is called in Chinese, and more about it."""

    text: str
    label: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A record as it stands in an editor, with what is known of its college."""

    name: str
    text: str
    report: Report
    schemas: Mapping[str, Schema]

    def spot(self, line: int, column: int) -> CursorSpot:
        """What stands at a cursor; line and column from 0, in characters."""
        return spot_at(self.text, line, column)

    def field(self, spot: CursorSpot) -> Field | None:
        """The field that a spot is about; None where the schema knows none."""
        known = kind_of(self.name)
        return self.schemas[known[0].name].at(spot.path) if known else None

    def offers(self, line: int, column: int) -> tuple[Suggestion, ...]:
        """What can be typed at a cursor."""
        spot = self.spot(line, column)
        return tuple(self._keys(spot, line) if spot.key else self._values(spot))[:_MOST_HITS]

    def _keys(self, spot: CursorSpot, line: int) -> Iterator[Suggestion]:
        known = kind_of(self.name)
        above = self.schemas[known[0].name].at(spot.path[:-1]) if known else None
        if above is None or above.type == "list":
            yield from self._values(spot)  # an item of a list of plain values
            return
        there = siblings(self.text, line, spot.start)
        for key, field in above.children.items():
            if key not in there:
                yield Suggestion(text=f"{key}: ", label=field.label, about=_about(field))
        for one, word in self._named(above.key_reference):
            if one not in there:
                yield Suggestion(text=f"{one}: ", label=word)

    def _values(self, spot: CursorSpot) -> Iterator[Suggestion]:
        field = self.field(spot)
        if field is None:
            return
        for value, label in field.values.items():
            yield Suggestion(text=value, label=label)
        if field.type == "flag":
            yield from (Suggestion(text="true", label="是"), Suggestion(text="false", label="否"))
        for one, word in self._named(field.reference):
            yield Suggestion(text=one, label=word)

    def _named(self, reference: str) -> list[tuple[str, str]]:
        """Ids of one sort with the names they stand for."""
        known = kind_of(self.name)
        if not reference or known is None:
            return []
        found = choices(self.report.register.records, *known, (reference,)).get(reference, [])
        return [(one, word) for one, word in found]

    def meaning(self, line: int, column: int) -> str:
        """What stands at a cursor, in Markdown; empty where nothing is known of it."""
        spot = self.spot(line, column)
        field = self.field(spot)
        if field is None:
            return ""
        word = self._whole_word(line, column)
        named = dict(self._named(field.reference)).get(word, "") or field.values.get(word, "")
        said = f"{word}：{named}" if named and not spot.key else ""
        return "\n\n".join(part for part in (said, f"**{field.label}**", _about(field)) if part)

    def stated(self, line: int, column: int) -> Place | None:
        """Where that is stated which the id at a cursor names."""
        field = self.field(self.spot(line, column))
        word = self._whole_word(line, column)
        if field is None or not field.reference or not word:
            return None
        return self._place(field.reference, word)

    def _place(self, reference: str, word: str) -> Place | None:
        known = kind_of(self.name)
        project = known[1].split("/")[0] if known and "project" in known[0].names else ""
        if reference == "party":
            reference = "department" if word == COLLEGE else "enterprise"
            if word == COLLEGE:
                return Place(file=COLLEGE_KIND.file())
        file, path = {
            "person": (COLLEGE_KIND.file(), ("people", word)),
            "department": (COLLEGE_KIND.file(), ("departments", word)),
            "criterion": (POLICY.file(), ("eligibility", word)),
            "enterprise": (ENTERPRISE.file(word), ()),
            "project": (AGREEMENT.file(word), ()),
            "goal": (AGREEMENT.file(project) if project else "", ("goals", word)),
        }.get(reference, ("", ()))
        source = self.report.register.source(file) if file else None
        return source.key_place(path) if source is not None else None

    def _whole_word(self, line: int, column: int) -> str:
        """The id that the cursor stands in or beside."""
        rows = lines_of(self.text)
        row = rows[line] if line < len(rows) else ""
        signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
        start = end = min(column, len(row))
        while start and row[start - 1] in signs:
            start -= 1
        while end < len(row) and row[end] in signs:
            end += 1
        return row[start:end]

    def findings(self, first: int, last: int) -> tuple[Finding, ...]:
        """The findings of the file that stand on some lines (from 0, both included)."""
        mine = self.report.of_file(self.name)
        return tuple(one for one in mine if first <= one.place.line - 1 <= last)

    def mended(self, finding: Finding) -> str | None:
        """The text with one finding mended; None where only a person can say what is right."""
        if finding.fix is None:
            return None
        content = self.text.encode()
        new = mend(self.name, content, (finding,)).content
        return new.decode() if new != content else None


def _about(field: Field) -> str:
    return "\n\n".join(part for part in (field.hint, field.clause and f"依据：{field.clause}") if part)
