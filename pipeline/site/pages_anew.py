"""Pages that are left as they lie there, held against the same pages made anew."""

from __future__ import annotations

from pathlib import Path

from pipeline.kernel.recall import Recall
from pipeline.site import projects
from pipeline.site.all_pages import pages
from pipeline.site.engine import Engine
from pipeline.site.kept_pages import KeptPages
from pipeline.site.page import given_to
from pipeline.site.page_reads import SiteReads
from pipeline.site.site_data import SiteData


def untrue_pages(site: SiteData, out: Path, recall: Recall) -> tuple[int, tuple[str, ...]]:
    """How many pages `recall` would leave as they lie in a folder, and what of them and the search would come out otherwise."""
    reads = SiteReads(site, by_file=True)
    engine, kept = Engine(reads), KeptPages(out, reads, recall)
    made = {page.name: page for page in pages(site, projects.rows(site))}
    names = kept.held(made, {name: given_to(page) for name, page in made.items()})
    held = [page for name, page in made.items() if name in names]
    wrong = (page.name for page in held if engine.render(page)[0] != (out / page.name).read_bytes())
    return sum(page.name.endswith(".html") for page in held), tuple(wrong)
