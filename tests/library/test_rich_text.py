import pytest

from readinglist.library.rich_text import AFTER_NUMBER, NEW_LINE, RichText, finished, marked, without_marks


def end(text: str, *, in_quotes: bool = True) -> str:
    return finished(text, punctuation_in_quotes=in_quotes).text


def test_marks_become_markup_and_all_else_is_escaped() -> None:
    entry = RichText(f"{marked('italic', 'A & <b>')} x < y {marked('small-caps', 'Doe')}")
    assert entry.html == '<i>A &amp; &lt;b&gt;</i> x &lt; y <span style="font-variant:small-caps">Doe</span>'
    assert entry.text == "A & <b> x < y Doe"


def test_markup_is_balanced_whatever_the_marks_are() -> None:
    opening, closing = marked("bold", " ").split(" ")
    assert RichText(f"{closing}a{opening}b").html == "a<b>b</b>"
    assert RichText(f"{marked('italic', f'a{closing}b')}").html == "<i>ab</i>"


def test_what_comes_from_papers_holds_no_marks() -> None:
    assert without_marks(f"a {marked('bold', 'b')}\n c{NEW_LINE}") == "a b c"


def test_numbers_and_lines_of_their_own_are_set_apart() -> None:
    entry = RichText(f"[1]{AFTER_NUMBER}A. Doe{NEW_LINE}Abstract")
    assert entry.text == "[1] A. Doe\nAbstract"
    assert entry.html == "[1] A. Doe<br>Abstract"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("“Title”, J.", "“Title,” J."),
        ("“Title”. J.", "“Title.” J."),
        ("“What Is It?”. J.", "“What Is It?” J."),
        ("“What Is It?”, J.", "“What Is It?,” J."),
        ("“The “inner” one”, J.", "“The ‘inner’ one,” J."),
        ("“Only the “last””, J.", "“Only the ‘last,’” J."),
        ("“Wait...”. J.", "“Wait...” J."),
        ("Wait... J.", "Wait... J."),
        (f"{marked('italic', 'et al.')}. Title", "et al. Title"),
        (f"{marked('italic', 'What?')}. Next", "What? Next"),
    ],
)
def test_punctuation_is_as_it_is_printed(written: str, printed: str) -> None:
    assert end(written) == printed


def test_punctuation_stays_outside_quotes_where_the_language_has_it_so() -> None:
    assert end("“Title”, J.", in_quotes=False) == "“Title”, J."
