"""What a reader does to papers."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

from readinglist.errors import UsageError
from readinglist.library.duplicates import Duplicates
from readinglist.library.library import Library
from readinglist.papers.duplicates import Match
from readinglist.papers.memory import Merge
from readinglist.papers.paper import ReadingState
from tests.formats.pdf_making import pdf_of

TAGS = ("nlp", "vision/video", "thesis", "to discuss", "Ünïcode", "a/b/c")


def star(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Star or unstar."""
    (library.star if chance.random() < 0.7 else library.unstar)(some(chance, ids))


def tag(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Put a tag on, and take one off."""
    library.tag(some(chance, ids), add=[chance.choice(TAGS)], remove=[chance.choice(TAGS)])


def rate(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Rate."""
    library.rate(some(chance, ids), chance.randrange(6))


def state(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Set the reading state."""
    library.set_state(some(chance, ids), chance.choice(list(ReadingState)))


def note(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Add, change or delete a note."""
    (paper,) = library.papers([chance.choice(ids)])
    if paper.notes and chance.random() < 0.5:
        note = min(paper.notes, key=lambda note: note.text)
        library.edit_note(paper.id, note.id, f"changed {chance.random()}" if chance.random() < 0.7 else "")
    else:
        library.add_note(paper.id, f"a note {chance.random()} " + "with many words " * chance.randrange(300))


def edit(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Correct two details."""
    texts = {
        "citation_key": f"own{chance.randrange(10**9)}",
        "title": f"Title {chance.random()}",
        "authors": "Ada Byron\nLi Wei",
        "year": str(chance.randrange(1990, 2026)),
    }
    library.edit_fields(chance.choice(ids), dict(chance.sample(sorted(texts.items()), 2)))


def trash(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Move papers to the trash, or bring some back."""
    trashed = sorted(library.find("is:trashed").ids)
    if trashed and chance.random() < 0.5:
        library.restore(some(chance, trashed))
    else:
        library.trash(some(chance, ids))


def merge(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Make two to four papers one."""
    papers = chance.sample(ids, chance.choice((2, 2, 3, 4)))
    library.merge(papers, {"title": papers[-1]} if chance.random() < 0.3 else None)


def some(chance: random.Random, ids: list[int]) -> list[int]:
    """One, three or many of some papers."""
    if not ids:
        raise UsageError("There are no papers.")
    return chance.sample(ids, min(len(ids), chance.choice((1, 1, 3, 200))))


def merge_many(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Merge several groups of papers at once."""
    papers = chance.sample(ids, 7)
    groups = (papers[:2], papers[2:5], papers[5:])
    library.merge_all([Duplicates(Match.SAME, tuple(group)) for group in groups])


def take_apart(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Bring back a paper that was merged into another one."""
    merges = [each for each in library._store.memories("merge") if isinstance(each, Merge)]
    here = [each for each in merges if library.papers([each.kept.id])]
    if here:
        merge = chance.choice(sorted(here, key=lambda each: (each.kept.id, each.absorbed.id)))
        library.take_apart(merge.kept.id, merge.id)


def tell_apart(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Say that two or three papers are not one."""
    library.tell_apart(chance.sample(ids, chance.choice((2, 3))))


def attach(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Attach a document or two."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder, f"file {number}{chance.choice(('.pdf', '.txt', ''))}") for number in range(2)]
        for path in paths:
            words = f"The words of file {chance.randrange(30)}"
            path.write_bytes(pdf_of([(90, 700, 12, words)]) if path.suffix == ".pdf" else words.encode())
        library.attach(chance.choice(ids), paths[: chance.choice((1, 2))])


def detach(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Take a file off a paper."""
    held = library.papers(sorted(library.find("has:pdf").ids))
    if held:
        paper = chance.choice(held)
        library.detach(paper.id, chance.choice(paper.attachments).digest)


def change_keys(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Give papers the citation keys of another pattern."""
    pattern = chance.choice(("[auth][year]", "[shorttitle][year]", "[auth:lower]-[veryshorttitle]"))
    library.change_keys(library.plan_keys(some(chance, ids), pattern))
