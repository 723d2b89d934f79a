"""A place to run `coop` at: what it said and how it ended."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.college import SmallCollege
from tests.output.commands import coop


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How a command ended, and its words."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLine:
    """The small college with the command at hand."""

    home: SmallCollege
    capsys: pytest.CaptureFixture[str]

    def coop(self, *arguments: str) -> Said:
        """Run a command in the college's folder."""
        self.capsys.readouterr()
        code = coop(self.home, *arguments)
        out, err = self.capsys.readouterr()
        return Said(code=code, out=out, err=err)
