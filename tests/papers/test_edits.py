from dataclasses import replace
from datetime import UTC, datetime

import pytest

from readinglist.errors import UsageError
from readinglist.papers import edits
from readinglist.papers.change import FieldChanged
from readinglist.papers.paper import Link, LinkKind, Note, Paper, ReadingState
from readinglist.papers.smart_list import one_line

NOW = datetime(2026, 4, 2, 9, 30, tzinfo=UTC)
FIRST, SECOND = Paper(id=1, title="Attention"), Paper(id=2, title="Hippos", starred=True, tags=("nlp",))


def test_a_star_goes_only_where_there_is_none() -> None:
    change = edits.star([FIRST, SECOND])
    assert change.steps == (FieldChanged("starred", (1,), (False,), (True,)),)
    assert change.label == "Star “Attention”"


def test_a_change_of_several_papers_counts_them() -> None:
    assert edits.rate([FIRST, SECOND], 4).label == "Rate 2 papers"


def test_an_edit_that_changes_nothing_is_no_change() -> None:
    assert not edits.star([SECOND])
    assert not edits.tag([SECOND], add=["NLP"])


def test_the_inverse_takes_an_edit_back() -> None:
    change = edits.set_state([FIRST], ReadingState.READ, NOW)
    back = change.inverse()
    assert back.steps == (
        FieldChanged("read_at", (1,), (NOW,), (None,)),
        FieldChanged("state", (1,), (ReadingState.READ,), (ReadingState.INBOX,)),
    )
    assert back.inverse() == change


def test_a_paper_that_is_read_again_loses_its_day() -> None:
    read = Paper(id=3, state=ReadingState.READ, read_at=NOW)
    change = edits.set_state([read], ReadingState.READING, NOW)
    assert FieldChanged("read_at", (3,), (NOW,), (None,)) in change.steps


def test_tags_are_added_and_taken_off_without_regard_to_case() -> None:
    change = edits.tag([SECOND], add=["Parsing", " ssm "], remove=["NLP"])
    assert change.steps == (FieldChanged("tags", (2,), (("nlp",),), (("Parsing", "ssm"),)),)


@pytest.mark.parametrize(
    ("typed", "name"),
    [(" nlp / parsing ", "nlp/parsing"), ("#for-thesis", "for-thesis"), ("a  b", "a b"), ("/x/", "x")],
)
def test_a_tag_is_cleaned(typed: str, name: str) -> None:
    assert edits.clean_tag(typed) == name


@pytest.mark.parametrize("typed", ["", " / ", "#", "a, b"])
def test_what_cannot_be_a_tag_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        edits.clean_tag(typed)


def test_a_rating_has_five_steps() -> None:
    with pytest.raises(UsageError, match="from 1 to 5"):
        edits.rate([FIRST], 6)


def test_notes_are_added_edited_and_deleted() -> None:
    note = Note("n1", "old", NOW, NOW)
    paper = Paper(id=4, title="Noted", notes=(note,))
    later = NOW.replace(day=3)
    (step,) = edits.add_note(paper, "new", later).steps
    assert isinstance(step, FieldChanged)
    assert [n.text for n in step.after[0]] == ["old", "new"]
    (step,) = edits.edit_note(paper, "n1", "better", later).steps
    assert isinstance(step, FieldChanged)
    assert step.after[0] == (Note("n1", "better", NOW, later),)
    assert edits.edit_note(paper, "n1", "  ", later) == edits.delete_note(paper, "n1")
    assert not edits.edit_note(paper, "n1", "old", later)
    assert not edits.add_note(paper, " \n", later)


@pytest.mark.parametrize("word", ["to-read", "To read", "TOREAD", "to_read"])
def test_a_reading_state_is_known_by_its_words(word: str) -> None:
    assert edits.parse_state(word) is ReadingState.TO_READ


def test_an_unknown_reading_state_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="inbox, to-read, reading, read, skipped"):
        edits.parse_state("banana")


def test_only_the_fields_of_an_edit_can_be_set() -> None:
    with pytest.raises(ValueError, match="id"):
        edits.set_fields(FIRST, {"id": 7})


def test_fields_are_set_together_and_the_label_names_them() -> None:
    change = edits.set_fields(FIRST, {"year": 2017, "title": "Attention", "venue": "NeurIPS"})
    assert change.label == "Edit year and venue of “Attention”"
    assert [step.field for step in change.steps if isinstance(step, FieldChanged)] == ["year", "venue", "origins"]
    (origins,) = (step.after[0] for step in change.steps if isinstance(step, FieldChanged) and step.field == "origins")
    assert origins == {"year": 0, "venue": 0}
    assert edits.set_fields(FIRST, {"year": 1, "venue": "x", "doi": "y"}).label == "Edit details of “Attention”"
    assert not edits.set_fields(FIRST, {"title": "Attention"})


def test_links_follow_the_words_of_the_abstract() -> None:
    data, code = Link("https://zenodo.org/1", LinkKind.DATA), Link("https://github.com/a/b", LinkKind.CODE)
    paper = Paper(id=1, abstract="Code: https://github.com/a/b", links=(data, code))
    change = edits.set_fields(paper, {"abstract": "Our code is at https://github.com/a/right."})
    links = (data, Link("https://github.com/a/right", LinkKind.CODE))
    assert FieldChanged("links", (1,), ((data, code),), (links,)) in change.steps


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x9b", "\ud800"])
def test_what_is_no_text_is_kept_nowhere(sign: str) -> None:
    assert edits.clean_tag(f"a{sign}b") == "ab"
    paper = Paper(id=1, title="A")
    (step,) = edits.add_note(paper, f"one{sign}\r\ntwo", NOW).steps
    assert isinstance(step, FieldChanged)
    assert step.after[0][0].text == "one\ntwo"
    noted = replace(paper, notes=step.after[0])
    (again,) = edits.edit_note(noted, noted.notes[0].id, f"three{sign}", NOW).steps
    assert isinstance(again, FieldChanged)
    assert again.after[0][0].text == "three"
    assert one_line(f"a{sign}  b") == "a b"


def test_a_tag_that_another_program_wrote_can_be_taken_off_as_it_is() -> None:
    (step,) = edits.tag([Paper(id=1, tags=("a\x1bb",))], remove=["a\x1bb"]).steps
    assert isinstance(step, FieldChanged)
    assert step.after == ((),)
