"""The command line: the same verbs as the window, without it. One file per group of verbs, `main` runs them."""

from readinglist.cli.program import main

__all__ = ["main"]
