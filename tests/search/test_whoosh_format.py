"""What the program takes for granted in Whoosh beyond its promises. When these fail, read what changed there."""

from pathlib import Path

import numpy as np
import pytest
import whoosh

from readinglist.papers.query import Word
from readinglist.search import whoosh_format
from readinglist.search.paper_index import PaperIndex
from tests.search.making import made_up


def test_the_version_is_one_that_was_tried() -> None:
    whoosh_format.check_version()


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh, "versionstring", lambda: "9.9.9")
    with pytest.raises(RuntimeError, match=r"9\.9\.9"):
        whoosh_format.check_version()


def test_the_private_names_are_there() -> None:
    assert whoosh_format.private_names_stand()


def test_blocks_and_public_matchers_give_the_same(tmp_path: Path) -> None:
    index = whoosh_format.create_index(tmp_path)
    writer = whoosh_format.open_writer(index)
    for number in range(3000):  # more than a block
        level = 7 if number % 2 else 500 + number % 50
        writer.add_document(id=number + 1, body={"even": 1, "all": level, **({"third": 9} if number % 3 == 0 else {})})
    writer.commit()
    reader = index.reader()
    for term in ("even", "all", "third"):
        matcher = reader.postings("body", term.encode())
        slowly = whoosh_format._unpacked(*whoosh_format._one_by_one(matcher))
        quickly = whoosh_format.postings(reader, "body", term)
        assert quickly.levels.dtype == slowly.levels.dtype
        assert np.array_equal(slowly.docs, quickly.docs)
        assert np.array_equal(slowly.levels, quickly.levels)
        assert np.array_equal(slowly.marks, quickly.marks)
    assert whoosh_format.paper_ids(reader).tolist() == list(range(1, 3001))
    reader.close()


def test_without_the_private_names_all_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = made_up(50)
    index = PaperIndex(tmp_path, "library")
    index.build(papers)
    quick = index.scores(Word("multi-modal"))
    index.close()
    monkeypatch.setattr(whoosh_format, "_by_blocks", False)
    slow = index.scores(Word("multi-modal"))
    index.close()
    assert quick is not None
    assert slow is not None
    assert quick[0].tolist() == slow[0].tolist()
    assert quick[1].tolist() == slow[1].tolist()
