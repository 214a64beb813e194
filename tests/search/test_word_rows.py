"""Phrases looked up in the rows of words, compared with a look into every text."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from readinglist.papers.query import Phrase
from readinglist.search.paper_index import PaperIndex
from readinglist.search.scan import holds
from readinglist.search.weights import PaperText
from tests.search.making import made_up

PAPERS = {paper.id: replace(paper, pdf="") for paper in made_up(150)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Iterator[PaperIndex]:
    """Several segments, with documents that were deleted or replaced."""
    made = PaperIndex(folder, "library")
    papers = list(PAPERS.values())
    made.build([PaperText(paper.id, paper.abstract, paper.title) for paper in papers[:70]])
    made.add(papers[:90])
    made.add(papers[90:])
    made.remove([7])
    made.add([PAPERS[7]])
    yield made
    made.close()


def phrases(number: int, seed: int = 1) -> Iterator[Phrase]:
    chance = random.Random(seed)
    for _ in range(number):
        paper = PAPERS[chance.randint(1, 150)]
        words = chance.choice([paper.title, paper.abstract, paper.abstract]).split()
        length = chance.choice((2, 2, 3, 4))
        first = chance.randrange(max(1, len(words) - length))
        chosen = words[first : first + length]
        if chance.random() < 0.3:
            chance.shuffle(chosen)
        text = " ".join(chosen).replace("-", chance.choice(("-", "", " ")))
        prefix = chance.random() < 0.2
        yield Phrase(text[:-1] if prefix else text, chance.choice(("", "", "title", "abstract", "notes")), prefix)


def standing(phrase: Phrase) -> set[int]:
    return {paper_id for paper_id, paper in PAPERS.items() if holds(phrase, paper)}


def compare(index: PaperIndex, number: int) -> int:
    """How many of the phrases the rows could tell."""
    told = 0
    for phrase in phrases(number):
        found, candidates = index.standing(phrase), index.scores(phrase)
        if found is not None and candidates is not None and " " in phrase.text.strip():
            told += 1
            scores = dict(zip(candidates[0].tolist(), candidates[1].tolist(), strict=True))
            assert set(found[0].tolist()) == standing(phrase) & set(scores), phrase
            assert found[1].tolist() == pytest.approx([scores[paper_id] for paper_id in found[0].tolist()])
    return told


def test_rows_tell_what_the_texts_tell(index: PaperIndex) -> None:
    assert compare(index, 400) > 300


def test_rows_go_with_their_papers_when_segments_are_joined(index: PaperIndex, folder: Path) -> None:
    for paper_id in range(1, 120, 9):
        index.add([PAPERS[paper_id]])
    index.fold()
    parts = [path for path in folder.iterdir() if path.is_dir()]
    assert {path.stem for path in parts[0].glob("*.rows")} == {path.stem for path in parts[0].glob("*.seg")}
    assert compare(index, 200) > 150


@pytest.mark.parametrize("harm", ["gone", "flipped", "counts", "short", "cut"])
def test_without_whole_rows_the_texts_are_asked(index: PaperIndex, folder: Path, harm: str) -> None:
    index.close()
    path = next(folder.rglob("*.rows"))
    data = bytearray(path.read_bytes())
    data[10 if harm == "counts" else len(data) // 2] ^= 4
    path.unlink()
    if harm != "gone":
        path.write_bytes(data[: {"short": 10, "cut": -4}.get(harm)])
    assert index.standing(Phrase("ba co")) is None
    index.add([PAPERS[3]])
    assert index.standing(Phrase("ba co")) is None
    index.build(PAPERS.values())
    assert index.standing(Phrase("ba co")) is not None
    assert compare(index, 60) > 40


def test_rows_of_another_segment_are_none(index: PaperIndex, folder: Path) -> None:
    index.close()
    first, second, *_ = folder.rglob("*.rows")
    swapped = first.read_bytes(), second.read_bytes()
    second.write_bytes(swapped[0])
    first.write_bytes(swapped[1])
    assert index.standing(Phrase("ba co")) is None


def test_the_last_word_may_begin_many_others(folder: Path) -> None:
    index = PaperIndex(folder, "library")
    texts = [f"graph net{letter}work" for letter in "abcdefghijkl"]
    index.build(
        [PaperText(number, title) for number, title in enumerate([*texts, "network graph", "graph of nets"], 1)]
    )
    found = index.standing(Phrase("graph net", prefix=True))
    assert found is not None
    assert found[0].tolist() == list(range(1, 13))
    alone = index.standing(Phrase("of a graph net", prefix=True))
    assert alone is not None
    assert not len(alone[0])
    index.close()


def test_compounds_are_met_apart_and_as_one(folder: Path) -> None:
    index = PaperIndex(folder, "library")
    index.build(
        [PaperText(1, "A multi-modal robot"), PaperText(2, "A multimodal robot"), PaperText(3, "Robot, multi modal")]
    )
    for text in ("multimodal robot", "multi-modal robots", "a multi-modal robot"):
        found = index.standing(Phrase(text))
        assert found is not None
        assert found[0].tolist() == [1, 2]
    assert index.standing(Phrase(" ".join("abcdefghij"))) is None
    index.close()
