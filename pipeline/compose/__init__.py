"""Composing: records and wording become a Document whose text is final (floor 4)."""

from pipeline.compose.codes import CODES, WordingError
from pipeline.compose.composer import Composer
from pipeline.compose.lint import lint

__all__ = ["CODES", "Composer", "WordingError", "lint"]
