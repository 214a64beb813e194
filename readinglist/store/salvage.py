"""What can be read of a damaged database, brought into a new one; the damaged file is only read."""

import shutil
import sqlite3
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.papers.edits import count_papers
from readinglist.store.database import FILE_NAME, Database
from readinglist.store.pages import Pages, Value
from readinglist.store.salvage_reading import ALWAYS, Found, Reading

Progress = Callable[[int, int], None]

MARK = "recovered-in-part"
"""The tag of papers whose row was lost, and that were put together from the indexes."""
_ORDER = (
    "library", "sources", "listings", "papers", "tags", "paper_tags", "notes", "sightings", "smart_lists", "memories",
    "attachment_texts", "changes", "change_parts",
)  # fmt: skip
_NOT_IN_STEPS = frozenset({"sources", "attachment_texts"})  # texts that no change holds, or needs to be taken back
_PAGE_SIZES = (4096, 1024, 2048, 8192, 16384, 32768, 65536, 512)


@dataclass
class Salvage:
    """What was brought back.

    `lost` says in words what was not, and what was put together again; nothing where all of it was read. `counts` has
    the number of rows by table. `fits_journal` is whether everything is as the changes of the journal left it.
    """

    lost: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    fits_journal: bool = True

    def lose(self, words: str, table: str = "") -> None:
        """Tell of a loss, and of which table alone it is; "" where several may have lost something."""
        self.lost.append(words)
        self.fits_journal = self.fits_journal and table in _NOT_IN_STEPS


def salvage(damaged: Path, target: Path, progress: Progress) -> Salvage:
    """Bring what can be read of a damaged database into a new one.

    Args:
        damaged: the damaged file, with its logs beside it.
        target: where the new file is put; there is none yet.
        progress: is told the steps done and all of them.

    Raises:
        ExpectedError: nothing of it can be read, or the new file cannot be written.
        CancelledError: `progress` raised it.
    """
    steps = 4
    try:
        with tempfile.TemporaryDirectory(prefix=".recovering-", dir=target.parent) as scratch:
            copy = _copy_with_log(damaged, Path(scratch) / "damaged.sqlite")
            progress(1, steps)
            told = Salvage()
            Database(Path(scratch) / "new").close()
            new = Path(scratch) / "new" / FILE_NAME
            found = _read(copy, new, told)
            progress(2, steps)
            _write(new, found, told)
            progress(3, steps)
            new.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise ExpectedError(
            f"What can be read of {damaged} could not be written to {target.parent}: {error}. "
            "Free some space and try again; nothing was changed."
        ) from error
    progress(steps, steps)
    return told


