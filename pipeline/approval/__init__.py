"""Approvals as bytes: frozen words, statements, governance, and what they prove together."""
