"""Where the college's records lie."""

from __future__ import annotations

AGREEMENTS = "agreements"
"""The folder that holds the college's records."""
