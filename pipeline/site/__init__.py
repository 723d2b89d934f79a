"""The college sees its cooperation: a static site that opens from a folder, asks nobody for anything, and prints."""
