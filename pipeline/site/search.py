"""The search: what it can find, as script files; the browser counts pairs of characters in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from pipeline.kernel.late_pattern import late
from pipeline.record.kinds import COLLEGE
from pipeline.site.page import Page, Script
from pipeline.site.site_data import SiteData
from pipeline.standing.portfolio import implementer

Hit = tuple[str, str, str, str]
"""Address, kind, title, and the other words by which it is found."""

_MOST_WORDS = 220
"""Characters of a subject's own words: enough to find it by, few enough that a thousand stay under 1 MB."""

_MARKS = late(r"[\s*|#>`]+|-{2,}")


_PART = 100
"""Projects in a file of the index."""

_OTHERS = "search-others"
"""The file of all that is no project."""

_FOLDER, _ENDING = "static/", ".js"


def page(site: SiteData) -> Page:
    """The page of results."""
    return Page(name="search.html", template="search", title="搜索", scripts=(*_parts(site), _OTHERS))


def scripts(site: SiteData) -> Iterator[Script]:
    """The scripts that name everything to be found: a page in a folder may not fetch data.

    A project that changes alters one of them.
    """
    for name in (*_parts(site), _OTHERS):
        yield _script(f"{_FOLDER}{name}{_ENDING}", name)


def script(path: str) -> Script | None:
    """The script that lies under a path; None for whatever else lies there."""
    name = path.removeprefix(_FOLDER).removesuffix(_ENDING)
    return _script(path, name) if name.startswith("search-") else None


def _script(path: str, name: str) -> Script:
    if name == _OTHERS:
        return Script(name=path, keys=_all_others, piece=_others, bind=_bound)
    return Script(name=path, keys=partial(_part, name), piece=_project, bind=_bound)


def _part(name: str, site: SiteData) -> tuple[str, ...]:
    return _parts(site).get(name, ())


def _all_others(site: SiteData) -> tuple[str, ...]:
    return ("",)


def _parts(site: SiteData) -> Mapping[str, tuple[str, ...]]:
    """The projects in parts, the newest first: counted from the oldest, so that a new one moves none of the others."""
    oldest = sorted(site.standing)
    starts = reversed(range(0, len(oldest), _PART))
    return {
        f"search-{start // _PART + 1:04}": tuple(reversed(oldest[start : start + _PART])) for start in starts
    }


def _bound(pieces: Iterable[str]) -> bytes:
    """One part of the index as a script, which adds to what others have brought."""
    lines = ",\n".join(pieces)
    return f"self.coopIndex = (self.coopIndex ?? []).concat([\n{lines}\n]);\n".encode()


def _lines(hits: Iterable[Hit]) -> str:
    # The browser folds all subjects in one go, a line for each title and for each one's words.
    told = [(address, kind, " ".join(title.split()), words) for address, kind, title, words in hits]
    return ",\n".join(json.dumps(hit, ensure_ascii=False).replace("<", "\\u003c") for hit in told)


def _project(site: SiteData, project: str) -> str:
    agreement = site.agreements.get(project)
    words = [project if site.internal else "", site.standing[project].label]
    if agreement:
        responsible = agreement.responsible
        words += [site.department(implementer(agreement)), *map(site.party, agreement.party_ids[1:])]
        words += [site.forms.get(form, form) for form in agreement.forms]
        words += [agreement.number or "", *agreement.majors, agreement.industry or ""]
        words += [site.person(responsible.manager), responsible.team or ""] if responsible else []
        words += [agreement.purpose or ""]
    return _lines([(f"projects/{project}.html", "协议", site.project(project), _cut(words))])


def _others(site: SiteData, _key: str) -> str:
    return _lines((*_organisation(site), *_people(site), *_work(site)))


def _organisation(site: SiteData) -> Iterator[Hit]:
    for key, enterprise in sorted(site.records.enterprises.items()):
        words = [*(then.name for then in enterprise.former_names), *enterprise.majors]
        words += [enterprise.profile if site.internal else ""]
        yield f"enterprises/{key}.html", "企业", enterprise.name or key, _cut(words)
    college = site.records.college
    for key in college.teaching if college else ():
        group = college.groups.get(key) if college else None
        people = [site.person(person) for person in (group.members if group else ())]
        yield f"departments/{key}.html", "系部", site.department(key), _cut(people)


def _people(site: SiteData) -> Iterator[Hit]:
    """Everybody of the college by name and post; leaders also by what they lead (院长 finds the president)."""
    college = site.records.college
    if college is None or not site.internal:
        return
    labels = site.schemas[COLLEGE.name].fields["leaders"].children
    leads = {person: labels[key].label for key, person in college.leaders.items() if key in labels}
    for key, one in college.people.items():
        words = [leads.get(key, ""), one.post, site.department(one.department)]
        yield f"organisation.html#p-{key}", "人员", f"{one.name}（{one.post}）", _cut(words)


def _work(site: SiteData) -> Iterator[Hit]:
    if not site.internal:
        return
    for _, meeting in sorted(site.records.meetings.items()):
        words = [*(item.topic for item in meeting.items), *(one.text for one in meeting.decisions.values())]
        yield f"meetings.html#d{meeting.date}", "例会", f"{meeting.date} {meeting.title}", _cut(words)
    for key, plan in site.plans.items():
        title = site.plan_title(plan.plan.year or "", plan.plan.department)
        words = [one.task.name for one in plan.tasks]
        yield f"plans.html#{key.replace('/', '-')}", "计划", title, _cut(words)
    for _, one in sorted(site.records.inspections.items()):
        words = [site.project(one.project), *(defect.text for defect in one.findings.values())]
        yield (
            f"supervision.html#{one.project}-{one.id}",
            "督查",
            f"{one.date} {site.project(one.project)}",
            _cut(words),
        )


def _cut(words: list[str]) -> str:
    return _MARKS.sub(" ", " ".join(word for word in words if word)).strip()[:_MOST_WORDS]
