"""Strict YAML with positions: bytes to typed data, findings instead of exceptions."""

from pipeline.source.encoding import convert_to_utf8
from pipeline.source.files import read
from pipeline.source.loader import Source, load
from pipeline.source.typed import Value

__all__ = ["Source", "Value", "convert_to_utf8", "load", "read"]
