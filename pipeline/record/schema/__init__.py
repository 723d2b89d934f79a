"""Schemas: what a record must look like, in Chinese terms, checked by Cerberus (which is imported nowhere else)."""

from pipeline.record.schema.definition import Field, Schema, SchemaError
from pipeline.record.schema.folder import Schemas, load
from pipeline.record.schema.validate import Checked, check

__all__ = ["Checked", "Field", "Schema", "SchemaError", "Schemas", "check", "load"]
