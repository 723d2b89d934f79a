"""The gate that a forge runs: nothing is missing, every statement holds, and what checks them is told to have changed."""

from __future__ import annotations

from pipeline.approval.chain import Chain, follow
from pipeline.approval.trail.genuine import unmade_looks
from pipeline.approval.trail.program_guard import guard
from pipeline.cli.location import HOME, Here
from pipeline.cli.opened_trail import committed
from pipeline.git.objects import listing, snapshot
from pipeline.git.repository import Repository
from pipeline.kernel.finding import Finding
from pipeline.kernel.recall import NOTHING_KEPT
from pipeline.record.rounds.subject_folders import APPROVALS, GOVERNANCE


def gate(place: Here, base: str, pin: str, *, push: bool) -> tuple[Finding, ...]:
    """What HEAD has wrong, held against a base: in the trail, where there is one, and in what checks it.

    A pull request is excused for what its target gained meanwhile, a push is not.
    """
    repository = Repository.around(place.root)
    if repository is None:
        return ()
    folders = (APPROVALS, GOVERNANCE)
    target, head = (repository.resolve(revision) for revision in (base, "HEAD"))
    before = _rules(place, repository, target, pin)
    if not any(listing(repository, commit, folders) for commit in (target, head)):
        return tuple(guard(repository, target, head, before, before, push=push))
    trail = committed(place, head, pin, (target,), lists=False, pull_request=not push)
    known = listing(repository, target, (APPROVALS,))
    looks = unmade_looks(trail, known, HOME / "templates")
    return (*trail.all_findings, *looks, *guard(repository, target, head, before, trail.chain, push=push))


def _rules(place: Here, repository: Repository, commit: str, pin: str) -> Chain:
    return follow(
        snapshot(repository, commit, (GOVERNANCE,)), place.schemas_for(NOTHING_KEPT)["governance"], pin
    )
