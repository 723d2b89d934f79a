"""A browser for the tests of the site, and the sample college's site in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.site.site_data import Edition
from pipeline.site.write import write
from tests.browser import chromium
from tests.site import sample


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[Edition, Path]:
    """The sample college's site in both editions, each in its folder, under a name with a blank and Chinese in it."""
    home = tmp_path_factory.mktemp("学校 网站")
    for edition in Edition:
        write(sample.site_data(edition), home / edition.value, sample.built())
    return {edition: home / edition.value for edition in Edition}
