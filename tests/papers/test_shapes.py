"""Values that came from anywhere, looked at before they are believed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from readinglist.papers import edits
from readinglist.papers.change import FieldChanged, PapersAdded, PapersRemoved, Step
from readinglist.papers.memory import Feed, KeptExport
from readinglist.papers.merging import merged
from readinglist.papers.paper import Note, Paper
from readinglist.papers.shapes import check, check_step, check_time
from tests.papers.made_papers import papers

NOW = datetime(2026, 3, 14, tzinfo=UTC)


@given(papers(1), papers(2))
def test_what_the_program_makes_is_what_it_says(one: Paper, other: Paper) -> None:
    changes = (merged(one, [other], NOW), edits.star([one, other]), edits.trash([one], NOW), edits.rate([other], 3))
    for change in changes:
        for step in (*change.steps, *change.inverse().steps):
            check_step(step, undone=False)


@pytest.mark.parametrize(
    "step",
    [
        FieldChanged("id", (1,), (1,), (2,)),
        FieldChanged("title", (1, 2), ("a", "b"), ("c",)),
        FieldChanged("rating", (1,), (True,), (1,)),
        FieldChanged("rating", (1,), (2**63,), (1,)),
        FieldChanged("notes", (1,), ((),), ((Note("x", "y", NOW.replace(tzinfo=None), NOW),),)),
        FieldChanged("extra", (1,), ({"a": 1},), ({},)),
        FieldChanged("origins", (1,), ({1: 1},), ([],)),
        PapersRemoved((Paper(id=1),)),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(step: Step) -> None:
    with pytest.raises((TypeError, ValueError)):
        check_step(step, undone=False)


def test_what_was_added_is_named_by_its_id_until_it_is_undone() -> None:
    step = PapersAdded((Paper(id=1),))
    check_step(step, undone=False)
    with pytest.raises(ValueError, match="time it was added"):
        check_step(step, undone=True)


@pytest.mark.parametrize("options", [None, [], {1: 2}])
def test_a_memory_that_cannot_be_is_refused(options: Any) -> None:  # noqa: ANN401 - what JSON can hold
    check(Feed("https://example.org/feed", "A feed"), Feed)
    with pytest.raises(TypeError):
        check(KeptExport("x", "/papers.bib", "bibtex", "", options), KeptExport)


@pytest.mark.parametrize("text", ["2026-03-14T12:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T00:00:00+00:00"])
def test_a_moment_is_one_in_every_time_zone(text: str) -> None:
    check_time(NOW)
    with pytest.raises(ValueError, match="time"):
        check_time(datetime.fromisoformat(text))
