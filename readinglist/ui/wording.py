"""Words that several parts of the window share, through Qt's translation and the reader's own way to write numbers."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from readinglist.papers.paper import Listing

translate = QCoreApplication.translate


def marked(_context: str, words: str) -> str:
    """The words as they are, marked for the translators: a table in a module is translated when it is shown.

    The same as Qt's QT_TRANSLATE_NOOP, which types its answer as any object (lupdate: -tr-function-alias).
    """
    return words


def number(value: int) -> str:
    """A number with the separators of the reader's language: "1,234"."""
    return QLocale().toString(value)


def papers(count: int) -> str:
    """A number of papers: "1 paper", "1,234 papers"."""
    if count == 1:
        return translate("Wording", "1 paper")
    return translate("Wording", "{count} papers").format(count=number(count))


def day(listed: date) -> str:
    """A day: "14 Mar 2025"."""
    return QLocale().toString(QDate(listed.year, listed.month, listed.day), "d MMM yyyy")


def month(first: date) -> str:
    """A month: "March 2026"."""
    return QLocale().toString(QDate(first.year, first.month, 1), "MMMM yyyy")


def listing(shown: Listing) -> str:
    """A listing by its day, the second one of a day as "14 Mar 2025 (2)"; by its name where it has no day."""
    name = day(shown.day) if shown.day else shown.name
    return f"{name} ({shown.number})" if shown.day and shown.number > 1 else name


def without_mnemonic(words: str) -> str:
    """The words of a menu entry as they are read: "&Open…" is "Open…"."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")
