from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import CancelledError, UsageError
from readinglist.library.library import Library
from readinglist.papers.paper import ReadingState
from tests.library.listings import TITLES, listing


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES)])
        yield opened


def test_papers_are_written_in_the_order_asked_for(library: Library) -> None:
    text = library.export([3, 1], "bibtex")
    assert text.index("Technical Report") < text.index("Hungry")
    assert text.count("@misc{") == 2


def test_ids_that_are_gone_are_left_out(library: Library) -> None:
    assert library.export([99], "bibtex").count("@") == 0


def test_what_is_the_readers_own_is_written_or_left_out(library: Library) -> None:
    library.tag([1], ["for-thesis"])
    library.set_state([1], ReadingState.READ)
    library.add_note(1, "FlashConv is the part to reuse.")
    whole, bare = library.export([1], "bibtex"), library.export([1], "bibtex", personal=False)
    for word in ("for-thesis", "readstatus", "FlashConv"):
        assert word in whole
        assert word not in bare
    assert library.paper("1").citation_key in bare


def test_a_format_that_we_do_not_write_is_refused(library: Library) -> None:
    with pytest.raises(UsageError, match="bibtex"):
        library.export([1], "hf-listing")


def test_an_export_can_be_cancelled(library: Library) -> None:
    def stop(*_: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        library.export([1], "bibtex", stop)
