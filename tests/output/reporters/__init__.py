"""Tests of the reporters: each format is read back by a reader that is not ours, or checked field by field."""
