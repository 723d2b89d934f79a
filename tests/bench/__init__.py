"""Measurements, run by `make bench`: ratios within one run, never seconds to be compared between machines."""
