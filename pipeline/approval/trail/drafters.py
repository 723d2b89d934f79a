"""Who drafted a subject: whom its record names, and whose commits changed it."""

from __future__ import annotations

from pathlib import Path

from pipeline.git.errors import GitError
from pipeline.git.history import commits
from pipeline.git.repository import Repository
from pipeline.record.model import Records


def named_drafters(record: object) -> set[str]:
    """The project's manager, who drafted the plan, the authors of the scheme: ids as the record writes them."""
    responsible = getattr(record, "responsible", None)
    found = {
        getattr(responsible, "manager", None),
        getattr(record, "drafted_by", ""),
        *getattr(record, "authors", ()),
    }
    return {one for one in found if one}


def committers(root: Path, file: str, records: Records) -> set[str]:
    """The ids of people by whose name the record's file was committed.

    A name in a commit is a claim: it can only add somebody who may not approve, never take one away.
    """
    repository = Repository.around(root)
    if repository is None or not repository.has_commits():
        return set()
    try:
        authors = {made.author for made in commits(repository, repository.resolve("HEAD"), [file])}
    # A shallow clone, say: then the record and the submitter alone tell who drafted.
    except GitError:
        return set()
    names = {author.partition(" <")[0].strip() for author in authors}
    mails = {author.partition(" <")[2].rstrip(">").partition("@")[0] for author in authors}
    people = {key: one.name for key, one in records.college.people.items()} if records.college else {}
    if records.governance is not None:
        people |= {key: one.name for key, one in records.governance.people.items()}
    return {key for key, name in people.items() if name in names or key in mails}
