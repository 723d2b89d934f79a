"""Tests of the editors' page: attacked over a real socket, driven in a real browser."""
