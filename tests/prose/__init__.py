"""Contract prose read into facts."""
