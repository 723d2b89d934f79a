"""Tests of schemas: their files, their types, and what a record's shape gets told."""
