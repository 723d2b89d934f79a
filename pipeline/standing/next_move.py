"""Who moves next in a project, and what there is to do (clauses 6.1, 6.2, 8)."""

from __future__ import annotations

from datetime import date

from pipeline.kernel.chinese import date_words
from pipeline.kernel.structs import Struct
from pipeline.record.model import Records
from pipeline.record.model.college import Group
from pipeline.standing.agreed import signed_amendments, signed_on, term_of
from pipeline.standing.handed_over import implementer_on
from pipeline.standing.labels import office_name
from pipeline.standing.proof import (
    ApprovalVerdict,
    Approved,
    agreement_subject,
    legacy,
    newest,
    scheme_lacking,
)
from pipeline.standing.state import Gate, GateState, ProjectState, gates, state, verdict_of

_DUTIES = {
    "survey": ("negotiate", "开展合作项目调研", "写 survey.yaml"),
    "scheme": ("scheme", "与企业商定合作方案", "写 scheme.yaml"),
    "agreement": ("draft", "拟定协议，填齐后提交审核", "把 agreement.yaml 的 stage 改为 submitted"),
}
"""Gate → the duty of the department's working group (6.2), what it does, and how that is recorded."""

_AFTER_SCHEME = ("agreement", "legal", "approval")
"""The gates that an agreement reaches only with an approved scheme."""


class NextMove(Struct, frozen=True, kw_only=True):
    """The next step in Chinese: who takes it, what it is, and how it is recorded (for those who edit the files)."""

    who: str
    what: str
    how: str = ""

    @property
    def text(self) -> str:
        """What is done and how it is recorded."""
        return f"{self.what}，{self.how}" if self.how else self.what


def next_move(
    records: Records, project: str, today: date, approved: Approved | None = None
) -> NextMove | None:
    """The next step of a project on a day; None where everything is over and cleared."""
    now = state(records, project, today, approved)
    if now is ProjectState.ENDED or now is ProjectState.EXPIRED:
        return _leaving(records, project, today, now)
    if now is ProjectState.UPCOMING:
        return NextMove(
            who=_group(records, project, today, "process"), what="做好实施准备，到期限开始之日起实施"
        )
    if now.working:
        return _working(records, project, today, now)
    if signed_on(records, project) and now in (ProjectState.REVIEW, ProjectState.SIGNING):
        how = "coop submit 送审，批准后 coop record --signing 登记签的是哪一轮"
        return NextMove(
            who=office_name(records.college), what="协议已签署，却没有批准的依据，还不生效：补办审批", how=how
        )
    gate = next((gate for gate in gates(records, project, approved) if gate.passage is GateState.NOW), None)
    scheme = _scheme(records, project, today) if gate and gate.key in _AFTER_SCHEME else None
    if scheme:
        return scheme
    return _at(records, project, today, gate, verdict_of(project, approved)) if gate else None


def _scheme(records: Records, project: str, today: date) -> NextMove | None:
    """What the scheme waits for where the agreement waits for the scheme (6.2)."""
    agreement = records.agreements.get(project)
    if agreement is not None and (agreement.framework or legacy(agreement)):
        return None
    if not scheme_lacking(records, project, None):
        return None
    round_ = newest(records, f"projects/{project}/scheme")
    if round_ is None:
        who, how = _group(records, project, today, "scheme"), f"coop submit {project}/scheme"
        return NextMove(who=who, what="送审合作方案，批准以后协议才能送审", how=how)
    return NextMove(
        who=office_name(records.college),
        what=f"办理合作方案的审批（{round_.lacking}）",
        how="登记各位领导的决定（coop record），或由他们用钥匙批准（coop approve）",
    )


def _at(records: Records, project: str, today: date, gate: Gate, verdict: ApprovalVerdict) -> NextMove:
    if gate.key in _DUTIES:
        duty, what, how = _DUTIES[gate.key]
        return NextMove(who=_group(records, project, today, duty), what=what, how=how)
    if gate.key == "appraisal":
        return _appraising(records, project)
    if gate.key in ("legal", "approval") and verdict.waiting:
        return NextMove(
            who="、".join(verdict.waiting),
            what="对送审文本作出决定",
            how="coop approve，或纸面签字后由登记人登记",
        )
    if (
        gate.key in ("legal", "approval")
        and records.governed_since
        and newest(records, agreement_subject(project)) is None
    ):
        # Who is to review it has nothing to decide on before the words are frozen.
        who = _group(records, project, today, "draft")
        return NextMove(who=who, what="送审协议，送审了才能审核、审批", how=f"coop submit {project}")
    if gate.key == "legal":
        return NextMove(who="法务部门", what="审核协议文本，出具意见")
    if gate.key == "approval":
        return NextMove(who=office_name(records.college), what="办理学校合同审批手续")
    return NextMove(who=_unsigned(records, project), what="签字盖章", how="登记 signing.yaml")


def _appraising(records: Records, project: str) -> NextMove:
    """Experts judge what 8.3 lists; of the rest a leader may decide that it is not appraised, and that is filed."""
    agreement, who = records.agreements.get(project), office_name(records.college)
    if agreement is not None and agreement.must_be_appraised:
        return NextMove(who=who, what="组织校内外专家论证", how="写 appraisal.yaml")
    what = "组织校内外专家论证；可以不论证的，请学校领导决定免去"
    return NextMove(who=who, what=what, how="写 appraisal.yaml（免去的写 waiver）")


def _working(records: Records, project: str, today: date, now: ProjectState) -> NextMove:
    who = _group(records, project, today, "process")
    term = term_of(records, project)
    if now is ProjectState.EXPIRING and term and term.end:
        day = date_words(term.end)
        return NextMove(who=who, what=f"协议 {day}到期，商定续签还是到期结束")
    return NextMove(who=who, what="按协议和方案实施，按期填报进展", how="写 progress/")


def _leaving(records: Records, project: str, today: date, now: ProjectState) -> NextMove | None:
    leaving = records.exits.get(project)
    if leaving is not None and leaving.closed_on:
        return None
    who = _group(records, project, today, "process")
    if leaving is not None:
        what = "清理在培学生、设备、成果、数据和款项"
        return NextMove(who=who, what=what, how="完毕后在 exit.yaml 写 closed_on")
    ending = any(one.kind == "termination" for one in signed_amendments(records, project))
    reason = "协议已终止" if ending or now is ProjectState.ENDED else "协议已到期"
    return NextMove(who=who, what=f"{reason}，登记退出；另行续签的，登记补充协议", how="写 exit.yaml")


def _unsigned(records: Records, project: str) -> str:
    agreement, signing = records.agreements.get(project), records.signings.get(project)
    done = {key for key, one in signing.parties.items() if one.done_on} if signing else set()
    waiting = [party for party in agreement.party_ids if party not in done] if agreement else []
    return "、".join(records.party_name(party) for party in waiting) or office_name(records.college)


def _group(records: Records, project: str, today: date, duty: str) -> str:
    """The department's working group and the person who has the duty, else its leader."""
    college = records.college
    department = implementer_on(records, project, today)
    if college is None or not department:
        return "系部校企合作工作小组"
    group = college.groups.get(department, Group())
    person = group.duties.get(duty) or group.leader
    named = f"（{college.person_name(person)}）" if person else ""
    return f"{college.department_name(department)}校企合作工作小组{named}"
