"""Libraries as earlier versions of the program wrote them: 32 papers of two listings, edited, one change undone."""

import gzip
from pathlib import Path

OLD_LIBRARIES = tuple(sorted((Path(__file__).parents[1] / "samples" / "libraries").glob("version-*.sqlite.gz")))
PAPERS_FOUND = 31  # one more is in the trash
PAPERS_WITH_NOTES = 2


def unpack(old: Path, folder: Path) -> None:
    """Put an old library into a folder of its own."""
    folder.mkdir(mode=0o700, parents=True)
    library = folder / "library.sqlite"
    library.write_bytes(gzip.decompress(old.read_bytes()))
    library.chmod(0o600)
