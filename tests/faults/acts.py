"""What a reader does, as a random but repeatable row of acts; and what a library holds, as one digest.

The same seed and the same library before give the same library after, times and the ids of notes aside: so a program
that was killed between two acts can be compared with one that was not.
"""

import hashlib
import json
import random
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from readinglist.errors import UsageError
from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.papers.paper import Paper, ReadingState
from readinglist.papers.plain import paper_to_plain
from tests.faults.naive import listing, made_up

Act = Callable[[Library, random.Random, list[int]], None]
_TIMES = ("added", "looked_at", "read_at")
_TAGS = ("nlp", "vision/video", "thesis", "to discuss", "Ünïcode", "a/b/c")


def act(library: Library, seed: int, step: int) -> str:
    """Do act number `step` of the row with this seed; gives its name."""
    chance = random.Random(f"{seed} {step}")
    ids = sorted(library.find().ids)
    name = "import" if len(ids) < 20 else chance.choices(list(_ACTS), [weight for weight, _ in _ACTS.values()])[0]
    _ACTS[name][1](library, chance, ids)
    return name


def edit(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Do a random edit, one that undo takes back, to those of these papers that are still there."""
    here = sorted({*ids} & {*library.find().ids})
    kind = chance.choice((*_COMMON, *_COMMON, *_RARE)) if len(here) > 20 else _star
    kind(library, chance, here or ids)


def digest(folder: Path) -> str:
    """What the library in a folder holds, in a few letters."""
    with Library(folder) as library:
        ids = sorted({*library.find().ids, *library.find("is:trashed").ids})
        whole = library.papers(ids)
        listings = _ranks(seen.listing_id for paper in whole for seen in paper.sightings)
        sources = _ranks(source for paper in whole for source in paper.origins.values())
        papers = [_plain(paper, listings, sources) for paper in whole]
        lists = [(each.name, each.query, each.parent != "") for each in library.smart_lists()]
        tags = [(tag.name, tag.color) for tag in library.counts().tags]
        found = [papers, lists, tags, library.undo_label(), library.redo_label()]
    with closing(sqlite3.connect(folder / "library.sqlite")) as database:
        journal = database.execute("SELECT status, count(*) FROM changes GROUP BY status ORDER BY status").fetchall()
        memories = database.execute("SELECT kind, count(*) FROM memories GROUP BY kind ORDER BY kind").fetchall()
    return hashlib.sha256(json.dumps([found, journal, memories], sort_keys=True).encode()).hexdigest()[:16]


def _ranks(ids: Iterable[int]) -> Mapping[int, int]:
    """Numbers in place of ids: an import that was taken back keeps its ids for ever, so that the next one's differ."""
    return {each: rank for rank, each in enumerate(sorted(set(ids)))}


def _plain(paper: Paper, listings: Mapping[int, int], sources: Mapping[int, int]) -> Mapping[str, Any]:
    plain = paper_to_plain(paper)
    for name in ("id", *_TIMES):
        plain.pop(name, None)
    plain["sightings"] = [(listings[seen.listing_id], str(seen.day), seen.position) for seen in paper.sightings]
    plain["origins"] = {name: sources[source] for name, source in paper.origins.items()}
    plain["trashed"] = paper.trashed is not None
    plain["notes"] = sorted(note.text for note in paper.notes)
    return plain


def _import(library: Library, chance: random.Random, _ids: list[int]) -> None:
    papers = made_up(chance.choice((3, 30, 600)), seed=chance.randrange(40))
    library.import_texts([listing(papers, f"{chance.randrange(10_000)}.txt", chance.randrange(1, 28))])


def _import_bibliography(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Entries of papers that are there, which they complete, and some of others."""
    known = library.papers(chance.sample(ids, min(len(ids), 15)))
    entries = [
        f"@article{{key{number}, title = {{{paper.title}}}, author = {{Doe, Jane}}, year = 2024,"
        f" abstract = {{{paper.abstract}}}, keywords = {{made, up}}}}"
        for number, paper in enumerate(known)
    ]
    entries.append(f"@book{{new, title = {{A book about {chance.randrange(10_000)} things}}, year = 1999}}")
    library.import_texts([InputText("colleague.bib", "\n\n".join(entries).encode())])


def _star(library: Library, chance: random.Random, ids: list[int]) -> None:
    (library.star if chance.random() < 0.7 else library.unstar)(_some(chance, ids))


def _tag(library: Library, chance: random.Random, ids: list[int]) -> None:
    library.tag(_some(chance, ids), add=[chance.choice(_TAGS)], remove=[chance.choice(_TAGS)])


def _rate(library: Library, chance: random.Random, ids: list[int]) -> None:
    library.rate(_some(chance, ids), chance.randrange(6))


def _state(library: Library, chance: random.Random, ids: list[int]) -> None:
    library.set_state(_some(chance, ids), chance.choice(list(ReadingState)))


def _note(library: Library, chance: random.Random, ids: list[int]) -> None:
    (paper,) = library.papers([chance.choice(ids)])
    if paper.notes and chance.random() < 0.5:
        note = min(paper.notes, key=lambda note: note.text)
        library.edit_note(paper.id, note.id, f"changed {chance.random()}" if chance.random() < 0.7 else "")
    else:
        library.add_note(paper.id, f"a note {chance.random()} " + "with many words " * chance.randrange(300))


def _edit(library: Library, chance: random.Random, ids: list[int]) -> None:
    texts = {
        "title": f"Title {chance.random()}",
        "authors": "Ada Byron\nLi Wei",
        "year": str(chance.randrange(1990, 2026)),
    }
    library.edit_fields(chance.choice(ids), dict(chance.sample(sorted(texts.items()), 2)))


def _trash(library: Library, chance: random.Random, ids: list[int]) -> None:
    trashed = sorted(library.find("is:trashed").ids)
    if trashed and chance.random() < 0.5:
        library.restore(_some(chance, trashed))
    else:
        library.trash(_some(chance, ids))


def _smart_list(library: Library, chance: random.Random, _ids: list[int]) -> None:
    lists = library.smart_lists()
    if len(lists) > 8:
        library.delete_smart_list(min(lists, key=lambda each: (each.name, each.query)).id)
    else:
        library.save_smart_list(f"List {chance.randrange(1000)}", f"tag:{chance.randrange(10)}")


def _rename_tag(library: Library, chance: random.Random, _ids: list[int]) -> None:
    tags = [tag.name for tag in library.counts().tags]
    if tags:
        name = chance.choice(tags)
        wanted = chance.choice((*_TAGS, name.swapcase(), f"tag{chance.randrange(10)}"))
        if not wanted.casefold().startswith(f"{name.casefold()}/"):
            library.rename_tag(name, wanted)


def _color_tag(library: Library, chance: random.Random, _ids: list[int]) -> None:
    tags = [tag.name for tag in library.counts().tags]
    if tags:
        library.color_tag(chance.choice(tags), chance.choice(("", "#112233", "#aabbcc")))


def _delete_tag(library: Library, chance: random.Random, _ids: list[int]) -> None:
    tags = [tag.name for tag in library.counts().tags]
    if tags:
        library.delete_tag(chance.choice(tags))


def _take_back(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Take one of the last changes back, no import, so that there are papers to go on with."""
    changes = [each for each in library.changes()[:40] if not each.undone and "Import" not in each.label]
    if changes:
        library.take_back(chance.choice(changes).number, with_later=chance.random() < 0.3)


def _merge(library: Library, chance: random.Random, ids: list[int]) -> None:
    library.merge(chance.sample(ids, 2))


def _delete_for_good(library: Library, chance: random.Random, _ids: list[int]) -> None:
    trashed = sorted(library.find("is:trashed").ids)
    library.empty_trash(chance.sample(trashed, min(len(trashed), 2)))


def _undo(library: Library, _chance: random.Random, _ids: list[int]) -> None:
    library.undo()


def _redo(library: Library, _chance: random.Random, _ids: list[int]) -> None:
    library.redo()


def _index(library: Library, chance: random.Random, _ids: list[int]) -> None:
    (library.reindex if chance.random() < 0.1 else library.index_pending)()


def _some(chance: random.Random, ids: list[int]) -> list[int]:
    if not ids:
        raise UsageError("There are no papers.")
    return chance.sample(ids, min(len(ids), chance.choice((1, 1, 3, 200))))


_COMMON: tuple[Act, ...] = (_star, _tag, _rate, _state, _note, _edit, _trash)
_RARE: tuple[Act, ...] = (_rename_tag, _color_tag, _delete_tag, _take_back, _merge, _delete_for_good, _smart_list)

_ACTS: Mapping[str, tuple[int, Act]] = {
    "import": (3, _import),
    "import of a bibliography": (2, _import_bibliography),
    "star": (3, _star),
    "tag": (3, _tag),
    "rating": (1, _rate),
    "state": (2, _state),
    "note": (3, _note),
    "edit": (2, _edit),
    "trash": (2, _trash),
    "smart list": (1, _smart_list),
    "tag renamed": (1, _rename_tag),
    "tag coloured": (1, _color_tag),
    "taken back": (3, _take_back),
    "merge": (1, _merge),
    "deleted for good": (1, _delete_for_good),
    "undo": (9, _undo),
    "redo": (5, _redo),
    "index": (2, _index),
}
