"""A paper that is about the same as another one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Related:
    """How near a paper is to another (1 is the same text), and the words that both share, the most telling first.

    The words are written as in the other paper's text.
    """

    paper_id: int
    score: float
    words: tuple[str, ...]
