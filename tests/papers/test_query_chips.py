"""Filter chips: their words, and the edits of the search that they stand for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.query import FieldTest
from readinglist.papers.query_chips import chips, filter_text, place, with_filter, without
from readinglist.papers.query_parser import parse

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("status:inbox", "Inbox"),
        ("status:toread", "To read"),
        ("is:starred", "Starred"),
        ("is:trashed", "Trash"),
        ("is:read", "Read"),
        ("tag:nlp/parsing", "Tag: nlp/parsing"),
        ("tag:a,b", "Tag: a or Tag: b"),
        ("-status:inbox", "Not Inbox"),
        ("NOT tag:nlp", "Not Tag: nlp"),
        ("seen:>=2", "Seen ≥ 2"),
        ("rating:4", "Rating 4"),
        ("year:2019-2021", "Year 2019–2021"),
        ("year:2019..2021", "Year 2019–2021"),
        ("has:code", "Has code"),
        ("has:pdf", "Has a PDF"),
        ("has:co*", "Has code"),
        ("status:re*", "Status: re*"),
        ("tag:nl*", "Tag: nl*"),
        ("in:2026-03-14", "Listing 14 Mar 2026"),
        ("in:2026-03-14#2", "Listing 14 Mar 2026 #2"),
        ('in:"my file.txt"', "Listing: my file.txt"),
        ("added:last-week", "Added last week"),
        ("added:2026-03", "Added Mar 2026"),
        ("listed:>=2026-03-14", "Listed from 14 Mar 2026"),
        ("read:<2026", "Read before 2026"),
        ("read:2026-01..2026-03", "Read Jan 2026 – Mar 2026"),
        ("added:2026-01..", "Added from Jan 2026"),
        ("venue:ACL", "Venue: ACL"),
        ("sort:title", "Sorted by title"),
    ],
)
def test_labels(text: str, label: str) -> None:
    (chip,) = chips(f"words {text} more")
    assert chip.label == label
    assert (chip.start, chip.end) == (6, 6 + len(text))


def test_words_and_wrong_values_are_no_chips() -> None:
    assert chips('neural "tag:x" title:status status:banana tag: year:x') == ()


def test_each_test_has_its_chip() -> None:
    found = chips("a status:(inbox or read) (tag:x -is:new)")
    assert [(chip.field, chip.value, chip.negated, chip.depth) for chip in found] == [
        ("status", "inbox", False, 1),
        ("status", "read", False, 1),
        ("tag", "x", False, 1),
        ("is", "new", True, 1),
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("status:inbox", ""),
        ("a status:inbox b", "a b"),
        ("a -status:inbox", "a"),
        ("status:inbox or b", "b"),
        ("b or status:inbox", "b"),
        ("a or status:inbox or b", "a or b"),
        ("(status:inbox)", ""),
        ("a -((status:inbox)) b", "a b"),
        ("a status:(inbox or b)", "a status:(b)"),
        ("(a status:inbox)", "(a)"),
    ],
)
def test_a_chip_is_taken_out_of_the_text(text: str, left: str) -> None:
    assert without(text, chips(text)[0]) == left


@pytest.mark.parametrize(
    ("text", "wanted", "result"),
    [
        ("", "status:inbox", "status:inbox"),
        ("neural", "status:inbox", "neural status:inbox"),
        ("neural status:read nets", "status:inbox", "neural status:inbox nets"),
        ("status:read a status:inbox,read", "status:skipped", "status:skipped a"),
        ("status:inbox", "status:Inbox", "status:inbox"),
        ("in:2026-03-14", "in:my file.txt", 'in:"my file.txt"'),
        ("in:2026-03-14", 'in:"my file.txt"', 'in:"my file.txt"'),
        ("tag:a", "tag:b", "tag:a tag:b"),
        ("tag:a", "tag:a", "tag:a"),
        ("is:starred", "is:new", "is:starred is:new"),
        ("-status:read", "status:inbox", "-status:read status:inbox"),
        ("a or b", "status:inbox", "(a or b) status:inbox"),
        ("(a or b", "status:inbox", "(a or b) status:inbox"),
        ('"open phrase', "tag:x", '"open phrase" tag:x'),
        ("a", 'tag:say "hi"', 'a tag:"say ""hi"""'),
    ],
)
def test_a_filter_is_put_into_the_text(text: str, wanted: str, result: str) -> None:
    assert with_filter(text, wanted) == result


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", ""),
        ("neural", ""),
        ("status:inbox", "status:inbox"),
        ("neural status:ToRead seen:>=2", "status:to-read"),
        ("is:starred", "is:starred"),
        ("is:trashed words", "is:trashed"),
        ("is:read", "status:read"),
        ("in:2026-03-14#2", "in:2026-03-14#2"),
        ('tag:"a b"', 'tag:"a b"'),
        ("status:inbox tag:x", ""),
        ("-status:inbox", ""),
        ("status:inbox,read", ""),
        ("status:inbox or neural", ""),
        ("(status:inbox)", ""),
        ("status:banana", ""),
    ],
)
def test_the_place_in_the_sidebar(text: str, where: str) -> None:
    assert place(text) == where


@given(st.sampled_from(["tag", "in", "venue"]), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs"])))
def test_any_name_can_be_a_filter(field: str, name: str) -> None:
    name = name.strip("#/ ")
    if not name.strip():
        return
    query = parse(filter_text(field, f"x {name}"), TODAY)
    assert query.tree == FieldTest(field, "=", f"x {name}")


@given(st.text('ab:"()|-,# statusinboxtag', max_size=30))
def test_edits_of_any_text(text: str) -> None:
    assert "status:inbox" in with_filter(text, "status:inbox")
    for chip in chips(text):
        assert 0 <= chip.start < chip.end <= len(text)
        assert len(without(text, chip)) < len(text)
    assert isinstance(place(text), str)
