"""The kinds of record: which path makes a file what. The path decides; no file says its own kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Literal

from pipeline.kernel.late_pattern import late
from pipeline.kernel.structs import Struct
from pipeline.record.model import Agreement, College, Enterprise, Records
from pipeline.record.model.after_signing import Amendment, Attachments, Exit, Waivers
from pipeline.record.model.execution import Evaluation, Inspection, Progress
from pipeline.record.model.policy import Policy
from pipeline.record.model.preparation import Appraisal, Scheme, Signing, Survey
from pipeline.record.model.work import (
    Event,
    GovernmentPolicy,
    Meeting,
    Placement,
    Plan,
    PlanApprovals,
    Research,
    Summary,
    Visit,
)
from pipeline.record.places import AGREEMENTS as AGREEMENTS
from pipeline.record.places import file_of
from pipeline.record.schema.value_types import id_fault, is_id

TRAIL = (f"{AGREEMENTS}/approvals/", f"{AGREEMENTS}/governance/")
"""Where the approval trail keeps its own files: statements, signatures, frozen words."""

_NAMED = late(r"{(\w+)}")
_PERIOD = late(r"[0-9]{4}(?:-(?:h[12]|q[1-4]|0[1-9]|1[0-2]))?\Z")
_DAY = late(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _id(text: str) -> str | None:
    return text if is_id(text) else None


def _year(text: str) -> int | None:
    return int(text) if re.match(r"20[0-9]{2}\Z", text) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.match(text) else None
    except ValueError:
        return None


def _period(text: str) -> str | None:
    return text if _PERIOD.match(text) else None


_PARTS: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "year": (_year, "要写四位年份，如 2026"),
    "date": (_day, "要写日期，如 2026-03-05"),
    "period": (_period, "要写时段：2026、2026-h1（上半年）、2026-q3（第三季度）或 2026-09（九月）"),
}
"""What certain names in a path must be: how they are read, and what to say where they cannot be."""


ID_LABELS: Mapping[str, str] = {
    "project": "项目编号",
    "id": "编号",
    "year": "年份",
    "date": "日期",
    "period": "时段",
    "department": "系部编号",
}
"""What people call the ids of a path, by their names there."""


class Kind(Struct, frozen=True, kw_only=True, dict=True):
    """A kind of record: its schema's name, the path it lives at, its class, and its place in `Records`.

    Each `{name}` in `path` is an id that the record's attribute of that name receives. Several ids are joined
    by `/` into the record's key. `label` is what people call such a record. The words of a kind with
    an approval `form` (what that form is called) are submitted, frozen and approved, the others are not.
    `implementer` is whether roles of the own department ask which one carries it out: `named` where the words
    must name it, `open` where they may not know it yet, nothing where nobody asks. A record in its draft stage counts nowhere, but where
    `drafts_count`: nothing could be said without the college, and that an agreement is being drafted is worth knowing.
    """

    name: str
    label: str
    path: str
    record: type[Any]
    within: str
    form: str = ""
    implementer: Literal["", "open", "named"] = ""
    drafts_count: bool = False

    def __reduce__(self) -> tuple[Callable[[str], Kind], tuple[str]]:
        """For other processes: a kind is known by its name, and is the same one everywhere."""
        return _named, (self.name,)

    @property
    def approved(self) -> bool:
        """Whether such a record takes effect by approval alone."""
        return bool(self.form)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the ids in the path, in order."""
        return tuple(_NAMED.findall(self.path))

    @cached_property
    def shape(self) -> str:
        """The pattern of its paths, with a group for each id."""
        pieces = _NAMED.split(self.path)
        inner = "".join("([^/]+)" if index % 2 else re.escape(piece) for index, piece in enumerate(pieces))
        return rf"{inner}\Z"

    def file(self, key: str = "") -> str:
        """The repository-relative path of the record with a key."""
        return self.path.format(**dict(self._parts(key)))

    def key_in(self, name: str) -> str | None:
        """The key inside a path of this kind; None where the path is not of this kind."""
        match = re.match(self.shape, name)
        return "/".join(match.groups()) if match else None

    def ids(self, key: str) -> Mapping[str, Any]:
        """The ids of a key by name, as the record receives them; one that cannot be read is left out."""
        read = {name: _PARTS.get(name, (_id, ""))[0](part) for name, part in self._parts(key)}
        return {name: value for name, value in read.items() if value is not None}

    def faults(self, key: str) -> Iterator[tuple[str, str]]:
        """What is wrong with the ids of a key: the file or folder that bears it, and why it is none, in Chinese."""
        for name, part in self._parts(key):
            read, demand = _PARTS.get(name, (_id, ""))
            if read(part) is None:
                depth = self.path.partition(f"{{{name}}}")[0].count("/") + 1
                yield "/".join(self.file(key).split("/")[:depth]), f"编号“{part}”{demand or id_fault(part)}"

    def _parts(self, key: str) -> Iterable[tuple[str, str]]:
        """The ids of a key by name; whatever stands in the last one belongs to it."""
        return zip(self.names, key.split("/", len(self.names) - 1), strict=True) if self.names else ()

    def of(self, records: Records) -> Mapping[str, Any]:
        """The records of this kind by key (the college's and the policy's key is "")."""
        kept = getattr(records, self.within)
        if self.names:
            return kept if isinstance(kept, Mapping) else {}
        return {"": kept} if kept is not None else {}


