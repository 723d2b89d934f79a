"""A new record by a few questions: whose it is, of which day; its file follows from the answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.desk.checked import Desk, DeskError
from pipeline.desk.named import COLLEGE, choices
from pipeline.kernel.naming import proposed_id
from pipeline.kernel.structs import replace
from pipeline.record.kinds import AGREEMENT, ENTERPRISE, ID_LABELS, KINDS, Kind, kind_of
from pipeline.record.model import Records
from pipeline.record.schema import Schema
from pipeline.record.schema.value_types import is_id

_ORDER = (
    "meeting",
    "inspection",
    "signing",
    "progress",
    "survey",
    "scheme",
    "appraisal",
    "amendment",
    "attachments",
    "evaluation",
    "exit",
    "enterprise",
    "visit",
    "event",
    "placement",
    "plan",
    "summary",
    "research",
    "government-policy",
    "waivers",
    "plan-approval",
)
"""The kinds as often as they are filed."""


def kinds() -> list[Kind]:
    """The kinds of which a new record can be begun, the usual ones first."""
    known = {kind.name: kind for kind in KINDS if kind.names and kind is not AGREEMENT}
    return [known[name] for name in _ORDER if name in known] + [
        kind for name, kind in known.items() if name not in _ORDER
    ]


def questions(kind: Kind, records: Records, today: date) -> list[dict[str, Any]]:
    """What has to be answered before a record of a kind can be begun, with the answer that is likely today."""
    named = choices(records, kind, "", ("project", "department"))
    asked: list[dict[str, Any]] = []
    for name in kind.names:
        one: dict[str, Any] = {
            "name": name,
            "label": ID_LABELS[name],
            "type": "text",
            "values": [],
            "hint": "",
            "value": _likely(kind, name, today),
        }
        if name in ("project", "department"):
            one |= {
                "type": "choice",
                "values": named[name],
                "label": {"project": "项目", "department": "系部"}[name],
            }
        elif name == "date":
            one |= {"type": "date"}
        elif name == "period":
            one |= {"hint": "如 2026-h1（上半年）、2026-q3（第三季度）、2026-09（九月）"}
        elif name == "year":
            one |= {"hint": "四位年份，如 2027"}
        elif name == "id" and kind is ENTERPRISE:
            one |= {
                "label": "企业全称",
                "hint": "与营业执照一致，如“某某装备制造有限公司”；编号由程序照拼音起",
            }
        elif name == "id":
            one |= {"hint": _id_hint(kind), "label": "编号"}
        asked.append(one)
    return asked


def _likely(kind: Kind, name: str, today: date) -> str:
    half = 1 if today.month <= 6 else 2
    known = {"date": today.isoformat(), "year": str(today.year), "period": f"{today.year}-h{half}"}
    return f"{today:%Y-%m}" if (kind.name, name) == ("inspection", "id") else known.get(name, "")


def _id_hint(kind: Kind) -> str:
    if kind.name == "amendment":
        return "第几份补充协议：01、02……"
    return "小写字母、数字和单个连字符，如 2026-11；定了以后不再改"


def begun(desk: Desk, kind: Kind, answers: Mapping[str, Any]) -> str:
    """The file of a new record; raises DeskError where an answer is lacking or the record is there already."""
    parts = [str(answers.get(name, "")).strip().lower() for name in kind.names]
    if not all(parts):
        raise DeskError("上面的每一项都要填")
    key = "/".join(part.replace("/", "-") for part in parts)
    faults = [message for _, message in kind.faults(key)]
    if faults:
        raise DeskError(f"{'；'.join(faults)}。编号只用小写字母、数字和单个连字符")
    name = kind.file(key)
    if (desk.root / name).exists():
        raise DeskError("这份记录已经有了，请在列表里打开它修改")
    return name


def with_drafts(desk: Desk, records: Records) -> Records:
    """The records with the ids of what is only begun on the desk, which nothing else may be called by."""
    projects, companies = set[str](), set[str]()
    for name in desk.drafts.files():
        kind, key = kind_of(name) or (None, "")
        if kind is ENTERPRISE:
            companies.add(key)
        elif kind is not None and "project" in kind.names:
            projects.add(key.split("/")[0])
    return replace(
        records,
        known_projects=records.known_projects | projects,
        known_enterprises=records.known_enterprises | companies,
    )


def _begun_company(desk: Desk, name: str) -> str:
    """The file of the draft in which a company of this name was begun; empty where there is none."""
    for file in desk.drafts.files():
        draft = desk.drafts.of(file) if ENTERPRISE.key_in(file) is not None else None
        if draft and isinstance(draft[1], dict) and " ".join(str(draft[1].get("name", "")).split()) == name:
            return file
    return ""


def enterprise(desk: Desk, records: Records, answers: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The file of a new company and the form it begins with; somebody who types an id gets that id.

    A company that was begun before is that draft again.
    """
    name = " ".join(str(answers.get("id", "")).split())
    known = next((key for key, one in records.enterprises.items() if one.name == name), "")
    if known:
        raise DeskError(f"{name}已经登记过，请在“合作企业”里打开它修改")
    if is_id(name):
        return begun(desk, ENTERPRISE, {"id": name}), {"stage": "draft"}
    drafted = _begun_company(desk, name) if name else ""
    if drafted:
        return drafted, {}
    proposed_one = proposed_id(name, with_drafts(desk, records).known_enterprises)
    if not proposed_one:
        raise DeskError("请写企业全称")
    return begun(desk, ENTERPRISE, {"id": proposed_one}), {"stage": "draft", "name": name}


