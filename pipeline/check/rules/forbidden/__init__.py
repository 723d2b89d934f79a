"""What the law does not let an agreement say, in the words people use for it."""
