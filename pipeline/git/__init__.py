"""git, read through hardened plumbing: one commit's files, many blobs at once, the history of paths (floor 0).

Nothing outside the repository and nothing configured inside it changes an answer; only this room starts git.
"""

from pipeline.git.errors import GitError
from pipeline.git.history import Change, Commit, changes, commit, commits, merge_bases
from pipeline.git.objects import File, Snapshot, blob_id, listing, snapshot
from pipeline.git.repository import Repository

__all__ = [
    "Change",
    "Commit",
    "File",
    "GitError",
    "Repository",
    "Snapshot",
    "blob_id",
    "changes",
    "commit",
    "commits",
    "listing",
    "merge_bases",
    "snapshot",
]
