"""Which pieces of a listing are titles and which are abstracts.

Neither length nor letters alone can tell. What counts is the whole: titles and abstracts take turns, breaks are of
one kind, titles look like titles. Each reading of the pieces has a cost, and the cheapest one is found step by step
(the Viterbi algorithm over a handful of states; Rabiner 1989, "A Tutorial on Hidden Markov Models").
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum

from readinglist.formats.listing_layout import BULLET, Layout, Piece
from readinglist.formats.listing_lines import Kind


class Role(IntEnum):
    """What a piece is in its listing."""

    AROUND = 0  # of the page, or about a paper
    DAY = 1
    TITLE = 2
    MORE_TITLE = 3
    ABSTRACT = 4
    MORE_ABSTRACT = 5
    PARAGRAPH = 6
    ORPHAN = 7  # an abstract without a title


# Where one stands after a piece.
_START, _IN_TITLE, _IN_ABSTRACT, _AFTER_TITLE, _AFTER_ABSTRACT = range(5)
_NEVER = float("inf")
_ORPHAN, _PARAGRAPH = 4.0, 5.0
_MISSING, _MISSING_WRAPPED = 2.5, 5.0  # single lines of a wrapped text look like titles more often
_AT_END = 2.5  # a last title without its abstract
_SETTLE = 64  # pieces after which readings are compared, and what they agree on is given out
_AT_MOST = 640

_SENTENCE = re.compile(r"[.।۔](?:(?<=[^\W\d_][^\W\d_].)|(?<=[\d)\]%”\"].))(?<!vs.)(?<!al.)\s+(?=[^a-z\s])|[。।۔](?=\S)")
_OPENING = re.compile(
    r"(?:We|In (?:this|recent)|This (?:paper|work|study|article|survey)|Recent(?:ly)?|Despite|Although|However|While"
    r"|These|Our|It is|There|Many|Most|Existing|Moreover|Finally|To this end)\b"
)
_OF_SENTENCES = frozenset({
    "is", "are", "was", "were", "has", "have", "we", "our", "this", "these", "its", "which", "that", "propose", "show",
    "present", "introduce", "achieve", "achieves", "can",
})  # fmt: skip
_UNFINISHED = re.compile(r"(?:[:,–—-]|\b(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|via|with|without|using))$")


def title_score(text: str) -> float:
    """How much a text by itself looks like a title (above 0) or like an abstract (below 0), from about -9 to 4."""
    head = text[:400]
    words = head.split()
    sentences = len(_SENTENCE.findall(head))
    score = -2.5 * min(sentences, 2) + _score_of_end(text[-1:])
    score -= 0.8 * min(len(_OF_SENTENCES.intersection(words)), 3)
    if _OPENING.match(head):
        score -= 1.5
    score += _score_of_capitals(words[1:25])
    if ":" in head[3:60] and not sentences:
        score += 0.7
    return score - (1.5 if len(text) > 350 else 0.0)


def _score_of_capitals(words: list[str]) -> float:
    letters = [word.lstrip("(“\"‘'[")[:1] for word in words if len(word) > 3]
    letters = [letter for letter in letters if letter.isalpha()]
    if not letters:
        return 0.0
    share = sum(1 for letter in letters if not letter.islower()) / len(letters)
    return 2.0 if share >= 0.7 else -1.5 if share <= 0.25 else 0.0


def _score_of_end(last: str) -> float:
    if last in ".。।۔":
        return -2.0
    return 0.0 if last in "?!？！؟" else -0.7 if last in ":;,…" else 0.7


class _Seen:
    """What the costs need to know of a piece."""

    __slots__ = ("bullet", "ended", "gap", "lower", "piece", "score", "soft", "unfinished")

    def __init__(self, piece: Piece) -> None:
        text = piece.text
        mark = BULLET.match(text)
        if mark is not None:
            text = text[mark.end() :] or text
        self.piece = piece
        self.gap, self.soft = piece.gap, piece.soft
        self.score = title_score(text)
        self.ended = piece.ended
        self.unfinished = _UNFINISHED.search(text[-12:]) is not None
        self.lower = text[0].islower() or text.startswith(("http", "("))
        self.bullet = mark is not None


_Path = tuple[Piece, Role, "_Path"] | None
_Reading = tuple[float, _Path]


def roles_of(pieces: Iterable[Piece], layout: Layout) -> Iterator[tuple[Role, Piece]]:
    """The pieces in order, each with its role. Only as many are held as are still in doubt."""
    costs = _Costs(layout)
    readings: list[_Reading] = [(0.0, None), *[(_NEVER, None)] * 4]
    waiting = 0
    for piece in pieces:
        readings = costs.step(readings, piece)
        waiting += 1
        if waiting % _SETTLE == 0:
            settled, readings, waiting = _settle(readings, waiting)
            yield from settled
    ends = (0.0, _AT_END, 0.0, _AT_END, 0.0)
    best = min(range(5), key=lambda state: readings[state][0] + ends[state])
    yield from _steps_of(readings[best][1])


def _steps_of(path: _Path) -> list[tuple[Role, Piece]]:
    steps: list[tuple[Role, Piece]] = []
    while path is not None:
        steps.append((path[1], path[0]))
        path = path[2]
    steps.reverse()
    return steps


def _settle(readings: list[_Reading], waiting: int) -> tuple[list[tuple[Role, Piece]], list[_Reading], int]:
    """What all readings agree on from their beginning, and the readings from there on."""
    if waiting >= _AT_MOST:  # no agreement in sight: the cheapest reading it is
        best = min(readings, key=lambda reading: reading[0])
        readings = [reading if reading is best else (_NEVER, None) for reading in readings]
    alive = [_steps_of(path) if cost < _NEVER else None for cost, path in readings]
    paths = [steps for steps in alive if steps is not None]
    agreed = 0
    for steps in zip(*paths, strict=True):
        if any(role != steps[0][0] for role, _ in steps):
            break
        agreed += 1
    least = min(cost for cost, _ in readings)
    rest = [
        (cost - least, _path_of(steps[agreed:]) if steps is not None else None)
        for (cost, _), steps in zip(readings, alive, strict=True)
    ]
    return paths[0][:agreed], rest, waiting - agreed


def _path_of(steps: list[tuple[Role, Piece]]) -> _Path:
    path: _Path = None
    for role, piece in steps:
        path = (piece, role, path)
    return path


class _Costs:
    """The costs of reading one piece after the other."""

    def __init__(self, layout: Layout) -> None:
        self._blanks = layout.blanks
        self._width = layout.width
        self._missing = _MISSING_WRAPPED if layout.width else _MISSING
        self._before: _Seen | None = None  # the piece of text before
        self._style = ""  # how days are written here
        self._kind = Kind.PAGE  # of the piece before
        self._card_begun = False  # whether something was told since that stands above titles
        self._marked_titles = False  # whether titles have bullets or numbers

    def step(self, readings: list[_Reading], piece: Piece) -> list[_Reading]:
        """The cheapest readings up to and with this piece, by the state that they end in."""
        found: list[_Reading] = [(_NEVER, None)] * 5
        looks = piece.looks

        def offer(state: int, cost: float, role: Role, path: _Path) -> None:
            if cost < found[state][0]:
                found[state] = (cost, (piece, role, path))

        if looks.kind is not Kind.TEXT:
            self._offer_around(readings, piece, offer)
        as_text = self._cost_as_text(piece)
        if as_text < _NEVER:
            seen = _Seen(piece)
            self._offer_title(readings, seen, as_text + max(0.0, -seen.score), offer)
            self._offer_abstract(readings, seen, as_text + self._cost_as_abstract(seen.score), offer)
            if looks.kind is Kind.TEXT:
                self._marked_titles = self._marked_titles or (self._before is None and seen.bullet)
                self._before = seen
        self._kind = looks.kind
        self._card_begun = looks.about.begins or (self._card_begun and looks.kind is not Kind.TEXT)
        return found

    def _cost_as_text(self, piece: Piece) -> float:
        day = piece.looks.day
        if day is None:
            return piece.looks.as_text
        # A title such as "March 14" among days written as "Mar 14".
        return 2.5 if self._style and day.style != self._style else piece.looks.as_text

    def _cost_as_abstract(self, score: float) -> float:
        """What looks much like a title is hardly an abstract, but rather a title whose abstract is missing."""
        likely = max(0.0, score)
        return likely if self._width else likely + max(0.0, score - 1.0) * 1.5

    def _offer_around(self, readings: list[_Reading], piece: Piece, offer: "_Offer") -> None:
        start, title, abstract, after_title, after_abstract = readings
        looks = piece.looks
        if looks.kind is Kind.DAY and looks.day is not None:
            for cost, path in (start, abstract, after_abstract):
                offer(_START, cost, Role.DAY, path)
            for cost, path in (title, after_title):
                offer(_START, cost + self._missing, Role.DAY, path)
                offer(_AFTER_TITLE, cost + 4.0, Role.AROUND, path)
            self._style = self._style or looks.day.style
            return
        names = 3.0 if looks.about.authors else 0.0  # names stand under a title
        before = self._before
        broken_off = 3.0 if looks.about.url and before is not None and not before.ended and not piece.gap else 0.0
        offer(_START, start[0] + names, Role.AROUND, start[1])
        offer(_AFTER_TITLE, title[0] + (0.5 if looks.kind is Kind.PAGE else 0.0), Role.AROUND, title[1])
        offer(_AFTER_TITLE, after_title[0], Role.AROUND, after_title[1])
        offer(_AFTER_ABSTRACT, abstract[0] + names + broken_off, Role.AROUND, abstract[1])
        offer(_AFTER_ABSTRACT, after_abstract[0] + names, Role.AROUND, after_abstract[1])

    def _offer_title(self, readings: list[_Reading], seen: _Seen, looks: float, offer: "_Offer") -> None:
        start, title, abstract, after_title, after_abstract = readings
        in_header = 3.0 if seen.piece.looks.kind is Kind.PAGE and self._kind is Kind.PAGE else 0.0
        offer(_IN_TITLE, start[0] + looks + in_header, Role.TITLE, start[1])
        offer(_IN_TITLE, title[0] + looks + self._missing + self._unfinished(3.0), Role.TITLE, title[1])
        offer(_IN_TITLE, title[0] + looks + self._more_title(seen), Role.MORE_TITLE, title[1])
        offer(_IN_TITLE, abstract[0] + looks + self._abstract_to_title(seen), Role.TITLE, abstract[1])
        offer(_IN_TITLE, after_title[0] + looks + self._missing, Role.TITLE, after_title[1])
        offer(_IN_TITLE, after_abstract[0] + looks, Role.TITLE, after_abstract[1])

    def _offer_abstract(self, readings: list[_Reading], seen: _Seen, looks: float, offer: "_Offer") -> None:
        start, title, abstract, after_title, after_abstract = readings
        piece = seen.piece
        before = self._before
        offer(_IN_ABSTRACT, start[0] + looks + _ORPHAN, Role.ORPHAN, start[1])
        joined = (1.5 if seen.soft else 0.0) + self._unfinished(2.0)
        if seen.bullet and not self._marked_titles:
            joined += 2.0
        if len(piece.lines) == 1 and 0 < self._width < len(piece.lines[0]) + 15:
            joined -= self._cost_as_abstract(seen.score) / 2  # the first line of something longer says less
        offer(_IN_ABSTRACT, title[0] + looks + joined, Role.ABSTRACT, title[1])
        another_card = 2.0 if self._card_begun else 0.0
        offer(_IN_ABSTRACT, after_title[0] + looks + another_card, Role.ABSTRACT, after_title[1])
        offer(_IN_ABSTRACT, abstract[0] + looks + self._more_abstract(seen), Role.MORE_ABSTRACT, abstract[1])
        offer(_IN_ABSTRACT, abstract[0] + looks + self._paragraph(seen), Role.PARAGRAPH, abstract[1])
        offer(_IN_ABSTRACT, after_abstract[0] + looks + _ORPHAN + 0.5, Role.ORPHAN, after_abstract[1])
        if before is not None and piece.looks.kind is Kind.TEXT:
            goes_on = 2.0 if not before.ended and seen.lower else _PARAGRAPH + 1.0
            role = Role.MORE_ABSTRACT if goes_on < _PARAGRAPH else Role.PARAGRAPH
            offer(_IN_ABSTRACT, after_abstract[0] + looks + goes_on, role, after_abstract[1])

    def _unfinished(self, cost: float) -> float:
        return cost if self._before is not None and self._before.unfinished else 0.0

    def _more_title(self, seen: _Seen) -> float:
        before = self._before
        if before is None:
            return _NEVER
        cost = 7.0 if seen.gap else 0.3 if seen.soft else 4.5 if self._width else 2.0 if self._blanks else 3.5
        if before.unfinished:
            cost = 1.5 if seen.gap else 0.3
        if seen.lower and not seen.gap:
            cost -= 0.3 if cost < 1 else 1.5
        return cost + (1.5 if before.ended else 0.0)

    def _abstract_to_title(self, seen: _Seen) -> float:
        before = self._before
        cost = 0.0
        if not seen.gap:
            cost = 2.0 if self._blanks else 1.0 if seen.soft else 0.0
        if before is not None and not before.ended:
            cost += 1.0 + (2.0 if before.unfinished else 0.0)
        return cost

    def _more_abstract(self, seen: _Seen) -> float:
        before = self._before
        if before is None:
            return _NEVER
        if seen.bullet and not seen.soft:  # where lines were wrapped, "(2)" may begin one
            return 6.0
        broken_off = not before.ended and (seen.lower or before.unfinished)
        if seen.gap:
            return 2.5 if broken_off else 8.0
        if seen.soft:
            return 0.2
        return 0.5 if broken_off else 4.0

    def _paragraph(self, seen: _Seen) -> float:
        before = self._before
        if before is None:
            return _NEVER
        if seen.soft:
            return _PARAGRAPH + 1.0
        if seen.bullet and self._marked_titles:
            return _PARAGRAPH + 1.5
        if seen.bullet:
            return 0.5 if before.bullet or before.piece.lines[-1].endswith(":") else 2.5
        return _PARAGRAPH - 1.0 if before.bullet or before.piece.lines[-1].endswith(":") else _PARAGRAPH


_Offer = Callable[[int, float, Role, _Path], None]
