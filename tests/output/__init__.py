"""Tests of building: which documents are made when, and what happens when something stands in the way."""
