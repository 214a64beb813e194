"""The texts of attached files in the database, and which papers have which files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from readinglist.errors import ReadOnlyError
from readinglist.papers.change import Change, PapersAdded
from readinglist.papers.paper import Attachment, Paper
from readinglist.store.paper_store import PaperStore
from tests.store.making import NOW, PLAIN

FIRST, SECOND = Attachment("ab" * 32, "first.pdf", 10), Attachment("cd" * 32, "second.pdf", 20)
BOTH = replace(PLAIN, attachments=(FIRST, SECOND), sightings=())
ONE = Paper(id=3, title="Old news", added=NOW, trashed=NOW, attachments=(SECOND,))
NONE = Paper(id=4, title="Without", added=NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PaperStore]:
    store = PaperStore(tmp_path)
    store.record(Change("Add 3 papers", (PapersAdded((BOTH, ONE, NONE)),)), NOW)
    yield store
    store.close()


def test_a_text_is_kept_as_it_is_and_only_once(store: PaperStore) -> None:
    text = "Zeppelins – \N{ZEBRA FACE} \x00 and half a pair: \ud83e"
    store.put_attachment_text(FIRST.digest, text)
    store.put_attachment_text(FIRST.digest, "What another reader made of the same bytes.")
    assert store.attachment_texts([FIRST.digest, SECOND.digest]) == {FIRST.digest: text.replace("\ud83e", "?")}


def test_which_paper_has_which_files(store: PaperStore) -> None:
    assert store.attached_to([2, 3, 4, 5]) == {2: (FIRST.digest, SECOND.digest), 3: (SECOND.digest,)}
    assert store.attachments() == {FIRST: (2,), SECOND: (2, 3)}  # those in the trash too


def test_the_texts_of_all_files_of_a_paper_are_among_its_words_where_they_are_asked_for(store: PaperStore) -> None:
    store.put_attachment_text(FIRST.digest, "One.")
    store.put_attachment_text(SECOND.digest, "Two.")
    assert {words.id: words.pdf for words in store.texts([2, 3, 4], pdf=True)} == {2: "One.\n\nTwo.", 3: "Two.", 4: ""}
    assert {words.pdf for words in store.texts([2, 3, 4])} == {""}


def test_texts_go_with_their_files(store: PaperStore) -> None:
    for attachment in (FIRST, SECOND):
        store.put_attachment_text(attachment.digest, "Words.")
    store.forget_attachment_texts([FIRST.digest, "ef" * 32])
    store.forget_attachment_texts([])
    assert list(store.attachment_texts([FIRST.digest, SECOND.digest])) == [SECOND.digest]
    store._never_changed = "As of another day."
    with pytest.raises(ReadOnlyError):
        store.forget_attachment_texts([SECOND.digest])
