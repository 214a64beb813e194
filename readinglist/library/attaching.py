"""The files that belong to papers: kept in the library's folder under the digest of their bytes, each once."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.formats.record import AttachedFile
from readinglist.library.answers import Progress
from readinglist.papers import edits
from readinglist.papers.change import Change
from readinglist.papers.paper import Attachment, Paper
from readinglist.paths import replacing, write_then_rename
from readinglist.store.paper_store import PaperStore

FOLDER = "files"
_FALLBACK_NAME = "paper.pdf"
_LONGEST_NAME = 200  # characters
_LONGEST_SUFFIX = 20
_READ_ONLY = 0o400  # what other programs write into a file would be another file, under the wrong digest
_PDF_MARK = b"%PDF-"
_MARK_WITHIN = 1024  # bytes from the beginning, as readers of PDF documents have it


def keep(folder: Path, file: AttachedFile) -> Attachment:
    """Keep a file; it is on the disk afterwards, whatever becomes of the import that it belongs to.

    Raises:
        ExpectedError: it cannot be written.
    """
    attachment = Attachment(hashlib.sha256(file.data).hexdigest(), _plain_name(file.name), len(file.data))
    place = _place_for(folder, attachment)
    if not _stands(place, attachment):
        write_then_rename(place, file.data, private=True)
        place.chmod(_READ_ONLY)
    return attachment


def path_of(folder: Path, attachment: Attachment) -> Path:
    """Where a kept file is. Its name comes from its digest alone, never from what a record calls it."""
    suffix = Path(attachment.name).suffix.lower()
    suffix = suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= _LONGEST_SUFFIX else ""
    return folder / FOLDER / attachment.digest[:2] / f"{attachment.digest}{suffix}"


def attach(store: PaperStore, paper: Paper, paths: Sequence[Path], progress: Progress) -> Change:
    """Keep copies of some files, and the change that gives them to a paper; those that it has already are left out.

    The text of PDF documents is kept too, so that it is searched; one that cannot be read is attached all the same.

    Raises:
        ExpectedError: a file cannot be read, or not be kept, or the library is read only; nothing is attached.
        CancelledError: `progress` raised it.
    """
    if store.read_only:
        raise ExpectedError(store.read_only)
    kept = []
    for done, path in enumerate(paths):
        progress(done, len(paths))
        kept.append(_keep_file(store, path))
    progress(len(paths), len(paths))
    return edits.attach(paper, kept)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hex, read piece by piece.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _keep_file(store: PaperStore, path: Path) -> Attachment:
    try:
        attachment = _copied(store.folder, path) if path.is_file() else None
    except OSError as error:
        raise ExpectedError(f"{path} cannot be read: {error.strerror or error}. Nothing was attached.") from error
    if attachment is None:
        what = "is a folder" if path.is_dir() else "is not there"
        raise ExpectedError(f"{path} {what}. Only files can be attached; nothing was.")
    _keep_text(store, attachment)
    return attachment


def _copied(folder: Path, path: Path) -> Attachment:
    """A file copied into the library, piece by piece, since it may be of any size."""
    attachment = Attachment(digest_of(path), _plain_name(path.name), path.stat().st_size)
    place = _place_for(folder, attachment)
    if not _stands(place, attachment):
        with path.open("rb") as source, replacing(place, private=True) as kept:
            shutil.copyfileobj(source, kept)
        place.chmod(_READ_ONLY)
        if digest_of(place) != attachment.digest:
            place.unlink()
            raise ExpectedError(f"{path} was changed while it was being copied. Try again; nothing was attached.")
    return attachment


def _keep_text(store: PaperStore, attachment: Attachment) -> None:
    """Keep the text of a PDF document, whatever its name; anything else has none."""
    from readinglist.formats.pdf_pages import UnreadablePdfError, open_pages

    place = path_of(store.folder, attachment)
    with place.open("rb") as stream:
        if _PDF_MARK not in stream.read(_MARK_WITHIN):
            return
    try:
        text = open_pages(place.read_bytes()).text
    except UnreadablePdfError:
        return
    store.put_attachment_text(attachment.digest, text)


def _place_for(folder: Path, attachment: Attachment) -> Path:
    place = path_of(folder, attachment)
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True, mode=0o700)  # parents do not take the mode
        place.parent.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise ExpectedError(
            f"The folder {place.parent} cannot be made: {error.strerror}. Check the disk and try again."
        ) from error
    return place


def _stands(place: Path, attachment: Attachment) -> bool:
    """Whether a file is kept already, and whole. It counts as new then: no sweep takes it meanwhile."""
    try:
        if place.stat().st_size != attachment.size or digest_of(place) != attachment.digest:
            return False
        os.utime(place)
    except OSError:
        return False
    return True


def _plain_name(name: str) -> str:
    """A file's own name, without folders and what no file can be called."""
    plain = Path(name.replace("\x00", "")).name
    if not plain.strip("."):
        return _FALLBACK_NAME
    suffix = Path(plain).suffix[:_LONGEST_SUFFIX]
    return plain if len(plain) <= _LONGEST_NAME else plain[: _LONGEST_NAME - len(suffix)] + suffix
