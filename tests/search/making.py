"""Made-up papers for the tests of the full-text index."""

import random
from dataclasses import replace

from readinglist.search.weights import PaperText

SYLLABLES = ["ba", "co", "di", "fu", "ge", "hal", "im", "jo", "kle", "mon"]


def made_up(number: int, seed: int = 7) -> list[PaperText]:
    """Papers with ids from 1, whose words are common and rare as in a language; the same for the same seed."""
    dice = random.Random(seed)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(400)]
    words += [
        "multi-modal",
        "multi modal",
        "multimodal",
        "Mueller",
        "Muller",
        "GPT-4",
        "Müller",
        "C++",
        "x²",
        "机器学习",
        "studies",
        "pre-training",
    ]
    dice.shuffle(words)
    weights = [1 / (place + 2) for place in range(len(words))]

    def text(count: int) -> str:
        return " ".join(dice.choices(words, weights, k=count))

    papers = [
        PaperText(paper_id, text(7), text(40), text(4), text(5) if dice.random() < 0.3 else "")
        for paper_id in range(1, number + 1)
    ]
    return [replace(paper, pdf=text(80)) if dice.random() < 0.2 else paper for paper in papers]
