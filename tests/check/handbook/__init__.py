"""Tests of the pages that the program writes of itself."""
