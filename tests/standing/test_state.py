"""A project's state follows from its records and the day: nobody writes it down."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.kernel.structs import replace
from pipeline.record.model import Agreement, College, Records, Term
from pipeline.record.model.after_signing import Amendment, Exit
from pipeline.record.model.clauses import Effectiveness, Parties, Responsible
from pipeline.record.model.college import Department, Group, Person
from pipeline.record.model.consents import RoundConsent as Round
from pipeline.record.model.cooperation import OriginalAgreement
from pipeline.record.model.policy import Lead, Policy
from pipeline.record.model.preparation import (
    Appraisal,
    LegalReview,
    PartySigning,
    Review,
    ReviewConsent,
    Scheme,
    Signed,
    Signing,
    Survey,
    Waived,
)
from pipeline.standing import annual
from pipeline.standing.agreed import ended_on, goals_of, signed_on, term_of
from pipeline.standing.next_move import next_move
from pipeline.standing.proof import ApprovalVerdict
from pipeline.standing.state import GateState, ProjectState, effective_on, gates, state

DAY = date(2026, 6, 1)
INK = PartySigning(signed_on=date(2025, 6, 18), sealed_on=date(2025, 6, 20))
WAY = {
    "surveys": {"a": Survey(project="a", date=date(2025, 2, 1))},
    "schemes": {"a": Scheme(project="a", date=date(2025, 3, 1))},
    "appraisals": {"a": Appraisal(project="a", date=date(2025, 4, 1), conclusion="passed")},
}
AGREEMENT = Agreement(
    project="a",
    stage="submitted",
    forms=("training-base",),
    parties=Parties(enterprises=("x",)),
    responsible=Responsible(implementer="im"),
    term=Term(start=date(2025, 9, 1), end=date(2028, 8, 31)),
    effectiveness=Effectiveness(condition="approval"),
)
REVIEW = Review(
    legal=LegalReview(counsel="样例律师事务所", on=date(2025, 5, 1), opinion="可以"),
    approvals=(ReviewConsent(role="分管领导", by="li", on=date(2025, 6, 1)),),
)
SIGNING = Signing(project="a", parties={"college": INK, "x": INK}, review=REVIEW)
COLLEGE = College(
    departments={"im": Department(name="智能制造系", kind="teaching")},
    people={"li": Person(name="李例"), "he": Person(name="何例")},
    groups={"im": Group(leader="li", duties={"draft": "he"})},
    leaders={"cooperation": "li"},
)
POLICY = Policy(lead=Lead(expiry_days=90))


def _records(**more: object) -> Records:
    whole: dict[str, object] = {
        "college": COLLEGE,
        "policy": POLICY,
        **WAY,
        "agreements": {"a": AGREEMENT},
        "signings": {"a": SIGNING},
    }
    return Records(**{**whole, **more})  # type: ignore[arg-type]


def test_what_is_surveyed_schemed_appraised_drafted_is_told_by_its_last_record() -> None:
    before: dict[str, object] = {"agreements": {}, "signings": {}}
    assert state(_records(**before, surveys={}, schemes={}, appraisals={}), "a", DAY) is ProjectState.RESEARCH
    assert state(_records(**before, schemes={}, appraisals={}), "a", DAY) is ProjectState.SCHEME
    assert state(_records(**before, appraisals={}), "a", DAY) is ProjectState.APPRAISAL
    assert state(_records(**before), "a", DAY) is ProjectState.DRAFT
    draft = replace(AGREEMENT, stage="draft")
    assert state(_records(agreements={"a": draft}, signings={}), "a", DAY) is ProjectState.DRAFT
    assert state(_records(signings={}), "a", DAY) is ProjectState.REVIEW


def test_approved_and_not_yet_signed_by_all_waits_for_the_signatures() -> None:
    half = replace(SIGNING, parties={"college": INK, "x": PartySigning(signed_on=date(2025, 6, 18))})
    records = _records(signings={"a": half})
    assert signed_on(records, "a") is None
    assert state(records, "a", DAY) is ProjectState.SIGNING
    move = next_move(records, "a", DAY)
    assert move and move.who == "x"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 8, 31), ProjectState.UPCOMING),
        (date(2025, 9, 1), ProjectState.IN_FORCE),
        (date(2028, 6, 1), ProjectState.IN_FORCE),
        (date(2028, 6, 2), ProjectState.EXPIRING),
        (date(2028, 8, 31), ProjectState.EXPIRING),
        (date(2028, 9, 1), ProjectState.EXPIRED),
    ],
)
def test_the_calendar_carries_a_signed_agreement_from_its_first_to_its_last_day(
    day: date, expected: ProjectState
) -> None:
    assert state(_records(), "a", day) is expected


KNOWN = {
    "projects/a/agreement": ApprovalVerdict(
        label="第 1 轮已批准〔L1 有签名〕", reviewed_on=date(2025, 9, 20), approved_on=date(2025, 10, 1)
    )
}


def test_the_trail_passes_the_gates_of_review_and_approval() -> None:
    records = _records(signings={"a": replace(SIGNING, review=None)})
    filed = {gate.key: gate.on for gate in gates(records, "a")}
    told = {gate.key: gate.on for gate in gates(records, "a", KNOWN)}
    assert (filed["legal"], filed["approval"]) == (None, None)
    assert (told["legal"], told["approval"]) == (date(2025, 9, 20), date(2025, 10, 1))


def test_who_has_still_to_approve_moves_next() -> None:
    waiting = {
        "projects/a/agreement": ApprovalVerdict(label="第 1 轮审批中", waiting=("法务审核（蓝样本）",))
    }
    move = next_move(_records(signings={}), "a", date(2025, 7, 1), waiting)
    assert move is not None and move.who == "法务审核（蓝样本）"


APPROVED = Round(number=1, words="a" * 64, approved_on=date(2025, 10, 1), reviewed_on=date(2025, 9, 20))
SUBJECT = "projects/a/agreement"


def test_nothing_takes_effect_by_ink_alone() -> None:
    by_ink = replace(AGREEMENT, effectiveness=Effectiveness(condition="signing"))
    unreviewed = _records(signings={"a": replace(SIGNING, review=None)}, agreements={"a": by_ink})
    assert effective_on(unreviewed, "a") is None
    assert state(unreviewed, "a", DAY) is ProjectState.REVIEW
    move = next_move(unreviewed, "a", DAY)
    assert move and "没有批准的依据" in move.what
    assert annual.annual(unreviewed, 2025, DAY).signed == ()


def test_words_count_where_a_round_has_them_and_was_approved() -> None:
    named = replace(SIGNING, words="a" * 64, review=None)
    assert effective_on(_records(signings={"a": named}), "a") is None
    there = _records(signings={"a": named}, consents={SUBJECT: (APPROVED,)})
    assert effective_on(there, "a") == date(2025, 10, 1)
    pending = replace(APPROVED, lacking="还缺院长的批准")
    assert effective_on(_records(signings={"a": named}, consents={SUBJECT: (pending,)}), "a") is None
    denied = {SUBJECT: ApprovalVerdict(label="不可信", refuted=True)}
    assert effective_on(there, "a", denied) is None


def test_since_the_rules_began_a_paper_alone_brings_nothing_into_effect() -> None:
    assert effective_on(_records(), "a") == date(2025, 9, 1)
    assert effective_on(_records(governed_since=date(2025, 7, 1)), "a") == date(2025, 9, 1)
    assert effective_on(_records(governed_since=date(2025, 6, 20)), "a") is None


@pytest.mark.parametrize("person", ["he", "nobody", ""])
def test_a_paper_counts_by_people_in_their_posts(person: str) -> None:
    clerk = replace(REVIEW, approvals=(ReviewConsent(role="分管领导", by=person, on=date(2025, 6, 1)),))
    assert effective_on(_records(signings={"a": replace(SIGNING, review=clerk)}), "a") is None
    porter = replace(REVIEW, approvals=(ReviewConsent(role="门卫", by="li", on=date(2025, 6, 1)),))
    assert effective_on(_records(signings={"a": replace(SIGNING, review=porter)}), "a") is None
    counsel = replace(REVIEW, legal=LegalReview(by="he", on=date(2025, 5, 1), opinion="可以"))
    assert effective_on(_records(signings={"a": replace(SIGNING, review=counsel)}), "a") is None


def test_a_post_counts_from_the_day_it_was_taken_up() -> None:
    people = {**COLLEGE.people, "li": Person(name="李例", since=date(2025, 6, 2))}
    assert effective_on(_records(college=replace(COLLEGE, people=people)), "a") is None


def test_an_older_agreement_counts_from_its_term_and_its_way_is_not_asked_for() -> None:
    older = replace(AGREEMENT, origin=OriginalAgreement(kind="legacy", name="a.pdf"))
    records = _records(agreements={"a": older}, signings={}, surveys={}, schemes={}, appraisals={})
    assert state(records, "a", DAY) is ProjectState.IN_FORCE
    assert {gate.passage for gate in gates(records, "a")} <= {GateState.DONE, GateState.EXEMPT}


def test_a_signed_amendment_moves_the_end_and_an_unsigned_one_does_not() -> None:
    longer = Amendment(project="a", id="01", kind="renewal", term=Term(end=date(2030, 8, 31)))
    unsigned = _records(amendments={"a/01": longer})
    assert term_of(unsigned, "a") == AGREEMENT.term
    signed = replace(SIGNING, amendments=(Signed(amendment="01", parties=SIGNING.parties, review=REVIEW),))
    records = _records(amendments={"a/01": longer}, signings={"a": signed})
    term = term_of(records, "a")
    assert term and (term.start, term.end) == (date(2025, 9, 1), date(2030, 8, 31))
    assert goals_of(records, "a") == {}


def test_a_termination_ends_with_its_last_day_and_then_the_exit_is_asked_for() -> None:
    ending = Amendment(project="a", id="01", kind="termination", ends_on=date(2026, 5, 31))
    signed = replace(SIGNING, amendments=(Signed(amendment="01", parties=SIGNING.parties, review=REVIEW),))
    records = _records(amendments={"a/01": ending}, signings={"a": signed})
    assert ended_on(records, "a") == date(2026, 5, 31)
    assert state(records, "a", date(2026, 5, 31)) is ProjectState.IN_FORCE
    assert state(records, "a", DAY) is ProjectState.ENDED
    move = next_move(records, "a", DAY)
    assert move and "exit.yaml" in move.text and "yaml" not in move.what


def test_after_everything_is_cleared_nobody_moves() -> None:
    left = Exit(project="a", ended_on=date(2026, 4, 30), closed_on=date(2026, 5, 20))
    assert next_move(_records(exits={"a": left}), "a", DAY) is None
    waiting = Exit(project="a", ended_on=date(2026, 4, 30))
    move = next_move(_records(exits={"a": waiting}), "a", DAY)
    assert move and "清理" in move.what


def test_a_gate_passed_by_without_a_record_is_told() -> None:
    track = {gate.key: gate for gate in gates(_records(surveys={}), "a")}
    assert track["survey"].passage is GateState.UNFILED
    assert track["signing"].passage is GateState.DONE and track["signing"].on == date(2025, 6, 20)


def test_what_need_not_be_appraised_waits_for_a_leader_to_say_so() -> None:
    """Nothing said that anything was missing, until the agreement was signed and it could only be dated back."""
    simple = replace(AGREEMENT, forms=("teacher-practice",), stage="draft")
    untold = _records(agreements={"a": simple}, signings={}, appraisals={})
    track = {gate.key: gate.passage for gate in gates(untold, "a")}
    assert (track["appraisal"], track["agreement"]) == (GateState.NOW, GateState.AHEAD)
    move = next_move(untold, "a", DAY)
    assert move and "请学校领导决定免去" in move.what and "waiver" in move.how
    decided = Appraisal(project="a", waiver=Waived(reason="投入小", by="li", on=date(2025, 4, 2)))
    told = gates(replace(untold, appraisals={"a": decided}), "a")
    assert [(one.passage, one.on) for one in told if one.key == "appraisal"] == [
        (GateState.WAIVED, date(2025, 4, 2))
    ]


def test_an_agreement_without_a_round_waits_for_whoever_sends_it_to_review() -> None:
    records = _records(
        signings={},
        governed_since=date(2025, 1, 1),
        consents={SCHEME_SUBJECT: (replace(PENDING, lacking=""),)},
    )
    move = next_move(records, "a", DAY)
    assert move and move.who == "智能制造系校企合作工作小组（何例）" and move.how == "coop submit a"
    ungoverned = next_move(_records(signings={}), "a", DAY)
    assert ungoverned and ungoverned.who == "法务部门"


def test_the_next_step_names_the_person_who_has_the_duty() -> None:
    draft = replace(AGREEMENT, stage="draft")
    move = next_move(_records(agreements={"a": draft}, signings={}), "a", DAY)
    assert move and move.who == "智能制造系校企合作工作小组（何例）"
    assert "submitted" in move.text
    nobody = next_move(_records(college=None, agreements={"a": draft}, signings={}), "a", DAY)
    assert nobody and nobody.who == "系部校企合作工作小组"


SCHEME_SUBJECT = "projects/a/scheme"
PENDING = Round(number=1, words="b" * 64, lacking="第 1 轮还缺分管副院长的批准")


@pytest.mark.parametrize("stage", ["draft", "submitted"])
def test_the_scheme_is_submitted_and_approved_before_anybody_moves_on_with_the_agreement(stage: str) -> None:
    more: dict[str, object] = {
        "agreements": {"a": replace(AGREEMENT, stage=stage)},
        "signings": {},
        "governed_since": date(2025, 1, 1),
    }
    move = next_move(_records(**more), "a", DAY)
    assert move and "送审合作方案" in move.what and move.how == "coop submit a/scheme"
    move = next_move(_records(**more, consents={SCHEME_SUBJECT: (PENDING,)}), "a", DAY)
    assert move and "第 1 轮还缺分管副院长的批准" in move.what
    move = next_move(_records(**more, consents={SCHEME_SUBJECT: (replace(PENDING, lacking=""),)}), "a", DAY)
    assert move and "方案" not in move.what


def test_a_letter_of_intent_waits_for_no_scheme() -> None:
    intent = replace(AGREEMENT, forms=("framework",), stage="draft")
    move = next_move(
        _records(agreements={"a": intent}, signings={}, governed_since=date(2025, 1, 1)), "a", DAY
    )
    assert move and "方案" not in move.what
