"""The verbs for tags as such: rename and merge, colour, delete; on all papers that carry them, those in the trash too.

A tag stands for those below it: what is done to nlp is done to nlp/parsing.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from string import ascii_lowercase, ascii_uppercase

from readinglist.errors import UsageError
from readinglist.papers.change import Change, Step, TagChanged, field_changed
from readinglist.papers.edits import count_papers, new_tag
from readinglist.papers.paper import Paper

_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
_COLOR = re.compile(r"#[0-9a-f]{6}")


def rename_tag(papers: Sequence[Paper], old: str, new: str, colors: Mapping[str, str]) -> Change:
    """Give a tag, and those below it, another name; where there is a tag of that name, they become one.

    Args:
        papers: those that carry the tag or one below it.
        old: its name.
        new: the name it gets.
        colors: the colours that were chosen, by the names of all tags of the library.

    Raises:
        UsageError: the new name is none that a tag can have, or lies below the old one.
    """
    wanted = new_tag(new)
    if is_below(wanted, old) and wanted.casefold() != old.casefold():
        raise UsageError(f"The tag {old} cannot become {wanted}, which lies below it.")
    if _one_row(wanted, old):
        return _respelled(old, wanted, colors)
    known = {name.casefold(): name for name in colors if not is_below(name, old)}

    def renamed(name: str) -> str:
        new_name = _moved(name, old, wanted)
        return known.get(new_name.casefold(), new_name) if is_below(name, old) else name

    carried = {tag.casefold() for paper in papers for tag in paper.tags if not is_below(tag, old)}
    merges = wanted.casefold() in carried or (wanted in colors and not is_below(wanted, old))
    verb = "Merge tag {} into {}" if merges else "Rename tag {} to {}"
    colored = (
        TagChanged((renamed(name), ""), (renamed(name), color))
        for name, color in colors.items()
        if color and is_below(name, old) and not colors.get(renamed(name))
    )
    return Change(verb.format(old, renamed(old)), (*_retagged(papers, renamed), *colored))


def _respelled(old: str, new: str, colors: Mapping[str, str]) -> Change:
    below = {name: _moved(name, old, new) for name in colors if is_below(name, old)}
    steps = (
        TagChanged((name, colors[name]), (spelled, colors[name])) for name, spelled in below.items() if name != spelled
    )
    return Change(f"Rename tag {old} to {new}", tuple(steps))


def delete_tag(papers: Sequence[Paper], name: str, colors: Mapping[str, str]) -> Change:
    """Take a tag, and those below it, off all papers that carry them; chosen colours go with them."""
    steps = _retagged(papers, lambda tag: "" if is_below(tag, name) else tag)
    plain = (TagChanged((tag, color), (tag, "")) for tag, color in colors.items() if color and is_below(tag, name))
    return Change(f"Delete tag {name} from {count_papers(len(papers))}", (*steps, *plain) if steps else ())


def color_tag(name: str, before: str, color: str) -> Change:
    """Give a tag a colour such as "#3157d5"; "" gives it the one of its name again.

    Raises:
        UsageError: that is no colour.
    """
    wanted = color.strip().lower()
    if wanted and not _COLOR.fullmatch(wanted):
        raise UsageError(f"{color!r} is no colour. Write it as #3157d5, in two digits each for red, green and blue.")
    return Change(f"Colour tag {name}", (TagChanged((name, before), (name, wanted)),) if wanted != before else ())


def _retagged(papers: Sequence[Paper], renamed: Callable[[str], str]) -> tuple[Step, ...]:
    """The step that gives each tag its new name, "" for none."""
    step = field_changed("tags", {paper.id: (paper.tags, _each_once(map(renamed, paper.tags))) for paper in papers})
    return () if step is None else (step,)


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for name in names:
        if name:
            kept.setdefault(name.casefold(), name)
    return tuple(sorted(kept.values(), key=str.casefold))


def _moved(name: str, old: str, new: str) -> str:
    """A tag below an old one, below the new one."""
    return "/".join((new, *name.split("/")[old.count("/") + 1 :]))


def _one_row(one: str, other: str) -> bool:
    """Whether two names are one to the database, which knows the letters of ASCII alone as small and large."""
    return one.translate(_SMALL) == other.translate(_SMALL)


def is_below(name: str, tag: str) -> bool:
    """Whether a name is the tag's or lies below it, case aside."""
    lower, above = name.casefold(), tag.casefold()
    return lower == above or lower.startswith(f"{above}/")
