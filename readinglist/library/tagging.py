"""Tag: put tags on papers and take them off, in the library's own spelling; rename, colour and delete tags."""

from collections.abc import Sequence

from readinglist.errors import UsageError
from readinglist.papers import edits, tag_edits
from readinglist.papers.change import Change
from readinglist.papers.paper import Paper
from readinglist.papers.query import FieldTest
from readinglist.store.paper_store import PaperStore


def tag(store: PaperStore, papers: Sequence[Paper], add: Sequence[str], remove: Sequence[str]) -> Change:
    """The change that tags these papers; "NLP" is the library's "nlp" if it has that.

    Raises:
        UsageError: a name is none that a tag can have.
    """
    names = [edits.new_tag(name) for name in add]
    known = {name.casefold(): name for name in store.spelled_tags(names)}
    if not all(map(str.isascii, names)):  # the database knows the letters of ASCII alone as small and large
        known |= {name.casefold(): name for name in store.tag_names()}
    return edits.tag(papers, [known.get(name.casefold(), name) for name in names], remove)


def rename(store: PaperStore, old: str, new: str) -> Change:
    """The change that gives a tag, and those below it, another name, or makes it one with the tag of that name.

    Raises:
        UsageError: there is no such tag, or the new name is none that a tag can have, or lies below the old one.
    """
    colors = store.tag_colors()
    name, papers = _known(store, old, colors)
    return tag_edits.rename_tag(papers, name, new, colors)


def delete(store: PaperStore, tag_name: str) -> Change:
    """The change that takes a tag, and those below it, off all papers.

    Raises:
        UsageError: there is no such tag.
    """
    colors = store.tag_colors()
    name, papers = _known(store, tag_name, colors)
    return tag_edits.delete_tag(papers, name, colors)


def color(store: PaperStore, tag_name: str, wanted: str) -> Change:
    """The change that gives a tag a colour such as "#3157d5"; "" gives it the one of its name again.

    Raises:
        UsageError: there is no such tag, or that is no colour.
    """
    colors = store.tag_colors()
    name, _ = _known(store, tag_name, colors)
    return tag_edits.color_tag(name, colors.get(name, ""), wanted)


def _known(store: PaperStore, tag_name: str, colors: dict[str, str]) -> tuple[str, list[Paper]]:
    """A tag as the library spells it, and the papers that carry it or one below it."""
    wanted = edits.clean_tag(tag_name)
    names = [name for name in colors if tag_edits.is_below(name, wanted)]
    ids = sorted({paper_id for name in names for paper_id in store.ids_where(FieldTest("tag", "=", name))})
    papers = store.papers(ids)
    depth = wanted.count("/") + 1
    carried = sorted({tag for paper in papers for tag in paper.tags if tag_edits.is_below(tag, wanted)}, key=len)
    if not carried:
        raise UsageError(f"No paper has the tag {wanted}. `readinglist tags` shows all tags.")
    levels = ["/".join(tag.split("/")[:depth]) for tag in carried]
    return wanted if wanted in levels else levels[0], papers
