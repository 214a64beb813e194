"""The texts of attached files in the database, so that they can be searched without opening the files."""

import zlib
from collections.abc import Sequence

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from readinglist.store.reading import in_chunks
from readinglist.store.tables import AttachmentTextRow


def write_attachment_text(connection: Connection, digest: str, text: str) -> None:
    """Keep the text of the file with this digest, which is always the same."""
    compressed = zlib.compress(text.encode("utf-8", "replace"), 6)
    connection.execute(sqlite_insert(AttachmentTextRow).values(digest=digest, text=compressed).on_conflict_do_nothing())


def read_attachment_texts(connection: Connection, digests: Sequence[str]) -> dict[str, str]:
    """The texts by digest; what has none is left out."""
    found: dict[str, str] = {}
    for chunk in in_chunks(digests):
        query = select(AttachmentTextRow.digest, AttachmentTextRow.text).where(AttachmentTextRow.digest.in_(chunk))
        found |= {digest: zlib.decompress(text).decode("utf-8") for digest, text in connection.execute(query)}
    return found
