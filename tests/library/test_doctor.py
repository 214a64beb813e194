"""What is said of queries without hits, whatever the state of the index."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.library.answers import Diagnosis
from readinglist.library.library import Library
from tests.library.listings import TITLES, listing


@pytest.fixture(params=["indexed", "not indexed", "index broken"])
def library(request: pytest.FixtureRequest, library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES)])
        opened.tag(opened.find("attention").ids, ["nlp/parsing"])
        if request.param != "not indexed":
            opened.index_pending()
        if request.param == "index broken":
            for path in (library_folder / "index").rglob("*"):
                if path.is_file():
                    path.write_bytes(b"broken")
        yield opened


def counts(diagnosis: Diagnosis) -> dict[str, int]:
    return {part.text: part.papers for part in diagnosis.parts}


def instead(diagnosis: Diagnosis) -> dict[str, int]:
    return {spelling.query: spelling.papers for spelling in diagnosis.spellings}


def test_each_part_is_counted_and_the_one_that_empties_the_answer_is_named(library: Library) -> None:
    diagnosis = library.diagnose("attention -is:new robots status:inbox")
    assert counts(diagnosis) == {"attention": 2, "-is:new": 0, "robots": 1, "status:inbox": 4}
    assert diagnosis.culprit is not None
    assert diagnosis.culprit.text == "-is:new"
    diagnosis = library.diagnose('"state space models" attention kitchen')
    assert diagnosis.culprit is not None
    assert (diagnosis.culprit.text, diagnosis.culprit.rest) == ("kitchen", 1)
    assert diagnosis.culprit.without == '"state space models" attention'


def test_parts_that_exclude_each_other_have_no_single_culprit(library: Library) -> None:
    diagnosis = library.diagnose("hippos exams kitchen")
    assert counts(diagnosis) == {"hippos": 1, "exams": 1, "kitchen": 1}
    assert diagnosis.culprit is None


@pytest.mark.parametrize(
    ("query", "meant", "papers"),
    [
        ("atention", "attention", 2),
        ("title:atention", "title:attention", 1),
        ("atention modle", "attention model", 2),
        ("-kitchen atention*", "-kitchen attention*", 2),
        ('"state spcae models"', '"state space models"', 1),
        ("statespace", "state space", 1),
        ("tag:nlpp", "tag:nlp", 2),
        ("attention tag:pasring", "attention tag:nlp/parsing", 2),
        ("robosts", "robot", 1),
        ("hipos or (recurence)", "hippo or (recurence)", 1),
    ],
)
def test_spellings_are_offered_from_the_librarys_own_words(
    library: Library, query: str, meant: str, papers: int
) -> None:
    found = instead(library.diagnose(query))
    assert found[meant] == papers == len(library.find(meant).ids)


def test_what_finds_nothing_is_not_offered(library: Library) -> None:
    assert instead(library.diagnose("atention seen:>=9")) == {}


@pytest.mark.parametrize("query", ["", "xyzzyxyzzy", "rating:9", "…", "(", "-", 'title:"', "tag:", "or or", "() -()"])
def test_any_text_can_be_looked_into(library: Library, query: str) -> None:
    diagnosis = library.diagnose(query, typing=True)
    assert diagnosis.query == query
    assert diagnosis.spellings == ()


def test_the_last_word_may_go_on_while_typing(library: Library) -> None:
    assert counts(library.diagnose("kitch hippos")) == {"kitch": 0, "hippos": 1}
    assert counts(library.diagnose("hippos kitch", typing=True)) == {"hippos": 1, "kitch": 1}
