"""The records of an import before it is made, in words: what each is, where it stands, what becomes of it."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from readinglist.library.answers import Choice
from readinglist.library.ledger import Notice
from readinglist.library.previewing import PreviewRecord, Verdict
from readinglist.papers.paper import Paper
from readinglist.ui import wording
from readinglist.ui.paper_wording import authors_words, latest_sighting
from readinglist.ui.readable_text import readable
from readinglist.ui.small_parts import ColorName
from readinglist.ui.wording import marked

translate = QCoreApplication.translate

NOT_READ = "not read"  # the kind of a file that could not be read
KINDS: tuple[str, ...] = (
    NOT_READ, Verdict.PROBABLE, Verdict.SKIPPED, Verdict.NEW, Verdict.COMPLETES, Verdict.KNOWN, Verdict.FEED,
)  # fmt: skip
_KINDS: Mapping[str, str] = {
    NOT_READ: marked("ImportPreview", "not read"),
    Verdict.NEW: marked("ImportPreview", "new"),
    Verdict.KNOWN: marked("ImportPreview", "known"),
    Verdict.COMPLETES: marked("ImportPreview", "completes"),
    Verdict.PROBABLE: marked("ImportPreview", "perhaps known"),
    Verdict.FEED: marked("ImportPreview", "feed"),
    Verdict.SKIPPED: marked("ImportPreview", "skipped"),
}
KIND_COLORS: Mapping[str, ColorName] = {
    NOT_READ: "error",
    Verdict.NEW: "new",
    Verdict.KNOWN: "quiet",
    Verdict.COMPLETES: "accent",
    Verdict.PROBABLE: "warning",
    Verdict.FEED: "accent",
    Verdict.SKIPPED: "error",
}
_CHOICES = {
    Choice.ADD: marked("ImportPreview", "add"),
    Choice.MERGE: marked("ImportPreview", "merge"),
    Choice.LEAVE_OUT: marked("ImportPreview", "leave out"),
}
_FIELDS = {"arxiv_id": "arXiv id", "doi": "DOI", "url": "web address", "extra": "other fields", "links": "links"}


def kind_words(kind: str) -> str:
    """What a record is to the library: "new"."""
    return translate("ImportPreview", _KINDS[kind])


def choice_words(record: PreviewRecord, choice: Choice | None) -> str:
    """What becomes of a record: "add", "keep both", "merge", "leave out"; "" where there is no choice."""
    if choice is None:
        return ""
    if choice is Choice.ADD and record.verdict is not Verdict.NEW:
        return translate("ImportPreview", "keep both")
    return translate("ImportPreview", _CHOICES[choice])


def title_words(row: PreviewRecord | Notice) -> str:
    """The title of a record's paper, or what stands in its place."""
    if isinstance(row, Notice):
        return row.file
    if row.verdict is Verdict.SKIPPED:
        return row.reason
    return readable(row.paper.title) or translate("ImportPreview", "Untitled")


def detail_words(row: PreviewRecord | Notice, file: str) -> str:
    """The fainter line of a row; `file` is the name of its file where there are several."""
    if isinstance(row, Notice):
        return row.message
    line = translate("ImportPreview", "line {number}").format(number=wording.number(row.line))
    where = f"{file}, {line}" if file else line
    return " · ".join(filter(None, (_said(row), where)))


def spoken(row: PreviewRecord | Notice, choice: Choice | None, file: str) -> str:
    """What a screen reader says of a row."""
    if isinstance(row, Notice):
        return f"{kind_words(NOT_READ)}, {title_words(row)}, {row.message}"
    parts = (kind_words(row.verdict), title_words(row), choice_words(row, choice), detail_words(row, file))
    return ", ".join(filter(None, parts))


def like_words(record: PreviewRecord) -> str:
    """Where the paper stands that a record is, or may be, like."""
    if record.like is None:
        return ""
    if record.like.id < 0:
        return translate("ImportPreview", "before in this import")
    seen = latest_sighting(record.like)
    if seen is not None and seen.day is not None:
        return translate("ImportPreview", "in your library, listed {day}").format(day=wording.day(seen.day))
    return translate("ImportPreview", "in your library")


def gains_words(gains: str) -> str:
    """The fields that a known paper learns: "abstract, DOI"."""
    names = (name.replace(" ", "_") for name in gains.split(", "))
    return ", ".join(_FIELDS.get(name, name.replace("_", " ")) for name in names)


def about_words(paper: Paper) -> str:
    """Who, when and where; or how the abstract begins."""
    known = (authors_words(paper), str(paper.year or ""), paper.venue)
    return " · ".join(filter(None, known)) or " ".join(readable(paper.abstract[:200]).split())


def _said(record: PreviewRecord) -> str:
    match record.verdict:
        case Verdict.KNOWN:
            return like_words(record)
        case Verdict.COMPLETES:
            words = translate("ImportPreview", "brings {fields}").format(fields=gains_words(record.gains))
            return f"{words} · {like_words(record)}"
        case Verdict.PROBABLE if record.like is not None:
            title = readable(record.like.title)
            return translate("ImportPreview", "may be “{title}”").format(title=title) + f" · {like_words(record)}"
        case Verdict.FEED:
            return record.paper.url
        case Verdict.SKIPPED:
            return ""
        case _:
            return about_words(record.paper)
