"""The trail: what was approved joined with what the commit says now."""
