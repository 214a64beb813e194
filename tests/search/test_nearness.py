from datetime import date

import pytest

from readinglist.papers.query_parser import parse
from readinglist.search.nearness import LIFT, lift, near_words
from readinglist.search.weights import PaperText


def lifted(query: str, title: str = "", abstract: str = "", *, typing: bool = False) -> float:
    words = near_words(parse(query, date(2026, 3, 18), typing=typing).tree)
    return lift(words, PaperText(1, title, abstract))


@pytest.mark.parametrize("query", ["", "attention", "attention or memory", '"linear attention"', "linear author:katz"])
def test_nearness_needs_two_words_that_must_both_be_there(query: str) -> None:
    assert near_words(parse(query, date(2026, 3, 18)).tree) == ()


def test_neighbours_in_the_title_go_before_close_ones_and_those_before_the_abstract() -> None:
    title = lifted("linear attention", "Linear Attention for All")
    close = lifted("linear attention", "Attention in Linear Time")
    abstract = lifted("linear attention", "Attention", "We study linear attention.")
    apart = lifted("linear attention", "Linear Maps and What They Have to Do with Attention", "linear, or attention")
    assert title == 1 + LIFT > close > abstract > apart == 1


def test_the_end_of_another_word_is_no_neighbour() -> None:
    assert lifted("linear attention", "", "Nonlinear attention is costly.") == 1
    assert lifted("linear attention", "", "Nonlinear attention is costly, linear attention is not.") > 1
    assert lifted("linear attention", "", "Of non-linear attention.") > 1


def test_of_three_words_each_pair_counts() -> None:
    both = lifted("state space models", "State Space Models")
    assert both > lifted("state space models", "State Space Search with Few Large Neural Models") > 1


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("language models", "A Language-Model Zoo"),
        ("multi-modal robot", "Multimodal robots"),
        ("case study", "Case Studies"),
    ],
)
def test_other_forms_of_the_words_count_as_well(query: str, title: str) -> None:
    assert lifted(query, title) == 1 + LIFT


def test_a_word_that_is_still_typed_counts_by_its_beginning() -> None:
    assert lifted("language mod", "Language Modelling", typing=True) == 1 + LIFT
    assert lifted("language mod", "Language Modelling") == 1