def _kind(
    name: str,
    label: str,
    path: str,
    record: type[Any],
    within: str,
    *,
    form: str = "",
    implementer: Literal["", "open", "named"] = "",
    drafts_count: bool = False,
) -> Kind:
    return Kind(
        name=name,
        label=label,
        path=file_of(path),
        record=record,
        within=within,
        form=form,
        implementer=implementer,
        drafts_count=drafts_count,
    )


COLLEGE = _kind("college", "学校信息", "college", College, "college", drafts_count=True)
POLICY = _kind("policy", "学校约定", "policy", Policy, "policy")
ENTERPRISE = _kind("enterprise", "合作企业", "enterprises/{id}", Enterprise, "enterprises")
SURVEY = _kind("survey", "调研", "projects/{project}/survey", Survey, "surveys")
SCHEME = _kind(
    "scheme",
    "合作方案",
    "projects/{project}/scheme",
    Scheme,
    "schemes",
    form="合作方案审批表",
    # A scheme is approved before there is an agreement, and only an agreement says who carries it out.
    implementer="open",
)
APPRAISAL = _kind("appraisal", "论证", "projects/{project}/appraisal", Appraisal, "appraisals")
AGREEMENT = _kind(
    "agreement",
    "合作协议",
    "projects/{project}/agreement",
    Agreement,
    "agreements",
    form="合同审批表（合作协议）",
    implementer="named",
    drafts_count=True,
)
SIGNING = _kind("signing", "签署", "projects/{project}/signing", Signing, "signings")
AMENDMENT = _kind(
    "amendment",
    "补充协议",
    "projects/{project}/amendments/{id}",
    Amendment,
    "amendments",
    form="合同审批表（补充协议）",
    implementer="named",
)
WAIVERS = _kind("waivers", "豁免", "projects/{project}/waivers", Waivers, "waivers")
ATTACHMENTS = _kind("attachments", "附件", "projects/{project}/attachments", Attachments, "attachments")
PROGRESS = _kind("progress", "项目进展", "projects/{project}/progress/{period}", Progress, "progress")
INSPECTION = _kind("inspection", "督查", "projects/{project}/inspections/{id}", Inspection, "inspections")
EVALUATION = _kind(
    "evaluation", "绩效评价", "projects/{project}/evaluations/{year}", Evaluation, "evaluations"
)
EXIT = _kind("exit", "退出", "projects/{project}/exit", Exit, "exits")
PLAN_APPROVAL = _kind("plan-approval", "计划审批", "plans/{year}/approval", PlanApprovals, "plan_approvals")
PLAN = _kind(
    "plan",
    "年度计划",
    "plans/{year}/{department}",
    Plan,
    "plans",
    form="年度计划审批表",
    implementer="open",
)
SUMMARY = _kind("summary", "年度总结", "summaries/{year}/{department}", Summary, "summaries")
MEETING = _kind("meeting", "例会", "meetings/{date}", Meeting, "meetings")
EVENT = _kind("event", "活动", "events/{id}", Event, "events")
VISIT = _kind("visit", "走访企业", "visits/{id}", Visit, "visits")
PLACEMENT = _kind("placement", "人员互聘", "placements/{id}", Placement, "placements")
RESEARCH = _kind("research", "市场调研", "research/{id}", Research, "researches")
GOVERNMENT_POLICY = _kind("government-policy", "政策信息", "policies/{id}", GovernmentPolicy, "policies")

KINDS = (
    COLLEGE,
    POLICY,
    ENTERPRISE,
    SURVEY,
    SCHEME,
    APPRAISAL,
    AGREEMENT,
    SIGNING,
    AMENDMENT,
    WAIVERS,
    ATTACHMENTS,
    PROGRESS,
    INSPECTION,
    EVALUATION,
    EXIT,
    PLAN_APPROVAL,
    PLAN,
    SUMMARY,
    MEETING,
    EVENT,
    VISIT,
    PLACEMENT,
    RESEARCH,
    GOVERNMENT_POLICY,
)
"""Every kind, the more exact path before the more general."""


_ANY = late("|".join(f"(?P<{kind.within}_{number}>{kind.shape})" for number, kind in enumerate(KINDS)))
"""The path of a file of any kind."""


def kind_of(name: str) -> tuple[Kind, str] | None:
    """The kind and the key of a file by its path; None for a file that stands where nothing belongs."""
    match = _ANY.match(name)
    if match is None or match.lastgroup is None:
        return None
    kind = KINDS[int(match.lastgroup.rpartition("_")[2])]
    first = match.re.groupindex[match.lastgroup]
    return kind, "/".join(match.groups()[first : first + len(kind.names)])


def _named(name: str) -> Kind:
    return next(kind for kind in KINDS if kind.name == name)


def each(records: Records) -> Iterator[tuple[Kind, str, Any]]:
    """Every record with its kind and its file."""
    for kind in KINDS:
        for key, record in kind.of(records).items():
            yield kind, kind.file(key), record
