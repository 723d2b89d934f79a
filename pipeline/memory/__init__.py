"""What was read and found before: kept outside the tree, under digests of the bytes it was made from."""
