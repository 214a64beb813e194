"""What opening a library costs."""

import subprocess
import sys
from pathlib import Path

from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.paths import resource

ROOT = Path(__file__).resolve().parents[2]
OPEN = """
import sys
from pathlib import Path
from readinglist.library.library import Library
with Library(Path(sys.argv[1])) as library:
    library.counts()
    library.papers(library.find("").ids)
    library.find("attention") if sys.argv[2] else None
heavy = ("readinglist.formats", "alembic") + (() if sys.argv[2] else ("numpy", "whoosh"))
print(*(name for name in sys.modules if name.startswith(heavy)))
"""


def loaded(folder: Path, query: str) -> list[str]:
    """What is loaded that shows papers and counts, and finds something where `query` is not empty, can do without."""
    command = [sys.executable, "-c", OPEN, str(folder), query]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()


def test_nothing_that_reads_or_writes_files_is_loaded_to_show_papers_and_to_find_them(library_folder: Path) -> None:
    with Library(library_folder) as library:
        library.import_texts([InputText("listing.txt", resource("samples", "listing.txt").read_bytes())])
        library.index_pending()
    assert loaded(library_folder, "") == []
    assert loaded(library_folder, "attention") == []
