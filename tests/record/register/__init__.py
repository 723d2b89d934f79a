"""Tests of the register: what lies under `agreements/`, and what becomes of it."""
