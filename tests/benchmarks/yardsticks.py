"""What others need for the same work on the same machine in the same run: bare Python, Qt, SQLite, SQLite FTS5."""

import sqlite3
import sys
from collections.abc import Iterable
from pathlib import Path

from readinglist.papers.paper import Paper
from tests.benchmarks.measuring import milliseconds, seconds_of_process

_EMPTY_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
window.show()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, application.quit))
application.exec()
"""
_BARE_LIST = """
import sqlite3, sys
from PySide6.QtCore import QAbstractListModel, QTimer, Qt
from PySide6.QtWidgets import QApplication, QListView, QMainWindow
class Titles(QAbstractListModel):
    def __init__(self, path):
        super().__init__()
        self.rows = sqlite3.connect(path).execute("SELECT id, title FROM papers ORDER BY year DESC").fetchall()
    def rowCount(self, parent=None):
        return len(self.rows)
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return self.rows[index.row()][1] if role == Qt.ItemDataRole.DisplayRole else None
application = QApplication([])
window = QMainWindow()
view = QListView(uniformItemSizes=True)
view.setModel(Titles(sys.argv[1]))
window.setCentralWidget(view)
window.resize(1280, 800)
window.show()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, application.quit))
application.exec()
"""
_PLAIN_BIBTEX = r"""
import re, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, key TEXT, title TEXT, authors TEXT, abstract TEXT)")
connection.execute("CREATE VIRTUAL TABLE words USING fts5(title, abstract, content='')")
field = re.compile(r"^  (\w+) = \{(.*)\},?$", re.MULTILINE)
with open(sys.argv[2], encoding="utf-8") as file:
    entries = re.split(r"^@\w+\{", file.read(), flags=re.MULTILINE)[1:]
rows = []
for number, entry in enumerate(entries, 1):
    fields = dict(field.findall(entry))
    rows.append((number, entry.partition(",")[0], fields.get("title"), fields.get("author"), fields.get("abstract")))
connection.executemany("INSERT INTO papers VALUES (?, ?, ?, ?, ?)", rows)
texts = [(row[0], row[2], row[4]) for row in rows]
connection.executemany("INSERT INTO words (rowid, title, abstract) VALUES (?, ?, ?)", texts)
connection.commit()
"""
_PLAIN_IMPORT = """
import pathlib, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("PRAGMA journal_mode=WAL")
connection.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, title TEXT UNIQUE, abstract TEXT)")
connection.execute("CREATE VIRTUAL TABLE words USING fts5 (title, abstract, content=papers, content_rowid=id)")
for path in sys.argv[2:]:
    paragraphs = pathlib.Path(path).read_text(encoding="utf-8").split("\\n\\n")[5:]
    pairs = zip(paragraphs[::2], paragraphs[1::2])
    connection.executemany("INSERT OR IGNORE INTO papers (title, abstract) VALUES (?, ?)", pairs)
connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
connection.commit()
"""
_PLAIN_EXPORT = """
import sqlite3, sys
ENTRY = "@article{p%s,\\n  title = {%s},\\n  author = {%s},\\n  year = {%s},\\n  abstract = {%s}\\n}\\n"
rows = sqlite3.connect(sys.argv[1]).execute("SELECT id, title, authors, year, abstract FROM papers ORDER BY id")
with open(sys.argv[2], "w", encoding="utf-8") as file:
    for row in rows:
        file.write(ENTRY % row)
"""


def bare_python() -> float:
    """Seconds to start Python and end it."""
    return _median(seconds_of_process([sys.executable, "-c", "pass"], repeat=7))


def empty_window() -> float:
    """Seconds to open an empty PySide6 window and end."""
    return _median(seconds_of_process([sys.executable, "-c", _EMPTY_WINDOW], repeat=5))


def bare_list(database: Path) -> float:
    """Seconds to open a window with nothing but a list of all titles over sqlite3, and end."""
    return _median(seconds_of_process([sys.executable, "-c", _BARE_LIST, database], repeat=5))


def plain_import(scratch: Path, files: Iterable[Path]) -> float:
    """Seconds of a process that splits listings at blank lines into sqlite3 with FTS5, and checks nothing."""
    database = scratch / "plain-import.db"
    command: list[str | Path] = [sys.executable, "-c", _PLAIN_IMPORT, database, *files]
    return _median(seconds_of_process(command, repeat=5, before=lambda: database.unlink(missing_ok=True)))


def plain_bibtex_import(scratch: Path, file: Path) -> float:
    """Seconds of a process that scans regularly written BibTeX into sqlite3 with FTS5, and checks nothing."""
    database = scratch / "plain-bibtex.db"
    command: list[str | Path] = [sys.executable, "-c", _PLAIN_BIBTEX, database, file]
    return _median(seconds_of_process(command, repeat=3, before=lambda: database.unlink(missing_ok=True)))


def plain_export(database: Path, target: Path) -> float:
    """Seconds of a process that writes the papers of a `plain_database` as BibTeX, and escapes nothing."""
    return _median(seconds_of_process([sys.executable, "-c", _PLAIN_EXPORT, database, target], repeat=5))


def plain_star(connection: sqlite3.Connection) -> float:
    """Milliseconds to star one paper of a `plain_database`, on disk."""

    def star() -> None:
        connection.execute("UPDATE papers SET starred = 1 - starred WHERE id = 7")
        connection.commit()

    return _median(milliseconds(star, repeat=20))


def plain_database(path: Path, made: Iterable[Paper]) -> sqlite3.Connection:
    """The papers in one table of a plain SQLite file, with FTS5 over title, abstract and authors."""
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA journal_mode=WAL;"
        "CREATE TABLE papers (id INTEGER PRIMARY KEY, title TEXT, abstract TEXT, authors TEXT, year INTEGER,"
        " starred INTEGER DEFAULT 0);"
        "CREATE INDEX papers_year ON papers (year);"
        "CREATE VIRTUAL TABLE words USING fts5 (title, abstract, authors, content=papers, content_rowid=id);"
    )
    rows = ((p.title, p.abstract, " ".join(author.display for author in p.authors), p.year) for p in made)
    connection.executemany("INSERT INTO papers (title, abstract, authors, year) VALUES (?, ?, ?, ?)", rows)
    connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.commit()
    return connection


def fts5_top_50(connection: sqlite3.Connection, expression: str) -> tuple[int, list[int]]:
    """How many papers match, and the ids of the best 50, as our own search gives both."""
    (count,) = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", [expression]).fetchone()
    best = connection.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 50", [expression])
    return count, [row[0] for row in best]


def _median(values: tuple[float, ...]) -> float:
    return sorted(values)[len(values) // 2]
