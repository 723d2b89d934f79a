"""Schemas: what a record must look like, in Chinese terms, checked by Cerberus (which is imported nowhere else).

Cerberus comes with `validate`, and only where a file is judged that nobody has judged before.
"""

from pipeline.record.schema.definition import Field, Schema, SchemaError
from pipeline.record.schema.folder import Schemas, load

__all__ = ["Field", "Schema", "SchemaError", "Schemas", "load"]
