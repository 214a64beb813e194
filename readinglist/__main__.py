"""Starts the program: `readinglist`, or `python -m readinglist`."""

import gc
import sys


def main() -> int:
    """Run the program with the arguments it was started with; gives its exit code."""
    # Nothing of what is imported becomes garbage, and to look for it takes a fifth of the start. Where the library is
    # open, the collector goes on.
    gc.disable()
    from readinglist.app import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
