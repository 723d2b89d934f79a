"""GitHub publishes no schema: the commands are decoded as its runner does, and must say what was meant."""

from __future__ import annotations

from pipeline.output.reporters import github
from tests.output.reporters.readers import commands
from tests.output.reporters.samples import ALL, DUE, PATH, SPLIT, result


def test_a_chinese_path_with_every_sign_arrives_whole() -> None:
    (annotation,) = commands(github.report(result(SPLIT)))
    assert annotation.properties["file"] == PATH
    assert (annotation.properties["line"], annotation.properties["col"]) == ("3", "7")
    assert annotation.properties["title"] == "错误 E08"


def test_the_signs_between_properties_are_written_out() -> None:
    command = github.report(result(SPLIT)).splitlines()[0]
    assert "示例：100%25%2Ca%3Ab/协议.yaml" in command


def test_a_message_of_two_lines_stays_one_command_and_cannot_forge_another() -> None:
    found = list(commands(github.report(result(SPLIT))))
    assert len(found) == 1
    assert found[0].message.splitlines() == [
        "分担合计 90%，应为 100%",
        "::error file=x::伪造的一行",
        "另见：agreements/college.yaml:2:1",
        "依据：指南（草案）8.4",
        "改法：补足比例: 甲, 乙",
    ]


def test_only_errors_are_errors_and_what_the_calendar_brings_is_a_notice() -> None:
    levels = [annotation.level for annotation in commands(github.report(result(*ALL)))]
    assert levels == ["warning", "notice", "notice", "notice", "error"]


def test_the_log_ends_with_a_sentence_that_is_no_command() -> None:
    last = github.report(result(DUE)).splitlines()[-1]
    assert last == "检查了 3 个文件：1 个到期。"
    assert list(commands(last)) == []
