"""Links drawn out of abstracts: where they end, and what stands behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.links import find_links
from readinglist.papers.paper import Link, LinkKind


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Code is at https://github.com/a/b.", "https://github.com/a/b"),
        ("Code is at https://github.com/a/b .", "https://github.com/a/b"),
        ("Code (https://github.com/a/b) is", "https://github.com/a/b"),
        ("Code [https://github.com/a/b] is", "https://github.com/a/b"),
        ("See https://x.io/a_(b), please", "https://x.io/a_(b)"),
        ("at https://x.io/a/, which", "https://x.io/a/"),
        ("at https://github.com/a/b.git.", "https://github.com/a/b.git"),
        ("at https://github.com/a/b.The", "https://github.com/a/b"),
        ("at https://x.io/?a=b%2F~%2F. Our", "https://x.io/?a=b%2F~%2F"),
        ("在https://x.io/a。", "https://x.io/a"),
        ("see www.x.io/a!", "https://www.x.io/a"),
        ('"https://x.io/a"', "https://x.io/a"),
    ],
)
def test_a_link_ends_before_the_punctuation_around_it(text: str, url: str) -> None:
    assert [link.url for link in find_links(text)] == [url]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Our code is at https://github.com/a/b", LinkKind.CODE),
        ("Code and data are at https://github.com/a/b", LinkKind.CODE),
        ("We publish it: https://github.com/a/b", LinkKind.CODE),
        ("The dataset is at https://github.com/a/b", LinkKind.DATA),
        ("It is at https://huggingface.co/datasets/a/b", LinkKind.DATA),
        ("Our dataset is at: https://x.github.io/y/", LinkKind.DATA),
        ("We ran the code. The corpus is at https://zenodo.org/record/1", LinkKind.DATA),
        ("Project page: https://x.github.io/y/", LinkKind.PROJECT),
        ("The code will follow; see https://x.github.io/y/", LinkKind.PROJECT),
        ("The code is available at https://aka.ms/x", LinkKind.CODE),
        ("Models: https://huggingface.co/a/b", LinkKind.PROJECT),
        ("See https://parti.example/ for images", LinkKind.PROJECT),
    ],
)
def test_the_host_and_the_words_before_tell_what_a_link_is(text: str, kind: LinkKind) -> None:
    assert [link.kind for link in find_links(text)] == [kind]


def test_a_link_is_given_once() -> None:
    text = "https://a.io/x and https://b.io/y, again https://a.io/x."
    assert find_links(text) == (Link("https://a.io/x", LinkKind.PROJECT), Link("https://b.io/y", LinkKind.PROJECT))


@given(st.text(alphabet="htps:/w.ab ()[]{}?&%~\n。,"))
def test_links_never_end_in_punctuation(text: str) -> None:
    assert all(link.url[-1] not in ".,;:!?" for link in find_links(text))
