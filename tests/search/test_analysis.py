"""How text becomes terms: what is one word, what is the same word, and where it stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.search.analysis import compounds, fold, inflections, stem, tokens, tokens_with_spans, umlaut_spellings


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Attention Is All", ["attention", "is", "all"]),
        ("models", ["model"]),
        ("class bus analysis gas", ["class", "bus", "analysis", "gas"]),
        ("C++ c# F#", ["c++", "c#", "f#"]),
        ("#1 issue#2", ["1", "issue", "2"]),
        ("3.5 1.0.2 1706.03762v2", ["3.5", "1.0.2", "1706.03762v2"]),
        ("end.Start", ["end", "start"]),
        ("F1 3D", ["f1", "3d"]),
        ("x²", ["x2"]),
        ("x^2 x^{2}", ["x", "2", "x2", "x", "2", "x2"]),
        ("GPT-4", ["gpt", "4", "gpt4"]),
        ("GPT 4", ["gpt", "4", "gpt4"]),
        ("GPT-3.5", ["gpt", "3.5", "gpt3.5"]),
        ("in 2023", ["in", "2023"]),
        ("multi-modal multi‑modal multi\u2013modal", ["multi", "modal", "multimodal"] * 3),
        ("multi modal (Multi modal)", ["multi", "modal", "multimodal"] * 2),
        ("Pre training of multi", ["pre", "training", "pretraining", "of", "multi"]),
        ("multi  modal multi. Modal", ["multi", "modal", "multi", "modal"]),
        ("GPT-4-based", ["gpt", "4", "based", "gpt4based", "gpt4", "4based"]),
        ("multi-modal 3", ["multi", "modal", "3", "multimodal3", "multimodal", "modal3"]),
        ("a 1.7B-model in 4-bit", ["a", "1.7b", "model", "1.7bmodel", "in", "4", "bit", "4bit"]),
        ("Turing's machine", ["turing", "machine"]),
        ("O'Brien", ["o", "brien", "obrien"]),
        ("Straße Łukasz Søren", ["strasse", "lukasz", "soren", "soeren"]),
        ("Müller", ["muller", "mueller"]),
        ("Mu\u0308ller", ["muller", "mueller"]),
        ("café cafe\u0301 ﬁne ＡＢＣ", ["cafe", "cafe", "fine", "abc"]),
        ("in\u00adfer", ["infer"]),
        ("β-VAE", ["beta", "vae", "betavae"]),
        (r"$\mathcal{O}(n \log n)$ \alpha", ["o", "n", "n", "alpha"]),
        ("机器学习", ["机", "器", "学", "习", "机器", "器学", "学习"]),
        ("GPT模型", ["gpt", "模", "型", "模型"]),
        ("", []),
        ("— & … \u0308", []),
        ("half\ud800pair", ["half", "pair"]),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert tokens(text) == terms


def test_stems_begin_their_words() -> None:
    for word in ("models", "studies", "boxes", "bias", "classes", "series"):
        assert word.startswith(stem(word))


@pytest.mark.parametrize(
    ("one", "many"),
    [("study", "studies"), ("box", "boxes"), ("class", "classes"), ("bias", "biases"), ("batch", "batches")],
)
def test_uneven_plurals_find_each_other(one: str, many: str) -> None:
    assert stem(many) in inflections(one)
    assert stem(one) in inflections(many)


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("muller", ("mueller",)),
        ("mueller", ("muller",)),
        ("bohm", ("boehm",)),
        ("oezdemir", ("ozdemir",)),
        ("schrodinger", ("schroedinger",)),
        ("gut", ()),
        ("does", ()),
        ("queue", ()),
    ],
)
def test_names_are_written_with_and_without_umlauts(word: str, others: tuple[str, ...]) -> None:
    assert umlaut_spellings(word) == others


def test_spans_are_the_words_in_the_text() -> None:
    text = "On Multi-Modal Müller: x² at 3.5"
    assert [text[start:end] for _, start, end in tokens_with_spans(text)] == [
        *["On", "Multi", "Modal", "Müller", "x²", "at", "3.5"]
    ]


def test_endless_words_are_cut() -> None:
    assert tokens("a" * 10_000) == ["a" * 64]


@given(st.text())
def test_any_text_has_terms_and_spans_within_it(text: str) -> None:
    assert all(term and " " not in term and "\n" not in term for term in tokens(text))
    places = [(start, end) for _, start, end in tokens_with_spans(text)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert all(fold(fold(word)) == fold(word) for word in re.findall(r"[^\W_]+", text))


@given(st.text("ab1 -.'^_{+#é机\n", max_size=30), st.text("ab1 -.'^_{+#é机\n", max_size=30))
def test_texts_on_two_lines_do_not_change_each_other(first: str, second: str) -> None:
    assert tokens(f"{first}\n{second}") == tokens(first) + tokens(second)


def test_compounds_know_their_parts() -> None:
    ((start, compound),) = compounds("  vision-language")
    assert (start, compound.joined) == (2, "visionlanguage")
    assert [(part.term, part.start, part.end) for part in compound.parts] == [("vision", 0, 6), ("language", 7, 15)]


@given(st.text("abSs .,(“”'-+#1é\n", max_size=30))
def test_the_short_way_for_plain_words_gives_what_the_long_way_gives(text: str) -> None:
    assert tokens(text) == [term for _, found in compounds(text) for term in found.terms]
