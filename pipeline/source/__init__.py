"""Strict YAML with positions: bytes to typed data, findings instead of exceptions (floor 1)."""

from pipeline.source.codes import CODES
from pipeline.source.encoding import convert_to_utf8
from pipeline.source.files import read
from pipeline.source.loader import Source, load
from pipeline.source.walk import Value

__all__ = ["CODES", "Source", "Value", "convert_to_utf8", "load", "read"]
