"""What the window showed last, in a small file beside the library: painted at the start, before the library opens."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from readinglist.errors import ExpectedError
from readinglist.library.answers import Counts, Found, SmartListCount, TagCount
from readinglist.papers.paper import Listing, Paper, ReadingState
from readinglist.papers.plain import paper_from_plain, paper_to_plain
from readinglist.papers.smart_list import SmartList
from readinglist.paths import write_then_rename

FILE = "window.json"
FORM = 3  # changes when the file's shape does; a file of another form is not read
ROWS = 40  # more than any screen shows


class NoHits:
    """Marks nothing: what is painted from the snapshot was not searched for."""

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:  # noqa: ARG002 - as Hits has it
        """None."""
        return ()

    def excerpt(self, text: str, length: int) -> str:
        """The beginning of the text."""
        return text[:length]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The query, the counts beside the sidebar's entries, and the first papers of the list."""

    query: str = ""
    counts: Counts = field(default_factory=Counts)
    shown: tuple[Paper, ...] = ()

    def papers(self, ids: Sequence[int]) -> list[Paper]:
        """The papers with these ids, in this order, as `Library.papers` gives them."""
        known = {paper.id: paper for paper in self.shown}
        return [known[paper_id] for paper_id in ids if paper_id in known]

    def found(self) -> Found:
        """The answer to the query, as far as it is known."""
        return Found(self.query, [paper.id for paper in self.shown], {}, NoHits(), "", 0.0)


def load(folder: Path) -> Snapshot | None:
    """The snapshot of a library; None where there is none that can be read."""
    try:
        plain = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return _from_plain(plain) if plain["form"] == FORM else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def save(folder: Path, snapshot: Snapshot) -> bool:
    """Keep a snapshot for the next start; False where that cannot be done, which costs nothing but a fuller start."""
    try:
        data = json.dumps(_to_plain(snapshot), ensure_ascii=False).encode()
        write_then_rename(folder / FILE, data, private=True)
    except ExpectedError:
        return False
    return True


def _to_plain(snapshot: Snapshot) -> dict[str, Any]:
    counts = snapshot.counts
    return {
        "form": FORM,
        "query": snapshot.query,
        "counts": {
            "all": counts.all,
            "states": {state.value: number for state, number in counts.states.items()},
            "starred": counts.starred,
            "trashed": counts.trashed,
            "listings": [
                [
                    each.id,
                    each.source_id,
                    each.name,
                    each.day.isoformat() if each.day else None,
                    each.number,
                    each.papers,
                    each.bibliography,
                ]
                for each in counts.listings
            ],
            "tags": [[tag.name, tag.color, tag.papers] for tag in counts.tags],
            "smart_lists": [[asdict(each.smart_list), each.papers] for each in counts.smart_lists],
        },
        "papers": [paper_to_plain(paper) for paper in snapshot.shown[:ROWS]],
    }


def _from_plain(plain: Mapping[str, Any]) -> Snapshot:
    counts = plain["counts"]
    return Snapshot(
        plain["query"],
        Counts(
            all=counts["all"],
            states={ReadingState(state): number for state, number in counts["states"].items()},
            starred=counts["starred"],
            trashed=counts["trashed"],
            listings=tuple(
                Listing(number, source, name, date.fromisoformat(day) if day else None, of_day, papers, is_file)
                for number, source, name, day, of_day, papers, is_file in counts["listings"]
            ),
            tags=tuple(TagCount(*tag) for tag in counts["tags"]),
            smart_lists=tuple(SmartListCount(SmartList(**kept), papers) for kept, papers in counts["smart_lists"]),
        ),
        tuple(map(paper_from_plain, plain["papers"])),
    )
