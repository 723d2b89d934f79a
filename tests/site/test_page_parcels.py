"""Pages that others render are those that this process renders alone, and only those are taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.kernel.sharing import HandOut
from pipeline.kernel.structs import replace
from pipeline.output.executors import workers
from pipeline.site import page_parcels, write
from pipeline.site.page import Page
from pipeline.site.page_parcels import PageParcel, Printed, away, printed_of
from pipeline.site.site_data import Edition, SiteData
from tests.helping import Killed, by_post
from tests.site import sample


def _written(out: Path, edition: Edition, share: HandOut) -> dict[str, bytes]:
    write.write(sample.site_data(edition), out, sample.built(), share=share)
    names = sample.site(edition)
    return {name: (out / name).read_bytes() for name in names}


@pytest.mark.parametrize("edition", Edition)
def test_pages_that_others_render_are_those_rendered_here(
    tmp_path: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []

    def counted(share: HandOut, site: SiteData, pages: Sequence[Page], *more: Any) -> Iterator[Printed]:
        for printed in away(share, site, pages, *more):
            taken.append(pages[printed[0]].name)
            yield printed

    monkeypatch.setattr(write, "away", counted)
    expected = sample.site(edition)
    assert _written(tmp_path / "site", edition, by_post) == expected
    many = {
        name for name in expected if name.startswith(("projects/", "enterprises/")) and name.endswith(".html")
    }
    assert set(taken) == many


def _last_year(parcel: PageParcel) -> list[Printed]:
    """The pages as they were on another day."""
    site = replace(parcel.site, today=date(2025, 1, 1))
    return printed_of(replace(parcel, site=site))


def test_a_page_for_which_something_else_was_read_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_parcels, "printed_of", _last_year)
    assert _written(tmp_path / "site", Edition.INTERNAL, by_post) == sample.site(Edition.INTERNAL)


def test_a_worker_that_is_killed_changes_no_page(tmp_path: Path) -> None:
    with workers("local:2") as executor:
        assert executor is not None
        share = Killed(executor, tmp_path / "dead")
        assert _written(tmp_path / "site", Edition.INTERNAL, share) == sample.site(Edition.INTERNAL)
    assert share.marker.exists()
