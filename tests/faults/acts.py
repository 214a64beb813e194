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

from readinglist.library.attaching import path_of
from readinglist.library.library import Library
from readinglist.papers.memory import DifferentPair, Feed, KeptExport, Memory, Merge
from readinglist.papers.paper import Paper
from readinglist.papers.plain import paper_to_plain
from readinglist.papers.smart_list import SmartList
from tests.faults import library_acts, paper_acts
from tests.store.all_tables import tables

Act = Callable[[Library, random.Random, list[int]], None]
_TIMES = ("added", "looked_at", "read_at")
# What undo takes no part in: the journal itself, the numbers that were given, settings, and what is derived.
_BESIDE = {"changes", "change_parts", "sqlite_sequence", "library", "attachment_texts"}


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
    kind = chance.choice((*_COMMON, *_COMMON, *_RARE)) if len(here) > 20 else paper_acts.star
    kind(library, chance, here or ids)


def held(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that undo and redo bring back: equal before and after."""
    found = {name: rows for name, rows in tables(folder).items() if name not in _BESIDE}
    used = {tag for _, tag, *_ in found["paper_tags"]}
    found["tags"] = [row for row in found["tags"] if row[0] in used]  # others are names that the search box offers
    return found


def digest(folder: Path) -> str:
    """What the library in a folder holds, in a few letters."""
    with Library(folder) as library:
        ids = sorted({*library.find().ids, *library.find("is:trashed").ids})
        whole = library.papers(ids)
        listings = _ranks(seen.listing_id for paper in whole for seen in paper.sightings)
        sources = _ranks(source for paper in whole for source in paper.origins.values())
        papers = [_plain(paper, listings, sources) for paper in whole]
        lists = _plain_lists(library.smart_lists())
        tags = [(tag.name, tag.color) for tag in library.counts().tags]
        kinds = ("merge", "different", "feed", "export")
        memories = sorted(_told(each, _ranks(ids)) for kind in kinds for each in library._store.memories(kind))
        files = {path_of(folder, file) for paper in whole for file in paper.attachments}
        lacking = sorted(path.name for path in files if _is_lacking(path))
        found = [papers, lists, tags, memories, lacking, library.undo_label(), library.redo_label()]
    with closing(sqlite3.connect(folder / "library.sqlite")) as database:
        journal = database.execute("SELECT status, label FROM changes ORDER BY id").fetchall()
    return hashlib.sha256(json.dumps([found, journal]).encode()).hexdigest()[:16]


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


def _plain_lists(lists: Iterable[SmartList]) -> list[tuple[object, ...]]:
    names = {each.id: each.name for each in lists}
    return sorted((each.name, each.query, each.icon, names.get(each.parent, ""), each.position) for each in lists)


def _told(memory: Memory, ranks: Mapping[int, int]) -> tuple[str, ...]:
    match memory:
        case Merge(kept=kept, absorbed=absorbed):
            return "merge", kept.title, absorbed.title, *sorted(note.text for note in absorbed.notes)
        case DifferentPair(one=one, other=other):
            return "different", str(ranks.get(one)), str(ranks.get(other))
        case KeptExport(path=path, query=query):
            return "export", Path(path).name, query
        case Feed(url=url, title=title):
            return "feed", url, title


def _is_lacking(path: Path) -> bool:
    return not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != path.stem


_COMMON: tuple[Act, ...] = (
    paper_acts.star, paper_acts.tag, paper_acts.rate, paper_acts.state, paper_acts.note, paper_acts.edit,
    paper_acts.trash,
)  # fmt: skip
_RARE: tuple[Act, ...] = (
    paper_acts.merge, paper_acts.merge_many, paper_acts.take_apart, paper_acts.take_apart, paper_acts.tell_apart,
    paper_acts.attach, paper_acts.detach, paper_acts.change_keys, library_acts.rename_tag, library_acts.color_tag,
    library_acts.delete_tag, library_acts.take_back, library_acts.delete_for_good, library_acts.smart_list,
    library_acts.smart_list, library_acts.feeds, library_acts.kept_export,
)  # fmt: skip
_ACTS: Mapping[str, tuple[int, Act]] = {
    "import": (3, library_acts.import_listing),
    "import of a bibliography": (2, library_acts.import_bibliography),
    "import of what is there": (2, library_acts.import_what_is_there),
    "import cancelled": (1, library_acts.import_and_cancel),
    "import of feeds": (1, library_acts.import_feeds),
    "star": (3, paper_acts.star),
    "tag": (3, paper_acts.tag),
    "rating": (1, paper_acts.rate),
    "state": (2, paper_acts.state),
    "note": (3, paper_acts.note),
    "edit": (2, paper_acts.edit),
    "trash": (2, paper_acts.trash),
    "file attached": (2, paper_acts.attach),
    "file detached": (1, paper_acts.detach),
    "keys": (1, paper_acts.change_keys),
    "smart list": (2, library_acts.smart_list),
    "tag renamed": (1, library_acts.rename_tag),
    "tag coloured": (1, library_acts.color_tag),
    "tag deleted": (1, library_acts.delete_tag),
    "taken back": (3, library_acts.take_back),
    "merge": (2, paper_acts.merge),
    "merge of many": (1, paper_acts.merge_many),
    "taken apart": (2, paper_acts.take_apart),
    "told apart": (1, paper_acts.tell_apart),
    "feed forgotten": (1, library_acts.feeds),
    "export kept": (1, library_acts.kept_export),
    "deleted for good": (1, library_acts.delete_for_good),
    "undo": (9, library_acts.undo),
    "redo": (5, library_acts.redo),
    "index": (2, library_acts.index),
}
