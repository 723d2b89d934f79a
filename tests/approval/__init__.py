"""Tests of the approval trail, in real repositories with real keys."""
