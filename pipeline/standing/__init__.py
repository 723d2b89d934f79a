"""Figures of the college's cooperation: pure functions of the records and a day, each number computed once.

Site, ledgers and summaries print what stands here and calculate nothing themselves.
"""
