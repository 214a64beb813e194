"""A library of plain words, questions about it, and their answers by looking at every paper: no index, no parser.

The words are lower-case syllables without a plural s, so that a word is found where it stands, letter by letter.
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from readinglist.library.answers import InputText

_SYLLABLES = ("ba", "co", "di", "fu", "gel", "hal", "im", "jo", "kle", "mon")
_WORDS = 260


@dataclass(frozen=True)
class Plain:
    """The words of one paper."""

    title: str
    abstract: str
    note: str = ""
    file: str = ""


Meaning = Callable[[Plain], bool]


def made_up(count: int, seed: int) -> list[Plain]:
    """Papers whose words are common and rare as in a language; the same for the same numbers."""
    chance = random.Random(0)
    words = list(dict.fromkeys("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(_WORDS)))
    weights = [1 / (place + 2) for place in range(len(words))]
    chance = random.Random(seed)
    return [
        Plain(" ".join(chance.choices(words, weights, k=7)).title(), _sentences(chance.choices(words, weights, k=40)))
        for _ in range(count)
    ]


def listing(papers: list[Plain], name: str, day: int) -> InputText:
    """The papers as a listing."""
    header = ("new", "Get trending papers in your email inbox!", "Subscribe", "byAK and the research community")
    parts = [*header, f"Mar {day}"]
    for paper in papers:
        parts += [paper.title, paper.abstract]
    return InputText(name, "\n\n".join(parts).encode())


def questions(papers: list[Plain], seed: int) -> Mapping[str, Meaning]:
    """Questions in the search language, and what each means."""
    chance = random.Random(seed)
    one, two, three = (chance.choice(_row(chance.choice(papers).abstract)) for _ in range(3))
    title = chance.choice(_row(chance.choice(papers).title))
    begun = chance.choice(_row(chance.choice(papers).abstract))[:4]
    row = _row(chance.choice(papers).abstract)
    first = chance.randrange(len(row) - 1)
    phrase = " ".join(row[first : first + 2])
    in_file = _row(chance.choice([paper.file for paper in papers if paper.file] or [f"{one} {two} {three}"]))
    place = chance.randrange(len(in_file) - 2)
    far = " ".join(in_file[place : place + 3])
    return {
        one: lambda paper: one in _words(paper),
        f"{one} {two}": lambda paper: {one, two} <= _words(paper),
        f"{one} or {three}": lambda paper: bool({one, three} & _words(paper)),
        f"{one} -{two}": lambda paper: one in _words(paper) and two not in _words(paper),
        f"-{three}": lambda paper: three not in _words(paper),
        f"{begun}*": lambda paper: any(word.startswith(begun) for word in _words(paper)),
        f"title:{title}": lambda paper: title in _row(paper.title),
        f"abstract:{one}": lambda paper: one in _row(paper.abstract),
        f'"{phrase}"': lambda paper: any(
            _stands(phrase, text) for text in (paper.title, paper.abstract, paper.note, paper.file)
        ),
        f"pdf:{one}": lambda paper: one in _row(paper.file),
        f"-pdf:{in_file[place]}": lambda paper: in_file[place] not in _row(paper.file),
        f'pdf:"{far}"': lambda paper: _stands(far, paper.file),
        f'"{far}" {two}': lambda paper: (
            two in _words(paper)
            and any(_stands(far, text) for text in (paper.title, paper.abstract, paper.note, paper.file))
        ),
        "note:zeppelin": lambda paper: "zeppelin" in _row(paper.note),
        "xyzzy": lambda _: False,
    }


def _words(paper: Plain) -> set[str]:
    return {*_row(paper.title), *_row(paper.abstract), *_row(paper.note), *_row(paper.file)}


def _stands(phrase: str, text: str) -> bool:
    return f" {phrase} " in f" {' '.join(_row(text))} "


def _row(text: str) -> list[str]:
    return re.findall("[a-z]+", text.lower())


def _sentences(words: list[str]) -> str:
    return " ".join(f"{' '.join(words[place : place + 10]).capitalize()}." for place in range(0, len(words), 10))
