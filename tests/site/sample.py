"""The sample college's site as `make` writes it: checked, its documents built, its trail read, in both editions."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from pipeline.approval.trail.inspect import Trail, inspect, unpacked
from pipeline.check.run import Report, check
from pipeline.site.site_data import Edition, SiteData
from pipeline.site.write import files, see
from tests.college import ROOT, SCHEMAS, TEMPLATES
from tests.site.reading import Read

DAY = date(2026, 11, 28)
"""The day on which the sample is looked at."""


@cache
def report() -> Report:
    """The sample as it is found on the day."""
    return check(ROOT, SCHEMAS, DAY)


@cache
def built() -> Path:
    """A build folder with every document of the sample as a page, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="site-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    asked = ("build", "--to", "html,md", "-o", str(folder), "--today", DAY.isoformat())
    subprocess.run([sys.executable, "-m", "pipeline", *asked], cwd=ROOT, check=True, capture_output=True)
    return folder


@cache
def trail() -> Trail:
    """The sample's approvals as the files lie there."""
    return inspect(unpacked(ROOT), None, SCHEMAS, TEMPLATES)


@cache
def site_data(edition: Edition) -> SiteData:
    """The sample as an edition may see it."""
    return see(report(), SCHEMAS, DAY, built(), edition, trail())


@cache
def site(edition: Edition) -> dict[str, bytes]:
    """Every file of an edition but the documents, by name."""
    return dict(files(site_data(edition)))


@cache
def pages(edition: Edition) -> dict[str, Read]:
    """Every page of an edition, read back."""
    return {name: Read(content) for name, content in site(edition).items() if name.endswith(".html")}


def documents(edition: Edition) -> set[str]:
    """The names of the documents that lie in an edition."""
    listed = site_data(edition).files
    return {
        f"documents/{folder}/{file.name}"
        for folder, papers in listed.items()
        for paper in papers
        for file in paper.files
    }
