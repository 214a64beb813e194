"""Attached files as the database knows them: which papers have, and their texts, to be searched."""

import zlib
from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Boolean, ColumnElement, Connection, delete, literal_column, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from readinglist.papers.paper import Attachment
from readinglist.papers.plain import attachments_from_plain
from readinglist.store.reading import in_chunks
from readinglist.store.tables import ATTACHMENT_TEXTS, PAPERS

# As the index of these papers has it.
_HAS_SOME: ColumnElement[bool] = literal_column("papers.attachments != '[]'", Boolean)


def write_attachment_text(connection: Connection, digest: str, text: str) -> None:
    """Keep the text of the file with this digest, which is always the same."""
    compressed = zlib.compress(text.encode("utf-8", "replace"), 6)
    connection.execute(sqlite_insert(ATTACHMENT_TEXTS).values(digest=digest, text=compressed).on_conflict_do_nothing())


def read_attachment_texts(connection: Connection, digests: Sequence[str]) -> dict[str, str]:
    """The texts by digest; what has none is left out."""
    found: dict[str, str] = {}
    for chunk in in_chunks(digests):
        query = select(ATTACHMENT_TEXTS.c.digest, ATTACHMENT_TEXTS.c.text).where(ATTACHMENT_TEXTS.c.digest.in_(chunk))
        found |= {digest: zlib.decompress(text).decode("utf-8") for digest, text in connection.execute(query)}
    return found


def read_pdf_texts(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The texts of all files of some papers together, by paper; papers without any are left out."""
    attached = read_attachments_of(connection, ids)
    texts = read_attachment_texts(connection, sorted({digest for digests in attached.values() for digest in digests}))
    joined = {i: "\n\n".join(texts[digest] for digest in digests if digest in texts) for i, digests in attached.items()}
    return {paper_id: text for paper_id, text in joined.items() if text}


def read_attachments_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The digests of the files of some papers, by paper; papers without files are left out."""
    found: dict[int, tuple[str, ...]] = {}
    for chunk in in_chunks(ids):
        query = select(PAPERS.c.id, PAPERS.c.attachments).where(PAPERS.c.id.in_(chunk), _HAS_SOME)
        for paper_id, plain in connection.execute(query):
            found[paper_id] = tuple(each.digest for each in attachments_from_plain(plain))
    return found


def read_attachments(connection: Connection) -> dict[Attachment, tuple[int, ...]]:
    """All attachments of papers, those in the trash included, and the papers of each."""
    papers: dict[Attachment, list[int]] = defaultdict(list)
    query = select(PAPERS.c.id, PAPERS.c.attachments).where(_HAS_SOME).order_by(PAPERS.c.id)
    for paper_id, plain in connection.execute(query):
        for attachment in attachments_from_plain(plain):
            papers[attachment].append(paper_id)
    return {attachment: tuple(ids) for attachment, ids in papers.items()}


def forget_texts(connection: Connection, digests: Collection[str]) -> None:
    """Drop the texts of files that are gone."""
    for chunk in in_chunks(list(digests)):
        connection.execute(delete(ATTACHMENT_TEXTS).where(ATTACHMENT_TEXTS.c.digest.in_(chunk)))
