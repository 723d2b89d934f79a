"""Records: their schemas, their types, and the register of all of them."""
