"""Papers and changes as plain data: what goes in comes out."""

from itertools import product

from readinglist.papers.paper import Author
from readinglist.papers.plain import authors_from_plain, authors_to_plain, names_from_plain


def test_names_are_told_without_making_authors() -> None:
    names = product(("Beethoven", ""), ("Ludwig", ""), ("van", ""), ("Jr.", ""), ("OpenAI", ""))
    authors = [Author(*parts) for parts in names]
    plain = authors_to_plain(authors)
    assert names_from_plain(plain) == [author.display for author in authors]
    assert authors_from_plain(plain) == tuple(authors)
