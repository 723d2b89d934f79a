"""Findings as JUnit XML: a suite for each file, a test case for each finding; only errors are failures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as Xml

from pipeline.kernel.finding import Finding, Severity
from pipeline.output.reporters.result import Result, full_message


def report(result: Result) -> str:
    """The XML; where nothing was found, one case that passes says how much was checked."""
    root = Xml.Element("testsuites", name="coop check")
    for file, findings in groupby(result.printable(), lambda finding: finding.place.file):
        root.append(_suite(file, tuple(findings)))
    if not result.findings:
        suite = _suite("agreements", ())
        Xml.SubElement(suite, "testcase", name=result.summary(), classname="agreements", time="0")
        suite.set("tests", "1")
        root.append(suite)
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _suite(file: str, findings: Sequence[Finding]) -> Xml.Element:
    failures = sum(finding.severity is Severity.ERROR for finding in findings)
    suite = Xml.Element("testsuite", name=file, tests=str(len(findings)), failures=str(failures))
    for count in ("errors", "skipped", "time"):
        suite.set(count, "0")
    suite.extend(_case(finding) for finding in findings)
    return suite


def _case(finding: Finding) -> Xml.Element:
    place = finding.place
    name = f"{finding.code} 第 {place.line} 行第 {place.column} 列"
    case = Xml.Element("testcase", name=name, classname=place.file, time="0")
    if finding.severity is Severity.ERROR:
        part = Xml.SubElement(case, "failure", type=finding.code, message=finding.message)
    else:
        part = Xml.SubElement(case, "system-out")
    part.text = f"{place} {finding.severity.label} {finding.code}\n{full_message(finding)}"
    return case
