"""What the tests of the trail share: one approved college, copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.approval.authority import Authority
from tests.approval.story import Story, begin, copies, founded


@pytest.fixture(scope="session")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The college before anything is submitted, made once."""
    if shutil.which("git") is None or shutil.which("ssh-keygen") is None:
        pytest.skip("needs git and ssh-keygen")
    return founded(tmp_path_factory.mktemp("founded"))


@pytest.fixture(scope="session")
def approved(origin: Story, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The story's beginning, made once."""
    return begin(origin, tmp_path_factory.mktemp("approved"))


@pytest.fixture
def story(approved: Story, tmp_path: Path) -> Iterator[Story]:
    """A copy to do with as one likes."""
    yield from copies(approved, tmp_path)


@pytest.fixture
def early(origin: Story, tmp_path: Path) -> Iterator[Story]:
    """A copy of the college before anything is submitted: quicker to check, for what no round is needed for."""
    yield from copies(origin, tmp_path)


@pytest.fixture(scope="session")
def printed(approved: Story, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The approved college with its final documents, made once."""
    story = next(copies(approved, tmp_path_factory.mktemp("printed")))
    story.must("build", "--final", "example", "--pin", story.pin, "--to", "docx,md")
    return story


@pytest.fixture
def finished(printed: Story, tmp_path: Path) -> Iterator[Story]:
    """A copy of it."""
    yield from copies(printed, tmp_path)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """A time-stamping authority, made once for the tests of one file."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    pytest.importorskip("rfc3161_client")
    return Authority.made(tmp_path_factory.mktemp("时间戳") / "机构")
