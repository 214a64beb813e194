"""Texts of a format, damaged as files get damaged: pieces lost, doubled, swapped, broken into."""

import random
from collections.abc import Iterator

_BREAKS = ("\x00", "\ufffd", "\ud800", "<", ">", "{", "}", "[", "]", '"', "\\", "&", "\n\n", " ", "9" * 5000)


def damaged(text: str, times: int = 60) -> Iterator[str]:
    """A text in many states of damage; the same in every run."""
    chance = random.Random(text)
    for _ in range(times):
        broken = text
        for _ in range(chance.randint(1, 4)):
            broken = _break(broken, chance)
        yield broken


def _break(text: str, chance: random.Random) -> str:
    start, end = sorted(chance.randint(0, len(text)) for _ in range(2))
    end = min(end, start + chance.choice((1, 20, 400, 10_000)))
    match chance.randint(0, 4):
        case 0:
            return text[:start] + text[end:]
        case 1:
            return text[:end] + text[start:]
        case 2:
            return text[end:] + text[:start]
        case 3:
            return text[:start]
        case _:
            return text[:start] + chance.choice(_BREAKS) + text[start:]
