"""Damaged, deceptive and oversized records, and what a check makes of them."""
