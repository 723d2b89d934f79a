"""Building: which documents are due, made whole or not at all."""
