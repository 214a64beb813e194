"""The words of attached files, kept folded as far as they fit."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from readinglist.library import attached_words
from readinglist.library.attached_words import AttachedWords
from readinglist.papers.query import Phrase
from readinglist.search.terms import Slot
from readinglist.store.paper_store import PaperStore

TEXTS = {"a" * 64: "Zeppelins are slow.", "b" * 64: "Shéep are\nfaster than that.", "c" * 64: "Robots."}
A, B, C = TEXTS


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PaperStore]:
    store = PaperStore(tmp_path)
    for digest, text in TEXTS.items():
        store.put_attachment_text(digest, text)
    yield store
    store.close()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The digests whose texts were read from the database."""
    asked: list[str] = []
    texts = PaperStore.attachment_texts

    def counted(store: PaperStore, digests: Sequence[str]) -> dict[str, str]:
        asked.extend(digests)
        return texts(store, digests)

    monkeypatch.setattr(PaperStore, "attachment_texts", counted)
    return asked


def test_the_files_of_a_paper_are_one_text_and_a_phrase_ends_with_its_file(store: PaperStore) -> None:
    words = AttachedWords(store).of([A, B, "d" * 64])
    assert words.holds(Slot(("zeppelin",)))
    assert words.holds(Slot(("sheep",)))
    assert words.holds_phrase(Phrase("sheep are faster", "pdf"))
    assert not words.holds(Slot(("robot",)))
    assert not AttachedWords(store).of([]).holds(Slot(("sheep",)))


def test_a_text_is_read_once_however_often_it_is_asked_for(store: PaperStore, read: list[str]) -> None:
    words = AttachedWords(store)
    for _ in range(3):
        assert words.of([A, B]).holds(Slot(("zeppelin",)))
    assert read == [A, B]


def test_those_longest_unused_are_given_up(store: PaperStore, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached_words, "_LETTERS_KEPT", len(TEXTS[A]) + len(TEXTS[B]) + 2)
    words = AttachedWords(store)
    for digest in (A, B, A, C, A, B):
        words.of([digest])
    assert read == [A, B, C, B]


def test_one_that_is_longer_than_all_that_is_kept_is_answered_too(
    store: PaperStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attached_words, "_LETTERS_KEPT", 3)
    words = AttachedWords(store)
    for _ in range(2):
        assert words.of([A]).holds(Slot(("zeppelin",)))
        assert words.of([B]).holds(Slot(("sheep",)))


def test_several_are_read_at_once(store: PaperStore, read: list[str]) -> None:
    words = AttachedWords(store)
    words.of([A])
    words.make_ready([A, B, C, B, "d" * 64])
    assert words.of([B, C]).holds(Slot(("robot",)))
    assert read == [A, B, C, "d" * 64]


def test_letters_that_can_be_spelt_as_two_are_found_in_every_file(store: PaperStore) -> None:
    store.put_attachment_text("e" * 64, "Müller knows.")
    words = AttachedWords(store).of([A, "e" * 64])
    assert words.holds(Slot(("muller",)))
    assert words.holds_phrase(Phrase("muller knows", "pdf"))


def test_threads_that_ask_at_once_are_all_answered(store: PaperStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attached_words, "_LETTERS_KEPT", 30)  # so that one gives up what another has just read
    words = AttachedWords(store)
    wanted = {A: "zeppelin", B: "sheep", C: "robot"}

    def ask(number: int) -> bool:
        words.make_ready(list(wanted)[number % 2 :])
        return all(words.of([digest]).holds(Slot((word,))) for digest, word in wanted.items())

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(ask, range(300)))
    assert words._letters == sum(len(folded.text) for folded in words._folded.values())
