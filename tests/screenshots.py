"""`python -m tests.screenshots [FOLDER]`: makes the pictures of the README again, from the sample listing.

Without a folder they are written to resources/pictures, where the README shows them.
"""

import sys
import tempfile
from pathlib import Path

from readinglist.app import draw_window
from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.papers.paper import ReadingState
from readinglist.paths import resource

THEMES = ("light", "dark")
SIZE = (1440, 900)
WORD = "model"
QUERY = f"status:inbox {WORD}"


def main() -> int:
    """Make the pictures; gives the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else resource("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="readinglist-pictures-", ignore_cleanup_errors=True) as scratch:
        library = Path(scratch) / "library"
        chosen = fill(library)
        for theme in THEMES:
            picture = folder / f"main-{theme}.png"
            draw_window(library, picture, theme, SIZE, query=QUERY, chosen=chosen)
            print(picture)
    return 0


def fill(folder: Path) -> int:
    """A library with the sample listing in it, and with the marks of someone who reads; gives the row to open."""
    with Library(folder) as library:
        library.import_texts([InputText("listing.txt", resource("samples", "listing.txt").read_bytes())])
        library.index_pending()
        found = library.find(WORD, typing=True).ids
        every = library.find().ids
        rest = [paper_id for paper_id in every if paper_id not in set(found[:8])]
        library.star([found[3], found[5], *rest[::4]])
        library.tag(found[1:6:2], ["architecture"])
        library.tag([*found[2:5], *rest[:2]], ["nlp/tokenization"])
        library.tag([found[0], rest[3]], ["nlp/multilingual"])
        library.tag([found[3], rest[1]], ["for the thesis"])
        library.add_note(found[3], "The third section is the part to reuse; compare its table with ours.")
        for state, papers in (
            (ReadingState.TO_READ, rest[0:4]),
            (ReadingState.READING, rest[4:5]),
            (ReadingState.READ, rest[5:8]),
            (ReadingState.SKIPPED, rest[8:9]),
        ):
            library.set_state(papers, state)
        for paper_id in found[1::2]:
            library.look_at(paper_id)
        library.index_pending()
        return list(library.find(QUERY, typing=True).ids).index(found[3])


if __name__ == "__main__":
    sys.exit(main())
