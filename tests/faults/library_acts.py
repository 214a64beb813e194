"""What a reader does to a library as a whole: imports, tags, smart lists, feeds, kept exports, undo."""

import json
import random
from contextlib import suppress

from readinglist.errors import CancelledError, UsageError
from readinglist.library.answers import InputText
from readinglist.library.export_formats import ExportOptions, export_format
from readinglist.library.library import Library
from readinglist.papers.smart_list import ICONS
from tests.faults.naive import listing, made_up
from tests.faults.paper_acts import TAGS


def import_listing(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Import a listing, of papers that are there or not."""
    papers = made_up(chance.choice((3, 30, 600)), seed=chance.randrange(40))
    library.import_texts([listing(papers, f"{chance.randrange(10_000)}.txt", chance.randrange(1, 28))])


def import_bibliography(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Entries of papers that are there, which they complete, and some of others."""
    known = library.papers(chance.sample(ids, min(len(ids), 15)))
    entries = [
        f"@article{{key{number}, title = {{{paper.title}}}, author = {{Doe, Jane}}, year = 2024,"
        f" abstract = {{{paper.abstract}}}, keywords = {{made, up}}}}"
        for number, paper in enumerate(known)
    ]
    entries.append(f"@book{{new, title = {{A book about {chance.randrange(10_000)} things}}, year = 1999}}")
    library.import_texts([InputText("colleague.bib", "\n\n".join(entries).encode())])


def import_what_is_there(library: Library, chance: random.Random, ids: list[int]) -> None:
    """Import papers as the program itself writes them."""
    format_name = chance.choice(("bibtex", "biblatex", "ris", "csl-json", "csv", "markdown"))
    text = library.export(chance.sample(ids, min(len(ids), 5)), format_name)
    library.import_texts([InputText(f"mine{export_format(format_name).suffix}", text.encode())])


def import_and_cancel(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Stop an import somewhere in its midst; nothing of it may stay."""
    left = chance.randrange(1, 6)

    def stop(_done: int, _total: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise CancelledError("Stopped.")

    papers = made_up(600, seed=1000 + chance.randrange(10))
    with suppress(CancelledError):
        library.import_texts([listing(papers, "stopped.txt", 9)], stop)


def smart_list(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Keep, change, move or delete a search, or take over those of another library."""
    lists = sorted(library.smart_lists(), key=lambda each: (each.name, each.query, each.position))
    if len(lists) > 8:
        library.delete_smart_list(chance.choice(lists).id)
        return
    one, other = (chance.choice(lists) for _ in range(2)) if lists else (None, None)
    name, query = f"List {chance.randrange(1000)}", f"tag:{chance.randrange(10)}"
    kind = chance.randrange(5) if one else 0
    if one is None or other is None or kind == 0:
        library.save_smart_list(name, query, parent=one.id if one else "")
    elif kind == 1:
        library.edit_smart_list(one.id, name, query, chance.choice(ICONS))
    elif kind == 2:
        library.rename_smart_list(one.id, name)
    elif kind == 3:
        with suppress(UsageError):  # it would stand below itself
            library.move_smart_list(one.id, chance.choice(("", other.id)), chance.randrange(4))
    else:
        rows = [{"id": f"{number}{name}", "name": name, "query": query, "position": number} for number in range(2)]
        library.import_smart_lists(json.dumps({"smart_lists": rows}))


def feeds(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Forget a feed."""
    kept = library.feeds()
    if kept:
        library.forget_feeds([feed.url for feed in chance.sample(kept, min(2, len(kept)))])


def import_feeds(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Import a list of feeds."""
    urls = [f"https://example.org/{chance.randrange(20)}.xml" for _ in range(3)]
    outlines = "".join(f'<outline type="rss" text="{url[-6:]}" xmlUrl="{url}"/>' for url in dict.fromkeys(urls))
    library.import_texts([InputText("feeds.opml", f"<opml version='2.0'><body>{outlines}</body></opml>".encode())])


def kept_export(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Keep a file up to date, or stop that."""
    folder = library.folder.with_name(f"{library.folder.name} exports")
    folder.mkdir(exist_ok=True)
    name = f"kept-{chance.randrange(6)}.bib"
    known = [each.export.id for each in library.kept_exports() if each.path.name == name]
    if known:
        library.stop_export(known[0])
    else:
        library.keep_export(folder / name, f'tag:"{chance.choice(TAGS)}"', ExportOptions("bibtex"), replace_all=True)


def rename_tag(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Rename a tag, or merge it into another."""
    tags = [tag.name for tag in library.counts().tags]
    if tags:
        name = chance.choice(tags)
        wanted = chance.choice((*TAGS, name.swapcase(), f"tag{chance.randrange(10)}"))
        if not wanted.casefold().startswith(f"{name.casefold()}/"):
            library.rename_tag(name, wanted)


def color_tag(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Colour a tag."""
    tags = [tag.name for tag in library.counts().tags]
    if tags:
        library.color_tag(chance.choice(tags), chance.choice(("", "#112233", "#aabbcc")))


def delete_tag(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Take a tag off all papers."""
    tags = [tag.name for tag in library.counts().tags]
    if tags:
        library.delete_tag(chance.choice(tags))


def take_back(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Take one of the last changes back, no import, so that there are papers to go on with."""
    changes = [each for each in library.changes()[:40] if not each.undone and "Import" not in each.label]
    if changes:
        library.take_back(chance.choice(changes).number, with_later=chance.random() < 0.3)


def delete_for_good(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Delete papers of the trash."""
    trashed = sorted(library.find("is:trashed").ids)
    library.empty_trash(chance.sample(trashed, min(len(trashed), 2)))


def undo(library: Library, _chance: random.Random, _ids: list[int]) -> None:
    """Undo."""
    library.undo()


def redo(library: Library, _chance: random.Random, _ids: list[int]) -> None:
    """Redo."""
    library.redo()


def index(library: Library, chance: random.Random, _ids: list[int]) -> None:
    """Index what is pending, or all anew."""
    (library.reindex if chance.random() < 0.1 else library.index_pending)()