def preset(schema: Schema) -> dict[str, Any]:
    """What a new record of a kind holds to begin with."""
    stage = schema.fields.get("stage")
    return {"stage": "draft"} if stage and "draft" in stage.values else {}


def proposed(records: Records, department: str, year: int) -> str:
    """The next free id of a project of a department, in the way its others are called."""
    marks: Counter[str] = Counter()
    for project, agreement in records.agreements.items():
        found = re.fullmatch(r"20[0-9]{2}-([a-z]+)-[0-9]{3}", project)
        if found and agreement.responsible and agreement.responsible.implementer == department:
            marks[found[1]] += 1
    initials = "".join(word[0] for word in department.split("-") if word) or "xm"
    mark = marks.most_common(1)[0][0] if marks else initials
    number = 1
    while f"{year}-{mark}-{number:03}" in records.known_projects:
        number += 1
    return f"{year}-{mark}-{number:03}"


def project(desk: Desk, records: Records, answers: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The file of a new project's agreement and the form it begins with."""
    title, department = str(answers.get("title", "")).strip(), str(answers.get("department", ""))
    companies = [str(one) for one in answers.get("enterprises", []) if one]
    if not title or not department:
        raise DeskError("请写项目名称，并选实施系部")
    name = AGREEMENT.file(proposed(with_drafts(desk, records), department, desk.today().year))
    college = records.college
    signatory = (college.legal_representative if college else "") or ""
    sides = [COLLEGE, *companies]
    return name, {
        "stage": "draft",
        "title": title,
        "forms": [str(one) for one in answers.get("forms", []) if one],
        "parties": {"college": {"signatory": signatory}, "enterprises": companies},
        "responsible": {"lead": _lead(records), "implementer": department},
        "obligations": [{"key": side, "value": {"rights": [""], "duties": [""]}} for side in sides],
        "breach": [{"key": side, "value": [""]} for side in sides],
    }


def _lead(records: Records) -> str:
    """The department that bears the office's name: it leads, by the standard."""
    college = records.college
    office = college.office.name if college and college.office else None
    known = college.departments.items() if college and office else ()
    return next((key for key, one in known if one.name == office), "")
