"""What a format has no field for, as lines for its remarks: `Read_Status: Read`, `readinglist.starred: true`.

They stand where Zotero has its Extra field, so that other programs keep them. Reading state, rating and arXiv id are
written as Zotero's plugins and users do, BibTeX fields as `tex.name=` as Better BibTeX does (see `zotero_extra`), all
else as `readinglist.name:` and JSON. A writer reads back what it wrote, and adds as such lines whatever differs.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from readinglist.formats import json_text
from readinglist.formats.latex_text import clean_line, clean_lines
from readinglist.formats.zotero_extra import with_extra
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState

_OWN_LINE = re.compile(r"readinglist\.([a-z_]+): (.+)")
_TEX_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_FIELDS = (
    "title", "abstract", "authors", "year", "entry_type", "citation_key", "doi", "arxiv_id", "url", "venue",
    "keywords", "links", "upvotes",
)  # fmt: skip
_PERSONAL = ("state", "starred", "rating", "tags", "notes", "added", "read_at")
# Of the reading-list plugin for Zotero.
_STATE_WORDS = MappingProxyType(
    {
        ReadingState.TO_READ: "To Read", ReadingState.READING: "In Progress", ReadingState.READ: "Read",
        ReadingState.SKIPPED: "Not Reading",
    }
)  # fmt: skip
_HIGHEST = 10**9


def lines_without_field(paper: Paper, *, personal: bool, told: frozenset[str] = frozenset()) -> list[str]:
    """The lines for what usual formats have no field for, without the fields of a paper that are `told` otherwise."""
    lines = [f"arXiv: {paper.arxiv_id}"] if paper.arxiv_id and "arxiv_id" not in told else []
    names = ["links", "upvotes"]
    if personal:
        if paper.state in _STATE_WORDS and "state" not in told:
            lines.append(f"Read_Status: {_STATE_WORDS[paper.state]}")
        if paper.rating and "rating" not in told:
            lines.append(f"Rating: {paper.rating}")
        names += [name for name in ("starred", "tags", "added", "read_at") if name not in told]
    lines += [_own_line(name, getattr(paper, name)) for name in names if getattr(paper, name) not in _EMPTY]
    if personal and paper.notes:
        times = [[note.created.isoformat(), note.changed.isoformat()] for note in paper.notes]
        lines.append(f"readinglist.note_times: {_json(times)}")
    return lines


_EMPTY: tuple[Any, ...] = (None, (), False)


def lines_beyond(paper: Paper, back: Paper, *, personal: bool) -> list[str]:
    """The lines that make a paper of `back`, which is what the fields alone read back as."""
    names = [name for name in _FIELDS + (_PERSONAL if personal else ()) if _differ(name, paper, back)]
    if "tags" in names and "keywords" not in names and not set(paper.tags).isdisjoint(paper.keywords):
        names.append("keywords")  # of which a line of tags takes the tags away
    return [*_fields_beyond(paper, back), *(_own_line(name, getattr(paper, name)) for name in names)]


def _differ(name: str, paper: Paper, back: Paper) -> bool:
    if name != "notes":
        return bool(getattr(paper, name) != getattr(back, name))
    return [replace(note, id="") for note in paper.notes] != [replace(note, id="") for note in back.notes]


def _fields_beyond(paper: Paper, back: Paper) -> Iterator[str]:
    others: dict[str, str | None] = {name: None for name in back.extra if name not in paper.extra}
    for name, raw in paper.extra.items():
        if back.extra.get(name) == raw:
            continue
        if name not in back.extra and _is_tex_field(name, raw):
            yield f"tex.{name}= {raw}"
        else:
            others[name] = raw
    if others:
        yield f"readinglist.extra: {_json(others)}"


def _is_tex_field(name: str, raw: str) -> bool:
    """Whether a line `tex.name=` brings a field back; what says something of the paper itself would be taken for it."""
    is_whole = raw == " ".join(clean_line(raw).split()) != ""
    return (
        is_whole
        and _TEX_NAME.fullmatch(name) is not None
        and with_extra(Paper(), f"tex.{name}= {raw}") == Paper(extra={name: raw})
    )


def with_lines(paper: Paper, text: str) -> Paper:
    """A paper with what such lines say, and with the remarks among them as its note."""
    if not text.strip():
        return paper
    own: dict[str, object] = {}
    others = []
    for line in text.split("\n"):
        found = _OWN_LINE.fullmatch(line.strip())
        if found and (found[1] in _FROM_PLAIN or found[1] in {"extra", "note_times"}):
            try:
                own[found[1]] = json_text.load(found[2])
            except ValueError:
                others.append(line)
        else:
            others.append(line)
    remarks = "\n".join(others)
    paper = with_extra(paper, remarks) if remarks.strip() else paper
    return _with_own(paper, own) if own else paper


def _with_own(paper: Paper, own: Mapping[str, object]) -> Paper:
    values: dict[str, Any] = {}
    for name, plain in own.items():
        reader = _FROM_PLAIN.get(name)
        try:
            if reader is not None:
                values[name] = reader(plain)
        except (TypeError, ValueError, KeyError, AttributeError):
            continue  # not what we write
    if "tags" in values and "keywords" not in values:
        values["keywords"] = tuple(word for word in paper.keywords if word not in values["tags"])
    paper = replace(paper, **values)
    notes = _dated(paper.notes, own.get("note_times"))
    return replace(paper, extra=_extra_with(paper.extra, own.get("extra")), notes=notes)


def _extra_with(extra: Mapping[str, str], others: object) -> dict[str, str]:
    """Further fields with others set, and without those that are set to nothing."""
    merged = dict(extra)
    for name, raw in others.items() if isinstance(others, dict) else ():
        if raw is None:
            merged.pop(name, None)
        elif isinstance(raw, str):
            merged[name] = clean_lines(raw)
    return merged


def _dated(notes: tuple[Note, ...], times: object) -> tuple[Note, ...]:
    if not isinstance(times, list) or len(times) != len(notes):
        return notes
    try:
        pairs = [(_moment(created), _moment(changed)) for created, changed in times]
    except (TypeError, ValueError):
        return notes
    dated = zip(notes, pairs, strict=True)
    return tuple(replace(note, created=created, changed=changed) for note, (created, changed) in dated)


def _own_line(name: str, value: object) -> str:
    return f"readinglist.{name}: {_json(_TO_PLAIN.get(name, _same)(value))}"


def _json(plain: object) -> str:
    """JSON on one line, for whatever takes for a line end."""
    text = json.dumps(plain, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(plain)


def _same(value: object) -> object:
    return value


def _text(plain: object) -> str:
    if not isinstance(plain, str):
        raise TypeError
    return plain


def _line(plain: object) -> str:
    return clean_line(_text(plain))


def _words(plain: object) -> tuple[str, ...]:
    if not isinstance(plain, list):
        raise TypeError
    return tuple(filter(None, map(_line, plain)))


def _number(most: int, least: int = 0) -> Callable[[object], int | None]:
    def read(plain: object) -> int | None:
        if plain is None:
            return None
        if not isinstance(plain, int) or not least <= plain <= most:
            raise ValueError
        return int(plain)

    return read


def _moment(plain: object) -> datetime:
    found = datetime.fromisoformat(_text(plain))
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _perhaps_moment(plain: object) -> datetime | None:
    return None if plain is None else _moment(plain)


def _iso(moment: Any) -> object:  # noqa: ANN401 - a datetime or None, as the field has it
    return moment and moment.isoformat()


def _parts(author: Author) -> dict[str, str]:
    names = ("family", "given", "particle", "suffix", "literal")
    return {name: getattr(author, name) for name in names if getattr(author, name)}


def _authors(plain: Any) -> tuple[Author, ...]:  # noqa: ANN401 - JSON of others
    return tuple(Author(**{name: _line(part) for name, part in each.items()}) for each in plain)


def _links(plain: Any) -> tuple[Link, ...]:  # noqa: ANN401 - JSON of others
    return tuple(Link(_line(url), LinkKind(kind)) for url, kind in plain)


def _notes(plain: Any) -> tuple[Note, ...]:  # noqa: ANN401 - JSON of others
    parts = ((clean_lines(_text(text)), _moment(created), _moment(changed)) for text, created, changed in plain)
    return tuple(Note("", *each) for each in parts)


_TO_PLAIN: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "authors": lambda authors: [_parts(author) for author in authors],
        "links": lambda links: [[link.url, link.kind.value] for link in links],
        "notes": lambda notes: [[note.text, _iso(note.created), _iso(note.changed)] for note in notes],
        "state": lambda state: state.value,
        "added": _iso,
        "read_at": _iso,
    }
)
_FROM_PLAIN: Mapping[str, Callable[[object], Any]] = MappingProxyType(
    {
        **dict.fromkeys(("title", "entry_type", "citation_key", "doi", "arxiv_id", "url", "venue"), _line),
        "abstract": lambda plain: clean_lines(_text(plain)),
        "authors": _authors,
        "year": _number(9999, -9999),
        "keywords": _words,
        "links": _links,
        "upvotes": _number(_HIGHEST),
        "state": lambda plain: ReadingState(_text(plain)),
        "starred": lambda plain: plain is True,
        "rating": lambda plain: _number(5)(plain) or 0,
        "tags": _words,
        "notes": _notes,
        "added": _perhaps_moment,
        "read_at": _perhaps_moment,
    }
)
