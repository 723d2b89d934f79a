"""coop: school-enterprise cooperation kept as text, checked, composed, rendered and approved in git.

The rooms are stacked in floors; imports go down only:

6 cli · 5 build, site, reporters, trail, catalogue, check, gap_report, handbook, skeleton, store,
touched · 4 reports, compose, waivers · 3 rules · 2 register, approvals, agreed, state, agenda, moves,
standard · 1 source, schema, model, render, read · 0 finding, document, grid, calendar,
chinese, visible, git, signature, timestamp.
"""
