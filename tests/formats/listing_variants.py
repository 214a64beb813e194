"""The ways in which people copy a listing: each renders the same papers as another text."""

import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

HEADER = ("new", "Get trending papers in your email inbox!", "Subscribe", "byAK and the research community")
NAVIGATION = (
    "Hugging Face's logo", "Hugging Face", "Models Datasets Spaces Community Docs Enterprise Pricing", "Log In",
    "Sign Up", "Daily Papers",
)  # fmt: skip
FOOTER = ("Previous", "Next", "Back to top", "Company", "TOS", "Privacy", "About", "Careers", "© Hugging Face")


@dataclass(frozen=True, slots=True)
class Copying:
    """How a listing is copied. Gaps count the blank lines; widths of 0 leave lines unwrapped."""

    header: Sequence[str] = HEADER
    day: str = "Mar 14"
    again_after: int = 0  # the header once more after so many papers
    footer: Sequence[str] = ()
    below_title: int = 1
    below_abstract: int = 1
    title_width: int = 0
    abstract_width: int = 0
    hyphens: bool = True  # break words at their hyphens
    above: Sequence[str] = ()
    between: Sequence[str] = ()
    below: Sequence[str] = ()
    mark: str = ""  # before each title; "1." counts
    prefix: str = ""  # before each line
    suffix: str = ""  # after each line
    double: bool = False  # a blank line after each line
    line_end: str = "\n"


def render(papers: Sequence[tuple[str, str]], how: Copying) -> str:
    """The papers as a copied text."""
    top = [[line] for line in (*how.header, *((how.day,) if how.day else ()))]
    lines: list[str] = []
    for block in top:
        lines += [*block, *[""] * max(how.below_title, how.below_abstract)]
    for number, (title, abstract) in enumerate(papers, 1):
        if how.again_after and number > 1 and number % how.again_after == 1:
            for block in top:
                lines += [*block, *[""] * max(how.below_title, how.below_abstract)]
        lines += _card(number, title, abstract, how)
    lines += how.footer
    if how.double:
        lines = [line for pair in lines for line in (pair, "")]
    return how.line_end.join(how.prefix + line + how.suffix if line else line for line in lines)


def _card(number: int, title: str, abstract: str, how: Copying) -> list[str]:
    lines: list[str] = []
    for line in how.above:
        lines += [line, *[""] * how.below_title]
    mark = f"{number}. " if how.mark == "1." else how.mark
    lines += [*_wrapped(mark + title, how.title_width, how), *[""] * how.below_title]
    for line in how.between:
        lines += [line, *[""] * how.below_title]
    lines += _wrapped(abstract, how.abstract_width, how)
    for line in how.below:
        lines += [*[""] * how.below_title, line]
    return [*lines, *[""] * how.below_abstract]


def _wrapped(text: str, width: int, how: Copying) -> list[str]:
    if not width:
        return [text]
    return textwrap.wrap(text, width, break_on_hyphens=how.hyphens, break_long_words=False)


def some_way(chance: random.Random) -> Copying:
    """A way of copying made up of several, such that a person could still tell titles from abstracts."""
    width = chance.choice([0, 0, 60, 72, 80, 100])
    gaps = chance.choice([(1, 1), (1, 1), (1, 2), (0, 1), (0, 2), (3, 3), (2, 3), (0, 0)])
    cards = chance.choice(["none", "none", "votes above", "votes below", "daily", "authors"])
    return Copying(
        header=chance.choice([HEADER, NAVIGATION + HEADER, (), HEADER[1:3]]),
        day=chance.choice(["Mar 14", "March 14", "14 Mar", "Mar 14, 2025", "Fri, Mar 14, 2025", "2025-03-14"]),
        again_after=chance.choice([0, 0, 4, 7]),
        footer=chance.choice([(), FOOTER]),
        below_title=gaps[0],
        below_abstract=gaps[1],
        title_width=chance.choice([0, width]),
        abstract_width=width,
        hyphens=chance.random() < 0.5,
        above={"votes above": ("42",), "daily": ("Submitted by", "akhaliq", "1.2k")}.get(cards, ()),
        between={"authors": ("Ada Lovelace, Alan M. Turing, John von Neumann",), "daily": ("· 12 authors",)}.get(
            cards, ()
        ),
        below={"votes below": ("Upvote", "42", "GitHub 123", "arXiv page")}.get(cards, ()),
        mark=chance.choice(["", "", "• ", "1."]),
        prefix=chance.choice(["", "", "> ", "  ", "\t"]),
        suffix=chance.choice(["", "", " ", "\u00a0", "\u200b"]),
        line_end=chance.choice(["\n", "\r\n", "\r"]),
    )
