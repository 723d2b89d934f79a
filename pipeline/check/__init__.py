"""Checking: the rules, their run, the catalogue of all codes and the pages about them."""
