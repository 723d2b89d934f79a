"""Prose against fields: what the words of an agreement say, held against its own fields."""
