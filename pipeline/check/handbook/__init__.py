"""Pages made of what the program knows of itself: codes, clauses, examples; written to `docs/` and shown."""

from collections.abc import Callable, Mapping

from pipeline.check.handbook import conformity, record_pages, rule_pages
from pipeline.record.schema import Schema

PAGES: Mapping[str, Callable[[Mapping[str, Schema]], str]] = {
    "conformity.md": conformity.page,
    "records.md": record_pages.page,
    "rules.md": rule_pages.page,
}
"""File name under `docs/` → what makes its text of the schemas: one module and one line here for each."""

__all__ = ["PAGES"]
