"""The files that belong to papers: kept in the library's folder under the digest of their bytes, each once."""

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from readinglist.errors import ExpectedError
from readinglist.library.answers import Progress
from readinglist.papers import edits
from readinglist.papers.change import Change
from readinglist.papers.characters import name_text
from readinglist.papers.paper import Attachment, Paper
from readinglist.paths import refuse_no_folder, replacing, sync_folder, write_then_rename
from readinglist.store.paper_store import PaperStore

if TYPE_CHECKING:
    from readinglist.formats.record import AttachedFile

FOLDER = "files"
_DIGEST = re.compile("[0-9a-f]{64}")
_NO_DIGEST = "no-such-file"  # where a value that is no digest leads, as from a database that was edited by hand
_FALLBACK_NAME = "paper.pdf"
_LONGEST_NAME = 200  # characters
_LONGEST_SUFFIX = 20
_READ_ONLY = 0o400  # what other programs write into a file would be another file, under the wrong digest
_PDF_MARK = b"%PDF-"
_MARK_WITHIN = 1024  # bytes from the beginning, as readers of PDF documents have it
_PIECE = 1 << 20  # bytes that are copied at once


def keep(folder: Path, file: "AttachedFile") -> Attachment:
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
    """Where a kept file is. Its name comes from its digest alone, never from what a record calls it.

    What is no digest, as a database that was edited by hand may hold, leads to where no file is.
    """
    if _DIGEST.fullmatch(attachment.digest) is None:
        return folder / FOLDER / _NO_DIGEST
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
        wait = partial(progress, done, len(paths))
        wait()
        kept.append(_keep_file(store, path, wait))
    progress(len(paths), len(paths))
    return edits.attach(paper, kept)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hex, read piece by piece.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _keep_file(store: PaperStore, path: Path, wait: Callable[[], None]) -> Attachment:
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is not there" if not path.exists() else "is no file"
            raise ExpectedError(f"{path} {what}. Only files can be attached; nothing was.")
        attachment = Attachment(digest_of(path), _plain_name(path.name), path.stat().st_size)
    except OSError as error:
        raise _cannot_read(path, error) from error
    _copy(store.folder, path, attachment, wait)
    _keep_text(store, attachment, wait)
    return attachment


def _copy(folder: Path, path: Path, attachment: Attachment, wait: Callable[[], None]) -> None:
    """Copy a file into the library, piece by piece, since it may be of any size; its digest is that of the copy."""
    place = _place_for(folder, attachment)
    if _stands(place, attachment):
        return
    with replacing(place, private=True) as kept:
        if _copy_pieces(path, kept, attachment.size, wait) != attachment.digest:
            raise ExpectedError(f"{path} was changed while it was being copied. Try again; nothing was attached.")
    place.chmod(_READ_ONLY)


def _copy_pieces(path: Path, kept: BinaryIO, size: int, wait: Callable[[], None]) -> str:
    """Copy a file, and give the digest of what was copied; one that grows all the while is not followed for ever."""
    digest = hashlib.sha256()
    try:
        source = path.open("rb")
    except OSError as error:
        raise _cannot_read(path, error) from error
    with source:
        while size >= 0 and (piece := _read_piece(path, source)):
            digest.update(piece)
            kept.write(piece)
            size -= len(piece)
            wait()
    return digest.hexdigest()


def _read_piece(path: Path, source: BinaryIO) -> bytes:
    try:
        return source.read(_PIECE)
    except OSError as error:
        raise _cannot_read(path, error) from error


def _cannot_read(path: Path, error: OSError) -> ExpectedError:
    return ExpectedError(f"{path} cannot be read: {error.strerror or error}. Nothing was attached.")


def _keep_text(store: PaperStore, attachment: Attachment, wait: Callable[[], None]) -> None:
    """Keep the text of a PDF document, whatever its name; anything else has none."""
    from readinglist.formats.pdf_pages import UnreadablePdfError, read_text

    place = path_of(store.folder, attachment)
    with place.open("rb") as stream:
        if _PDF_MARK not in stream.read(_MARK_WITHIN):
            return
    try:
        text = read_text(place, wait)
    except UnreadablePdfError:
        return
    store.put_attachment_text(attachment.digest, text)


def _place_for(folder: Path, attachment: Attachment) -> Path:
    place = path_of(folder, attachment)
    for each in (folder / FOLDER, place.parent):
        refuse_no_folder(each)
    try:
        (folder / FOLDER).mkdir(parents=True, exist_ok=True, mode=0o700)  # parents do not take the mode
        if not place.parent.exists():
            place.parent.mkdir(exist_ok=True, mode=0o700)
            for above in (folder / FOLDER, folder):
                sync_folder(above)
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
    plain = Path(name_text(name)).name
    if not plain.strip("."):
        return _FALLBACK_NAME
    suffix = Path(plain).suffix[:_LONGEST_SUFFIX]
    return plain if len(plain) <= _LONGEST_NAME else plain[: _LONGEST_NAME - len(suffix)] + suffix
