"""What arXiv writes in its mails, pages and feeds alike: lists of authors, categories, titles and abstracts in TeX.

Sources: info.arxiv.org/help/prep.html (authors, comments, journal-ref), info.arxiv.org/help/arxiv_identifier.html.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readinglist.formats.latex_text import clean_line, clean_lines
from readinglist.papers.author_names import author_of
from readinglist.papers.clean_text import clean
from readinglist.papers.identifiers import arxiv_id_in, doi_in
from readinglist.papers.links import find_links
from readinglist.papers.paper import Author, Paper

# "math.AG", "hep-th", "q-alg"; on pages within brackets behind the name: "Machine Learning (cs.LG)".
_CATEGORY = re.compile(r"[a-z][a-z-]{1,17}(?:\.[A-Za-z-]{2,10})?")
_IN_BRACKETS = re.compile(r"\(([^()\s]+)\)")

_BORDER = re.compile(r"\s*(?:,|;|:(?=\s)|&)\s*(?:and\s+|&\s*)?|\s+(?:and|AND)\s+")
_AND_OTHERS = re.compile(r"(?:and\s+)?(?:et\.?\s*al\.?|others)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)")
_ON_BEHALF = re.compile(r"(?:for|on behalf of|with|from)\s+(?:the\s+)?", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:collaborations?|consortium|consortia|team|group|project|initiative|committee|community|network)\b",
    re.IGNORECASE,
)
_GLUED_INITIALS = re.compile(r"((?:[^\W\d_]{1,2}\.-?)+)(?=[^\W\d_]{3})")

# A letter with its accent in braces: {\"u}, {\o}, {\'{\i}}; without them it is known to every repair of text.
_BRACED_LETTER = re.compile(
    r"\{(\\(?:[\"'`^~=.](?:[A-Za-z]|\\[ij]|\{\\?[A-Za-z]\})|[uvHcdkr]\{[A-Za-z]\}|(?:o|O|l|L|ss|ae|AE|oe|OE|aa|AA)))\s?\}"
)
_LETTER_AFTER_BLANK = re.compile(r"\\([uvHcdkr]) ([A-Za-z])(?![A-Za-z])")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*|\n[ \t]+")
_MATH = re.compile(r"(\$[^$]*\$)")


@dataclass(frozen=True, slots=True)
class Submission:
    """What arXiv tells of a paper, each field as it writes it (TeX, wrapped lines); "" for what it does not tell.

    `primary` is the primary category, where it is not the first of all.
    """

    arxiv_id: str = ""
    title: str = ""
    authors: tuple[Author, ...] = ()
    abstract: str = ""
    categories: Sequence[str] = ()
    primary: str = ""
    comments: str = ""
    journal_ref: str = ""
    doi: str = ""
    report_number: str = ""
    year: int | None = None


def paper_of(told: Submission) -> Paper:
    """The paper that a submission is: an article where its journal is known, else of no type but arXiv's."""
    from readinglist.formats.fields import put

    venue, comments = clean_text(told.journal_ref), clean_text(told.comments)
    abstract = abstract_of(told.abstract)
    dois = [doi for doi in map(doi_in, told.doi.split()) if doi]
    extra: dict[str, str] = {}
    put(extra, "primaryclass", told.primary or next(iter(told.categories), ""))
    put(extra, "note", comments)
    put(extra, "reportnumber", clean_text(told.report_number))
    put(extra, "x-arxiv-doi", " ".join(dois[1:]))  # a paper that came out in parts has several
    return Paper(
        title=title_of(told.title),
        abstract=abstract,
        authors=told.authors,
        year=told.year,
        entry_type="article" if venue else "misc",
        doi=dois[0] if dois else "",
        arxiv_id=told.arxiv_id,
        venue=venue,
        keywords=tuple(told.categories),
        links=find_links(f"{abstract}\n{comments}"),
        extra=extra,
    )


def authors_of_line(text: str) -> tuple[Author, ...]:
    """The authors of a list in reading order, without what stands in brackets behind their names.

    Such as "A. B. Smith (1), C. Jones (2 and 3) ((1) MIT, (2) CERN, (3) Oxford)" or "ATLAS Collaboration: G. Aad".
    Bodies stay literal; "et al." is BibTeX's "others".
    """
    names: list[str] = []
    for name in _BORDER.split(_without_brackets(_without_tex(_unlabelled(text, "authors")))):
        bare = _ON_BEHALF.sub("", name.strip(), count=1) if _BODY.search(name) else name.strip()
        if names and _SUFFIX.fullmatch(bare):
            names[-1] = f"{names[-1]} {bare}"
        elif any(map(str.isalpha, bare)):
            names.append(bare)
    return tuple(map(_author, names))


def categories_of(text: str) -> tuple[str, ...]:
    """The categories, the primary one first, of "cs.CL cs.LG" or of "Machine Learning (cs.LG); Logic (math.LO)"."""
    words = _IN_BRACKETS.findall(text) or re.split(r"[\s,;]+", _unlabelled(text, "subjects"))
    return tuple(dict.fromkeys(word for word in words if _CATEGORY.fullmatch(word)))


def title_of(text: str) -> str:
    """A title on one line, its accents as letters, its mathematics as TeX."""
    return clean_text(_unlabelled(text, "title"))


def abstract_of(text: str) -> str:
    r"""An abstract with "\n\n" between its paragraphs, which arXiv marks by blanks at the start of a line."""
    text = _unlabelled(clean_lines(text), "abstract")
    rest = text.split("\n")[1:]
    if rest and all(line[:1] in " \t" for line in rest if line.strip()):
        return clean_text(text)  # the file indents all lines: they are wrapped, and no paragraphs
    return "\n\n".join(filter(None, map(clean_text, _PARAGRAPH.split(text))))


def clean_text(text: str) -> str:
    r"""One line of plain text: accents and `{\em x}` of TeX resolved, mathematics kept as `$...$`."""
    if "\\" in text:
        parts = _MATH.split(text)
        parts[::2] = [_LETTER_AFTER_BLANK.sub(r"\\\1{\2}", _BRACED_LETTER.sub(r"\1", part)) for part in parts[::2]]
        text = "".join(parts)
    return clean(clean_line(text))


def arxiv_id_of(text: str) -> str:
    """The id, with its version, in "arXiv:2303.08867v2 [cs.CL]", "oai:arXiv.org:2303.08867v1" or an arXiv address."""
    return arxiv_id_in(re.sub(r"^oai:arxiv\.org:", "", text.strip(), flags=re.IGNORECASE))


def _unlabelled(text: str, label: str) -> str:
    found = re.match(rf"\s*{label}?\s*:\s*", text, re.IGNORECASE)  # "Author:" stands above one alone
    return text[found.end() :] if found else text


def _author(name: str) -> Author:
    if _AND_OTHERS.fullmatch(name):
        return Author(literal="others")
    if _BODY.search(name):
        return Author(literal=name)
    return author_of(_GLUED_INITIALS.sub(r"\1 ", name))


def _without_tex(text: str) -> str:
    from readinglist.formats.latex_decoding import to_text

    text = to_text(text) if re.search(r"[\\{}~$]", text) else text
    return " ".join(clean_line(text).split())


def _without_brackets(text: str) -> str:
    """The text outside round brackets; one that is not closed hides nothing behind the next comma."""
    return "".join(_outside(text)) if "(" in text else text


def _outside(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for place, letter in enumerate(text):
        if letter == "(":
            if not depth:
                yield text[start:place]
                start = place
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
            start = place + 1
    rest = text[start:]
    yield rest[rest.find(",") :] if depth and "," in rest else "" if depth else rest
