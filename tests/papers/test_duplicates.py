"""When two records are one paper, and what they teach each other."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.duplicates import Match, compare, marks, merge, reason, texts_agree, title_key
from readinglist.papers.paper import Author, Link, LinkKind, Paper, ReadingState
from tests.papers.judged_pairs import JUDGED

TEXT = "We sort large files on disk with little memory, in half of the time that was needed before, and prove it."
OTHER = "Birds sing at dawn because the air is calm, which carries their songs farther than at any other hour."
ADA = (Author("Lovelace", "Ada"),)
ALAN = (Author("Turing", "Alan"),)
PAPER = Paper(title="Sorting Large Files with Little Memory", abstract=TEXT)
SHORT = Paper(title="Sorting", abstract=TEXT)


class TestTitleKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Language Models are Few-Shot Learners", "language models are few shot learners"),
            ("Élan: A Study", "Elan - a study."),
            (r"The $\alpha$-Test", "The α-test"),
            (r"\textbf{BERT}: {P}re-training", "BERT: Pre-training"),
            ("Search & Find", "Search and Find"),
            ("ﬁnding", "finding"),
        ],
    )
    def test_is_the_same_for_titles_written_otherwise(self, one: str, other: str) -> None:
        assert title_key(one) == title_key(other)

    def test_tells_titles_apart(self) -> None:
        one, other = "Language Models are Few-Shot Learners", "Bidirectional Language Models Are Also Few-shot Learners"
        assert title_key(one) != title_key(other)
        assert title_key("注意力") != title_key("一切")

    @given(st.text())
    def test_is_never_empty_for_a_title(self, title: str) -> None:
        assert bool(title_key(title)) == bool(title.split())

    @given(st.text(st.characters(max_codepoint=127)))
    def test_is_the_same_among_accents(self, title: str) -> None:
        """Titles of ASCII alone go a shorter way."""
        assert title_key(f"a{title}") + "中" == title_key(f"a{title}中")


class TestCompare:
    @pytest.mark.parametrize(
        ("one", "other", "match"),
        [
            (PAPER, PAPER, Match.SAME),
            (PAPER, replace(PAPER, abstract=""), Match.SAME),
            (PAPER, replace(PAPER, abstract=TEXT[:60] + "…"), Match.SAME),
            (
                PAPER,
                replace(PAPER, title="sorting large files, with little memory", authors=ADA, year=2020),
                Match.SAME,
            ),
            (PAPER, replace(PAPER, abstract=OTHER), Match.PROBABLE),
            (replace(PAPER, authors=ADA), replace(PAPER, abstract="", authors=ADA), Match.SAME),
            (replace(PAPER, authors=ADA), replace(PAPER, abstract=OTHER, authors=ALAN), Match.DIFFERENT),
            (replace(PAPER, authors=ADA, year=2020), replace(PAPER, authors=ADA, year=2023), Match.SAME),
            (PAPER, replace(PAPER, title="Sorting Small Files with Much Memory", abstract=OTHER), Match.DIFFERENT),
            (PAPER, replace(PAPER, title="Sorting Small Files with Much Memory"), Match.DIFFERENT),
            (SHORT, SHORT, Match.SAME),
            (SHORT, replace(SHORT, abstract=""), Match.PROBABLE),
            (SHORT, replace(SHORT, abstract=OTHER), Match.DIFFERENT),
            (replace(SHORT, abstract="", authors=ADA), replace(SHORT, abstract="", authors=ADA), Match.SAME),
        ],
    )
    def test_by_title_and_what_agrees(self, one: Paper, other: Paper, match: Match) -> None:
        assert compare(one, other) is match
        assert compare(other, one) is match

    def test_by_arxiv_number_version_aside(self) -> None:
        one = replace(PAPER, arxiv_id="2403.01234v1")
        assert compare(one, Paper(title="Another Title", arxiv_id="2403.01234v3")) is Match.SAME
        assert compare(one, Paper(title="Another Title", doi="10.48550/arXiv.2403.01234")) is Match.SAME
        assert compare(one, replace(PAPER, arxiv_id="2403.99999")) is Match.PROBABLE

    def test_by_doi_case_aside(self) -> None:
        one = replace(PAPER, doi="10.1000/ABC")
        assert compare(one, Paper(title="Another Title", doi="10.1000/abc")) is Match.SAME
        assert compare(one, replace(PAPER, doi="10.1000/other")) is Match.PROBABLE
        assert compare(one, PAPER) is Match.SAME

    def test_a_long_abstract_under_another_title_is_probable(self) -> None:
        one = replace(PAPER, abstract=TEXT * 3)
        assert compare(one, replace(one, title="How to Sort")) is Match.PROBABLE


@pytest.mark.parametrize(("one", "other", "agree"), [("", TEXT, True), (TEXT, TEXT[:50], True), (TEXT, OTHER, False)])
def test_texts_agree_unless_they_differ(one: str, other: str, *, agree: bool) -> None:
    assert texts_agree(one, other) is agree


@pytest.mark.parametrize(("one", "other", "match"), [row[1:] for row in JUDGED], ids=[row[0] for row in JUDGED])
class TestJudgedPairs:
    def test_the_program_judges_alike(self, one: Paper, other: Paper, match: Match) -> None:
        assert compare(one, other) is match
        assert compare(other, one) is match

    def test_what_may_be_one_is_found_by_a_mark(self, one: Paper, other: Paper, match: Match) -> None:
        shared = set(marks(one)) & set(marks(other))
        assert shared or match is Match.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (Paper(doi="10.1/A"), Paper(doi="10.1/a"), "doi"),
        (Paper(arxiv_id="1706.03762v1"), Paper(doi="10.48550/arXiv.1706.03762"), "arxiv"),
        (Paper(extra={"pmid": "1"}), Paper(extra={"pmid": "1"}), "pmid"),
        (
            Paper(entry_type="book", extra={"isbn": "0262035618"}),
            Paper(entry_type="book", extra={"isbn": "9780262035613"}),
            "isbn",
        ),
        (PAPER, replace(PAPER, title=PAPER.title.upper()), "title"),
        (PAPER, replace(PAPER, title=PAPER.title[:-1]), "near"),
        (PAPER, replace(PAPER, title="How to Sort"), "abstract"),
    ],
)
def test_what_two_records_share_is_told(one: Paper, other: Paper, why: str) -> None:
    assert reason(one, other) == why


def test_the_begin_of_an_abstract_gives_the_marks_of_all_of_it() -> None:
    paper = replace(PAPER, abstract=TEXT * 3)
    assert marks(replace(paper, abstract=paper.abstract[:201])) == marks(paper)


class TestMerge:
    def test_completes_what_is_absent(self) -> None:
        record = Paper(
            title="Sorting", abstract=TEXT, authors=ADA, year=2020, doi="10.1/x", arxiv_id="2001.00001", upvotes=4
        )
        known = Paper(title="SORTING", upvotes=2)
        assert merge(known, record) == {
            "abstract": TEXT, "authors": ADA, "year": 2020, "doi": "10.1/x", "arxiv_id": "2001.00001", "upvotes": 4,
        }  # fmt: skip

    def test_replaces_nothing_that_is_there(self) -> None:
        known = Paper(
            1, "Sorting", TEXT, ADA, 2020, "article", "ada2020", upvotes=9, state=ReadingState.READ, tags=("a",)
        )
        record = Paper(0, "sorting", OTHER, ALAN, 2021, "misc", upvotes=3, tags=("b",))
        assert merge(known, record) == {}

    def test_takes_a_whole_abstract_for_one_that_was_cut_off(self) -> None:
        known = replace(PAPER, abstract=TEXT[:40] + "…")
        assert merge(known, PAPER) == {"abstract": TEXT}
        assert merge(PAPER, known) == {}

    def test_adds_links_and_unknown_fields(self) -> None:
        code, data = Link("https://github.com/a/b", LinkKind.CODE), Link("https://x.io", LinkKind.DATA)
        known = replace(PAPER, links=(code,), extra={"a": "1"})
        record = replace(PAPER, links=(code, data), extra={"a": "2", "b": "3"})
        assert merge(known, record) == {"links": (code, data), "extra": {"a": "1", "b": "3"}}

    def test_a_known_kind_of_entry_replaces_misc(self) -> None:
        assert merge(PAPER, replace(PAPER, entry_type="article")) == {"entry_type": "article"}

    def test_given_names_replace_initials(self) -> None:
        known = replace(PAPER, authors=(Author("Lovelace", "A."),))
        assert merge(known, replace(PAPER, authors=ADA)) == {"authors": ADA}
        assert merge(replace(PAPER, authors=ADA), known) == {}

    def test_the_published_paper_says_where_and_when(self) -> None:
        known = replace(
            PAPER, year=2017, arxiv_id="1706.03762", venue="CoRR", entry_type="article", extra={"volume": "abs/1706"}
        )
        record = replace(PAPER, year=2018, venue="NeurIPS", entry_type="inproceedings", doi="10.1/a")
        gained = {"doi": "10.1/a", "entry_type": "inproceedings", "venue": "NeurIPS", "year": 2018, "extra": {}}
        assert merge(known, record) == gained
        assert merge(record, known) == {"arxiv_id": "1706.03762"}

    def test_a_publishers_doi_replaces_that_of_arxiv_which_stays_as_arxiv_id(self) -> None:
        known = replace(PAPER, doi="10.48550/arXiv.1706.03762")
        assert merge(known, replace(PAPER, doi="10.1/a")) == {"doi": "10.1/a", "arxiv_id": "1706.03762"}

    def test_what_the_reader_wrote_is_not_replaced(self) -> None:
        known = replace(PAPER, abstract=TEXT[:40] + "…", entry_type="misc", origins={"abstract": 0, "entry_type": 0})
        assert merge(known, replace(PAPER, entry_type="article")) == {}


def test_records_that_say_the_same_are_one_however_short_their_title() -> None:
    ants = Paper(title="On queens", venue="University of Graz", entry_type="mastersthesis")
    assert compare(ants, ants) is Match.SAME
    assert compare(ants, replace(ants, venue="University of Bonn")) is not Match.SAME
    bare = Paper(title="On queens")
    assert compare(bare, bare) is Match.PROBABLE
    keyed = replace(bare, citation_key="ada2020")
    assert compare(keyed, keyed) is Match.SAME
    assert compare(keyed, replace(keyed, citation_key="ada2021")) is Match.PROBABLE
