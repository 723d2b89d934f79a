"""Chinese contract prose as typed facts: text goes in, amounts, days, spans, shares and clauses come out, with positions."""
