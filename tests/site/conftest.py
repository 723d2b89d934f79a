"""The sample college's site in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.site.site_data import Edition
from pipeline.site.write import write
from tests.site import sample


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[Edition, Path]:
    """The sample college's site in both editions, each in its folder, under a name with a blank and Chinese in it."""
    home = tmp_path_factory.mktemp("学校 网站")
    for edition in Edition:
        write(sample.site_data(edition), home / edition.value, sample.built())
    return {edition: home / edition.value for edition in Edition}
