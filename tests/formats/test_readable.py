"""Markdown and HTML to read: every text shows as it is, nothing becomes markup, and links lead to the web alone."""

import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats import html_page, markdown
from readinglist.formats.record import WriteOptions
from readinglist.papers.paper import Author, Note, Paper, ReadingState
from tests.formats.any_paper import lines, papers, texts

NOON = datetime(2026, 3, 14, 12, 0, 5, tzinfo=UTC)
XHTML = "{http://www.w3.org/1999/xhtml}"
RICH = Paper(
    title="Notes on <i>Notes</i> & *Stars* [1]",
    abstract="First _paragraph_.\n\n# Second, of $x < y$.",
    authors=(Author("Beethoven", "Ludwig", "van"), Author("Doe", "Jane"), Author(literal="CERN")),
    year=2021,
    doi="10.5555/x",
    arxiv_id="2101.00001",
    venue="Journal of Notes",
    extra={"volume": "17", "number": "3", "pages": "101--119"},
    state=ReadingState.TO_READ,
    starred=True,
    rating=4,
    tags=("to_cite", "a"),
    notes=(Note("", "**Good.**\n\n- one\n- two", NOON, NOON),),
)
HOSTILE = (
    "<script>alert(1)</script>", "<img src=http://example.org/x onerror=alert(1)>", "&lt;b&gt;", "&amp;", "a*b*c",
    "__init__", "# not a heading", "1. not a list", "- nor this", "+ nor this", "---", "-- -", "***", "> quote",
    "`code`", "~~gone~~", "[a](javascript:alert(1))", "![p](http://example.org/p.png)", "[a]: http://example.org",
    "<https://example.org>", "a|b\\|c", "back\\slash\\", "C#", "x\ty", "1) x", "===", "<!-- no", "]]>", "'\"><b>",
    "\u202eabc", "\u00a0x\u00a0", "$x_1 * y_2$", "10.", "<EOS>", "Title {#id onclick=x}", "a {.b}",
)  # fmt: skip


def as_markdown(*given_papers: Paper, personal: bool = True) -> str:
    return "".join(markdown.write(given_papers, WriteOptions(personal=personal)))


def as_html(*given_papers: Paper, personal: bool = True) -> str:
    return "".join(html_page.write(given_papers, WriteOptions(personal=personal)))


def tokens(text: str) -> list[Any]:
    """What CommonMark makes of a text, inline parts after the blocks that hold them."""
    reader = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed").MarkdownIt("commonmark")
    return [inner for token in reader.parse(text) for inner in (token, *(token.children or ()))]


def shown(text: str) -> list[str]:
    """The text of each block, as CommonMark shows it."""
    blocks: list[str] = []
    for token in tokens(text):
        if token.type == "inline":
            blocks.append("")
        elif token.type in {"text", "code_inline", "softbreak", "hardbreak", "text_special"}:
            blocks[-1] += token.content or "\n"
    return blocks


def page(text: str) -> ET.Element:
    """The page, which is XML as well."""
    return ET.fromstring(text.removeprefix("<!DOCTYPE html>\n"))


def article(paper: Paper, **options: bool) -> ET.Element:
    found = page(as_html(paper, **options)).find(f".//{XHTML}article")
    assert found is not None
    return found


class TestMarkdown:
    def test_is_a_list_to_read(self) -> None:
        assert as_markdown(RICH) == (
            "# Reading list\n"
            "\n"
            "## [Notes on \\<i\\>Notes\\</i\\> \\& \\*Stars\\* \\[1\\]](<https://doi.org/10.5555/x>)\n"
            "\n"
            "Ludwig van Beethoven, Jane Doe and CERN\n"
            "\n"
            "*Journal of Notes*, 17 (3), 101–119, 2021 · [doi:10.5555/x](<https://doi.org/10.5555/x>)"
            " · [arXiv:2101.00001](<https://arxiv.org/abs/2101.00001>)\n"
            "\n"
            "★ starred · to read · rated 4 of 5 · tags: to\\_cite, a\n"
            "\n"
            "> First \\_paragraph\\_.\n"
            ">\n"
            "> \\# Second, of $x \\< y$.\n"
            "\n"
            "> **Note**\n"
            ">\n"
            "> **Good.**\n"
            ">\n"
            "> - one\n"
            "> - two\n"
        )

    def test_leaves_out_what_is_personal_where_asked(self) -> None:
        text = as_markdown(RICH, personal=False)
        assert not any(word in text for word in ("starred", "to read", "rated", "cite", "Good"))

    def test_of_a_paper_of_which_nothing_is_known(self) -> None:
        assert as_markdown(Paper()) == "# Reading list\n\n## Untitled\n"

    @pytest.mark.parametrize("text", HOSTILE)
    def test_a_hostile_text_shows_as_it_is_wherever_it_stands(self, text: str) -> None:
        note = Note("", text, NOON, NOON)
        paper = Paper(
            title=text, authors=(Author(literal=text),), venue=text, abstract=text, tags=(text,), notes=(note,)
        )
        written = as_markdown(paper)
        wanted = " ".join(text.replace("\t", " ").split(" ")).strip()
        assert shown(written)[:6] == ["Reading list", wanted, wanted, wanted, f"tags: {wanted}", wanted]
        kinds = {token.type for token in tokens(written)}
        assert not kinds & {"html_inline", "html_block", "image", "link_open"}

    @pytest.mark.parametrize(
        "text",
        ["<b>x</b>", "[x](javascript:y)", "&copy;", "![x](y)", "[x][y]\n\n[y]: z", "$\\input{x}$", "a {onclick=b}"],
    )
    def test_a_note_with_more_than_words_is_shown_as_text(self, text: str) -> None:
        written = as_markdown(Paper(title="T", notes=(Note("", text, NOON, NOON),)))
        assert "\n\n".join(shown(written)[3:]) == text
        assert not {token.type for token in tokens(written)} & {"html_inline", "html_block", "image", "link_open"}

    def test_what_other_programs_take_for_attributes_or_commands_is_none(self) -> None:
        written = as_markdown(
            Paper(title="T {onclick=a}", abstract="A {.b} of $x_{1}$", notes=(Note("", "$\\write18{id}$", NOON, NOON),))
        )
        assert "## T \\{onclick=a}" in written
        assert "A \\{.b} of $x\\_{1}$" in written
        assert "$\\\\write18{id}$" in written

    def test_a_note_may_have_links_to_the_web(self) -> None:
        note = Note("", "see [x](https://example.org/a)", NOON, NOON)
        hrefs = [
            token.attrs["href"] for token in tokens(as_markdown(Paper(notes=(note,)))) if token.type == "link_open"
        ]
        assert hrefs == ["https://example.org/a"]

    @given(lines, texts)
    def test_any_text_shows_as_it_is(self, title: str, abstract: str) -> None:
        blocks = shown(as_markdown(Paper(title=f"x{title}", abstract=f"x{abstract}")))
        assert blocks[1] == f"x{title}".strip()
        paragraphs = [" ".join(part.split()) for part in re.split(r"\n{2,}", f"x{abstract}")]
        assert [" ".join(block.split()) for block in blocks[2:]] == list(filter(None, paragraphs))

    @given(papers)
    def test_any_paper_makes_no_html(self, paper: Paper) -> None:
        found = tokens(as_markdown(paper))
        assert not {token.type for token in found} & {"html_inline", "html_block", "image"}
        for token in found:
            if token.type == "link_open":
                assert token.attrs["href"].startswith(("https://", "http://"))


