"""The college's own 合同审批表, its opinions taken from the trail instead of from what is filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pipeline.approval.trail.current_words import CurrentWords
from pipeline.approval.trail.frame import sheet_code
from pipeline.approval.trail.subject_state import SubjectState
from pipeline.compose.composer import Composer
from pipeline.compose.frames import PAGE_LINE
from pipeline.compose.sheet import Sheet
from pipeline.compose.sheets import SHEETS
from pipeline.kernel.document import Document, Frame
from pipeline.kernel.structs import replace
from pipeline.record.kinds import AGREEMENT, AMENDMENT
from pipeline.record.model import College
from pipeline.record.model.governance import Governance
from pipeline.record.model.preparation import LegalReview, Review, ReviewConsent, Signed, Signing
from pipeline.record.model.records import Records
from pipeline.record.places import file_of
from pipeline.record.rounds.boxes import LEGAL, box_named, box_of_role, is_legal
from pipeline.record.rounds.decision import PROOFS, Seat

FORM = "approval-form"
ONLY_FILED = "只有登记，审批记录里没有"
"""What is printed beside a step that somebody filed and about which the trail has nothing."""


def sheet() -> Sheet | None:
    """The sheet of the college's form; None where it has none."""
    return next((one for one in SHEETS if one.kind is AGREEMENT and one.file == FORM), None)


def filled(
    current: CurrentWords, state: SubjectState, rules: Governance, project: str, status: str
) -> Document | None:
    """The form of an agreement with rounds; a role that has not decided is left to ink, `status` is its foot."""
    form = sheet()
    agreement = current.register.records.agreements.get(project)
    if form is None or agreement is None or not form.prints(agreement) or state.words is None:
        return None
    records = _with(current.register.records, project, review(state, rules), state, rules)
    composer = Composer(current.templates, current.schemas, records, boxes=boxes(rules))
    made = composer.compose(form, project)
    code = sheet_code(state.subject, state.words.digest)
    return replace(made, frame=Frame(header=made.frame.header, footer=PAGE_LINE, status=status, code=code))


def review(state: SubjectState, rules: Governance) -> Review:
    """What was decided about the newest round, in the form in which a college files it."""
    legal, steps = None, []
    for seat in state.decision.seats:
        if seat.vote is None:
            continue
        said, role = seat.vote.statement, rules.role(seat.role)
        who, on, opinion = _who(seat, rules), _day(said.date), _opinion(said.comment)
        if is_legal(seat.role, rules) and legal is None:
            legal = LegalReview(counsel=who, on=on, opinion=opinion)
        else:
            steps.append(ReviewConsent(role=role, by=who, on=on, opinion=opinion))
    return Review(legal=legal, approvals=tuple(steps))


def _opinion(comment: str) -> str:
    """What who approved said of it; that it is an approval is never left to the comment alone."""
    return comment if comment.startswith("同意") else f"同意。{comment}".rstrip("。")


def boxes(rules: Governance) -> Mapping[str, str]:
    """The box of each role, by what people call the role."""
    return {name: box_of_role(role, name, rules.boxes) for role, name in rules.roles.items()}


def _who(seat: Seat, rules: Governance) -> str:
    """The person with how the decision is proven, and to which level."""
    if seat.vote is None:
        return ""
    said = seat.vote.statement
    return f"{rules.name(said.person)}（{PROOFS[said.basis]}，{seat.level.label}）"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _with(records: Records, project: str, review: Review, state: SubjectState, rules: Governance) -> Records:
    kept = records.signings.get(project) or Signing(project=project)
    filed = filed_beside(records, state)
    signing = replace(
        kept, review=completed(review, filed, state, rules, records.college) if filed else review
    )
    return replace(records, signings={**records.signings, project: signing})


def filed_beside(records: Records, state: SubjectState) -> Review | None:
    """The review that is filed with the signing of the newest round; None where another round was signed."""
    file = file_of(state.subject)
    project, _, number = (AMENDMENT.key_in(file) or AGREEMENT.key_in(file) or "").partition("/")
    signing = records.signings.get(project)
    filed: Signed | None = signing
    if number and signing:
        filed = next((one for one in signing.amendments if one.amendment == number), None)
    ours = filed is not None and state.words is not None and filed.words in ("", state.words.digest)
    return filed.review if filed and ours else None


def completed(
    review: Review, filed: Review, state: SubjectState, rules: Governance, college: College | None
) -> Review:
    """What the trail tells, and of what is filed what the trail has no word about, marked so: other boxes and minutes.

    A role that the rules require is the trail's alone: whatever is filed, it has decided there or not at all.
    """
    known = boxes(rules)
    steps = list(review.approvals)
    for step in filed.approvals:
        box = box_named(step.role, known)
        same = [number for number, one in enumerate(steps) if box_named(one.role, known) == box]
        if step.minute and same and box in _seated(state, rules):
            steps[same[0]] = replace(steps[same[0]], minute=steps[same[0]].minute or step.minute)
    legal = review.legal or (None if LEGAL in _seated(state, rules) else filed.legal)
    if legal is not None and legal is filed.legal:
        legal = replace(legal, counsel=_marked(legal.counsel or person_called(legal.by, rules, college)))
    steps += (
        replace(step, by=_marked(person_called(step.by, rules, college)))
        for step in only_filed(filed, state, rules)
    )
    return replace(review, legal=legal, approvals=tuple(steps))


def _marked(name: str) -> str:
    return f"{name}（{ONLY_FILED}）"


def person_called(person: str, rules: Governance, college: College | None) -> str:
    """A person's name by the rules, of people whom they do not list by the college."""
    people = college.people if college else {}
    return people[person].name if person in people and person not in rules.people else rules.name(person)


def only_filed(filed: Review, state: SubjectState, rules: Governance) -> tuple[ReviewConsent, ...]:
    """The filed steps that the rules have no role for: of these the trail says nothing."""
    known = boxes(rules)
    return tuple(one for one in filed.approvals if box_named(one.role, known) not in _seated(state, rules))


def minutes(filed: Review) -> str:
    """The numbers of the minutes that a filed review names."""
    return "、".join(dict.fromkeys(step.minute for step in filed.approvals if step.minute))


def _seated(state: SubjectState, rules: Governance) -> frozenset[str]:
    """The boxes of the roles that the rules require."""
    seats = state.decision.seats
    return frozenset(box_of_role(seat.role, rules.role(seat.role), rules.boxes) for seat in seats)
