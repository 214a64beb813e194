"""Marking what a search found, and cutting out the part that says most about it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.query_parser import parse
from readinglist.search.scan import match
from readinglist.search.snippets import Hits
from readinglist.search.weights import PaperText

TEXT = (
    "We present a Multi-Modal language model for GPT-4 scale pre-training of large language models. Müller et al. show "
    "that x² and C++ matter, and study 机器学习 in many biases."
)


def hits(query: str, typing: bool = False) -> Hits:
    return Hits.of(parse(query, date(2026, 3, 18), typing).tree)


def marked(query: str, text: str = TEXT, field: str = "") -> list[str]:
    return [text[start:end] for start, end in hits(query).spans(text, field)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("language", ["language", "language"]),
        ("LANGUAGES", ["language", "language"]),
        ("models", ["model", "models"]),
        ("lang*", ["language", "language"]),
        ("multimodal", ["Multi-Modal"]),
        ("multi-modal", ["Multi-Modal"]),
        ("modal", ["Modal"]),
        ("gpt-4", ["GPT-4"]),
        ("pretraining", ["pre-training"]),
        ("muller", ["Müller"]),
        ("Mueller", ["Müller"]),
        ("x2", ["x²"]),
        ("c++", ["C++"]),
        ("c", []),
        ("学习", ["学习"]),
        ("学", ["学"]),
        ("studies bias", ["study", "biases"]),
        ('"language models"', ["language model", "language models"]),
        ('"multimodal language"', ["Multi-Modal language"]),
        ('"model language"', []),
        ("model -language", ["model", "models"]),
        ("large or C++", ["large", "C++"]),
        ("-(large C++)", []),
        ("status:inbox", []),
        ("", []),
    ],
)
def test_marks(query: str, words: list[str]) -> None:
    assert marked(query) == words


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("title:language", "title", ["language", "language"]),
        ("title:language", "abstract", []),
        ("title:language", "", ["language", "language"]),
        ("language note:large", "abstract", ["language", "language"]),
        ("la*", "abstract", []),
        ("la*", "title", ["language", "large", "language"]),
        ("abstract:la*", "abstract", ["language", "large", "language"]),
    ],
)
def test_a_word_for_one_field_is_marked_there_alone(query: str, field: str, words: list[str]) -> None:
    assert marked(query, field=field) == words


def test_the_last_word_goes_on_while_typing() -> None:
    typed = hits('"multi-modal lang', typing=True)
    assert [TEXT[start:end] for start, end in typed.spans(TEXT)] == ["Multi-Modal language"]


def test_overlapping_hits_are_one() -> None:
    assert marked('"large language" language') == ["language", "large language"]


def test_short_texts_stay_whole() -> None:
    assert hits("language").excerpt("A language.", 100) == "A language."


def test_an_excerpt_without_hits_is_the_beginning() -> None:
    excerpt = hits("zebra").excerpt(TEXT, 40)
    assert TEXT.startswith(excerpt.rstrip("…"))
    assert excerpt.endswith("…")


def test_an_excerpt_shows_most_of_what_was_asked() -> None:
    text = "Apples grow. " + "Nothing here. " * 20 + "Apples and pears grow. " + "Nothing there. " * 20
    excerpt = hits("apple pear").excerpt(text, 60)
    assert excerpt.startswith("…Apples and pears")
    assert excerpt.endswith("…")


@given(st.text("abc .-é机\n", max_size=300), st.integers(10, 100))
def test_excerpts_fit_and_are_of_the_text(text: str, length: int) -> None:
    excerpt = hits("abc or b*").excerpt(text, length)
    assert len(excerpt) <= length
    assert excerpt.removeprefix("…").removesuffix("…") in text or len(text) <= length


@given(
    st.text("abms12 -'.é机\n", max_size=60),
    st.sampled_from(["ab", "a-b", "b*", '"a b"', '"ab ms"', "m1", "机", "é", "bs"]),
)
def test_what_is_found_is_marked_and_the_other_way_round(text: str, query: str) -> None:
    tree = parse(query, date(2026, 3, 18)).tree
    found = any(match(leaf, PaperText(1, title=text)) > 0 for leaf in [tree])  # type: ignore[arg-type]
    if query == "a-b" and not found:
        return  # parts alone are marked where another field holds the other one
    assert bool(Hits.of(tree).spans(text)) == found


NOTHING = "Nothing of note stands here. " * 200
FILE = f"{NOTHING}A zeppe\u00adlin crosses the\nvillage, said Müller. {NOTHING}"


def test_an_excerpt_of_a_long_text_is_around_its_hits() -> None:
    assert "crosses the village" in hits("village").excerpt_from_file(FILE, 60)
    assert "crosses the village" in hits("pdf:villa*").excerpt_from_file(FILE, 60)
    assert "said Müller" in hits("mueller").excerpt_from_file(FILE, 60)  # no letters of it tell where
    assert "zeppe\u00adlin crosses" in hits("zeppelin").excerpt_from_file(FILE, 60)
    assert "crosses the village" in hits('"the village"').excerpt_from_file(FILE, 60)
    assert "village" in hits("vilage~").excerpt_from_file(FILE, 60)
    assert hits("village").excerpt_from_file(FILE, 60)[0] == "…"
    assert hits("absent").excerpt_from_file(FILE, 60) == ""
    assert hits('"village the"').excerpt_from_file(FILE, 60) == ""
    assert hits("title:village").excerpt_from_file(FILE, 60) == ""
    assert hits("status:inbox").excerpt_from_file(FILE, 60) == ""


def test_an_excerpt_shows_a_phrase_whose_words_stand_everywhere_else() -> None:
    text = (
        "The model is of the kind that models the other. " * 300
        + "Here the kind model sleeps. "
        + "Of the model. " * 99
    )
    assert "the kind model sleeps" in hits('"kind model"').excerpt_from_file(text, 60)
    assert "the kind model" in hits('the "kind models"').excerpt_from_file(text, 60)


def test_what_is_beyond_a_papers_own_words_is_what_these_do_not_hold() -> None:
    paper = PaperText(1, title="A village", abstract="Of sheep.", pdf=FILE)
    assert hits("village zeppelin").beyond(paper) == hits("zeppelin")
    assert hits("pdf:village").beyond(paper) == hits("pdf:village")
    assert hits('"sheep of" title:zeppelin -müller').beyond(paper) == hits('"sheep of"')
    assert hits("village sheep").beyond(paper) == hits("")
