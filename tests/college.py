"""A small college to tell stories about: the examples' school with one whole agreement, in a folder of its own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.check.run import Report, check
from pipeline.kernel.finding import Finding, Place
from pipeline.record import schema

ROOT = Path(__file__).parents[1]
SCHEMAS = schema.load(ROOT / "schemas")
TEMPLATES = ROOT / "templates"
EXAMPLES = ROOT / "tests" / "examples"

COLLEGE = "agreements/college.yaml"
ENTERPRISE = "agreements/enterprises/chenguang-cnc.yaml"
AGREEMENT = "agreements/projects/example/agreement.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallCollege:
    """A repository to be altered and checked; it has no finding as it comes."""

    root: Path

    def path(self, name: str = AGREEMENT) -> Path:
        """Where a file lies, for code that wants to touch it."""
        return self.root / name

    def text(self, name: str = AGREEMENT) -> str:
        """A file's text."""
        return self.path(name).read_text(encoding="utf-8")

    def write(self, content: str | bytes, name: str = AGREEMENT) -> None:
        """Put a file in place, with its folders."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def change(self, old: str, new: str, name: str = AGREEMENT) -> None:
        """Alter one spot of a file; the old wording must stand there exactly once."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(text.replace(old, new), name)

    def add_project(self, project: str, number: str) -> str:
        """Copy the project's dossier, its agreement under another number; returns the new agreement's name."""
        name = f"agreements/projects/{project}/agreement.yaml"
        shutil.copytree(self.path(AGREEMENT).parent, self.path(name).parent)
        self.write(self.text().replace("样校合〔2026〕1号", number), name)
        return name

    def spot(self, mark: str, name: str = AGREEMENT) -> Place:
        """Where a text that stands once in a file begins."""
        before, _, _ = self.text(name).partition(mark)
        assert self.text(name).count(mark) == 1, f"{mark!r} does not mark one spot of {name}"
        return Place(file=name, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))

    def check(self) -> Report:
        """What a check of the whole repository finds."""
        return check(self.root, SCHEMAS)


def college(folder: Path) -> SmallCollege:
    """Lay the small college out in a folder."""
    shutil.copytree(EXAMPLES / "_college", folder, dirs_exist_ok=True)
    home = SmallCollege(root=folder)
    home.write((EXAMPLES / "E01" / "pass.yaml").read_bytes())
    return home


def said(findings: tuple[Finding, ...]) -> list[str]:
    """Findings as code and place, short enough to compare."""
    return [f"{finding.code} {finding.place}" for finding in findings]
