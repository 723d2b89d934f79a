"""coop: school-enterprise cooperation kept as text, checked, composed, rendered and approved in git.

The rooms are stacked in floors; imports go down only:

7 cli · 6 output, site, desk · 5 check, approval · 4 compose · 3 standing, memory · 2 record ·
1 git, source, paper, prose, returned · 0 kernel.
"""

__version__ = "0.2.0"
"""The version, here and nowhere else."""