class TestHtml:
    def test_is_a_page_to_read(self) -> None:
        found = article(RICH)
        assert ["".join(child.itertext()) for child in found] == [
            "Notes on <i>Notes</i> & *Stars* [1]",
            "Ludwig van Beethoven, Jane Doe and CERN",
            "Journal of Notes, 17 (3), 101–119, 2021 · doi:10.5555/x · arXiv:2101.00001",
            "★ starred · to read · rated 4 of 5 · tags: to_cite, a",
            "First _paragraph_.",
            "# Second, of $x < y$.",
            "**Good.**\n\n- one\n- two",
        ]

    def test_leaves_out_what_is_personal_where_asked(self) -> None:
        text = as_html(RICH, personal=False)
        assert not any(word in text for word in ("starred", "to read", "rated", "cite,", "Good"))

    def test_loads_nothing_and_runs_nothing(self) -> None:
        text = as_html(RICH)
        policy = page(text).find(f".//{XHTML}meta[@http-equiv='Content-Security-Policy']")
        assert policy is not None
        assert policy.attrib["content"].startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy.attrib["content"]
        assert not re.search(r"<(?:script|img|link|iframe|object|embed|form)|\ssrc=|\son\w+=|url\(|@import", text)

    @pytest.mark.parametrize("text", HOSTILE)
    def test_a_hostile_text_shows_as_it_is_wherever_it_stands(self, text: str) -> None:
        note = Note("", text, NOON, NOON)
        paper = Paper(
            title=text, authors=(Author(literal=text),), venue=text, abstract=text, tags=(text,), notes=(note,)
        )
        found = article(paper)
        assert {child.tag.removeprefix(XHTML) for child in found.iter()} <= {"article", "h2", "p", "cite", "blockquote"}
        wanted = " ".join(text.split("\t")).strip()
        assert ["".join(child.itertext()).strip() for child in found] == [
            wanted, wanted, wanted, f"tags: {wanted}", " ".join(wanted.split()), text.strip(),
        ]  # fmt: skip

    @given(st.lists(papers, max_size=3))
    def test_any_papers_make_a_page_that_is_well_formed(self, given_papers: list[Paper]) -> None:
        found = page(as_html(*given_papers))
        assert len(found.findall(f".//{XHTML}article")) == len(given_papers)
        for link in found.iter(f"{XHTML}a"):
            assert link.attrib["href"].startswith(("https://", "http://"))


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a_(b)?c=1&d=%20#e", "https://example.org/a_(b)?c=1&d=%20#e"),
        ("http://example.org/ä b", "http://example.org/%C3%A4%20b"),
        ("https://example.org/\"><script>", "https://example.org/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", ""), ("data:text/html,x", ""), ("file:///etc/passwd", ""), ("//example.org", ""),
        ("https:///x", ""), ("example.org", ""), (" \u0001javascript:x", ""),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str, address: str) -> None:
    link = article(Paper(title="T", url=url)).find(f".//{XHTML}a")
    assert (link.attrib["href"] if link is not None else "") == address
    hrefs = [
        token.attrs["href"] for token in tokens(as_markdown(Paper(title="T", url=url))) if token.type == "link_open"
    ]
    assert hrefs == ([address] if address else [])


def test_a_title_leads_to_the_doi_where_the_address_is_none_of_the_web() -> None:
    link = article(Paper(title="T", url="file:///x", doi="10.1000/(a)<b>;2-c")).find(f".//{XHTML}a")
    assert link is not None
    assert link.attrib["href"] == "https://doi.org/10.1000/(a)%3Cb%3E;2-c"


def test_of_a_thousand_authors_the_first_are_named() -> None:
    names = article(Paper(title="T", authors=tuple(Author(f"F{place}", "G") for place in range(1000))))[1]
    assert "".join(names.itertext()).endswith("G F19 and 980 others")
