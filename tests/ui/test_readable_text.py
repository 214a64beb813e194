import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.ui.readable_text import readable


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"An $\alpha$-stable law", "An α-stable law"),
        (r"$x^2 + y_1$", "x² + y₁"),
        (r"in $O(n \log n)$ time", "in O(n log n) time"),
        ("O(n^2) and 10^{-3}", "O(n²) and 10⁻³"),
        (r"$\mathbb{R}^d \to \mathbb{R}$", "ℝᵈ → ℝ"),
        (r"$\frac{1}{2}$ of $\frac{a+b}{c}$", "1/2 of (a+b)/c"),
        (r"$\sqrt{d}$, $\sqrt{2 d}$", "√d, √(2 d)"),
        (r"$x_{\text{max}}$", "x₍max₎".replace("₍max₎", "ₘₐₓ")),
        (r"$\hat{y}$", "y\u0302"),
        (r"$W_Q$", "W_Q"),
        (r"$\epsilon\leq 0.1$", "ϵ≤ 0.1"),
        (r"\textbf{Bold} and \emph{slanted}", "Bold and slanted"),
        (r"12.3\% better \& faster", "12.3% better & faster"),
        (r"\(a \times b\)", "a × b"),
        ("from $5 to $10 a month", "from $5 to $10 a month"),
        ("snake_case and <obj> {braces}", "snake_case and <obj> {braces}"),
        (r"our \ourMethod is kept", r"our \ourMethod is kept"),
        (r"$\left( x \right)$", "( x )"),
        ("plain text", "plain text"),
        ("", ""),
    ],
)
def test_latex_is_shown_as_one_would_read_it(written: str, shown: str) -> None:
    assert readable(written) == shown


def test_deeply_nested_braces_are_shown_and_do_not_break() -> None:
    nested = "$" + "{" * 400 + "x" + "}" * 400 + "$"
    assert "x" in readable(nested)


@given(st.text(alphabet="ab12 \\${}^_~()[]%alphfrcsqt\n", max_size=120))
def test_any_text_can_be_shown(text: str) -> None:
    assert isinstance(readable(text), str)


@given(st.text().filter(lambda text: not set(text) & set("\\$^")))
def test_text_without_latex_stays_as_it_is(text: str) -> None:
    assert readable(text) == text
