"""Tests of reading Word files back."""
