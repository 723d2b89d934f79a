"""The command `coop`: the only room that prints, exits, reads the clock and the working directory."""

from pipeline.cli.app import main

__all__ = ["main"]
