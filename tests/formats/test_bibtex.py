"""BibTeX out: every field of every paper reads back as it was, in two programs' readers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string as parse_bibtex
from bibtexparser.middlewares import NameParts, SeparateCoAuthors, SplitNameParts
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from readinglist.formats import open_text
from readinglist.formats.bibtex import HEADER, write
from readinglist.formats.latex_text import clean_line, clean_lines, escape, escape_title
from readinglist.formats.record import Record, WriteOptions
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState, Sighting

NOON = datetime(2026, 3, 14, 12, 0, 5, tzinfo=UTC)
LISTINGS = Path(__file__).parents[3] / "shared" / "listings"


def bibtex(*papers: Paper, options: WriteOptions | None = None) -> str:
    return "".join(write(papers, options or WriteOptions()))


def note(text: str) -> Note:
    return Note("0", text, NOON, NOON)


# --- a reader of its own, so that a mistake of the writer is not read back by the same mistake

_TOKENS = re.compile(
    r"(?P<math>(?P<dollars>\$\$?)(?:\\.|[^$\\])+(?P=dollars))"
    r"|\\(?P<name>[a-z]+)|\\(?P<escaped>[&%$#_{}])|(?P<brace>[{}])|(?P<other>.)",
    re.DOTALL,
)
_COMMANDS = {
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbraceleft": "{",
    "textbraceright": "}",
}


def plain(latex: str) -> str:
    """What LaTeX shows: commands and braces gone. A character that TeX would act on alone is an error."""
    shown = []
    for token in _TOKENS.finditer(latex):
        if token["other"]:
            assert token["other"] not in "\\&%$#_~^<>", f"{token['other']!r} is not escaped in {latex!r}"
        shown.append(
            token["math"] or _COMMANDS.get(token["name"] or "", "") or token["escaped"] or token["other"] or ""
        )
    no_ligatures = re.sub(r"\$[^$]+\$", "", latex)
    assert not any(pair in no_ligatures for pair in ("--", "``", "''", ",,", "?`", "!`")), latex
    return "".join(shown)


def words(field: str) -> list[str]:
    """The words of a list, at commas outside of braces."""
    parts, depth = [""], 0
    for character in field:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [plain(part).strip(" ") for part in parts if part]


def author(parts: NameParts) -> Author:
    first, von, last, jr = (" ".join(part) for part in (parts.first, parts.von, parts.last, parts.jr))
    if last.startswith("{") and last.endswith("}") and not (first or von or jr):
        return Author(literal=plain(last))
    return Author(family=plain(last), given=plain(first), particle=plain(von), suffix=plain(jr))


def seen(text: str) -> list[tuple[date | None, int]]:
    months = {datetime(2000, m, 1, tzinfo=UTC).strftime("%B"): m for m in range(1, 13)}
    found = []
    for day, month, year, position in re.findall(r"(?:of (\d+) (\w+) (\d+)|without a date), no\. (\d+)", text):
        found.append((date(int(year), months[month], int(day)) if day else None, int(position)))
    return found


VENUES = ("journal", "booktitle", "publisher", "school", "institution", "organization", "howpublished")
KNOWN = {
    "title", "author", "year", *VENUES, "eprint", "archiveprefix", "doi", "url", "abstract", "keywords", "note",
    "addendum", "key", "code", "data", "project", "upvotes", "groups", "readstatus", "relevance", "ranking",
    "creationdate", "readdate",
}  # fmt: skip


def read(text: str) -> list[Paper]:
    """The papers of a .bib file, by bibtexparser and the small reader above."""
    library = parse_bibtex(text, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert not library.failed_blocks, [block.error for block in library.failed_blocks]
    return [_paper(entry.key, entry.entry_type, {f.key: f.value for f in entry.fields}) for entry in library.entries]


def _paper(key: str, entry_type: str, fields: Mapping[str, Any]) -> Paper:
    get = {name: value for name, value in fields.items() if name != "author"}.get
    groups, keywords = words(get("groups", "")), words(get("keywords", ""))
    added, read_at = get("creationdate"), get("readdate")
    venue = next((get(name, "") for name in VENUES if name in fields), "")
    return Paper(
        title=plain(get("title", "")),
        abstract=plain(get("abstract", "")),
        authors=tuple(author(parts) for parts in fields.get("author", ())),
        year=int(fields["year"]) if "year" in fields else None,
        entry_type=entry_type,
        citation_key=key,
        doi=get("doi", ""),
        arxiv_id=get("eprint", ""),
        url=get("url", ""),
        venue="" if venue == "Hugging Face papers listing" else plain(venue),
        keywords=tuple(keywords[: len(keywords) - len(groups)]),
        links=tuple(Link(url, kind) for kind in LinkKind for url in get(kind.value, "").split()),
        upvotes=int(fields["upvotes"]) if "upvotes" in fields else None,
        extra={name: value for name, value in fields.items() if name not in KNOWN and not name.startswith("comment")},
        state=ReadingState(get("readstatus", "inbox")),
        starred=get("relevance") == "relevant",
        rating=int(get("ranking", "rank0").removeprefix("rank")),
        tags=tuple(groups),
        notes=tuple(note(plain(value)) for name, value in fields.items() if name.startswith("comment")),
        sightings=tuple(Sighting(0, day, place) for day, place in seen(get("addendum") or get("note", ""))),
        added=datetime.fromisoformat(added).replace(tzinfo=UTC) if added else None,
        read_at=datetime.fromisoformat(read_at).replace(tzinfo=UTC) if read_at else None,
    )


def as_read_back(paper: Paper) -> Paper:
    """The paper as a .bib file can hold it: names without their ids, texts without what no text can mean."""
    return replace(
        paper,
        id=0,
        title=clean_line(paper.title),
        abstract=clean_lines(paper.abstract),
        venue=clean_line(paper.venue),
        authors=tuple(filter(None, map(_author_as_read_back, paper.authors))),
        keywords=tuple(filter(None, map(clean_line, paper.keywords))),
        tags=tuple(filter(None, map(clean_line, paper.tags))),
        links=tuple(sorted(paper.links, key=lambda link: list(LinkKind).index(link.kind))),
        notes=tuple(note(text) for n in paper.notes if (text := clean_lines(n.text))),
        sightings=tuple(Sighting(0, s.day, s.position) for s in paper.sightings),
        extra=dict(paper.extra),
        looked_at=None,
        trashed=None,
    )


def _author_as_read_back(name: Author) -> Author | None:
    parts = {part: clean_line(getattr(name, part)) for part in ("family", "given", "particle", "suffix", "literal")}
    if parts["literal"] or not parts["family"]:
        display = clean_line(name.display)
        return Author(literal=display) if display else None
    if not parts["given"] and (parts["suffix"] or " " in parts["family"]):
        return Author(literal=clean_line(name.display))
    return Author(**parts)


def check(papers: Sequence[Paper]) -> None:
    text = bibtex(*papers)
    found = read(text)
    for paper, back in zip(papers, found, strict=True):
        expected = as_read_back(replace(paper, citation_key=paper.citation_key or back.citation_key))
        assert back == expected
    check_pybtex(text, found)


def check_pybtex(text: str, papers: Sequence[Paper]) -> None:
    """Pybtex, which is strict by itself, finds the same entries, names and texts (blanks are all one to it)."""
    entries = parse_string(text, "bibtex").entries
    assert [key.lower() for key in entries] == [paper.citation_key.lower() for paper in papers]
    for entry, paper in zip(entries.values(), papers, strict=True):
        assert _squeeze(plain(entry.fields.get("title", ""))) == _squeeze(paper.title)
        assert _squeeze(plain(entry.fields.get("abstract", ""))) == _squeeze(paper.abstract)
        names = [
            plain(" ".join(p.first_names + p.middle_names + p.prelast_names + p.last_names + p.lineage_names))
            for p in entry.persons.get("author", ())
        ]
        assert list(map(_squeeze, names)) == [_squeeze(name.display) for name in paper.authors]


def _squeeze(text: str) -> str:
    return " ".join(text.split())


# --- the papers

FULL = Paper(
    id=7,
    title="GPT-4 & friends: 100% of {sets} cost_less, $O(N^2)$ for <obj> at ~5^2 #1 \\o/",
    abstract="First \"quoted\" line -- with 50% & $5 and US$ 10.\n\nSecond ``para'' {open.\n@misc{trap,\n  title = {x}",
    authors=(
        Author(family="Beethoven", given="Ludwig", particle="van", suffix="Jr."),
        Author(literal="Barnes and Noble, Inc."),
        Author(family="de la Cruz", given="María José"),
        Author(family="Plato"),
        Author(family="King", suffix="III"),
        Author(family="Alembert", given="Jean", particle="d'"),
    ),
    year=2024,
    entry_type="inproceedings",
    citation_key="Beethoven2024",
    doi="10.1000/a_b%2Fc<1>",
    arxiv_id="2401.00001v2",
    url="https://example.org/~a_b?c=1&d=%20#e",
    venue="Proceedings of R&D",
    keywords=("nlp", "parsing, fast", "50%"),
    links=(Link("https://example.org/code", LinkKind.CODE), Link("https://example.org/data", LinkKind.DATA)),
    upvotes=12,
    extra={"month": "mar", "pages": "1--10", "file": ":a_b.pdf:PDF", "x-other": "{Kept} \\emph{as is} 5\\%"},
    state=ReadingState.TO_READ,
    starred=True,
    rating=4,
    tags=("nlp", "to cite/intro"),
    notes=(note("# Head\n\n- a_b\n  - *c*"), note("second")),
    sightings=(Sighting(1, date(2026, 3, 14), 4), Sighting(2, None, 9)),
    added=NOON,
    read_at=NOON,
)

NASTY = (
    "", " ", "}", "{", "}{", "{}", "{{", "\\", "\\\\", "a\\", "\\{", "\\}", "$", "$$", "$$$", "$5",
    "$5 and $10", "$x$", "$x", "x$ y$", "$\\{$", "$a}$", "${$", "$\\\\{a}$", "$a%b$", "$a#b$", "$$E=mc^2$$",
    "$\\$$", "a$b$c$d", "\\$5$", '"', '"a" # "b"', "a, b", "a = b", "@misc{x,", " @a(b)", "x\n@string{y}", "%",
    "% comment", "\\%", "#", "&amp;", "_", "~", "^", "<obj>", "<", ">", "--", "---", "-----", "``a''", "`",
    "'''", ",,", "?`", "!`", "a\tb", "a  b", "a\nb", "a\n\n\nb", "a\r\nb\rc", "a\x00b", "\x01\x02\x03",
    "a\x7f\x85b", "a\u2028b", "\ud800", "a\udfffb", "\ufeff", "\ufffe", "naïve", "e\u0301", "Ж", "汉字", "שלום",
    "🙂", "\u200b", "\u00a0", "and", "a and b", "AND", "others", "and others", "BERT", "GPT-4o", "{BERT}",
    "textless", "\\textless", "\\begin{x}", "}" * 50, "{" * 200,
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_any_text_in_any_field_reads_back(text: str) -> None:
    line = clean_line(text)
    has_word = any(character.isalnum() for character in line)
    check(
        [
            Paper(id=1, title=text, abstract=text, venue=text, keywords=(text, "k"), notes=(note(text),)),
            Paper(id=2, title="t", authors=(Author(literal=text), Author(family=text if has_word else "F", given="G"))),
            Paper(id=3, title=text + "$x$" + text, abstract=text + text),
        ]
    )


def test_every_field_reads_back() -> None:
    check([FULL])


def test_entry_looks_as_its_readers_expect() -> None:
    paper = Paper(
        title="Attention Is All You Need for BERT",
        authors=(Author(family="Beethoven", given="Ludwig", particle="van"), Author(literal="OpenAI and Friends")),
        year=2017,
        entry_type="article",
        venue="Journal of Notes",
        citation_key="Beethoven2017",
        arxiv_id="1706.03762",
        starred=True,
        rating=5,
        state=ReadingState.READ,
        tags=("nlp",),
        notes=(note("Good."),),
    )
    assert bibtex(paper) == HEADER + (
        "\n@article{Beethoven2017,\n"
        "  author = {van Beethoven, Ludwig and {OpenAI and Friends}},\n"
        "  title = {Attention Is All You Need for {BERT}},\n"
        "  year = {2017},\n"
        "  journal = {Journal of Notes},\n"
        "  eprint = {1706.03762},\n"
        "  archiveprefix = {arXiv},\n"
        "  keywords = {nlp},\n"
        "  groups = {nlp},\n"
        "  readstatus = {read},\n"
        "  relevance = {relevant},\n"
        "  ranking = {rank5},\n"
        "  comment = {Good.},\n"
        "}\n"
    )


def test_listing_paper_says_what_is_known_and_no_more() -> None:
    sightings = (Sighting(1, date(2026, 3, 14), 4), Sighting(2, date(2026, 3, 15), 7), Sighting(3, None, 1))
    paper = Paper(title="Hungry Hungry Hippos: Towards Models", abstract="We feed them.", sightings=sightings)
    assert bibtex(paper) == HEADER + (
        "\n@misc{HungryHungryHippos,\n"
        "  title = {Hungry Hungry Hippos: Towards Models},\n"
        "  howpublished = {Hugging Face papers listing},\n"
        "  abstract = {We feed them.},\n"
        "  note = {Seen in the Hugging Face papers listing of 14 March 2026, no. 4; of 15 March 2026, no. 7; "
        "without a date, no. 1},\n"
        "  key = {Hungry Hungry Hippos},\n"
        "}\n"
    )


def test_listings_of_other_places_are_named() -> None:
    sightings = (Sighting(1, date(2026, 3, 14), 4), Sighting(2, date(2026, 3, 15), 7))
    text = bibtex(Paper(title="T", sightings=sightings), options=WriteOptions(listing_names={2: "arXiv listing"}))
    assert "in the Hugging Face papers listing of 14 March 2026, no. 4; in the arXiv listing of 15 March" in text


def test_personal_fields_can_be_left_out() -> None:
    text = bibtex(FULL, options=WriteOptions(personal=False))
    (back,) = read(text)
    assert back == as_read_back(
        replace(FULL, tags=(), notes=(), starred=False, rating=0, state=ReadingState.INBOX, added=None, read_at=None)
    )


@pytest.mark.parametrize("state", ReadingState)
def test_each_reading_state_reads_back(state: ReadingState) -> None:
    check([Paper(title="T", state=state)])


def test_a_note_of_the_entry_itself_keeps_its_field() -> None:
    text = bibtex(Paper(title="T", extra={"Note": "Accepted"}, sightings=(Sighting(1, date(2026, 1, 2), 3),)))
    assert "  Note = {Accepted},\n" in text
    assert "  addendum = {Seen in the Hugging Face papers listing of 2 January 2026, no. 3},\n" in text


def test_unknown_fields_are_never_lost_nor_written_twice() -> None:
    extra = {"DOI": "other", "url": "https://example.org", "a b": "1", "1st": "2", "b": "{", "comment": "\\"}
    text = bibtex(Paper(title="T", doi="10.1/x", url="https://example.org", extra=extra, notes=(note("Mine"),)))
    for line in ("doi = {10.1/x}", "DOI-2 = {other}", "a-b = {1}", "x-1st = {2}", "comment-2 = {\\ }"):
        assert f"  {line},\n" in text
    assert text.count("https://example.org") == 1
    names = [name.lower() for name in re.findall(r"^  (\S+) =", text, re.MULTILINE)]
    assert len(names) == len(set(names))


def test_keys_are_unique_and_legal_whatever_the_papers_have() -> None:
    keys = ("Same2020", "same2020", "a b,c}", "O'Neil:2020+", "müller", "", "")
    text = bibtex(*(Paper(title="T", citation_key=key) for key in keys))
    expected = ["Same2020", "same2020a", "abc", "O'Neil:2020+", "müller", "T", "Ta"]
    assert [paper.citation_key for paper in read(text)] == expected
    assert list(parse_string(text, "bibtex").entries) == expected


@pytest.mark.parametrize("entry_type", ["", "Article", "comment", "STRING", "a b", "{", "online"])
def test_any_entry_type_gives_a_valid_entry(entry_type: str) -> None:
    (back,) = read(bibtex(Paper(title="T", entry_type=entry_type)))
    assert back.title == "T"


def test_addresses_that_would_end_the_field_are_written_in_percent() -> None:
    (back,) = read(bibtex(Paper(title="T", url="https://x.org/a{b\\c d_e%20^^5c^", doi="10.1/}")))
    assert (back.url, back.doi) == ("https://x.org/a%7Bb%5Cc%20d_e%20%5E%5E5c^", "10.1/%7D")


def test_same_papers_same_text_and_one_piece_for_each() -> None:
    pieces = list(write([FULL, Paper(title="T")]))
    assert pieces == list(write(iter([FULL, Paper(title="T")])))
    assert [piece.count("\n@inproc") + piece.count("\n@misc{T,") for piece in pieces] == [0, 1, 1]


def test_no_papers_give_a_file_that_readers_accept() -> None:
    assert read(bibtex()) == []
    assert not parse_string(bibtex(), "bibtex").entries


@pytest.mark.parametrize(
    ("title", "protected"),
    [
        ("BERT and GPT-4 for iPhones", "{BERT} and {GPT-4} for {iPhones}"),
        ("A Few-Shot T5: LoRA's Llama-2 in 3D", "A Few-Shot {T5}: {LoRA}'s Llama-2 in {3D}"),
        ("Plain Title Case stays", "Plain Title Case stays"),
        ("C++ and I, or what I'm", "{C++} and {I}, or what I'm"),
        ("An $O(N \\log N)$ bound", "An {$O(N \\log N)$} bound"),
        ("R&D of <EOS>", "{R}\\&{D} of {\\textless}{EOS}{\\textgreater}"),
    ],
)
def test_only_words_with_capitals_of_their_own_are_protected(title: str, protected: str) -> None:
    assert escape_title(title) == protected


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("$5 or $10", r"\$5 or \$10"),
        ("from US$ 3 to US$ 4", r"from US\$ 3 to US\$ 4"),
        ("$5 and US$", r"\$5 and US\$"),
        ("the $k$ best of $n$", "the $k$ best of $n$"),
        ("$5 is not $x$", r"\$5 is not $x$"),
        ("{a} }", r"{\textbraceleft}a{\textbraceright} {\textbraceright}"),
        ("{a}", r"\{a\}"),
        ("a--b", "a-{}-b"),
    ],
)
def test_mathematics_is_told_from_money_and_braces_from_groups(text: str, latex: str) -> None:
    assert escape(text) == latex


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (Author(family="Gogh", given="Vincent", particle="van"), "van Gogh, Vincent"),
        (Author(family="van Gogh", given="Vincent"), "{van Gogh}, Vincent"),
        (Author(family="Gogh", particle="van"), "van Gogh"),
        (Author(family="Berg", given="Jan", particle="Van Den"), "Van Den Berg, Jan"),
        (Author(family="King", given="Martin Luther", suffix="Jr."), "King, Jr., Martin Luther"),
        (Author(family="Smith, the elder", given="A. and B."), "{Smith, the elder}, {A. and B.}"),
        (Author(family="Deep Mind"), "{Deep Mind}"),
        (Author(family="King", suffix="III"), "{King III}"),
        (Author(family="Alembert", given="Jean", particle="d'"), "d' Alembert, Jean"),
        (Author(family="&c", given="$"), r"{\&c}, {\$}"),
        (Author(given="Madonna"), "{Madonna}"),
        (Author(literal="OpenAI"), "{OpenAI}"),
        (Author(family="X", given="$~$"), r"X, {\${\textasciitilde}\$}"),
        (Author(literal="R&D {Lab"), r"{R\&D {\textbraceleft}Lab}"),
    ],
)
def test_names_are_written_so_that_bibtex_takes_them_apart_rightly(name: Author, written: str) -> None:
    assert f"  author = {{{written}}},\n" in bibtex(Paper(title="T", authors=(name,)))


def test_unnamed_others_stay_others() -> None:
    text = bibtex(Paper(title="T", authors=(Author(family="Ng", given="A."), Author(literal="others"))))
    assert "  author = {Ng, A. and others},\n" in text


# --- papers that nobody would think of

any_text = st.text(
    st.one_of(st.sampled_from("\\{}$&%#_~^<>\"'`,-=@()? \n\tand AB1é"), st.characters(exclude_categories=())),
    max_size=30,
)
any_word = st.text(st.sampled_from("abcXYZéüß'-&%{}_~$#^<"), min_size=1, max_size=8).map(lambda text: f"N{text}")
particles = st.sampled_from(["", "van", "von der", "de la", "al"])
persons = st.builds(
    Author, family=any_word, given=any_word, particle=particles, suffix=st.sampled_from(["", "Jr.", "III"])
)
addresses = st.text(st.sampled_from("abc/:.?&=%#_~-()<>^$"), max_size=20).filter(lambda text: "^^" not in text)
moments = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
any_paper = st.builds(
    Paper,
    title=any_text,
    abstract=any_text,
    authors=st.lists(persons | any_word.map(lambda text: Author(literal=text)), max_size=3).map(tuple),
    year=st.none() | st.integers(0, 2100),
    entry_type=st.sampled_from(["misc", "article", "inproceedings", "phdthesis", "techreport"]),
    doi=addresses,
    arxiv_id=addresses,
    url=addresses,
    venue=any_text,
    keywords=st.lists(any_text, max_size=3).map(tuple),
    upvotes=st.none() | st.integers(0, 999),
    extra=st.dictionaries(st.sampled_from(["isbn", "x-y", "file"]), any_word.filter(str.isalpha)),
    state=st.sampled_from(ReadingState),
    starred=st.booleans(),
    rating=st.integers(0, 5),
    tags=st.lists(any_word, max_size=2).map(tuple),
    notes=st.lists(any_text.map(note), max_size=2).map(tuple),
    sightings=st.lists(
        st.builds(Sighting, st.just(0), st.none() | st.dates(date(1990, 1, 1)), st.integers(1, 200)), max_size=3
    ).map(tuple),
    added=moments,
    read_at=moments,
)


@given(st.lists(any_paper, max_size=3))
def test_any_papers_read_back(papers: list[Paper]) -> None:
    check(papers)


# --- real ones


def real_papers() -> Iterator[Paper]:
    titles = set()
    for path in sorted(LISTINGS.glob("*.txt")):
        for record in open_text(path.name, path.read_bytes(), date(2026, 1, 1)).records:
            if isinstance(record, Record) and record.paper.title not in titles:
                titles.add(record.paper.title)
                yield replace(record.paper, sightings=(Sighting(1, record.listed_on, record.position),))


@pytest.mark.skipif(not LISTINGS.is_dir(), reason="the real listings are not beside this checkout")
def test_all_real_papers_read_back() -> None:
    papers = list(real_papers())
    assert len(papers) == 419
    check(papers)
