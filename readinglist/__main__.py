"""Starts the program: `readinglist`, or `python -m readinglist`."""

import sys


def main() -> int:
    """Run the program with the arguments it was started with; gives its exit code."""
    from readinglist.app import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
