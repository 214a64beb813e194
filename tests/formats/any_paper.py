"""Papers of every kind for property tests: what hypothesis makes of all fields, texts of every script among them."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from readinglist.formats.latex_text import clean_line, clean_lines
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState

_CHARACTERS = st.sampled_from("\\{}$&%#_~^<>\"'`,;:-=@()/|*[]! \n\tand AB1é中ש") | st.characters(
    exclude_categories=("Cs", "Cn")
)
lines = st.text(_CHARACTERS, max_size=30).map(clean_line)
texts = st.text(_CHARACTERS, max_size=60).map(clean_lines)
words = st.text(_CHARACTERS, min_size=1, max_size=12).map(clean_line).filter(bool)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
authors = st.builds(
    Author, family=words, given=lines, particle=st.sampled_from(["", "van", "von der", "De la"]),
    suffix=st.sampled_from(["", "Jr.", "III"]),
) | words.map(lambda name: Author(literal=name))  # fmt: skip
_FIELDS = {
    "volume": words, "number": words, "pages": st.sampled_from(["1--4", "e12", "3, 7--9"]), "publisher": words,
    "address": words, "series": words, "editor": st.sampled_from(["Knuth, Donald E. and {IBM}", "van Rijn, R."]),
    "date": st.sampled_from(["2019-05", "2019-05-03", "2019-02-31", "2019/2020", "2019-21", "-0044~", "soon"]),
    "month": st.sampled_from(["may", "{May--June}", "5"]), "note": words, "eid": words, "school": words,
    "urldate": st.sampled_from(["2020-01-02", "yesterday"]), "file": st.just("/a/b c.pdf"), "x-zotero-thing": words,
    "x-csl-type": st.sampled_from(["review", "article-magazine"]), "x-csl-custom": st.just("{1"), "language": words,
    "Unknown": words, "type": st.sampled_from(["Master's thesis", "{PhD}"]), "x-csl-issued": words,
}  # fmt: skip
papers = st.builds(
    Paper, title=lines, abstract=texts, authors=st.lists(authors, max_size=3).map(tuple),
    year=st.none() | st.integers(-9999, 9999),
    entry_type=st.sampled_from([
        "misc", "article", "inproceedings", "book", "inbook", "phdthesis", "thesis", "techreport", "report", "manual",
        "online", "dataset", "software", "unpublished", "proceedings", "legal", "custom",
    ]),
    citation_key=st.text(st.sampled_from("abcXYZ019:_-./'"), max_size=8),
    doi=st.sampled_from(["", "10.1145/3292500", "10.48550/arXiv.1706.03762", "10.1/(x)<y>;2-z"]),
    arxiv_id=st.sampled_from(["", "1706.03762", "hep-th/9901001v2"]),
    url=st.sampled_from(["", "https://example.org/a_b?c=%20&d#e", "https://doi.org/10.1145/3292500"]),
    venue=lines, keywords=st.lists(words, max_size=3).map(tuple),
    links=st.lists(st.builds(Link, st.just("https://a.org/b"), st.sampled_from(LinkKind)), max_size=2).map(tuple),
    upvotes=st.none() | st.integers(0, 999), extra=st.fixed_dictionaries({}, optional=_FIELDS),
    state=st.sampled_from(ReadingState), starred=st.booleans(), rating=st.integers(0, 5),
    tags=st.lists(words, max_size=2).map(tuple),
    notes=st.lists(st.builds(Note, st.just(""), texts.filter(bool), moments, moments), max_size=2).map(tuple),
    added=st.none() | moments, read_at=st.none() | moments,
)  # fmt: skip
