"""The sample college under `agreements/`, checked once, and its documents."""

from __future__ import annotations

from functools import cache

from pipeline.check.run import Report, check
from pipeline.compose.composer import Composer
from pipeline.kernel.document import Document
from tests.college import ROOT, SCHEMAS, TEMPLATES
from tests.compose.samples import lines

REPORT: Report = check(ROOT, SCHEMAS)
AGREEMENTS = REPORT.register.records.agreements
FRAMEWORKS = [project for project, agreement in AGREEMENTS.items() if agreement.framework]
DRAFTS = [project for project, agreement in AGREEMENTS.items() if not agreement.submitted]
ELSEWHERE = [project for project, agreement in AGREEMENTS.items() if agreement.origin is not None]
"""Agreements that were signed on a text of their own: here is only what they say."""
FINISHED = [project for project in AGREEMENTS if project not in (*FRAMEWORKS, *DRAFTS, *ELSEWHERE)]


@cache
def document(project: str) -> Document:
    return Composer(TEMPLATES, SCHEMAS, REPORT.register.records).agreement(project)


def text(project: str) -> str:
    return "\n".join(lines(document(project).body.blocks))
