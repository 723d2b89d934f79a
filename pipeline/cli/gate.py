"""The gate that a forge runs: nothing known of the trail is missing, and every statement is what it says."""

from __future__ import annotations

from pipeline.cli.location import Here
from pipeline.cli.trailing import committed
from pipeline.git import Repository, listing
from pipeline.kernel.finding import Finding
from pipeline.record.rounds.subject_folders import APPROVALS, GOVERNANCE


def gate(place: Here, base: str, pin: str, *, push: bool) -> tuple[Finding, ...]:
    """What the trail at HEAD has wrong, held against a base; a repository without any trail has nothing.

    A pull request is excused for what its target gained meanwhile, a push is not.
    """
    repository = Repository.around(place.root)
    if repository is None:
        return ()
    folders = (APPROVALS, GOVERNANCE)
    commits = [repository.resolve(revision) for revision in (base, "HEAD")]
    if not any(listing(repository, commit, folders) for commit in commits):
        return ()
    return committed(place, commits[1], pin, commits[0], lists=False, pull_request=not push).all_findings
