"""Tests of the strict YAML loader."""
