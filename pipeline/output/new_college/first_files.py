"""The files a new repository begins with: records, rules of approval, and what runs and explains it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from pipeline.approval.trail.governance_drafts import first
from pipeline.output.new_college.answers import Answers
from pipeline.record.kinds import POLICY

FORGES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "none": (),
    "github": (
        ("github.yml", ".github/workflows/agreements.yml"),
        ("pull_request_template.md", ".github/pull_request_template.md"),
    ),
    "gitlab": (
        ("gitlab-ci.yml", ".gitlab-ci.yml"),
        ("pull_request_template.md", ".gitlab/merge_request_templates/Default.md"),
    ),
    "gitea": (
        ("gitea.yml", ".gitea/workflows/agreements.yml"),
        ("pull_request_template.md", ".gitea/pull_request_template.md"),
    ),
    "gitee": (
        ("gitee.yml", ".workflow/agreements.yml"),
        ("pull_request_template.md", ".gitee/PULL_REQUEST_TEMPLATE.md"),
    ),
}
"""Forge → its files under `docs/forges/`, and where each belongs in a repository."""

REQUIREMENTS = "requirements.txt"
"""Where a repository says which version of the program it is kept with."""

_START = Path(__file__).with_name("start")
_PLAIN = re.compile(r"[\u4e00-\u9fff（）A-Za-z][\u4e00-\u9fff（）A-Za-z0-9·]*\Z")
_WORDS_OF_YAML = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def first_files(
    answers: Answers, today: date, home: Path, *, forge: str, pins: tuple[str, ...], identifier: str
) -> dict[str, bytes]:
    """Every file by its path. `home` holds the tool's templates and docs; `pins` are the lines of requirements.

    `identifier` is the UUID by which statements name this repository; it must be random.
    """
    texts = {
        "agreements/college.yaml": "\n".join(_college(answers, today)) + "\n",
        POLICY.file(): _policy(home, today),
        "agreements/governance/0001.yaml": _governance(answers, identifier, today),
    }
    files = {name: text.encode() for name, text in texts.items()}
    return files | common_files(answers.name, home, forge=forge, pins=pins)


def common_files(name: str, home: Path, *, forge: str, pins: tuple[str, ...]) -> dict[str, bytes]:
    """What every repository has beside its records: what runs it, what explains it, and the forge's pipeline."""
    texts = {
        REQUIREMENTS: "# 本库使用的程序版本；升级时由 coop upgrade 改写\n"
        + "".join(f"{pin}\n" for pin in pins)
    }
    for path in sorted(_START.rglob("*")):
        if path.is_file():
            target = path.relative_to(_START).as_posix().replace("dot-", ".")
            texts[target] = path.read_text(encoding="utf-8").replace("{{学校}}", name)
    for source, target in FORGES[forge]:
        texts[target] = (home / "docs" / "forges" / source).read_text(encoding="utf-8")
    return {target: text.encode() for target, text in texts.items()}


