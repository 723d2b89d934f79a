"""Agreements that others wrote, read into drafts: every value with its place, and asked about where it is not sure."""
