"""The public edition of the sample: whatever is not in the records it was given stands nowhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from html import unescape

from pipeline.kernel.chinese import money
from pipeline.kernel.structs import field_names, replace
from pipeline.record.model import Records
from pipeline.site.public import public
from pipeline.site.site_data import Edition
from pipeline.site.write import files
from pipeline.standing.portfolio import LIVE
from pipeline.standing.state import ProjectState
from tests.site.everything import site_data as small
from tests.site.sample import documents, report, site, site_data, trail

FULL = report().register.records


def _values(value: object) -> Iterator[object]:
    """Every text, number and day in a record, ids and keys among them."""
    if names := field_names(type(value)):
        for name in names:
            yield from _values(getattr(value, name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield key
            yield from _values(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _values(item)
    elif value is not None and not isinstance(value, bool):
        yield value


_NUMBER = re.compile("[0-9年月日.%-]+[人天门项次]?")
"""Numbers and days, which stand by the hundred on every page; amounts have a test of their own."""


def _texts(values: Iterator[object]) -> set[str]:
    """The texts, and every sentence and word of them long enough to be told apart."""
    whole = {value.strip() for value in values if type(value) is str}
    return {
        part
        for text in whole
        for part in (text, *re.split(r"[\s，。；：、（）“”*]+", text))
        if len(part) >= 3 and not _NUMBER.fullmatch(part)
    }


def _all() -> str:
    """Every byte of the edition as a reader sees it, the search's words too."""
    made = site(Edition.PUBLIC)
    return unescape("\n".join(made[name].decode() for name in made if name.endswith((".html", ".js"))))


def _known() -> str:
    """What any college's public site says: labels, clauses, the words of the pages themselves."""
    said = dict(files(public(small())))
    return unescape("\n".join(content.decode() for content in said.values()))


def test_no_text_of_the_records_but_the_public_ones_is_there() -> None:
    told, known = _all(), _known()
    shown = "\n".join(_texts(_values(site_data(Edition.PUBLIC).records)))
    fields_ = [one for schema in site_data(Edition.PUBLIC).schemas.values() for _, one in schema.walk()]
    labels = "\n".join(text for one in fields_ for text in (one.label, *one.values, *one.values.values()))
    secret = [text for text in _texts(_values(FULL)) if text not in known + shown + labels]
    assert len(secret) > 1500
    assert [text for text in secret if text in told] == []


def test_no_amount_is_there_however_it_is_written() -> None:
    told = re.sub(r'(?:viewBox|x|y|d|width|height|cx|dx|x1|x2|y1|y2)="[^"]*"', "", _all())
    amounts = {value for value in _values(FULL) if isinstance(value, Decimal) and value >= 1000}
    sums = {one.inputs.sum for one in FULL.agreements.values() if one.inputs}
    assert len(amounts) > 100
    for amount in amounts | sums:
        for text in (f"{amount:.2f}", f"{amount:,.2f}", money(amount), f"{amount / 10000:,.2f}"):
            assert not re.search(rf"(?<![\d.-]){re.escape(text)}(?![\d])", told), text
    assert "万元" not in told and "¥" not in told


def test_no_person_telephone_or_address_is_there() -> None:
    told = _all()
    people = [person.name for person in FULL.college.people.values()] if FULL.college else []
    contacts = [one.contact for one in FULL.enterprises.values() if one.contact]
    private = [*people, *(part for one in contacts for part in (one.name, one.phone, one.email))]
    private += [one.legal_representative for one in FULL.enterprises.values()]
    private += [one.address for one in FULL.enterprises.values()]
    assert len(private) > 60
    assert [text for text in private if text and text in told] == []
    assert not re.search(r"[\w.]+@[\w.]+|\d{4}-\d{7}", told)


def test_nothing_found_and_nothing_decided_is_there() -> None:
    told = _all()
    assert [one.message for one in report().findings if one.message in told] == []
    comments = {vote.statement.comment for one in trail().dossiers.values() for vote in one.votes}
    assert [text for text in comments if text and text in told] == []
    assert "findings.html" not in told and "rules.html" not in told
    assert documents(Edition.PUBLIC) == set()


def test_only_projects_in_force_begun_or_over_are_there() -> None:
    shown = {*LIVE, ProjectState.EXPIRED, ProjectState.ENDED}
    hidden = [
        project for project, state in site_data(Edition.INTERNAL).standing.items() if state not in shown
    ]
    assert sorted(hidden) == ["2026-bl-001", "2026-ie-002"]
    told = _all()
    for project in hidden:
        title = FULL.agreements[project].title
        assert project not in told and (title or "-") not in told
        only = set(FULL.agreements[project].party_ids[1:]) - {
            party for other, one in FULL.agreements.items() if other not in hidden for party in one.party_ids
        }
        assert only and not [party for party in only if FULL.party_name(party) in told]


def test_a_goal_of_money_and_a_day_nobody_may_know_stay_behind() -> None:
    goals = [
        goal.measure
        for one in site_data(Edition.PUBLIC).records.agreements.values()
        for goal in one.goals.values()
    ]
    assert goals and "service-income" not in goals
    terms = {
        day
        for one in site_data(Edition.PUBLIC).records.agreements.values()
        if one.term
        for day in (one.term.start, one.term.end)
    }
    days = (
        {value for value in _values(FULL) if isinstance(value, date)}
        - terms
        - {site_data(Edition.PUBLIC).today}
    )
    assert [day for day in days if f">{day}<" in _all()] == []


def test_a_new_kind_of_record_is_not_shown_by_itself() -> None:
    kept = {one.name for one in fields(Records) if getattr(site_data(Edition.PUBLIC).records, one.name)}
    assert kept == {"college", "agreements", "enterprises", "progress", "schemes", "attachments"}
    assert replace(site_data(Edition.PUBLIC)).findings == ()
