"""What speaks for or against two records being one paper: True, False, or None where one of them does not say."""

import re

from readinglist.papers.paper import Author, Paper
from readinglist.papers.titles import title_key
from readinglist.papers.work_ids import extra_field, is_preprint_venue, is_published

_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_FIRST_NUMBER = re.compile(r"\d+")
# Types that say nothing, and types that are used for the same; those of BibLaTeX beside those of BibTeX.
_GENERIC = frozenset({"", "misc", "online", "unpublished", "electronic", "www", "other"})
_THESES = frozenset({"thesis", "phdthesis", "mastersthesis"})
_CHAPTERS = frozenset({"incollection", "inbook", "suppbook", "bookinbook"})
_KINDS = {
    **dict.fromkeys(("book", "mvbook", "proceedings", "mvproceedings", "collection", "mvcollection"), "book"),
    **dict.fromkeys((*_CHAPTERS, "inproceedings", "conference"), "part"),
    **dict.fromkeys(("report", "techreport", "manual", "booklet"), "report"),
}


def texts_agree(one: str, other: str) -> bool:
    """Whether two abstracts may be of one paper: one absent, cut off, or nearly all words the same."""
    if one == other or not one or not other:
        return True
    first, second = title_key(_CUT_OFF.sub("", one)), title_key(_CUT_OFF.sub("", other))
    if first.startswith(second) or second.startswith(first):
        return True
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) >= 0.8 * min(len(words), len(others)) > 4


def authors_agree(a: Paper, b: Paper) -> bool | None:
    """Whether half of the authors of the shorter list stand in the other one; False where nobody does.

    A body beside persons, as in "OpenAI" and the names of its people, says nothing.
    """
    few, many = sorted((_people(a), _people(b)), key=len)
    if few and few == many:
        return True
    if not few or not many or all(author.literal for author in few) != all(author.literal for author in many):
        return None
    shared = sum(any(_same_person(one, other) for other in many) for one in few)
    if 2 * shared >= len(few):
        return True
    return None if shared else False


def years_agree(a: Paper, b: Paper) -> bool | None:
    """Whether the years are at most one apart; two, where one of the records is of the preprint of the other."""
    if a.year is None or b.year is None:
        return None
    return abs(a.year - b.year) <= (1 if is_published(a) == is_published(b) else 2)


def places_agree(a: Paper, b: Paper) -> bool | None:
    """Whether both stand at the same place of the same journal or book, by volume, number, chapter and pages."""
    if not a.extra or not b.extra or title_key(a.venue) != title_key(b.venue):
        return None
    told = [(_number(a, name), _number(b, name)) for name in ("volume", "number", "chapter", "pages")]
    both = [(one, other) for one, other in told if one and other]
    return all(one == other for one, other in both) if both else None


def editions_differ(a: Paper, b: Paper) -> bool:
    """Whether both are numbered editions of a book, and not the same one."""
    one, other = _number(a, "edition"), _number(b, "edition")
    return bool(one and other and one != other)


def kinds_agree(a: Paper, b: Paper) -> bool | None:
    """False where types and venues tell of two works of one title: a thesis and a paper, a talk and an article.

    The preprint of a paper, and what is only said to be something (`misc`), may be either.
    """
    if _GENERIC & {a.entry_type, b.entry_type}:
        return None
    one, other = _kind(a), _kind(b)
    if one != other and {one, other} & {"book", *_THESES}:
        return None if {one, other} <= _THESES and "thesis" in {one, other} else False
    places_differ = bool(a.venue and b.venue) and not _same_venue(a, b)
    if not places_differ or is_preprint_venue(a.venue) or is_preprint_venue(b.venue):
        return None
    return False if one != other or {a.entry_type, b.entry_type} <= _CHAPTERS else None


def _kind(paper: Paper) -> str:
    return _KINDS.get(paper.entry_type, paper.entry_type)


def _same_venue(a: Paper, b: Paper) -> bool:
    one, other = title_key(a.venue), title_key(b.venue)
    return one.startswith(other) or other.startswith(one)


def same_people(one: tuple[Author, ...], other: tuple[Author, ...]) -> bool:
    """Whether the persons of the shorter list are the first of the longer one, in the same order."""
    return all(_same_person(a, b) for a, b in zip(one, other, strict=False))


def _people(paper: Paper) -> list[Author]:
    return [author for author in paper.authors if author.display and author.literal.casefold() != "others"]


def _same_person(one: Author, other: Author) -> bool:
    if _family_forms(one).isdisjoint(_family_forms(other)):
        return False
    initials, others = _initials(one), _initials(other)
    return not initials or not others or not initials.isdisjoint(others)


def _family_forms(author: Author) -> set[str]:
    family = author.family or author.literal
    return {title_key(family), title_key(author.particle + family), title_key(family.rsplit(None, 1)[-1])}


def _initials(author: Author) -> set[str]:
    return {title_key(word)[:1] for word in re.split(r"[\s.\-]+", author.given) if word}


def _number(paper: Paper, name: str) -> str:
    found = _FIRST_NUMBER.search(extra_field(paper.extra, name))
    return found[0].lstrip("0") if found else ""
