"""Which papers of the database may be the same as others: by identifiers, title keys and how titles begin."""

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence

from sqlalchemy import Connection, TextClause, text

from readinglist.papers.paper import Paper
from readinglist.papers.titles import near_titles, title_key, title_marks
from readinglist.papers.work_ids import arxiv_base

_ARXIV_DOI = "10.48550/arxiv."
_LEAST_BEGIN = 4  # letters: shorter titles say nothing, and very many begin with them

# Read as one value a piece: row by row, sqlite3 would wait for other threads each time.
_OUTLINES = """
SELECT json_group_array(json_array(id, title, doi, arxiv_id, url, entry_type, extra, abstract)) FROM (
  SELECT id, title, doi, arxiv_id, iif(url LIKE '%arxiv.org/%', url, '') AS url, entry_type,
         iif(extra LIKE '%pmid%' OR extra LIKE '%isbn%', extra, '{}') AS extra, substr(abstract, 1, 201) AS abstract
  FROM papers WHERE id > :after AND trashed IS NULL ORDER BY id LIMIT :size)
"""
# The partial indexes of doi and arxiv_id are used only where the query repeats their conditions.
_WITH_DOI = text("""
SELECT p.id FROM json_each(:wanted) AS w CROSS JOIN papers AS p ON p.doi = w.value AND p.doi != ''
""")
_WITH_TITLE = text("SELECT p.id FROM json_each(:wanted) AS w CROSS JOIN papers AS p ON p.title_key = w.value")
_VERSIONS = text("""
SELECT p.id FROM json_each(:wanted) AS w CROSS JOIN papers AS p
ON p.arxiv_id != '' AND p.arxiv_id >= w.value AND p.arxiv_id < w.value || 'w'
""")
_WITHOUT_TITLE = text("SELECT id FROM papers WHERE title_key = ''")
_BEGIN_SO = text("""
SELECT w.value, p.id, p.title FROM json_each(:wanted) AS w CROSS JOIN papers AS p
ON p.title_key >= w.value AND p.title_key < w.value || char(1114111)
""")


def alike(connection: Connection, papers: Sequence[Paper]) -> list[int]:
    """The ids of papers that may be one of these, in ascending order.

    They share a DOI, an arXiv id (version aside) or a title; or their titles are near and begin alike.
    """
    numbers = {arxiv_base(paper) for paper in papers} - {""}
    dois = {paper.doi for paper in papers} | {_ARXIV_DOI + number for number in numbers}
    titles = {title for paper in papers for mark, title in title_marks(paper.title) if mark == "title"}
    numbers |= {paper.arxiv_id for paper in papers}
    ids = {
        *_matching(connection, _WITH_DOI, dois),
        *_matching(connection, _WITH_TITLE, titles),
        *_matching(connection, _VERSIONS, numbers),
    }
    if not all(paper.title.strip() for paper in papers):
        ids.update(connection.execute(_WITHOUT_TITLE).scalars())
    ids.update(_with_near_titles(connection, papers, ids))
    return sorted(ids)


def id_of_alias(connection: Connection, key: str) -> int | None:
    """The paper among whose further keys (`ids`) this one is."""
    rows = connection.execute(text("SELECT id, extra FROM papers WHERE extra LIKE '%\"ids\"%'"))
    wanted = key.strip().casefold()
    for paper_id, extra in rows:
        if wanted in {alias.strip().casefold() for alias in str(json.loads(extra).get("ids", "")).split(",")} - {""}:
            return int(paper_id)
    return None


def outlines(connection: Connection, after: int, size: int = 500) -> list[Paper]:
    """The next papers by id that are not in the trash, with what `duplicates.marks` looks at alone."""
    rows = connection.execute(text(_OUTLINES), {"after": after, "size": size}).scalar_one()
    return [_outline(*row) for row in json.loads(rows)]


def _outline(  # noqa: PLR0913, PLR0917 - one for each column
    paper_id: int, title: str, doi: str, arxiv_id: str, url: str, entry_type: str, extra: str, abstract: str
) -> Paper:
    fields = json.loads(extra) if extra != "{}" else {}
    return Paper(
        id=paper_id, title=title, doi=doi, arxiv_id=arxiv_id, url=url, entry_type=entry_type, extra=fields,
        abstract=abstract,
    )  # fmt: skip


def _matching(connection: Connection, query: TextClause, values: Iterable[str]) -> Iterable[int]:
    wanted = sorted(filter(None, values))
    return connection.execute(query, {"wanted": json.dumps(wanted)}).scalars() if wanted else ()


def _with_near_titles(connection: Connection, papers: Sequence[Paper], found: Container[int]) -> Iterator[int]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for paper in papers:
        key = title_key(paper.title)
        begin = next((letters for mark, letters in title_marks(paper.title) if mark == "begin"), key)
        if len(key) >= _LEAST_BEGIN:
            wanted[begin].add(paper.title)
    for begin, paper_id, title in connection.execute(_BEGIN_SO, {"wanted": json.dumps(sorted(wanted))}):
        if paper_id not in found and any(near_titles(title, its) for its in wanted[begin]):
            yield paper_id
