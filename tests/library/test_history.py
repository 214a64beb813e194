"""A paper's life in words, and what was changed when."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import UsageError
from readinglist.library.answers import InputText
from readinglist.library.history_words import CAME, STAYED, WENT, differing
from readinglist.library.library import Library
from readinglist.papers.paper import ReadingState
from tests.library.past import Clock, import_sample, library_with_clock

Opened = tuple[Library, Clock]


@pytest.fixture
def opened(library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    with library_with_clock(library_folder, monkeypatch) as pair:
        yield pair


def told(library: Library, paper_id: int) -> list[str]:
    return [detail.words() for event in library.history(paper_id) for detail in event.details]


def test_every_change_of_a_paper_is_told_in_words_newest_first(opened: Opened) -> None:
    library, _ = opened
    paper_id, other = import_sample(library)[:2]
    title = library.paper(str(paper_id)).title
    library.star([paper_id, other])
    library.tag([paper_id], add=["nlp", "thesis"])
    library.tag([paper_id], add=["vision"], remove=["nlp"])
    library.rate([paper_id], 4)
    library.set_state([paper_id], ReadingState.READ)
    library.edit_fields(paper_id, {"title": "Another title", "authors": "Ada Byron\nLi Wei"})
    library.add_note(paper_id, "First line\nSecond line")
    (note,) = library.paper(str(paper_id)).notes
    library.edit_note(paper_id, note.id, "First line\nSecond line, better\nThird")
    library.delete_note(paper_id, note.id)
    library.trash([paper_id])
    library.restore([paper_id])
    library.star([other])
    words = told(library, paper_id)
    assert words[:-2] == [
        "Brought back from the trash",
        "Moved to the trash",
        "Note deleted: −First line, −Second line, better, −Third",
        "Note edited: −Second line, +Second line, better, +Third",
        "Note added: +First line, +Second line",
        f"Title: {title} → Another title",
        "Authors: Ada Byron; Li Wei",
        "State: Inbox → Read",
        "Rating: ★★★★",
        "Tags: +vision, −nlp",
        "Tags: +nlp, +thesis",
        "Starred",
    ]
    assert words[-2] == "Came into the library"
    assert words[-1].startswith("Seen: ")
    assert words[-1].endswith("no. 1, in listing.txt")


def test_what_was_undone_is_no_part_of_a_life(opened: Opened) -> None:
    library, _ = opened
    paper_id = import_sample(library)[0]
    library.star([paper_id])
    library.undo()
    assert "Starred" not in told(library, paper_id)


def test_a_paper_seen_again_says_where(opened: Opened) -> None:
    library, clock = opened
    import_sample(library)
    clock.day(1)
    paper_id = import_sample(library, "again.txt", "\n")[0]
    library.import_texts([InputText("later.txt", b"1. x\n")])
    again = [event for event in library.history(paper_id) if "again.txt" in str(event.details)]
    assert all(event.number for event in again)


def test_long_texts_are_told_by_the_sentences_that_differ(opened: Opened) -> None:
    library, _ = opened
    paper_id = import_sample(library)[0]
    first = "One sentence that is long enough. Another one that stays as it is. A third one which goes away soon."
    library.edit_fields(paper_id, {"abstract": first})
    library.edit_fields(paper_id, {"abstract": first.replace("goes away", "stays here")})
    detail = library.history(paper_id)[0].details[0]
    assert detail.lines == (
        (" ", "Another one that stays as it is."),
        ("-", "A third one which goes away soon."),
        ("+", "A third one which stays here soon."),
    )


def test_merges_and_pairs_told_apart_are_told(opened: Opened) -> None:
    library, _ = opened
    one, two, three = import_sample(library)[:3]
    gone = library.paper(str(two)).title
    library.merge([one, two])
    assert any(f"Merged: “{gone}” (paper {two})" in words for words in told(library, one))
    library.take_apart(one)
    library.tell_apart([one, three])
    assert any(words.startswith("Told apart: papers") for words in told(library, one))
    assert any(words.startswith("Taken apart: ") for words in told(library, one))
    assert "Came into the library" in told(library, two)


def test_what_the_journal_forgot_is_told_from_the_paper_itself(opened: Opened) -> None:
    library, clock = opened
    paper_id = import_sample(library)[0]
    clock.day(100)
    library.star([paper_id])
    assert library.compact(30).changes == 1
    events = library.history(paper_id)
    assert [event.number > 0 for event in events] == [True, False, False]
    assert {event.label for event in events[1:]} == {"Seen", "Came into the library"}


def test_a_clock_that_goes_back_does_not_change_the_order(opened: Opened) -> None:
    library, clock = opened
    paper_id = import_sample(library)[0]
    for day, rating in ((3650, 1), (-20, 2), (5, 3)):
        clock.day(day)
        library.rate([paper_id], rating)
    told = [event.details[0].after for event in library.history(paper_id)[:3]]
    assert told == ["★★★", "★★", "★"]
    assert [event.number for event in library.history(paper_id)] == [event.number for event in library.changes()]


def test_changes_are_told_by_day(opened: Opened) -> None:
    library, clock = opened
    ids = import_sample(library)
    clock.day(4)
    library.star(ids[:2])
    clock.day(7)
    library.rate(ids[:1], 2)
    labels = [event.label for event in library.changes()]
    assert len(labels) == 3
    assert [event.label for event in library.changes(since="monday")] == labels[:1]
    assert [event.label for event in library.changes(since="last-week", until="last-week")] == labels[1:]
    assert [event.label for event in library.changes(since="2026-03-13")] == labels[:2]
    with pytest.raises(UsageError, match="no date"):
        library.changes(since="some day")


def test_a_change_of_several_papers_names_them_and_one_of_one_tells_all(opened: Opened) -> None:
    library, _ = opened
    ids = import_sample(library)
    library.star(ids[:2])
    library.rate(ids[:1], 2)
    one, several = (library.change(event.number) for event in library.changes()[:2])
    assert one is not None
    assert several is not None
    assert (one.papers, [detail.words() for detail in one.details]) == ((ids[0],), ["Rating: ★★"])
    assert several.papers == tuple(sorted(ids[:2]))
    assert library.change(999) is None


def test_changes_beside_the_papers_are_told(opened: Opened) -> None:
    library, _ = opened
    ids = import_sample(library)
    library.tag(ids[:1], ["nlp"])
    library.save_smart_list("Mine", "tag:nlp")
    library.color_tag("nlp", "#123456")
    details = [library.change(event.number) for event in library.changes()[:2]]
    assert [detail.words() for event in details if event for detail in event.details] == [
        "Colour of nlp: #123456", "Smart list: Mine: tag:nlp",
    ]  # fmt: skip


def test_texts_of_very_many_lines_are_told_without_comparing_all_with_all() -> None:
    begun = time.process_time()
    same = ["x"] * 20_000
    assert list(differing(same, [*same[:-1], "y"])) == [(STAYED, "x"), (WENT, "x"), (CAME, "y")]
    quite_other = list(differing(["a", *same, "b"], ["a", *(["y", "x"] * 10_000), "b"]))
    assert quite_other[0] == (STAYED, "a")
    assert quite_other[-1] == (STAYED, "x")
    assert [sign for sign, _ in quite_other].count(CAME) > 10_000
    assert time.process_time() - begun < 2
    assert list(differing(["a", "b", "c", "d"], ["a", "b", "x", "d"])) == [
        (STAYED, "b"), (WENT, "c"), (CAME, "x"), (STAYED, "d"),
    ]  # fmt: skip
    assert list(differing([], ["a"])) == [(CAME, "a")]
    assert list(differing(["a"], ["a"])) == []
