"""Documents into bytes: Word and Markdown. Plain data in, bytes or text out."""
