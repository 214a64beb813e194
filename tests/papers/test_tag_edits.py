"""Tags renamed, merged, coloured and deleted, as changes of papers."""

import pytest

from readinglist.errors import UsageError
from readinglist.papers.change import Change, FieldChanged, TagChanged
from readinglist.papers.paper import Paper
from readinglist.papers.tag_edits import color_tag, delete_tag, rename_tag

PAPERS = (
    Paper(id=1, tags=("nlp", "thesis")),
    Paper(id=2, tags=("NLP/parsing", "vision")),
    Paper(id=3, tags=("ml", "nlp")),
)
COLORS = {"nlp": "#112233", "NLP/parsing": "", "thesis": "", "vision": "", "ml": ""}


def tags_after(change: Change) -> dict[int, tuple[str, ...]]:
    steps = [step for step in change.steps if isinstance(step, FieldChanged)]
    return {paper_id: after for step in steps for paper_id, after in zip(step.ids, step.after, strict=True)}


def test_a_tag_is_renamed_with_those_below_it_and_keeps_its_colour() -> None:
    change = rename_tag(PAPERS[:2], "nlp", "language", {**COLORS})
    assert tags_after(change) == {1: ("language", "thesis"), 2: ("language/parsing", "vision")}
    assert [step for step in change.steps if isinstance(step, TagChanged)] == [
        TagChanged(("language", ""), ("language", "#112233"))
    ]
    assert change.label == "Rename tag nlp to language"


def test_a_tag_that_is_there_takes_the_other_in() -> None:
    change = rename_tag(PAPERS, "nlp", "ML", COLORS)
    assert tags_after(change) == {1: ("ml", "thesis"), 2: ("ML/parsing", "vision"), 3: ("ml",)}
    assert change.label == "Merge tag nlp into ml"


def test_a_tag_written_otherwise_is_respelled_on_all_papers_at_once() -> None:
    change = rename_tag(PAPERS, "nlp", "Nlp", COLORS)
    assert set(change.steps) == {
        TagChanged(("nlp", "#112233"), ("Nlp", "#112233")), TagChanged(("NLP/parsing", ""), ("Nlp/parsing", "")),
    }  # fmt: skip


def test_a_tag_cannot_move_below_itself() -> None:
    with pytest.raises(UsageError, match="below"):
        rename_tag(PAPERS, "nlp", "nlp/all", COLORS)


@pytest.mark.parametrize("name", ["", " / ", "a,b"])
def test_a_name_that_no_tag_can_have_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be a tag"):
        rename_tag(PAPERS, "nlp", name, COLORS)


def test_a_tag_is_deleted_with_those_below_it() -> None:
    change = delete_tag(PAPERS, "nlp", COLORS)
    assert tags_after(change) == {1: ("thesis",), 2: ("vision",), 3: ("ml",)}
    assert TagChanged(("nlp", "#112233"), ("nlp", "")) in change.steps
    assert change.label == "Delete tag nlp from 3 papers"


def test_a_tag_is_coloured() -> None:
    assert color_tag("nlp", "", " #AABBCC ").steps == (TagChanged(("nlp", ""), ("nlp", "#aabbcc")),)
    assert not color_tag("nlp", "#aabbcc", "#AABBCC")
    with pytest.raises(UsageError, match="no colour"):
        color_tag("nlp", "", "red; background: url(x)")
