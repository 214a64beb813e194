"""Where the benchmarks work: the libraries and files they need, each made once.

They are gone at the end, unless they are kept to be used again."""

import hashlib
import itertools
import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from readinglist.formats import WriteOptions
from readinglist.formats.bibtex import write
from readinglist.library.library import Library
from readinglist.papers import edits
from readinglist.papers.change import Change, ListingAdded, PapersAdded, SourceAdded
from readinglist.papers.citation_key import new_keys
from readinglist.papers.paper import Attachment, Listing, Sighting, Source
from readinglist.paths import resource
from readinglist.store.paper_store import PaperStore
from tests.benchmarks import synthetic, yardsticks
from tests.benchmarks.measuring import CHECKOUT

LISTING_SIZE = 100
FILE_LENGTH = 60_000  # characters: a paper of 15 pages


@dataclass
class Workplace:
    """A scratch folder, and how many papers the large library has."""

    folder: Path
    papers: int
    _libraries: int = 0
    _files: list[Path] = field(default_factory=list)

    def real_listings(self) -> tuple[list[Path], str]:
        """The five real listings where they stand beside the checkout, else the sample; and words for them."""
        real = sorted((CHECKOUT.parent / "shared" / "listings").glob("*.txt"))
        return (real, "the five listings") if real else ([resource("samples", "listing.txt")], "the sample listing")

    def listing_files(self) -> list[Path]:
        """Made listings that hold as many papers as the large library."""
        if not self._files:
            for name, text in synthetic.listings(self.papers, size=500):
                file = self.folder / name
                file.write_text(text, encoding="utf-8")
                self._files.append(file)
        return self._files

    def bibliography(self) -> Path:
        """A BibTeX file with as many papers as the large library, as another program writes it.

        Without our header its fields are read as they are meant, and a letter beyond Latin-1 makes the text as large in
        memory as that of most real files.
        """
        file = self.folder / f"papers-{self.papers}.bib"
        if not file.exists():
            keyed = (replace(paper, citation_key=f"key{n}") for n, paper in enumerate(synthetic.papers(self.papers)))
            half_made = self.folder / "papers.bib"
            with half_made.open("w", encoding="utf-8") as text:
                text.write("% Made up – for benchmarks\n")
                text.writelines(itertools.islice(write(keyed, WriteOptions()), 1, None))
            half_made.rename(file)
        return file

    @property
    def bibtex_bars(self) -> tuple[float, float, float]:
        """What an import and an export of a .bib file stay below, in seconds, and an import's memory in MB."""
        if self.papers <= 469:
            return 0.6, 0.45, 110
        return (3.5, 1.2, 200) if self.papers <= 10_000 else (40, 10, 350)

    def fresh_library(self) -> Path:
        """A place for a library that does not exist yet."""
        self._libraries += 1
        place = self.folder / f"library-{self._libraries}"
        shutil.rmtree(place, ignore_errors=True)  # of a run in the same folder that was broken off
        return place

    @property
    def cold_bar(self) -> float:
        """Milliseconds that 95 of 100 questions stay below in a library of this size, each asked for the first time."""
        return 5 if self.papers <= 469 else 15 if self.papers <= 10_000 else 50

    @property
    def keystroke_bar(self) -> float:
        """Milliseconds that 95 of 100 keys stay below, up to the painted rows, in a library of this size."""
        return 15 if self.papers <= 469 else 20 if self.papers <= 10_000 else 30

    @property
    def command_bar(self) -> float:
        """Seconds that a search command stays below in a library of this size."""
        return 0.3 if self.papers <= 469 else 0.4 if self.papers <= 10_000 else 0.6

    def large_library(self) -> Path:
        """A library with made papers, its index complete."""
        large = self.folder / f"large-{self.papers}"
        if not large.exists():
            half_made = self.fresh_library()
            fill(half_made, self.papers)
            half_made.rename(large)
        return large

    def library_with_files(self) -> Path:
        """The large library, in which every tenth paper has a file of 60,000 characters; its index complete."""
        filed = self.folder / f"files-{self.papers}"
        if not filed.exists():
            half_made = self.fresh_library()
            shutil.copytree(self.large_library(), half_made)
            attach_texts(half_made, self.papers // 10, FILE_LENGTH)
            half_made.rename(filed)
        return filed

    def plain_database(self) -> Path:
        """The same papers in a plain SQLite file with FTS5."""
        plain = self.folder / f"plain-{self.papers}.db"
        if not plain.exists():
            half_made = self.folder / "plain.db"
            half_made.unlink(missing_ok=True)
            yardsticks.plain_database(half_made, synthetic.papers(self.papers)).close()
            half_made.rename(plain)
        return plain

    def remove(self, library: Path) -> None:
        """Remove a library."""
        shutil.rmtree(library, ignore_errors=True)


def fill(folder: Path, count: int) -> None:
    """Make a library of `count` papers, seen in listings of 100 each, and complete its index."""
    store = PaperStore(folder)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    made = list(synthetic.papers(count))
    keys = dict(new_keys([replace(paper, id=number) for number, paper in enumerate(made, 1)], ()))
    for number, first in enumerate(range(0, count, LISTING_SIZE), 1):
        day = date(2025, 1, 1) + timedelta(days=number % 365)
        papers = tuple(
            replace(
                paper,
                id=first + place,
                citation_key=keys[first + place],
                added=now,
                sightings=(Sighting(number, day, place, 4 * place),),
            )
            for place, paper in enumerate(made[first : first + LISTING_SIZE], 1)
        )
        source = Source(number, f"listing-{number:04}.txt", "hf-listing", f"{number:064x}", now)
        listing = Listing(number, number, source.name, day)
        store.record(Change("Fill", (SourceAdded(source), ListingAdded(listing), PapersAdded(papers))), now)
    store.close()
    with Library(folder) as library:
        library.index_pending()


def attach_texts(folder: Path, count: int, length: int) -> None:
    """Give papers files of which there is nothing but the texts, each its own, and complete the index."""
    store = PaperStore(folder)
    ids = sorted(store.ids())
    now = datetime(2026, 1, 2, tzinfo=UTC)
    for number, text in enumerate(synthetic.file_texts(count, length)):
        digest = hashlib.sha256(text.encode()).hexdigest()
        store.put_attachment_text(digest, text)
        (paper,) = store.papers([ids[number * len(ids) // count]])
        store.record(edits.attach(paper, [Attachment(digest, "paper.pdf", length)]), now)
    store.close()
    with Library(folder) as library:
        library.index_pending()
