"""Ten papers in four styles, as the manuals of these styles have them, and keys for other programs.

Sources: Publication Manual of the APA, 7th edition, chapter 10; IEEE Reference Guide (2023); Chicago Manual of Style,
18th edition, chapter 13; Nature, "Formatting guide", References. Titles are as the library has them: none of these
styles changes a title to the case of a sentence, as one would have to know the names in it.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import CancelledError, UsageError
from readinglist.library import citation_styles, citing
from readinglist.library.library import Library
from readinglist.papers.paper import Author, Note, Paper
from tests.library.cited_papers import ARTICLE, NO_AUTHOR, NOW, PAPERS, PREPRINT, fill

SAMPLES = Path(__file__).parents[1] / "samples" / "citations"


def expected() -> Iterator[tuple[str, str, str, str]]:
    """Style, citation key, entry and citation as HTML, as they stand in a file for each style."""
    for path in sorted(SAMPLES.glob("*.txt")):
        for record in path.read_text(encoding="utf-8").strip().split("\n\n"):
            key, entry, citation = record.split("\n")
            yield path.stem, key, entry, citation


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    fill(library_folder)
    with Library(library_folder) as opened:
        yield opened


@pytest.mark.parametrize(("style", "key", "entry", "citation"), list(expected()))
def test_papers_are_written_as_the_manual_has_them(
    library: Library, style: str, key: str, entry: str, citation: str
) -> None:
    cited = library.cite([library.paper(key).id], style)
    assert [each.html for each in cited.entries] == [entry]
    assert cited.citation.html == citation


def test_every_paper_is_expected_in_four_styles() -> None:
    found = [(style, key) for style, key, _, _ in expected()]
    styles = ("apa", "chicago-author-date", "ieee", "nature")
    assert found == [(style, paper.citation_key) for style in styles for paper in PAPERS]


def test_the_bibliography_has_its_own_order_and_numbers_follow_the_selection(library: Library) -> None:
    ids = [9, 1, 4, 99]
    assert [entry.text[:3] for entry in library.cite(ids, "ieee").entries] == ["[1]", "[2]", "[3]"]
    assert "Beethoven" in library.cite(ids, "ieee").entries[0].text
    assert [entry.text[:4] for entry in library.cite(ids, "apa").entries] == ["Bish", "LeCu", "van "]
    assert library.cite(ids, "apa").citation.text == (
        "(Bishop, 2006; LeCun et al., 2015; van Beethoven & de la Fontaine, 2020)"
    )


def test_no_papers_are_an_empty_bibliography(library: Library) -> None:
    assert library.cite([], "apa").entries == ()


def test_text_html_and_a_page_hold_the_same_entries(library: Library) -> None:
    cited = library.cite([9, 6], "apa")
    assert citing.as_text(cited).splitlines() == [entry.text for entry in cited.entries]
    assert citing.as_html(cited).count("<p style=") == 2
    page = citing.as_page(cited, "A <title> & more")
    assert page.count("<title>A &lt;title&gt; &amp; more</title>") == 1
    assert citing.as_html(cited) in page
    assert "default-src 'none'" in page


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=http://127.0.0.1/x.png onerror=alert(1)>",
    "&amp;lt;b&gt; ]]> <!-- \"' -->",
    "<i>half <b>open",
    "\ue000\ue001\ue030\ue020 marks of ours",
)


def _authors(name: str) -> tuple[Author, ...]:
    return (Author(name, name), Author(literal=name))


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago", "mla", "vancouver", "acm", "harvard"])
def test_no_title_brings_markup_into_the_clipboard(library_folder: Path, style: str) -> None:
    fill(
        library_folder,
        [
            replace(
                ARTICLE,
                id=number,
                citation_key=str(number),
                title=text,
                venue=text,
                authors=(Author(text, text), Author(literal=text)),
            )
            for number, text in enumerate(HOSTILE, start=1)
        ],
    )
    with Library(library_folder) as library:
        cited = library.cite(range(1, len(HOSTILE) + 1), style)
    for text in (*(entry.html for entry in cited.entries), cited.citation.html):
        bare = text
        for tag in ("i", "b", "sup", "sub"):
            bare = bare.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
        assert "<" not in bare
    assert citing.as_html(cited).count("&lt;script&gt;") >= 2


def test_notes_and_tags_are_not_cited(library_folder: Path) -> None:
    fill(library_folder, [replace(ARTICLE, tags=("mine",), notes=(Note("n", "my secret", NOW, NOW),))])
    with Library(library_folder) as library:
        written = citing.as_text(library.cite([1], "apa"))
    assert "mine" not in written
    assert "secret" not in written


def test_keys_have_the_forms_of_other_programs(library: Library) -> None:
    assert library.cite_keys([1, 6], "key") == "LeCun2015,gardens2024"
    assert library.cite_keys([1, 6], "latex") == r"\cite{LeCun2015,gardens2024}"
    assert library.cite_keys([1, 6], "pandoc") == "[@LeCun2015; @gardens2024]"
    assert library.cite_keys([1, 6], "typst") == "@LeCun2015 @gardens2024"
    assert library.cite_keys([99], "latex") == ""
    assert citing.keys([Paper(citation_key="a}\\input{b")], "latex") == r"\cite{ainputb}"
    with pytest.raises(UsageError, match="key, latex, pandoc, typst"):
        library.cite_keys([1], "word")


def test_odd_keys_are_quoted_where_the_program_needs_it() -> None:
    papers = [replace(ARTICLE, citation_key=key) for key in ("a:b-c", "doi:10.1/(x)", '1"x')]
    assert citing.keys(papers, "pandoc") == '[@a:b-c; @{doi:10.1/(x)}; @{1"x}]'
    assert citing.keys(papers, "typst") == '@a:b-c #cite(label("doi:10.1/(x)")) #cite(label("1\\"x"))'


def test_titles_and_links() -> None:
    hostile = replace(NO_AUTHOR, title='<b>"', url="javascript:alert(1)")
    assert citing.links_text([PREPRINT, NO_AUTHOR]) == (
        f"{PREPRINT.title}\nhttps://arxiv.org/abs/2205.14135\n\nGardens of forking parsers\nhttps://example.org/p"
    )
    assert citing.links_html([NO_AUTHOR]) == '<p><a href="https://example.org/p">Gardens of forking parsers</a></p>\n'
    assert citing.links_html([hostile]) == "<p>&lt;b&gt;&quot;</p>\n"


def test_citing_can_be_cancelled(library: Library) -> None:
    def stop(_done: int, _total: int) -> None:
        raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        library.cite([1, 2], "apa", stop)


ODD = ("", "a--b", "12--7", '{\\"O}', "$x$", "“”", "et al.", "&lt;", "others")
FIELDS = ("pages", "volume", "number", "date", "month", "editor", "edition", "type", "note", "x-csl-issued")
TEXTS = st.text(max_size=12) | st.sampled_from(ODD)
AUTHORS = st.builds(Author, TEXTS, TEXTS, TEXTS, TEXTS) | st.builds(Author, literal=TEXTS)
ANY_PAPER = st.builds(
    Paper,
    title=TEXTS,
    authors=st.tuples(AUTHORS, AUTHORS) | st.just(()),
    year=st.none() | st.integers(-9999, 99999),
    entry_type=st.sampled_from(["article", "inproceedings", "misc", "phdthesis", "online", "odd", ""]),
    doi=TEXTS,
    arxiv_id=TEXTS,
    url=TEXTS,
    venue=TEXTS,
    extra=st.dictionaries(st.sampled_from(FIELDS), TEXTS),
)


class Tags(HTMLParser):
    """Notes down which tags are open, and whether all that are closed were."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert attrs in ([], [("style", "font-variant:small-caps")])
        self.seen.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(papers=st.lists(ANY_PAPER, max_size=3), style=st.sampled_from(["apa", "ieee", "chicago", "mla"]))
def test_any_papers_can_be_cited_and_their_html_is_whole(papers: list[Paper], style: str) -> None:
    engine = citation_styles.engine(citation_styles.style_named(style))
    cited = engine.cite([citing.item(paper) for paper in papers], lambda *_: None)
    assert len(cited.entries) == len(papers)
    for rich in (*cited.entries, cited.citation):
        tags = Tags()
        tags.feed(rich.html)
        assert tags.seen <= {"i", "b", "sup", "sub", "span"}
        assert not tags.open
        assert html.unescape(re.sub(r"<[^>]*>", "", rich.html)) == rich.text
