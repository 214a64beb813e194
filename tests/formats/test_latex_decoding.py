"""LaTeX in: accents, signs and commands become the characters that they show; mathematics stays."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats.latex_decoding import to_text
from readinglist.formats.latex_text import clean_line, clean_lines, escape, escape_name, escape_title

any_text = st.text(
    st.one_of(st.sampled_from("\\{}$&%#_~^<>\"'`,-=@()?! \n\tand AB1éh:/"), st.characters(exclude_categories=()))
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (r"M{\"u}ller, \'Emile, Ji\v{r}\'{\i} and {\'E}douard", "Müller, Émile, Jiří and Édouard"),
        (r"\O stergaard, \L{}ukasz, {\ss}, \aa, \AE sir, \i", "Østergaard, Łukasz, ß, å, Æsir, ı"),
        (r"Nguy{\~\^e}n Th{\d i}, \'{\^e}, \c{c}\c c, Erd\H{o}s, \k{a}, \t{oo}", "Nguyễn Thị, ế, çç, Erdős, ą, o͡o"),
        (r"50\% of R\&D, a\_b, \#1, \$5, \{x\}", "50% of R&D, a_b, #1, $5, {x}"),
        ("50% of users", "50% of users"),
        (r"``quoted'' --- 1--2, ?`que?", "“quoted” — 1–2, ¿que?"),
        (r"a-{}-b {\textasciitilde} {\textbackslash}textless {\textless}obj{\textgreater}", r"a--b ~ \textless <obj>"),
        (r"$O(N \log N)$ and {$x_{1}$} and \(y^2\)", r"$O(N \log N)$ and $x_{1}$ and $y^2$"),
        ("{BERT} for {{NLP}}", "BERT for NLP"),
        (r"\emph{C. elegans} in {\em vitro}, \textsc{Small}, \foo{bar}", "C. elegans in vitro, Small, bar"),
        (r"\alpha-helix, 5\textdegree, \textregistered, \ldots, \LaTeX{} book", "α-helix, 5°, ®, …, LaTeX book"),
        (r"see \url{http://x.org/~a_b--c} or http://x.org/~d--e", "see http://x.org/~a_b--c or http://x.org/~d--e"),
        (r"\href{http://x.org}{the page}, \enquote{so {\"o}}", "the page, “so ö”"),
        (r"two\\lines, thin\,space, hy\-phen", "two lines, thin space, hyphen"),
        ("D.~E. Knuth", "D. E. Knuth"),
        ("US$ 5 and $", "US$ 5 and $"),
        ("\\", "\\"),
        ("{", ""),
    ],
)
def test_latex_shows_as_text(raw: str, shown: str) -> None:
    assert to_text(raw) == shown


@given(any_text)
def test_what_we_write_reads_back(text: str) -> None:
    lines, line = clean_lines(text), clean_line(text)
    assert to_text(escape(lines)) == lines
    assert to_text(escape_title(line)) == line
    assert to_text(escape_name(line)).replace("$", "") == line.replace("$", "")


@given(st.text(st.sampled_from("\\{}$'\"`~-ijo url[]()begnhrf")))
def test_nothing_raises(raw: str) -> None:
    to_text(raw)


@pytest.mark.parametrize(
    "part", ["{", "\\", "$", "\\'{", "\\(x", "$a\\", "\\url{", "\\href{a", "$$a", "\\enquote{", "--"]
)
def test_a_long_text_of_one_thing_is_read_at_once(part: str) -> None:
    start = time.process_time()
    to_text(part * 100_000)
    assert time.process_time() - start < 5  # a hundred times what it takes; a quadratic way would take hours
