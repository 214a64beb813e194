"""Reads a typed search into a tree. Whatever is typed finds something sensible: nothing is ever raised.

Words next to each other must all match; `or` (or |) binds weaker than that, a leading - (or NOT) stronger.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from readinglist.papers.bound_prefixes import BOUND_PREFIXES
from readinglist.papers.query import And, FieldTest, Node, Not, Or, Phrase, Query, QueryProblem, Word
from readinglist.papers.query_tokens import TEXT_FIELDS, Kind, Token, split
from readinglist.papers.query_values import WORD_FIELDS, ValueProblem, test_for

# Brackets within brackets within ... beyond this count are ignored, so that no text can exhaust the stack.
DEEPEST_BRACKETS = 50

_TEXTS = frozenset(TEXT_FIELDS.values())


def parse(text: str, today: date, typing: bool = False) -> Query:
    """What a typed search means.

    Args:
        text: anything.
        today: the day that words such as last-week count from.
        typing: the reader has not finished: a last word may go on, and a last test that is wrong so far is no problem.
    """
    return _Parser(text, today, typing).run()


@dataclass(slots=True)
class _Group:
    """What stands between brackets: alternatives, each of parts that must all match."""

    field: str = ""
    negated: bool = False
    alternatives: list[list[Node]] = dataclasses.field(default_factory=lambda: [[]])


class _Parser:
    def __init__(self, text: str, today: date, typing: bool) -> None:
        self._text = text
        self._today = today
        self._typing = typing
        self._groups = [_Group()]
        self._ignored_brackets = 0
        self._negated = False
        self._sort = ""
        self._problems: list[QueryProblem] = []

    def run(self) -> Query:
        for token in _with_prefixes(split(self._text)):
            self._take(token)
        while len(self._groups) > 1:
            self._close()
        tree = _tree(self._groups[0])
        return Query(And(()) if tree is None else tree, self._sort, tuple(self._problems))

    def _take(self, token: Token) -> None:
        if token.kind is Kind.NOT:
            self._negated = not self._negated
            return
        if token.kind is Kind.OPEN:
            self._open(token)
        elif token.kind is Kind.CLOSE:
            self._close()
        elif token.kind is Kind.OR:
            self._groups[-1].alternatives.append([])
        elif token.kind is not Kind.AND:
            self._add(self._leaf(token), negated=self._negated)
        self._negated = False

    def _open(self, token: Token) -> None:
        if len(self._groups) > DEEPEST_BRACKETS:
            self._ignored_brackets += 1
        else:
            self._groups.append(_Group(token.field or self._groups[-1].field, self._negated))

    def _close(self) -> None:
        if self._ignored_brackets:
            self._ignored_brackets -= 1
        elif len(self._groups) > 1:
            group = self._groups.pop()
            self._add(_tree(group), negated=group.negated)

    def _add(self, node: Node | None, *, negated: bool) -> None:
        if node is not None:
            self._groups[-1].alternatives[-1].append(_negation(node) if negated else node)

    def _leaf(self, token: Token) -> Node | None:
        if token.kind is Kind.TEST:
            return self._test(token, token.field)
        name = token.field or self._groups[-1].field
        if name and name not in _TEXTS:
            return self._test(token, name)
        goes_on = self._typing and not self._negated and token.end == len(self._text)
        if token.kind is Kind.PHRASE:
            return _phrase(token.values[0], name, goes_on=goes_on and not token.closed)
        return _words(token.values[0], name, goes_on=goes_on)

    def _test(self, token: Token, name: str) -> Node | None:
        unfinished = self._typing and token.end == len(self._text)
        last = len(token.values) - 1
        tests: list[Node] = []
        for number, value in enumerate(token.values):
            goes_on = unfinished and number == last and not self._text.endswith('"')
            try:
                tests.append(self._begun(name, value) if goes_on else self._value(name, value))
            except ValueProblem as problem:
                if not unfinished:
                    self._problems.append(QueryProblem(token.start, token.end, str(problem)))
        tests = [test for test in tests if not (isinstance(test, FieldTest) and test.field == "sort")]
        return _either(tests)

    def _begun(self, name: str, value: str) -> Node:
        """A value that the reader is typing: where it is none yet, all values that begin so are meant."""
        try:
            test = self._value(name, value)
        except ValueProblem:
            if name in WORD_FIELDS and value.strip():
                return self._value(name, f"{value}*")
            raise
        return dataclasses.replace(test, unfinished=True) if name == "tag" and isinstance(test, FieldTest) else test

    def _value(self, name: str, value: str) -> Node:
        if not value.strip():
            raise ValueProblem(f"{name}: needs a value behind it.")
        test = test_for(name, value, self._today)
        if isinstance(test, FieldTest) and test.field == "sort":
            self._sort = str(test.value)
        return test


def _with_prefixes(tokens: Iterator[Token]) -> Iterator[Token]:
    """The same pieces, with what is no word by itself put to the word behind it: "multi modal" is one."""
    before: Token | None = None
    prefix: Token | None = None
    for token in tokens:
        plain = token.kind is Kind.WORD and not token.field
        if prefix is not None:
            if plain and token.start == prefix.end + 1 and token.values[0][:1].isalpha():
                joined = f"{prefix.values[0]} {token.values[0]}"
                prefix = dataclasses.replace(prefix, end=token.end, values=(joined,))
                yield prefix
                before, prefix = prefix, None
                continue
            yield prefix
            prefix = None
        negated = before is not None and before.kind is Kind.NOT
        if plain and not negated and token.values[0].lower() in BOUND_PREFIXES:
            prefix = token
        else:
            yield token
        before = token
    if prefix is not None:
        yield prefix


def _words(text: str, name: str, *, goes_on: bool) -> Node | None:
    """A word, or several where colons join them; what has no letter and no digit asks nothing."""
    near = text.endswith("~")
    goes_on = (goes_on or text.endswith("*")) and not near
    pieces = [piece.rstrip("*~") for piece in text.split(":")]
    last = len(pieces) - 1
    words: list[Node] = [
        Word(piece, name, prefix=number == last and goes_on, near=number == last and near)
        for number, piece in enumerate(pieces)
        if _says_something(piece)
    ]
    return _all(words)


def _phrase(text: str, name: str, *, goes_on: bool) -> Node | None:
    return Phrase(text, name, prefix=goes_on and not text[-1:].isspace()) if _says_something(text) else None


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _tree(group: _Group) -> Node | None:
    return _either([part for part in map(_all, group.alternatives) if part is not None])


def _all(parts: list[Node]) -> Node | None:
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else (part,))
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def _either(parts: list[Node]) -> Node | None:
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Or) else (part,))
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def _negation(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)
