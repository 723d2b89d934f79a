"""GitLab's code quality report, by the list of fields in its documentation: it publishes no schema."""

from __future__ import annotations

import json
import re
from typing import Any

from pipeline.kernel.finding import Place
from pipeline.kernel.structs import replace
from pipeline.output.reporters import gitlab
from tests.output.reporters.samples import ALL, PATH, SAME, SPLIT, result

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def _issues(*findings: Any) -> list[dict[str, Any]]:
    issues: list[dict[str, Any]] = json.loads(gitlab.report(result(*findings)))
    return issues


def test_every_issue_has_the_fields_the_documentation_demands() -> None:
    for issue in _issues(*ALL):
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in SEVERITIES
        assert issue["description"].strip() and issue["check_name"].strip()
        assert re.fullmatch("[0-9a-f]{64}", issue["fingerprint"])
        assert (
            isinstance(issue["location"]["lines"]["begin"], int) and issue["location"]["lines"]["begin"] >= 1
        )
        assert not issue["location"]["path"].startswith(("/", "./"))


def test_the_path_is_the_file_s_own() -> None:
    assert _issues(SPLIT)[0]["location"]["path"] == PATH


def test_two_findings_never_share_a_fingerprint() -> None:
    prints = [issue["fingerprint"] for issue in _issues(*ALL)]
    assert len(set(prints)) == len(prints)


def test_a_fingerprint_stays_when_lines_are_added_above() -> None:
    moved = [replace(one, place=Place(file=one.place.file, line=one.place.line + 20)) for one in SAME]
    before, after = _issues(*SAME), _issues(*moved)
    assert [issue["fingerprint"] for issue in before] == [issue["fingerprint"] for issue in after]
