"""Tests of composing: wording and values into documents."""
