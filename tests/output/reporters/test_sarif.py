"""SARIF 2.1.0, read by classes generated from its published schema, which refuse what the schema does not know."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from pipeline.check.catalogue import CODES
from pipeline.output.reporters import sarif
from tests.output.reporters.samples import ALL, DUE, MASKED, PATH, SPLIT, result


def _run(*findings: Any) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(sarif.report(result(*findings)))["runs"][0]
    return run


def test_the_report_fits_the_published_schema() -> None:
    assert Sarif.model_validate_json(sarif.report(result(*ALL))).version.value == "2.1.0"
    assert Sarif.model_validate_json(sarif.report(result()))


def test_every_code_is_a_rule_with_its_clause_and_help() -> None:
    rules = {rule["id"]: rule for rule in _run()["tool"]["driver"]["rules"]}
    assert list(rules) == list(CODES)
    for code, rule in rules.items():
        assert rule["shortDescription"]["text"] == CODES[code].title
        assert CODES[code].hint in rule["help"]["text"]
        assert rule.get("properties", {}).get("clause", "") == CODES[code].clause


def test_a_result_names_its_rule_by_id_and_number() -> None:
    run = _run(*ALL)
    for found in run["results"]:
        assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"]


def test_a_place_is_a_relative_uri_that_decodes_to_the_path_with_line_and_column_of_characters() -> None:
    run = _run(SPLIT)
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == PATH
    assert place["artifactLocation"]["uri"].isascii() and ":" not in place["artifactLocation"]["uri"]
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    assert run["columnKind"] == "unicodeCodePoints"


def test_the_other_places_of_a_fault_are_related_locations() -> None:
    (related,) = _run(SPLIT)["results"][0]["relatedLocations"]
    assert related["id"] == 1
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "agreements/college.yaml"


def test_only_errors_are_errors_and_what_the_calendar_brings_is_a_note() -> None:
    levels = [found["level"] for found in _run(SPLIT, MASKED, DUE)["results"]]
    assert levels == ["error", "warning", "note"]
