"""Markup to plain text: what a reader sees, and nothing acted on."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats.html_text import plain_line, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("On <i>E. coli</i> and CO<sub>2</sub>", "On E. coli and CO2"),
        ('A <span class="nocase">BERT</span> study', "A BERT study"),
        ("Fish &amp; chips", "Fish & chips"),
        ("Twice escaped: &amp;lt;b&amp;gt;", "Twice escaped: &lt;b&gt;"),
        ("An escaped &lt;b&gt; is text", "An escaped <b> is text"),
        ("&#945;-decay &#x2013; &Eacute;cole&nbsp;1", "α-decay – École 1"),
        ("AT&T, R&D; and a=1&copy=2", "AT&T, R&D; and a=1&copy=2"),
        ("What does <EOS> mean for <obj> and x < 5 > y?", "What does <EOS> mean for <obj> and x < 5 > y?"),
        ("<mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math> holds", "x=1 holds"),
        ("<math><semantics><mi>x</mi><annotation>\\alpha</annotation></semantics></math>", "x"),
        ("Good<script>alert('<b>1</b>')</script> morning<style>p {}</style>", "Good morning"),
        ("No <script> is closed here", "No is closed here"),
        ("Before<!-- <b>hidden</b> --> after <![CDATA[a < b & c]]>", "Before after a < b & c"),
        ('<a title="a > b" href=\'x\'>link</a> goes on', "link goes on"),
        ("half a tag <i and the end", "half a tag <i and the end"),
        ("lone \ud800 surrogate and \x07 bell", "lone \ufffd surrogate and bell"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_line(markup: str, text: str) -> None:
    assert plain_line(markup) == text


def test_paragraphs_and_lines_of_a_list() -> None:
    markup = "<div><p>One\n  goes on.</p>\n\n<p>Two:</p><ul><li>first</li>\n<li>second<br/>third</li></ul></div>"
    assert plain_text(markup) == "One goes on.\n\nTwo:\n\nfirst\nsecond\nthird"


def test_paragraphs_of_the_journal_format() -> None:
    markup = (
        "<jats:sec><jats:title>Background</jats:title><jats:p>We <jats:italic>show</jats:italic>.</jats:p></jats:sec>"
    )
    assert plain_text(markup) == "Background\n\nWe show."


def test_empty_lines_part_paragraphs_where_no_element_does() -> None:
    assert plain_text("One\ngoes on.\n \n\nTwo &amp; <b>more</b>.") == "One goes on.\n\nTwo & more."


def test_in_a_page_every_tag_is_markup() -> None:
    assert plain_text("<button>Ana</button> &lt;EOS&gt; <x-y>Sousa</x-y>", of_page=True) == "Ana <EOS> Sousa"


@given(st.text(st.sampled_from("<>/!-[]\"'&;ap#x \n\ud800\x00bi")))
def test_any_text_gives_a_clean_text(markup: str) -> None:
    text = plain_text(markup)
    assert not set(text) & {"\x00", "\x01", "\ud800"}
    assert text == text.strip()


@pytest.mark.parametrize("piece", ["<", "<!--", "<script>", "<i ", "<a '\"", "<![CDATA[", "<p>", "</", "&#1", "&amp;"])
def test_long_damage_takes_no_long_time(piece: str) -> None:
    started = perf_counter()
    plain_text(piece * 100_000)
    assert perf_counter() - started < 2
