"""The files that belong to papers: kept in the library's folder under the digest of their bytes, each once."""

import hashlib
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.formats.record import AttachedFile
from readinglist.papers.paper import Attachment
from readinglist.paths import write_then_rename

FOLDER = "files"
_FALLBACK_NAME = "paper.pdf"


def keep(folder: Path, file: AttachedFile) -> Attachment:
    """Keep a file; it is on the disk afterwards, whatever becomes of the import that it belongs to.

    Raises:
        ExpectedError: it cannot be written.
    """
    name = Path(file.name).name or _FALLBACK_NAME
    attachment = Attachment(hashlib.sha256(file.data).hexdigest(), name, len(file.data))
    place = path_of(folder, attachment)
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ExpectedError(
            f"The folder {place.parent} cannot be made: {error.strerror}. Check the disk and try again."
        ) from error
    if not place.exists() or place.stat().st_size != len(file.data):
        write_then_rename(place, file.data)
        place.chmod(0o600)
    return attachment


def path_of(folder: Path, attachment: Attachment) -> Path:
    """Where a kept file is. Its name comes from its digest alone, never from what a record calls it."""
    suffix = Path(attachment.name).suffix.lower()
    suffix = suffix if suffix[1:].isalnum() and suffix.isascii() else ""
    return folder / FOLDER / attachment.digest[:2] / f"{attachment.digest}{suffix}"