def _copy_with_log(damaged: Path, copy: Path) -> Path:
    """A copy that holds what stands in the log too, as far as SQLite itself can bring that in."""
    for suffix in ("", "-wal", "-journal"):
        source = damaged.with_name(damaged.name + suffix)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + suffix))
    _mend_header(copy)
    with (
        suppress(sqlite3.Error, UnicodeDecodeError),
        closing(sqlite3.connect(copy, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()  # brings a rollback journal in
    return copy


def _mend_header(copy: Path) -> None:
    """Write what SQLite needs to open the file over a beginning that cannot be read."""
    with copy.open("rb+") as stream:
        header = bytearray(stream.read(100).ljust(100, b"\0"))
        if header.startswith(b"SQLite format 3\0") and _page_size(header):
            return
        log = copy.with_name(copy.name + "-wal")
        size = int.from_bytes(log.read_bytes()[8:12], "big") if log.exists() else 0
        size = size if size in _PAGE_SIZES else _PAGE_SIZES[0]
        header[:24] = b"SQLite format 3\0" + (size % 65536 or 1).to_bytes(2, "big") + bytes((2, 2, 0, 64, 32, 32))
        header[44:48], header[56:60] = (4).to_bytes(4, "big"), (1).to_bytes(4, "big")
        stream.seek(0)
        stream.write(header)


def _page_size(header: bytes | bytearray) -> int:
    size = int.from_bytes(header[16:18], "big")
    size = 65536 if size == 1 else size
    return size if size in _PAGE_SIZES else 0


def _read(copy: Path, new: Path, told: Salvage) -> Found:
    """All rows of our tables in a file.

    Raises:
        ExpectedError: there are none.
    """
    if not copy.stat().st_size:
        raise ExpectedError("The damaged file is empty. Bring a backup back instead.")
    with copy.open("rb") as stream, closing(mmap(stream.fileno(), 0, access=ACCESS_READ)) as data:
        reading = Reading(Pages(data, _page_size(data[:100]) or 4096), new)
        reading.read()
    if not any(reading.found[name] for name in ("papers", "notes", "sources")):
        raise ExpectedError("Nothing of the damaged file can be read. Bring a backup back instead.")
    _tell_of_pages(reading, told)
    _rebuild_papers(reading, told)
    return reading.found


def _tell_of_pages(reading: Reading, told: Salvage) -> None:
    if reading.schema_lost:
        told.lose("the list of tables cannot be read whole, so rows were assigned by what they look like")
        empty = [name for name in _ORDER if name in ALWAYS and not reading.found[name]]
        if empty:
            told.lose(f"nothing was found of {', '.join(empty)}; there may have been none")
    for name, number in reading.bad.items():
        if number:
            told.lose(f"{number:,} {'page' if number == 1 else 'pages'} of {name} cannot be read", name)
    for name, number in reading.mended.items():
        if number:
            rows = "row" if number == 1 else "rows"
            told.lose(f"values that make no sense were left out in {number:,} {rows} of {name}", name)


# What indexes of papers hold of a paper, in their order; the row id comes last.
_OF_INDEXES = {
    "ix_papers_title": ("title", "id"),
    "ix_papers_doi": ("doi",),
    "ix_papers_arxiv_id": ("arxiv_id",),
    "uq_papers_citation_key": ("citation_key",),
    "ix_papers_title_key": ("title_key",),
    "ix_papers_state": ("state", "trashed"),
    "ix_papers_rating": ("rating", "trashed"),
    "ix_papers_added": ("added", "trashed"),
    "ix_papers_year": ("year", "id"),
    "ix_papers_seen": ("seen",),
}


def _rebuild_papers(reading: Reading, told: Salvage) -> None:
    """Put papers together whose row is lost, from what the indexes say, and from notes and tags that name them."""
    papers, pieces = reading.found["papers"], _pieces(reading)
    if not pieces:
        return
    shape = reading.shapes["papers"]
    for number, known in pieces.items():
        papers[number,] = shape.filled({**known, "id": number, "title": known.get("title") or f"Lost paper {number}"})
    _mark(reading.found, list(pieces))
    told.lose(
        f"of {count_papers(len(pieces))} the abstract and the authors; what the indexes knew was put together again, "
        f"with the tag {MARK}"
    )


def _pieces(reading: Reading) -> dict[int, dict[str, Value]]:
    """What is known of papers whose row is lost, by their ids."""
    papers, pieces = reading.found["papers"], defaultdict[int, dict[str, Value]](dict)
    for name, columns in _OF_INDEXES.items():
        for *row, number in reading.indexes.get(name, ()):
            if len(row) == len(columns) and isinstance(number, int) and number > 0 and (number,) not in papers:
                pieces[number].update(zip(columns, row, strict=True))
    for starred in reading.indexes.get("ix_papers_starred", ()):
        if isinstance(starred[-1], int) and starred[-1] in pieces:
            pieces[starred[-1]]["starred"] = 1
    for values in (*reading.found["notes"].values(), *reading.found["paper_tags"].values()):
        number = values["paper_id"]
        if isinstance(number, int) and (number,) not in papers:
            pieces[number].setdefault("id", number)
    return pieces


def _mark(found: Found, numbers: Sequence[int]) -> None:
    tag_id = max((int(key[0]) for key in found["tags"] if isinstance(key[0], int)), default=0) + 1
    found["tags"][tag_id,] = {"id": tag_id, "name": MARK, "color": ""}
    for number in numbers:
        found["paper_tags"][number, tag_id] = {"paper_id": number, "tag_id": tag_id}


def _write(new: Path, found: Found, told: Salvage) -> None:
    """Write all that was found into a new library, and mend what belongs to nothing there."""
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN")
        if found["library"].get(("library_id",)):
            connection.execute("DELETE FROM library")
        if found["smart_lists"]:
            connection.execute("DELETE FROM smart_lists")
        for name in _ORDER:
            refused = sum(not _insert(connection, name, row) for row in found[name].values())
            if refused:
                several = f"{refused:,} rows of {name} contradict others and were left out"
                told.lose(f"1 row of {name} contradicts others and was left out" if refused == 1 else several, name)
        _adopt_orphans(connection, told)
        if not told.fits_journal:
            _leave_journal_out(connection, told)
        _keep_given_ids(connection, found)
        connection.execute("INSERT OR IGNORE INTO to_index (paper_id) SELECT id FROM papers")
        connection.execute("COMMIT")
        _refuse_unless_whole(connection)
        told.counts = {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 - our own tables
            for name in _ORDER
        }
        connection.execute("PRAGMA journal_mode = DELETE")


def _insert(connection: sqlite3.Connection, name: str, row: Mapping[str, Value]) -> bool:
    """Write a row; a citation key or a tag that another one has already gives way. Whether it could be."""
    for values in (row, *_giving_way(name, row)):
        places = ", ".join("?" * len(values))
        with suppress(sqlite3.IntegrityError):
            connection.execute(
                f"INSERT INTO {name} ({', '.join(values)}) VALUES ({places})",  # noqa: S608 - our own tables
                list(values.values()),
            )
            return True
    return False


def _giving_way(name: str, row: Mapping[str, Value]) -> Iterable[Mapping[str, Value]]:
    if name == "papers":
        return ({**row, "citation_key": ""},)
    if name == "tags":
        return ({**row, "name": f"{row['name']!s} ({row['id']!s})"},)
    return ()


_ORPHANS = (
    ("tags", "tag lost its name", "tags lost their names",
     ("INSERT INTO tags (id, name) SELECT DISTINCT tag_id, 'recovered tag ' || tag_id "
     "FROM paper_tags WHERE tag_id NOT IN (SELECT id FROM tags)")),
    ("sources", "source lost its text", "sources lost their texts",
     ("INSERT INTO sources (id, name, format, digest, imported, raw) SELECT DISTINCT "
     "source_id, 'Lost source', 'listing', '', 0, zeroblob(0) FROM listings "
     "WHERE source_id NOT IN (SELECT id FROM sources)")),
    ("sightings", "sighting belongs to a listing or paper that is lost",
     "sightings belong to listings or papers that are lost",
     ("DELETE FROM sightings WHERE listing_id NOT IN "
     "(SELECT id FROM listings) OR paper_id NOT IN (SELECT id FROM papers)")),
    ("paper_tags", "tag of a paper that is lost", "tags of papers that are lost",
     "DELETE FROM paper_tags WHERE paper_id NOT IN (SELECT id FROM papers)"),
    ("change_parts", "part of a change that is lost", "parts of changes that are lost",
     "DELETE FROM change_parts WHERE change_id NOT IN (SELECT id FROM changes)"),
)  # fmt: skip
"""The table that lost something, one and several of those in words, and what mends it."""


def _adopt_orphans(connection: sqlite3.Connection, told: Salvage) -> None:
    """Rows that belong to rows that are lost: tags get a name, listings a source; the others go."""
    for table, one, several, statement in _ORPHANS:
        number = connection.execute(statement).rowcount
        if number:
            told.lose(f"{number:,} {one if number == 1 else several}", table)
    connection.execute("UPDATE sources SET raw = ? WHERE raw = zeroblob(0)", (zlib.compress(b""),))
    connection.execute(
        "UPDATE papers SET listed_id = NULL, listed_position = NULL "
        "WHERE listed_id IS NOT NULL AND listed_id NOT IN (SELECT id FROM listings)"
    )


def _leave_journal_out(connection: sqlite3.Connection, told: Salvage) -> None:
    """Undo would take back changes of rows that are not as the changes left them."""
    (number,) = connection.execute("SELECT count(*) FROM changes").fetchone()
    if number:
        connection.execute("DELETE FROM change_parts")
        connection.execute("DELETE FROM changes")
        changes = "1 change" if number == 1 else f"{number:,} changes"
        told.lost.append(f"the journal of {changes} was left out, as it no longer fits what was read")


def _keep_given_ids(connection: sqlite3.Connection, found: Found) -> None:
    """Let no new row have the id of one that was lost."""
    for (name,), row in found["sqlite_sequence"].items():
        if isinstance(row["seq"], int) and 0 <= row["seq"] < 1 << 48:
            updated = connection.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (row["seq"], name)
            )
            if not updated.rowcount:
                connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, row["seq"]))


def _refuse_unless_whole(connection: sqlite3.Connection) -> None:
    wrong = connection.execute("PRAGMA foreign_key_check").fetchall()
    wrong += [line for line in connection.execute("PRAGMA integrity_check(5)") if line != ("ok",)]
    if wrong:
        raise ExpectedError(
            f"What was recovered does not fit together ({wrong[0]}). Bring a backup back instead; nothing was changed."
        )
