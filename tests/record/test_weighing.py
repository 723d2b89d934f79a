"""A role of the own department decides on what its department carries out, and on nothing else."""

from __future__ import annotations

import pytest

from pipeline.kernel.finding import Place
from pipeline.record.model.governance import Governance, Member
from pipeline.record.rounds.frozen_words import FrozenWords, freeze, read
from pipeline.record.rounds.statement import Filed, Statement, dump
from pipeline.record.rounds.subject_folders import subject_folder
from pipeline.record.rounds.versions import GovernanceVersion, Versions
from pipeline.record.rounds.weighing import Roll, fault, may_approve

RULES = Governance(
    repository="here",
    roles={"head": "系部主任", "president": "院长"},
    people={"hong": Member(name="红样本", department="mechanical", roles=("head", "president"))},
)
ROLL = Roll(
    versions=Versions(
        versions=(GovernanceVersion(number=1, file="", digest="1" * 64, content=b"", rules=RULES),)
    ),
    called={"mechanical": "机械工程系", "nursing": "护理系"},
)


def _words(subject: str, department: str) -> FrozenWords:
    facts = {"department": f"id:{department}"} if department else {}
    made = freeze(
        repository="here", subject=subject, number=1, drafters=("hei",), fields={}, facts=facts, body=()
    )
    return read(made + b'{"kind":"title","title":"x"}\n')


def _message(subject: str, department: str, role: str = "head") -> str:
    words = _words(subject, department)
    said = Statement(
        format="coop-approval-v1",
        repository="here",
        subject=subject,
        round=1,
        words=words.digest,
        governance="1" * 64,
        role=role,
        person="hong",
        number=1,
        decision="approve",
        basis="signed",
        date="2026-09-01",
    )
    name = f"{subject_folder(subject)}/{said.file_name}"
    filed = Filed(name=name, content=dump(said), statement=said, signature=b"")
    found = fault(filed, subject, {1: words}, ROLL, Place(file=name))
    return found.message if found else ""


@pytest.mark.parametrize(
    "subject",
    ["projects/one/scheme", "projects/one/agreement", "projects/one/amendments/01", "plans/2026/mechanical"],
)
def test_the_head_of_one_department_does_not_decide_for_another(subject: str) -> None:
    assert _message(subject, "mechanical") == ""
    assert "属于机械工程系，这份文书由护理系实施" in _message(subject, "nursing")
    assert "这份文书由closed实施" in _message(subject, "closed"), "what has no name bears its id"
    assert _message(subject, "nursing", role="president") == "", "the president belongs to all of them"


def test_only_what_can_know_it_must_say_which_department_carries_it_out() -> None:
    assert _message("projects/one/scheme", "") == "", "a scheme comes before the agreement that says so"
    assert "没有写由哪个系部实施" in _message("projects/one/agreement", "")
    assert "没有写由哪个系部实施" in _message("projects/one/amendments/01", "")


@pytest.mark.parametrize("department", ["mechanical", "nursing", ""])
@pytest.mark.parametrize(
    "subject", ["projects/one/scheme", "projects/one/agreement", "plans/2026/mechanical"]
)
@pytest.mark.parametrize("role", ["head", "president"])
def test_only_those_are_told_to_be_next_whose_approval_would_count(
    subject: str, department: str, role: str
) -> None:
    counts = not _message(subject, department, role)
    assert ("hong" in may_approve(_words(subject, department), role, ROLL)) is counts
