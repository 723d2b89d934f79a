"""The sample college: what a newcomer looks at is complete, varied, invented, and ready to be signed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from pipeline.kernel.chinese import credit_code_fault
from pipeline.kernel.document import Block, Document, Heading, ListItem, Paragraph, Table
from pipeline.kernel.finding import Severity
from pipeline.kernel.structs import replace
from pipeline.paper.named_layout import layout
from pipeline.record.model import Agreement, texts
from tests import office
from tests.college import TEMPLATES
from tests.compose.samples import runs_of
from tests.sample import AGREEMENTS, DRAFTS, FINISHED, FRAMEWORKS, REPORT, document, text

CONTENT = re.compile("[YSDELRMT][0-9]")
"""The codes of what an agreement says and how its file is written, by their families."""

PROMISED = {
    "industry-college",
    "training-base",
    "order-class",
    "apprenticeship",
    "technology-rd",
    "teacher-practice",
    "resource-sharing",
    "framework",
}


def test_the_college_has_four_teaching_departments_and_eight_partners() -> None:
    college = REPORT.register.records.college
    assert college is not None
    kinds = [department.kind for department in college.departments.values()]
    assert kinds.count("teaching") == 4
    assert len(REPORT.register.records.enterprises) >= 8


def test_every_form_that_was_promised_has_a_project() -> None:
    assert {form for agreement in AGREEMENTS.values() for form in agreement.forms} >= PROMISED
    assert len(AGREEMENTS) >= 8
    assert len(FRAMEWORKS) == len(DRAFTS) == 1


def test_the_projects_belong_to_all_departments_and_most_partners() -> None:
    college = REPORT.register.records.college
    assert college is not None
    teaching = {key for key, department in college.departments.items() if department.kind == "teaching"}
    assert {
        agreement.responsible.implementer for agreement in AGREEMENTS.values() if agreement.responsible
    } == (teaching)
    partners = [party for agreement in AGREEMENTS.values() for party in agreement.party_ids[1:]]
    assert len(set(partners)) >= 8


MATTERS = {
    "both wordings": {agreement.wording for agreement in AGREEMENTS.values()} >= {"full", "uniform"},
    "three parties": any(len(agreement.party_ids) > 2 for agreement in AGREEMENTS.values()),
    "interns with safety and insurance": any(
        agreement.interns and agreement.safety and agreement.insurance for agreement in AGREEMENTS.values()
    ),
    "results shared": any(agreement.ip and agreement.ip.benefit for agreement in AGREEMENTS.values()),
    "income divided": any(agreement.revenue for agreement in AGREEMENTS.values()),
    "court and arbitration": {one.dispute.method for one in AGREEMENTS.values() if one.dispute}
    == {"court", "arbitration"},
    "declared none": {key for one in AGREEMENTS.values() for key in one.declined}
    >= {"inputs", "resources", "revenue"},
    "every kind of input": {
        kind for one in AGREEMENTS.values() if one.inputs for kind, _, _ in one.inputs.lines
    }
    == {"equipment", "technology", "facilities", "premises", "capital", "knowledge", "management"},
    "every kind of resource": {
        kind for one in AGREEMENTS.values() if one.resources for kind, _, _ in one.resources.lines
    }
    == {"premises", "equipment", "staff", "other"},
    "contents of most categories": len(
        {content.code for one in AGREEMENTS.values() for content in one.contents}
    )
    >= 6,
}


@pytest.mark.parametrize("matter", MATTERS)
def test_what_forms_have_of_their_own_is_shown_somewhere(matter: str) -> None:
    assert MATTERS[matter]


@pytest.mark.parametrize("project", [*FINISHED, *FRAMEWORKS])
def test_a_finished_agreement_is_clean_and_has_no_gap(project: str) -> None:
    found = REPORT.of_file(f"agreements/projects/{project}/agreement.yaml")
    assert [finding for finding in found if CONTENT.match(finding.code)] == []
    assert "【待补充" not in text(project)


def test_nothing_in_the_whole_college_is_an_error() -> None:
    assert [finding for finding in REPORT.findings if finding.severity is Severity.ERROR] == []


def test_the_draft_shows_its_gaps_on_the_page() -> None:
    (draft,) = DRAFTS
    assert len(set(re.findall("【待补充：[^】]+】", text(draft)))) >= 5


def test_credit_codes_are_valid_in_form_and_unique() -> None:
    records = REPORT.register.records
    assert records.college is not None
    codes = [records.college.credit_code, *(one.credit_code for one in records.enterprises.values())]
    assert [credit_code_fault(code) for code in codes] == [None] * len(codes)
    assert len(set(codes)) == len(codes)


def test_names_show_that_they_are_invented() -> None:
    """Each name holds a word such as 示例 or 虚构, so that nobody is taken for a real one."""
    marks = re.compile("示例|虚构|虚拟|样张|例子|模板|参考|多样|范例|拟题")
    records = REPORT.register.records
    assert records.college is not None
    for name in (records.college.name, *(one.name for one in records.enterprises.values())):
        assert marks.search(name), name
    for one in records.enterprises.values():
        assert one.contact is None or one.contact.email.endswith(
            ("example.com", "example.org", "example.net")
        )
        assert one.contact is None or one.contact.phone.startswith("0000")


def sentences(agreement: Agreement) -> Iterator[str]:
    """The sentences of an agreement of twelve characters and more, without their signs."""
    for _, written in texts(agreement):
        for sentence in re.split("[。；;！？!?\n|]", written):
            bare = re.sub(r"[\s*\-·，、：,:（）()“”]|^[0-9]+[.)]", "", sentence)
            if len(bare) >= 12 and re.search("[一-鿿]", bare):
                yield bare


def test_no_sentence_stands_in_two_agreements() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for project, agreement in AGREEMENTS.items():
        for sentence in sentences(agreement):
            owners[sentence].add(project)
    assert {sentence: who for sentence, who in owners.items() if len(who) > 1} == {}
    assert len(owners) > 600


def own(made: Document) -> Document:
    """The document without the words of the wording: what the project's own people wrote."""
    kept: list[Block] = []
    for block in made.body.blocks:
        if isinstance(block, Paragraph | ListItem | Heading):
            mine = tuple(run for run in block.runs if run.origin.path)
            kept += [replace(block, runs=mine)] if mine else []
        elif isinstance(block, Table):
            kept.append(block)
    return replace(made, body=replace(made.body, blocks=tuple(kept)))


@pytest.mark.office
def test_two_agreements_have_eight_pages_of_their_own() -> None:
    long = sorted(FINISHED, key=lambda project: len(text(project)))[-2:]
    for project in long:
        word = layout(TEMPLATES, "contract").render(own(document(project)))
        assert len(office.pages(office.to_pdf(word))) >= 8, project


def test_two_agreements_are_long_enough_for_eight_pages_of_their_own() -> None:
    sizes = sorted(
        sum(len(run.text) for run in runs_of(document(project).body.blocks) if run.origin.path)
        for project in FINISHED
    )
    assert sizes[-2] >= 6000
