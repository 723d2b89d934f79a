"""What every test leans on: the catalogue of Click's texts, compiled as the build does; and a browser for those who look."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LOCALE = Path(__file__).parents[1] / "pipeline" / "cli" / "locale" / "zh_CN" / "LC_MESSAGES"

_NOBODY = {
    "SSH_ASKPASS": "/bin/false",
    "SSH_ASKPASS_REQUIRE": "force",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": "true",
}
"""No program that is started asks for a password or opens an editor: there is nobody to answer, on a terminal either."""


def pytest_configure() -> None:
    """Prepare what the tests run in.

    Where tests run in several processes, each is told the width of the terminal; what a command prints into a pipe
    would then be wrapped.
    """
    _compile()
    # On a busy machine an example takes longer, and is as good.
    settings.register_profile("steady", deadline=None, derandomize=True)
    settings.load_profile("steady")
    os.environ.pop("COLUMNS", None)
    os.environ.update(_NOBODY)
    os.environ.pop("SSH_AUTH_SOCK", None)
    os.environ["COOP_CACHE"] = "off"  # every test begins cold; those of the memory lay out one of their own


def _compile() -> None:
    """A source tree was not built: compile the catalogue where it is missing or older than its text."""
    source, made = LOCALE / "messages.po", LOCALE / "messages.mo"
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        fresh = made.with_suffix(f".{id(source)}.tmp")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(made)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all who look at pages in a process: a second one could not be driven beside it."""
    from tests.browser import chromium  # loads playwright, which most tests do without

    with chromium() as opened:
        yield opened
