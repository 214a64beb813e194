"""Looking words up in a text itself; and that the index finds the same papers."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.query import Phrase, Word
from readinglist.search.analysis import tokens
from readinglist.search.paper_index import PaperIndex
from readinglist.search.phrase_text import phrase_pattern, words_in_row
from readinglist.search.scan import file_words, holds, match
from readinglist.search.terms import needs_text, plan
from readinglist.search.weights import MARKS_FROM, PaperText, levels
from tests.search.making import made_up

PAPER = PaperText(
    1,
    title="Multi-Modal Language Models",
    abstract="We study GPT 4 and x² in β-VAEs. It beats Mueller's pretraining of classes.",
    authors="Jürgen Müller; Ada O'Brien",
    notes="Read with 机器学习 in mind",
    pdf=(
        "1 Introduction\nFol\u00adlowing \ufb01ne-tuning of large\nlan-\nguage "
        "mode\u0301ls, α-stable processes (see 3) were drawn"
    ),
)


@pytest.mark.parametrize(
    "leaf",
    [
        Word("language"),
        Word("LANGUAGES"),
        Word("multimodal"),
        Word("multi-modal"),
        Word("modal-language"),
        Word("GPT-4"),
        Word("gpt4"),
        Word("x2"),
        Word("beta-vae"),
        Word("muller"),
        Word("müller"),
        Word("mueller"),
        Word("pre-training"),
        Word("class"),
        Word("studies"),
        Word("obrien"),
        Word("学习"),
        Word("学"),
        Word("lang", prefix=True),
        Word("la", prefix=True),
        Word("mull", "authors", prefix=True),
        Word("w", "abstract", prefix=True),
        Word("mind", "notes"),
        Phrase("language models"),
        Phrase("modal languages"),
        Phrase("multimodal language"),
        Phrase("multi modal"),
        Phrase("gpt 4"),
        Phrase("language mod", prefix=True),
        Phrase("beats Mueller", "abstract"),
        Phrase("机器学"),
        Word("introduction"),
        Word("following", "pdf"),
        Word("fine-tuning"),
        Word("finetun", "pdf", prefix=True),
        Word("fi", "pdf", prefix=True),
        Word("alpha"),
        Word("languge", near=True),
        Phrase("following fine tuning"),
        Phrase("fine tuning of large", "pdf"),
        Phrase("alpha stable processes"),
        Phrase("stable processes see", "pdf"),
        Phrase("were dr", prefix=True),
        Phrase("large lan", "pdf", prefix=True),
        Phrase("stable p", prefix=True),
    ],
)
def test_found(leaf: Word | Phrase) -> None:
    assert match(leaf, PAPER) > 0


@pytest.mark.parametrize(
    "leaf",
    [
        Word("lang"),
        Word("gpt-5"),
        Word("c"),
        Word("language", "abstract"),
        Word("mind", "abstract"),
        Word("机学"),
        Word("be", prefix=True),  # so short, only titles and authors count
        Phrase("models language"),
        Phrase("language study"),  # from one field into the next
        Phrase("language models", "abstract"),
        Word("…"),
        Phrase("— …"),
        Word("introduction", "abstract"),
        Word("gpt", "pdf"),
        Word("fi", prefix=True),
        Phrase("fine tuning of small"),
        Phrase("alpha processes"),
        Phrase("mind introduction"),  # from the notes into the file
        Phrase("were drawn", "notes"),
        Phrase("processes were"),
    ],
)
def test_not_found(leaf: Word | Phrase) -> None:
    assert match(leaf, PAPER) == 0


@given(
    st.lists(
        st.sampled_from(["ab", "abs", "cd", "ab-cd", "c++", "3.5", "5", "é", "ab's", "cd,", "ab.", "cds", "a", "b"])
    ).map(" ".join),
    st.sampled_from(["ab cd", "abs cds", "ab-cd", "abcd ab", "cd 3", "5 ab", "a b", "ab c", "cd cd ab", "é ab"]),
    st.booleans(),
)
def test_the_quick_look_at_phrases_is_right(text: str, phrase: str, prefix: bool) -> None:
    leaf = Phrase(phrase, prefix=prefix)
    pattern = phrase_pattern(leaf)
    slowly = any(pattern.search(words_in_row(text, joined)) for joined in (False, True))
    assert holds(leaf, PaperText(1, abstract=text)) == slowly


IN_FILES = [
    "ab", "abs", "ab-\ncd", "c++", "é", "ab’s", "cd,", "β", "abé", "a\u0301b", "ab\u00adcd", "\ufb01", "(cd)", "ab.cd",
    "beta", "x_ab", "机", "ø", "ab\u2010cd", "Ab", "cd\n\nab", "\\ab", "fi", "gpt 4", "gpt-4.", "GPT\n4", "multi modal",
    "multi-modal", "multi\nmodal", "Müller", "\ufb01ve", "½", "3.5", "x\u20d7y", "™", "ab…cd", "ab—cd", "o’ab",
    "ab^{cd}", "α-ab", "Ⅳ", "expart", "mülleren",
]  # fmt: skip
WORDS_OF_FILES = [
    "ab", "abs", "abcd", "cd", "e", "fi", "oe", "o", "beta", "xab", "x", "gpt4", "4", "multimodal", "modal", "mueller",
    "muller", "bac", "scd", "3.5", "c++",
]  # fmt: skip
OF_FILES = [
    "ab cd", "abs cds", "ab-cd", "abcd ab", "a b", "ab c", "cd cd ab", "beta ab", "fi ab", "o cd", "abe cd",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(IN_FILES)).map(" ".join),
    st.sampled_from(OF_FILES),
    st.booleans(),
)
def test_the_quick_look_at_phrases_in_files_is_right(text: str, phrase: str, prefix: bool) -> None:
    leaf = Phrase(phrase, prefix=prefix)
    pattern = phrase_pattern(leaf)
    slowly = any(pattern.search(words_in_row(text, joined)) for joined in (False, True))
    assert holds(leaf, PaperText(1, pdf=text)) == slowly


@given(st.lists(st.sampled_from(IN_FILES)).map(" ".join), st.sampled_from(WORDS_OF_FILES), st.booleans())
def test_the_quick_look_at_words_in_files_is_right(text: str, word: str, prefix: bool) -> None:
    (way, *_), *_ = plan(Word(word, prefix=prefix))
    for slot in way:
        terms = tokens(text)
        slowly = any(term in slot.exact or (slot.prefix and term.startswith(slot.prefix)) for term in terms)
        assert file_words(text).holds(slot) == slowly
        assert file_words(text).holds(slot, begun=False) == any(term in slot.exact for term in terms)


def test_titles_count_more_than_authors_than_abstracts_than_notes_than_files() -> None:
    scores = [
        match(Word("attention"), PaperText(1, **{field: "attention here"}))
        for field in ("title", "authors", "abstract", "notes", "pdf")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 5


def test_however_often_a_word_stands_in_a_file_one_mention_in_a_note_counts_more() -> None:
    often = levels(PaperText(1, title="Memory", abstract="word " * 180, pdf="attention " * 9000))
    note = levels(PaperText(1, title="Memory", abstract="word " * 180, notes="attention"))
    assert 0 < often["pdf"]["attention"] < note["body"]["attention"] % MARKS_FROM


FIELDS = ("title", "abstract", "authors", "notes", "pdf")
QUESTIONS = [
    *(
        Word(word)
        for word in ("multi-modal", "multimodal", "gpt-4", "4", "muller", "mueller", "c++", "x2", "学习", "study")
    ),
    *(Word(word, field) for word in ("ba", "coba", "studies") for field in FIELDS),
    *(Word(word, prefix=True) for word in ("b", "co", "bac", "multi-m", "gpt-", "kle")),
    *(Word(word, field, prefix=True) for word in ("b", "mul") for field in FIELDS),
    *(Phrase(text) for text in ("ba co", "multi-modal ba", "gpt 4")),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperIndex]:
    made = PaperIndex(tmp_path_factory.mktemp("index"), "library")
    papers = made_up(300)
    made.build(papers[:200])
    made.add(papers[200:])
    yield made
    made.close()


@pytest.mark.parametrize("leaf", QUESTIONS, ids=str)
def test_index_and_scan_find_the_same(index: PaperIndex, leaf: Word | Phrase) -> None:
    found = index.scores(leaf)
    assert found is not None
    expected = {paper.id for paper in made_up(300) if match(leaf, paper)}
    if needs_text(leaf):
        assert expected <= set(found[0].tolist())
    else:
        assert set(found[0].tolist()) == expected
    assert expected or leaf.field or needs_text(leaf)


def test_scores_are_on_one_scale(index: PaperIndex) -> None:
    leaf = Word("multi-modal")
    found = index.scores(leaf)
    assert found is not None
    papers = {paper.id: paper for paper in made_up(300)}
    scanned = [match(leaf, papers[paper_id]) for paper_id in found[0].tolist()]
    ratios = [score / other for score, other in zip(found[1].tolist(), scanned, strict=True)]
    assert 0.2 < min(ratios) <= max(ratios) < 5
