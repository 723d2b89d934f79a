"""What can go wrong with a repository, in words for the user, with the exit code it leads to."""

from __future__ import annotations

USAGE, UNTRUSTED, ENVIRONMENT = 2, 3, 4


class GitError(Exception):
    """git cannot give an answer. `message` is Chinese; `status` is the exit code of the command.

    2: no such revision · 3: the repository's state cannot be trusted · 4: git is missing or an object is
    damaged.
    """

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
