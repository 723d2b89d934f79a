"""Composing: records and wording become a Document whose text is final."""
