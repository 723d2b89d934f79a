"""The editors' page: a server on this computer alone, whose forms are made from the schemas."""
