"""Findings as SARIF 2.1.0, with the page of every code as its rules."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import quote

from pipeline.check.catalogue import CODES
from pipeline.kernel.finding import Code, Finding, Place, Severity
from pipeline.output.reporters.gitlab import fingerprint
from pipeline.output.reporters.result import Result

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.DUE: "note",
    Severity.INFO: "note",
}
_NUMBERS = {code: number for number, code in enumerate(CODES)}


def report(result: Result) -> str:
    """One run; its rules are all codes there are, so that a reader knows what else was checked."""
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "coop", "language": "zh-CN", "rules": [*map(_rule, CODES.values())]}},
        # Columns count characters, as everywhere in coop; SARIF's own default counts UTF-16 units.
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, seen) for finding in result.printable()],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: Code) -> dict[str, object]:
    rule: dict[str, object] = {
        "id": code.code,
        "shortDescription": {"text": code.title},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }
    if code.why:
        rule["fullDescription"] = {"text": code.why}
    help_lines = [f"依据：{code.clause}" if code.clause else "", f"改法：{code.hint}" if code.hint else ""]
    rule["help"] = {"text": "\n".join(line for line in help_lines if line) or code.title}
    if code.clause:
        rule["properties"] = {"clause": code.clause}
    return rule


def _result(finding: Finding, seen: Counter[str]) -> dict[str, object]:
    lines = [finding.message, f"改法：{finding.hint}" if finding.hint else ""]
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(line for line in lines if line)},
        "locations": [_location(finding.place)],
        "partialFingerprints": {"coop/v1": fingerprint(finding, seen)},
    }
    if finding.code in _NUMBERS:
        result["ruleIndex"] = _NUMBERS[finding.code]
    if finding.related:
        places = enumerate(finding.related, 1)
        result["relatedLocations"] = [{"id": number, **_location(place)} for number, place in places]
    return result


def _location(place: Place) -> dict[str, object]:
    return {
        "physicalLocation": {
            # A URI: Chinese and blanks in a file's name would make the report invalid.
            "artifactLocation": {"uri": quote(place.file), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
