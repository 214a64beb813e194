import pytest

from readinglist.library.text_case import cased


@pytest.mark.parametrize(
    ("how", "text", "wanted"),
    [
        ("title", "the state-of-the-art in natural language", "The State-of-the-Art in Natural Language"),
        ("title", "What is attention for", "What Is Attention For"),
        ("title", "transformers: a survey", "Transformers: A Survey"),
        ("title", "PyTorch and arXiv (apples and pears)", "PyTorch and arXiv (Apples and Pears)"),
        ("title", "the $x \\in y$ of $f$-divergences", "The $x \\in y$ of $f$-Divergences"),
        ("title", "", ""),
        ("sentence", "A Survey of BERT and GPT-4 in PyTorch", "A survey of BERT and GPT-4 in PyTorch"),
        ("sentence", "DEEP LEARNING", "Deep learning"),
        ("capitalize-first", "available at", "Available at"),
        ("capitalize-first", "arXiv", "arXiv"),
        ("capitalize-first", "$n$ and more", "$n$ and more"),
        ("capitalize-all", "last accessed", "Last Accessed"),
        ("uppercase", "abc $x$", "ABC $x$"),
        ("lowercase", "ABC $X$", "abc $X$"),
        ("", "As It Is", "As It Is"),
        ("unheard-of", "As It Is", "As It Is"),
    ],
)  # fmt: skip
def test_cases(how: str, text: str, wanted: str) -> None:
    assert cased(text, how, "en") == wanted


def test_the_case_of_titles_is_english() -> None:
    assert cased("zu dynamischen netzen", "title", "de") == "zu dynamischen netzen"
    assert cased("zu dynamischen netzen", "title", "") == "Zu Dynamischen Netzen"


def test_long_texts_take_no_time_out_of_proportion() -> None:
    assert cased("a:" * 100_000 + "$" * 99_999, "title", "en")
    assert cased("word " * 20_000, "title", "en").startswith("Word Word")
