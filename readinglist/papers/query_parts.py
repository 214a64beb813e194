"""The parts of a typed search that count by themselves: its words, phrases, field tests and brackets."""

from collections.abc import Iterator
from dataclasses import dataclass

from readinglist.papers.query_tokens import Kind, Token, split


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A part with its place in the text, what negates it included.

    `token` is its only piece; None for brackets.
    """

    start: int
    end: int
    token: Token | None = None
    negated: bool = False

    @property
    def value_start(self) -> int:
        """Where the value of its only piece starts, behind the field's name and a quotation mark."""
        if self.token is None:
            return self.start
        closing = self.token.kind is Kind.PHRASE and self.token.closed
        return self.end - closing - len(self.token.values[-1])


def parts(text: str) -> Iterator[QueryPart]:
    """The parts that stand in no brackets, in order; orders such as sort:title ask nothing and are none."""
    begun: int | None = None
    depth = 0
    for token in split(text):
        negated = begun is not None and not depth and begun < token.start
        begun = token.start if begun is None else begun
        if token.kind is Kind.OPEN:
            depth += 1
        elif token.kind is Kind.CLOSE and depth:
            depth -= 1
            if not depth:
                yield QueryPart(begun, token.end)
        elif not depth and token.kind in (Kind.WORD, Kind.PHRASE, Kind.TEST) and token.field != "sort":
            yield QueryPart(begun, token.end, token, negated)
        if not depth and token.kind is not Kind.NOT:
            begun = None
    if depth and begun is not None:
        yield QueryPart(begun, len(text))