def scalar(text: str) -> str:
    """A text as YAML reads it back: plain where nothing can be mistaken, else quoted."""
    if _PLAIN.match(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return json.dumps(text, ensure_ascii=False)


def _college(answers: Answers, today: date) -> Iterator[str]:
    head, clerk = answers.id_of(answers.head), answers.id_of(answers.clerk)
    yield f"# {answers.name}：学校、部门和人员。编号（zhang-san 这样的）定了以后不再改，名称可以改。"
    yield f"name: {scalar(answers.name)}"
    yield f"short_name: {scalar(answers.short_name)}"
    if answers.credit_code:
        yield f"credit_code: {json.dumps(answers.credit_code)}"
    else:
        yield '# credit_code: ""   # 统一社会信用代码，18 位，加引号；出定稿以前要补上'
    yield f"legal_representative: {answers.id_of(answers.president)}"
    yield f"address: {scalar(answers.city)}   # 请补全到街道门牌"
    yield "office:"
    yield f"  name: {scalar(answers.office)}"
    yield f"  head: {head}"
    yield f"  members: [{clerk}]"
    yield "  duties:   # 九项职责各由谁承担（指南草案 6.1），按实际改"
    for number, duty in enumerate(_OFFICE_DUTIES):
        yield f"    {duty}: {head if number % 2 else clerk}"
    yield from _departments(answers, today)
    yield "leaders:"
    yield f"  president: {answers.id_of(answers.president)}"
    yield f"  cooperation: {answers.id_of(answers.vice_president)}"
    yield "people:   # 有新同事就在这里加一行；不写身份证号"
    places = {one: key for key, (_, *both) in answers.department_ids.items() for one in both}
    for key, person in answers.people.items():
        place = f", department: {places[key]}" if key in places else ""
        yield f"  {key}: {{name: {scalar(person.name)}, post: {scalar(person.post)}{place}}}"


_OFFICE_DUTIES = (
    "daily", "rules", "liaison", "meetings", "platform", "research", "services", "outreach", "government",
)  # fmt: skip
_GROUP_DUTIES = ("plan", "negotiate", "scheme", "draft", "process", "staffing", "evaluation")


def _departments(answers: Answers, today: date) -> Iterator[str]:
    departments = answers.department_ids
    yield "departments:"
    for key, (name, head, second) in departments.items():
        secretary = f", secretary: {second}" if second else ""
        yield f"  {key}: {{name: {scalar(name)}, kind: teaching, director: {head}{secretary}}}"
    yield f"  cooperation-office: {{name: {scalar(answers.office)}, kind: function, director: {answers.id_of(answers.head)}}}"
    yield f"  legal: {{name: 法务, kind: function, director: {answers.id_of(answers.legal)}}}"
    yield "groups:   # 各系部的校企合作工作小组，组长是系部书记或主任（指南草案 6.2）"
    for key, (_, head, _) in departments.items():
        yield f"  {key}:"
        yield f"    leader: {head}"
        yield "    leader_post: director"
        yield f"    formed_on: {today}   # 请改成实际成立的日期"
        yield f"    duties: {{{', '.join(f'{duty}: {head}' for duty in _GROUP_DUTIES)}}}"
    yield f"liaisons: {{{', '.join(f'{key}: {head}' for key, (_, head, _) in departments.items())}}}"


def _policy(home: Path, today: date) -> str:
    text = (home / "templates" / "records" / "policy.yaml").read_text(encoding="utf-8")
    return since(text, today)


def since(policy: str, today: date) -> str:
    """The proposal for `policy.yaml` with meetings counted from a day on: nothing is overdue from the start."""
    return re.sub(r"(?m)^(  since: ).*$", rf"\g<1>{today}", policy)


def _governance(answers: Answers, identifier: str, today: date) -> str:
    """Version 1 as a draft: everybody in the role their post suggests, keys to be registered."""
    head = answers.id_of(answers.head)
    roles: dict[str, list[str]] = {key: [] for key in answers.people}
    for name, role in (
        (answers.president, "president"),
        (answers.vice_president, "vice-president"),
        (answers.legal, "legal"),
        (answers.clerk, "registrar"),
        *((one, "department") for _, *both in answers.departments for one in both if one),
    ):
        if role not in roles[answers.id_of(name)]:
            roles[answers.id_of(name)].append(role)
    lines = [
        f"  {key}: {{name: {scalar(person.name)}, roles: [{', '.join(roles[key])}]}}"
        for key, person in answers.people.items()
    ]
    text = first(identifier, {head: scalar(answers.people[head].name)}, today)
    people = (
        "people:                      # 编号与 college.yaml 里的一致；钥匙用 coop governance enrol 登记\n"
    )
    return re.sub(r"(?ms)^people:.*?(?=^matrix:)", lambda _: people + "\n".join(lines) + "\n", text)
