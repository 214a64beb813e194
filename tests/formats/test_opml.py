"""Lists of feeds, as feed readers write them."""

import json
from datetime import date
from pathlib import Path

import pytest

from readinglist.formats import open_text
from readinglist.formats.opml import read, sniff
from readinglist.formats.record import Feed, Problem
from readinglist.library.inspecting import inspect
from tests.formats.damage import damaged

TODAY = date(2026, 3, 20)
SAMPLE = Path(__file__).parents[1] / "samples" / "opml" / "feeds.opml"


def test_feeds_come_in_order_with_title_address_and_line() -> None:
    entries = list(read(SAMPLE.read_text("utf-8"), TODAY))
    assert [entry for entry in entries if isinstance(entry, Feed)] == [
        Feed("Computation and Language", "https://rss.arxiv.org/rss/cs.CL", 6),
        Feed("Number theory", "https://rss.arxiv.org/atom/math.NT", 9),
        Feed("https://example.org/feed?a=1&b=2", "https://example.org/feed?a=1&b=2", 12),
    ]
    assert [(entry.code, entry.line) for entry in entries if isinstance(entry, Problem)] == [
        ("duplicate_key", 13),
        ("skipped_entry", 14),
    ]


def test_inspect_names_the_feeds() -> None:
    (told,) = inspect([SAMPLE], TODAY)["files"]
    assert (told["format"], told["papers"], told["errors"]) == ("opml", [], [])
    assert [feed["title"] for feed in told["feeds"]][:2] == ["Computation and Language", "Number theory"]
    assert json.dumps(told)


def test_a_list_without_feeds_is_an_error() -> None:
    opened = open_text("a.opml", b'<opml version="2.0"><body><outline text="Empty"/></body></opml>', TODAY)
    assert opened.error is not None
    assert opened.error.code == "no_papers"


@pytest.mark.parametrize(
    "text", ["<rss><channel/></rss>", "<html><body>&lt;opml></body></html>", "<!-- <opml> --><a/>", ""]
)
def test_other_documents_are_no_lists_of_feeds(text: str) -> None:
    assert not sniff(text)


def test_folders_nested_without_end_and_damage_do_not_raise() -> None:
    deep = "<opml><body>" + '<outline text="a">' * 5000 + '<outline xmlUrl="http://a.b/c"/>' + "</outline>" * 5000
    assert [entry.url for entry in read(deep, TODAY) if isinstance(entry, Feed)] == ["http://a.b/c"]
    for broken in damaged(SAMPLE.read_text("utf-8")):
        list(read(broken, TODAY))
