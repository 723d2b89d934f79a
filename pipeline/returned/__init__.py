"""Word files back into text, part by part; shares nothing with `render`."""
