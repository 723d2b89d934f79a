"""How well terms are read: phrases of real contracts, said anew, and what is found in them."""
