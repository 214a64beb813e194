r"""Repairs of copied text, such as `\%` and doubled links."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.clean_text import clean


@pytest.mark.parametrize(
    ("copied", "repaired"),
    [
        (r"about 15\% of", "about 15% of"),
        (r"knowledge \& capacity", "knowledge & capacity"),
        (r"Evo\textbf{Lved Sign Momentum}", "EvoLved Sign Momentum"),
        (r"we introduce \textit{DiffuseKronA}, a", "we introduce DiffuseKronA, a"),
        (r"\emph{a \textbf{deep} one}", "a deep one"),
        (r"three critical textit{O}bstacles", "three critical Obstacles"),
        (r"{\em all} of it", "all of it"),
        (r"new contexts (\eg text", "new contexts (e.g. text"),
        (r"modules (\eg, DINOv2)", "modules (e.g., DINOv2)"),
        (r"(NeRV, \etc) reconstruct", "(NeRV, etc.) reconstruct"),
        (r"by others, \ie. us", "by others, i.e. us"),
        (r"Additionally, \model models", "Additionally, model models"),
        (r"\ourMethod-trained models", "ourMethod-trained models"),
        (r"na\"ively, Schr\"{o}dinger, \'{e}t\'e, \v{C}apek", "naïvely, Schrödinger, été, Čapek"),
        (r"60\,000 asteroids", "60 000 asteroids"),
        (r"the matrix \( A \), this", "the matrix $A$, this"),
        ("Byte-~and Word-Level", "Byte- and Word-Level"),
        ("wav2vec~2.0 by~30", "wav2vec 2.0 by 30"),
        ("``naturally-occurring'' text", "“naturally-occurring” text"),
        ("a `power' shape", "a ‘power’ shape"),
        ("don't, the users' wishes", "don't, the users' wishes"),
        ("https://x.io/{https://x.io/}.", "https://x.io/."),
        ("at https://x.io/a{https://x.io/a}. And", "at https://x.io/a. And"),
        ("at [https://x.io/a](https://x.io/a).", "at https://x.io/a."),
        ("soft\u00adhyphen and zero\u200bwidth\ufeff", "softhyphen and zerowidth"),
        ("two  blanks,\u00a0a\tand\nlines ", "two blanks, a and lines"),
        ("e\u0301", "é"),
        ("R&amp;D &lt;3", "R&D <3"),
    ],
)
def test_what_copying_damaged_is_repaired(copied: str, repaired: str) -> None:
    assert clean(copied) == repaired


@pytest.mark.parametrize(
    "text",
    [
        r"a loss of $\alpha \% x~y$ here",
        "a special <obj> token, <EOS> and <3%",
        "with 1M~60M parameters, ~30 of them, 1% ~ 3%",
        "G_{stack} and O(N^2), |P(M){-}P(m)|{<}",
        "https://x.io/a?b=%2F~%2F&c=`d`",
        "and so--on, -- as it is --- written",
        "AT&T, Q&A; more",
        r"C:\Users\me",
        "می‌خواهم",  # the joiner between the letters means something
    ],
)
def test_what_is_text_stays(text: str) -> None:
    assert clean(text) == text


@given(st.text())
def test_any_text_is_cleaned_to_single_blanks_in_nfc(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == " ".join(cleaned.split())
    assert unicodedata.is_normalized("NFC", cleaned)


@given(st.text(alphabet=r"\{}$`~'\"&; abetxi%/:.()[]#^_"))
def test_any_heap_of_latex_signs_can_be_cleaned(text: str) -> None:
    assert isinstance(clean(text), str)
