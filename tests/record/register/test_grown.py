"""A field stated in a schema is held and printed at once, before anybody writes the classes anew."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from pipeline.check.run import check
from pipeline.compose.composer import Composer
from pipeline.paper import markdown
from pipeline.record.model import Agreement
from pipeline.record.register import load
from pipeline.record.register.grown import grown
from pipeline.record.schema import load as load_schemas
from tests.college import ROOT, SCHEMAS, TEMPLATES, SmallCollege, college
from tests.compose.samples import WORDING

NEW = {
    "agreement": "hours: {type: integer, meta: {label: 总学时}}\nnotices:\n",
    "copies": "    mark: {type: text, meta: {label: 正本标记}}\n    each:\n",
}


@pytest.fixture
def home(tmp_path: Path) -> SmallCollege:
    """A college beside altered schemas and templates: two fields more, at the top and inside."""
    home = college(tmp_path / "college")
    shutil.copytree(ROOT / "schemas", home.path("schemas"))
    shutil.copytree(TEMPLATES, home.path("templates"))
    schema = home.text("schemas/agreement.yaml")
    schema = schema.replace("notices:\n", NEW["agreement"], 1).replace("    each:\n", NEW["copies"], 1)
    home.write(schema, "schemas/agreement.yaml")
    home.write(home.text(WORDING) + "\n共 {{ a.hours }} 学时，{{ a.copies.mark }}。\n", WORDING)
    home.change("copies: {", "hours: 320\ncopies: {mark: 正本盖骑缝章, ")
    return home


def test_what_is_written_is_printed(home: SmallCollege) -> None:
    schemas = load_schemas(home.path("schemas"))
    report = check(home.root, schemas)
    assert report.findings == ()
    document = Composer(home.path("templates"), schemas, report.register.records).agreement("example")
    assert "共 320 学时，正本盖骑缝章。" in markdown.render(document)


def test_it_is_an_agreement_like_any_other_also_in_another_process(home: SmallCollege) -> None:
    schemas = load_schemas(home.path("schemas"))
    record = load(home.root, schemas).records.agreements["example"]
    again = pickle.loads(pickle.dumps(record))
    assert isinstance(again, Agreement)
    assert again.party_ids == record.party_ids
    assert (again.hours, again.copies.mark) == (320, "正本盖骑缝章")  # type: ignore[attr-defined, union-attr]


def test_a_class_that_has_every_field_stays_as_it_is() -> None:
    assert grown(Agreement, SCHEMAS["agreement"].root) is Agreement
