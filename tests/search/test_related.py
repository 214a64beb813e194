from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.search.paper_index import PaperIndex
from readinglist.search.related import words_by_term
from readinglist.search.weights import PaperText
from tests.search.making import made_up

SPEECH = PaperText(1001, "Speech from Silent Lips", "Lips that move without sound are read by a HiFi-GAN vocoder.")
LIPS = PaperText(1002, "Reading Lips", "A vocoder that turns silent lips into speech by HiFi-GAN.")
VOCODER = PaperText(1003, "A Vocoder", "Its sound is that of speech.")
ROBOTS = PaperText(1004, "Robots in Gardens", "They water the roses.")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperIndex]:
    made = PaperIndex(tmp_path_factory.mktemp("related") / "index", "library")
    made.build(made_up(60))
    made.add([LIPS, VOCODER])
    made.add([SPEECH, ROBOTS])
    yield made
    made.close()


def test_the_nearest_come_first_with_the_words_they_share(index: PaperIndex) -> None:
    found = index.related(SPEECH)
    assert [near.paper_id for near in found] == [1002, 1003]
    assert 1 > found[0].score > found[1].score > 0
    assert set(found[0].words) <= {"lips", "speech", "silent", "HiFi-GAN", "vocoder", "read"}
    assert len(found[0].words) == 4
    assert set(found[1].words) <= {"speech", "sound", "vocoder"}


def test_the_same_text_is_as_near_as_can_be(index: PaperIndex) -> None:
    twin = PaperText(5, SPEECH.title, SPEECH.abstract)
    assert index.related(twin)[0].paper_id == 1001
    assert index.related(twin)[0].score == pytest.approx(1, abs=0.01)


def test_a_paper_that_shares_nothing_has_none(index: PaperIndex) -> None:
    assert index.related(ROBOTS) == ()
    assert index.related(PaperText(1)) == ()


def test_unwanted_papers_and_more_than_asked_for_are_left_out(index: PaperIndex) -> None:
    assert [near.paper_id for near in index.related(SPEECH, [1002])] == [1003]
    assert len(index.related(SPEECH, limit=1)) == 1


def test_papers_that_were_removed_are_not_found(tmp_path: Path) -> None:
    index = PaperIndex(tmp_path / "index", "library")
    index.build([SPEECH, LIPS, VOCODER, *made_up(30)])
    index.remove([1002])
    assert [near.paper_id for near in index.related(SPEECH)] == [1003]
    index.close()


def test_words_are_told_as_they_are_written() -> None:
    words = words_by_term(PaperText(1, "Studies of LoRA", "GPT-4 has Multi-Modal models"))
    assert {words[term] for term in ("lora", "gpt4", "multimodal", "model")} == {
        "LoRA",
        "GPT-4",
        "multi-modal",
        "models",
    }
