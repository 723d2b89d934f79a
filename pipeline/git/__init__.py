"""git, read through hardened plumbing: one commit's files, many blobs at once, the history of paths.

Nothing outside the repository and nothing configured inside it changes an answer; only this room starts git.
"""

from pipeline.git.errors import GitError
from pipeline.git.history import Commit, FileChange, changes, commit, commits, merge_bases
from pipeline.git.objects import Snapshot, TreeFile, blob_id, listing, read, snapshot, whole
from pipeline.git.repository import Repository

__all__ = [
    "Commit",
    "FileChange",
    "GitError",
    "Repository",
    "Snapshot",
    "TreeFile",
    "blob_id",
    "changes",
    "commit",
    "commits",
    "listing",
    "merge_bases",
    "read",
    "snapshot",
    "whole",
]
