"""JUnit XML, read by junitparser."""

from __future__ import annotations

from junitparser import Failure

from pipeline.output.reporters import junit
from tests.output.reporters.readers import suites
from tests.output.reporters.samples import ALL, PATH, SPLIT, result


def test_a_file_is_a_suite_and_a_finding_a_case() -> None:
    found = suites(junit.report(result(*ALL)))
    assert [(suite.name, suite.tests) for suite in found][1:] == [("agreements/a.yaml", 3), (PATH, 1)]
    (case,) = found[-1]
    assert (case.name, case.classname) == ("E08 第 3 行第 7 列", PATH)


def test_only_errors_fail_and_the_counts_agree() -> None:
    found = suites(junit.report(result(*ALL)))
    assert [suite.failures for suite in found] == [0, 0, 1]
    for suite in found:
        assert suite.failures == sum(any(isinstance(part, Failure) for part in case.result) for case in suite)


def test_a_failure_says_everything_with_its_lines() -> None:
    (suite,) = suites(junit.report(result(SPLIT)))
    (case,) = suite
    (failure,) = case.result
    assert failure.type == "E08"
    assert failure.message == SPLIT.message
    assert "改法：补足比例: 甲, 乙" in failure.text


def test_a_clean_run_is_one_case_that_passes() -> None:
    (suite,) = suites(junit.report(result()))
    (case,) = suite
    assert case.is_passed and case.name == "检查了 3 个文件，没有发现问题。"
