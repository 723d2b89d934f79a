"""git, read through hardened plumbing: one commit's files, many blobs at once, the history of paths.

Nothing outside the repository and nothing configured inside it changes an answer; only this room starts git.
"""
