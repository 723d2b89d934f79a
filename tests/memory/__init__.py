"""The memory: warm equals cold."""
