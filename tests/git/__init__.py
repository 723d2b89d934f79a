"""Tests of the git room, in real repositories."""
