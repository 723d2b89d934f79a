"""Reading every format back: how many findings it holds, and what a workflow command says once decoded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from junitparser import JUnitXml, TestSuite

_COMMAND = re.compile(r"::(?P<level>[a-z]+) (?P<properties>[^:]*)::(?P<data>.*)")
_HEAD = re.compile(r"\S.*?:[0-9]+:[0-9]+ (?:错误|警告|到期|提示) [A-Z][0-9]{2} ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A workflow command as GitHub's runner decodes it."""

    level: str
    properties: Mapping[str, str]
    message: str


def _decoded(text: str, *, inner: bool = False) -> str:
    """The runner's own order: what encodes the signs first, the percent sign last."""
    signs = {"%0D": "\r", "%0A": "\n", **({"%3A": ":", "%2C": ","} if inner else {})}
    for encoded, sign in signs.items():
        text = text.replace(encoded, sign)
    return text.replace("%25", "%")


def commands(report: str) -> Iterator[Annotation]:
    """The commands of a log, line by line; a line that only looks like one has no known level."""
    for line in report.splitlines():
        if match := _COMMAND.fullmatch(line):
            pairs = (pair.partition("=") for pair in match["properties"].split(","))
            properties = {key: _decoded(value, inner=True) for key, _, value in pairs}
            yield Annotation(level=match["level"], properties=properties, message=_decoded(match["data"]))


def suites(report: str) -> list[TestSuite]:
    """The suites of a JUnit file."""
    xml = JUnitXml.fromstring(report.encode())
    return [suite for suite in xml if isinstance(suite, TestSuite)]


COUNTS: Mapping[str, Callable[[str], int]] = {
    "text": lambda report: sum(bool(_HEAD.match(line)) for line in report.splitlines()),
    "json": lambda report: len(json.loads(report)["findings"]),
    "github": lambda report: len(list(commands(report))),
    "gitlab": lambda report: len(json.loads(report)),
    "sarif": lambda report: len(json.loads(report)["runs"][0]["results"]),
    "junit": lambda report: sum(len(list(suite)) for suite in suites(report)),
}
"""Format → the number of findings somebody who reads it finds in it."""
