"""What the library remembers beside its papers is kept, undone and done again like any other change."""

from pathlib import Path

import pytest

from readinglist.papers.change import Change, Remembered
from readinglist.papers.memory import DifferentPair, Feed, KeptExport, Memory, Merge, memory_key
from readinglist.papers.plain import memory_from_plain
from readinglist.store.paper_store import PaperStore
from tests.store.making import NOW, PLAIN, RICH

MEMORIES: tuple[Memory, ...] = (
    DifferentPair(3, 8),
    Merge("m1", RICH, PLAIN, NOW),
    KeptExport("e1", "/home/you/thesis/papers.bib", "bibtex", "tag:thesis", {"personal": False}),
    Feed("https://rss.arxiv.org/rss/cs.CL", "cs.CL updates"),
)


@pytest.mark.parametrize("memory", MEMORIES, ids=lambda memory: memory_key(memory)[0])
def test_a_memory_survives_undo_redo_and_a_restart(tmp_path: Path, memory: Memory) -> None:
    kind = memory_key(memory)[0]
    store = PaperStore(tmp_path)
    store.record(Change("Remember", (Remembered(memory),)), NOW)
    assert store.memories(kind) == [memory]
    store.undo(NOW)
    assert store.memories(kind) == []
    store.close()
    store = PaperStore(tmp_path)
    store.redo(NOW)
    assert store.memories(kind) == [memory]
    store.close()


def test_merges_are_found_by_the_paper_that_was_kept(tmp_path: Path) -> None:
    store = PaperStore(tmp_path)
    steps = tuple(map(Remembered, MEMORIES))
    store.record(Change("Remember", steps), NOW)
    assert store.memories("merge", RICH.id) == [MEMORIES[1]]
    assert store.memories("merge", PLAIN.id) == []
    store.close()


def test_a_kind_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="dream"):
        memory_from_plain("dream", {})
