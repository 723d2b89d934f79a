"""What the page may ask for, by name: each takes what the page sends and answers with plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.desk import fresh, lists
from pipeline.desk.brought_together import ClashError
from pipeline.desk.checked import Desk, DeskError
from pipeline.desk.dropped import brought_in, looked_at
from pipeline.desk.dropped_word import word, write_word
from pipeline.desk.form_shape import choices_of, shape
from pipeline.desk.form_values import shown
from pipeline.desk.named import choices, names
from pipeline.desk.page_templates import page
from pipeline.desk.preview import looks, papers
from pipeline.desk.review_page import forget, review_page, send_for_review, take_in
from pipeline.desk.saving import base_of, opened, saved, saved_together, undone
from pipeline.desk.spoken import findings
from pipeline.desk.words import described
from pipeline.record.kinds import AGREEMENT, ENTERPRISE, KINDS
from pipeline.record.places import project_of
from pipeline.record.schema.label_at import label_at
from pipeline.source import load as load_source

Given = Mapping[str, Any]
Answer = Mapping[str, Any]


def _home(desk: Desk, given: Given) -> Answer:
    report = desk.report()
    listed = lists.projects(desk, report)
    html = page(
        "home",
        rows=listed,
        dues=lists.dues(desk, report),
        problems=lists.problems(report),
        drafts=[(file, lists.draft_title(desk, report, file)) for file in desk.drafts.files()],
        kinds=[kind for kind in KINDS if kind.names and "project" not in kind.names],
        single=[kind for kind in KINDS if not kind.names],
        usual=fresh.kinds()[:3],
        today=desk.today(),
        undoable=[lists.full_title(report, file) for file in sorted(desk.done[-1].files)]
        if desk.done
        else [],
        read_only=desk.read_only,
    )
    college = report.register.records.college
    return {"html": html, "title": "", "college": (college.name if college else "") or "学校"}


def _project(desk: Desk, given: Given) -> Answer:
    report = desk.report()
    project = str(given["project"])
    row = next((one for one in lists.projects(desk, report) if one.project == project), None)
    if row is None:
        raise DeskError("没有这个项目")
    records = lists.dossier(desk, report, project)
    missing = [
        kind for kind in KINDS if kind.names == ("project",) and not (desk.root / kind.file(project)).exists()
    ]
    more = [kind for kind in KINDS if "project" in kind.names and len(kind.names) > 1]
    html = page("project", row=row, records=records, missing=missing, more=more, read_only=desk.read_only)
    return {"html": html, "title": row.title}


def _kind(desk: Desk, given: Given) -> Answer:
    kind = next((one for one in KINDS if one.name == given["kind"]), None)
    if kind is None:
        raise DeskError("没有这种记录")
    listed = lists.records_of(desk, desk.report(), kind)
    return {
        "html": page("kind", kind=kind, records=listed, read_only=desk.read_only),
        "title": kind.label,
    }


def _form(desk: Desk, given: Given) -> Answer:
    """A record as a form: from its draft where one was left, else from its file, else empty."""
    name = str(given["file"])
    kind, key = desk.known(name)
    schema = desk.schemas[kind.name]
    there = desk.content(name)
    draft = desk.drafts.of(name)
    source = load_source(name, there) if there is not None else None
    if source is not None and source.data is None:
        first = source.findings[0].message if source.findings else ""
        raise DeskError(f"这份文件有一处写法读不出来（{first}），表单打不开；请懂文件格式的同事先改好")
    form = shown(source.data if source else fresh.preset(schema), schema.root)
    base = there
    if draft is not None:
        base, form = draft
    report, project = desk.report(), project_of(name)
    shapes = shape(schema)
    return {
        "file": name,
        "title": lists.title_of(report, name) if there is not None else f"新的{kind.label}",
        "kind": kind.label,
        "project": project if project in report.register.records.known_projects else "",
        "projectTitle": lists.project_title(report, name),
        "exists": there is not None,
        "base": opened(desk, base),
        "shape": shapes,
        "form": form,
        "choices": choices(report.register.records, kind, key, choices_of(shapes)),
        "findings": findings(report, name, schema),
        "drafted": draft is not None,
        "readOnly": desk.read_only,
    }


def _check(desk: Desk, given: Given) -> Answer:
    """What would be found, and what would change, if the form were saved; the draft is kept."""
    name, form = str(given["file"]), given["form"]
    kind, key = desk.known(name)
    base = base_of(desk, name, str(given["base"]))
    if not desk.read_only and given.get("touched"):
        desk.drafts.keep(name, base, form)
    content, refusals = desk.drawn(name, form, base)
    look = desk.sketched if given.get("quick") else desk.report
    report = look(name, content) if content is not None else desk.report()
    data, wanted = desk.intended(name, form, base)
    schema = desk.schemas[kind.name]
    words = names(report.register.records)
    answer = {
        "findings": findings(report, name, schema) if content is not None else [],
        "changes": list(described(schema, data, wanted, words)),
        "refusals": [{"where": label_at(schema, one.path, words), "reason": one.reason} for one in refusals],
        "choices": choices(report.register.records, kind, key, choices_of(shape(schema))),
    }
    if given.get("paper") and content is not None:
        answer["papers"] = papers(desk, report, kind, key, name)
    return answer


def _save(desk: Desk, given: Given) -> Answer:
    try:
        return saved(
            desk, str(given["file"]), given["form"], str(given["base"]), str(given.get("chosen", ""))
        )
    except ClashError as error:
        return error.told


def _save_together(desk: Desk, given: Given) -> Answer:
    return {"files": saved_together(desk)}


def _undo(desk: Desk, given: Given) -> Answer:
    return {"files": undone(desk)}


def _discard(desk: Desk, given: Given) -> Answer:
    name = str(given["file"])
    desk.known(name)
    desk.drafts.drop(name)
    return {}


def _new(desk: Desk, given: Given) -> Answer:
    """The questions before a new record, or before a new project."""
    records = desk.report().register.records
    wanted = next((one for one in fresh.kinds() if one.name == given.get("kind")), None)
    if wanted is not None:
        return {
            "kind": wanted.name,
            "label": wanted.label,
            "questions": fresh.questions(wanted, records, desk.today()),
        }
    named = choices(records, AGREEMENT, "", ("department", "enterprise"))
    forms = desk.schemas[AGREEMENT.name].fields["forms"].each
    return {
        "kinds": [[kind.name, kind.label] for kind in fresh.kinds()],
        "departments": [one for one in named["department"] if _teaches(records, one[0])],
        "enterprises": named["enterprise"],
        "forms": [[key, word] for key, word in (forms.values if forms else {}).items()],
    }


def _teaches(records: Any, department: str) -> bool:
    found = records.college.departments.get(department) if records.college else None
    return bool(found and found.kind == "teaching")


def _begin(desk: Desk, given: Given) -> Answer:
    """The file of a new record; what is known of it already is kept as its draft."""
    answers = given.get("answers") or {}
    if given.get("kind") == AGREEMENT.name:
        return _begun(desk, *fresh.project(desk, desk.report().register.records, answers))
    wanted = next((one for one in fresh.kinds() if one.name == given.get("kind")), None)
    if wanted is None:
        raise DeskError("没有这种记录")
    if wanted is ENTERPRISE:
        return _begun(desk, *fresh.enterprise(desk, desk.report().register.records, answers))
    return {"file": fresh.begun(desk, wanted, answers)}


def _begun(desk: Desk, name: str, form: Any) -> Answer:
    """Keep a draft to begin with; what somebody began before stays as it was left."""
    if desk.drafts.of(name) is None:
        desk.drafts.keep(name, None, form)
    return {"file": name}


ACTIONS: Mapping[str, Callable[[Desk, Given], Answer]] = {
    "home": _home,
    "project": _project,
    "kind": _kind,
    "form": _form,
    "check": _check,
    "looks": looks,
    "save": _save,
    "save-together": _save_together,
    "undo": _undo,
    "discard": _discard,
    "new": _new,
    "begin": _begin,
    "review": review_page,
    "send": send_for_review,
    "latest": take_in,
    "forget": forget,
    "book": looked_at,
    "book-take": brought_in,
    "word": word,
    "word-save": write_word,
}
"""Everything the page may ask for."""

WRITING = frozenset(
    {
        "save",
        "save-together",
        "undo",
        "discard",
        "begin",
        "send",
        "latest",
        "forget",
        "book-take",
        "word-save",
    }
)
"""What a desk opened for reading refuses."""
