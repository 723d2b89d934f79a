"""Schemas: what a record must look like, in Chinese terms, checked by Cerberus (which is imported nowhere else)."""

from pipeline.schema.codes import CODES
from pipeline.schema.definition import Field, Schema, SchemaError, load
from pipeline.schema.validate import Checked, check

__all__ = ["CODES", "Checked", "Field", "Schema", "SchemaError", "check", "load"]
