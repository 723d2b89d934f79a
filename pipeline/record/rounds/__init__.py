"""Rounds of a subject and the statements about them, as files say it: words, decisions, the approval matrix."""
