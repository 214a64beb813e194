"""Citation styles (CSL): those that come with the program, the reader's own, and what makes a file one of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from readinglist.errors import ExpectedError, UsageError
from readinglist.paths import resource, styles_folder, write_then_rename

if TYPE_CHECKING:
    from readinglist.library.citation_engine import Engine

DEFAULT = "apa"
SUFFIX = ".csl"

# What people call the styles that come with the program, and the English that one of them is written in.
SHORT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "acm": "association-for-computing-machinery",
        "ama": "american-medical-association",
        "chicago": "chicago-author-date",
        "chicago-notes": "chicago-notes-bibliography",
        "harvard": "harvard-cite-them-right",
        "lncs": "springer-lecture-notes-in-computer-science",
        "mla": "modern-language-association",
        "nlm": "nlm-citation-sequence",
        "vancouver": "nlm-citation-sequence",
    }
)
_LOCALES: Mapping[str, str] = MappingProxyType({"harvard-cite-them-right": "en-GB"})

_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_BYTES = 2_000_000  # the largest of the 10,000 styles of the public collection has 170,000
_MOST_MACROS_WITHIN = 50
_NOT_IN_NAME = re.compile(r"[^a-z0-9]+")
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """A style: its name in commands and settings, its title, its file, and whether the reader added it.

    `parent` is the name of the style that it is written like, "" for one that stands for itself.
    """

    name: str
    title: str
    path: Path
    own: bool = False
    parent: str = ""


def styles() -> list[CitationStyle]:
    """All styles by their titles. A style of the reader's own goes before one of the same name that came along.

    Files in the reader's folder that are no styles are left out.
    """
    found: dict[str, CitationStyle] = {}
    for folder, own in ((resource("styles"), False), (styles_folder(), True)):
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            style = _known(path, own=own)
            if style is not None:
                found[style.name] = style
    return sorted(found.values(), key=lambda style: style.title.casefold())


def style_named(name: str, known: Iterable[CitationStyle] | None = None) -> CitationStyle:
    """The style of this name, such as "ieee", or of this short name, such as "acm".

    Raises:
        UsageError: there is none.
    """
    by_name = {style.name: style for style in (styles() if known is None else known)}
    lower = name.strip().lower().removesuffix(SUFFIX)
    found = by_name.get(lower) or by_name.get(SHORT_NAMES.get(lower, ""))
    if found is None:
        raise UsageError(f"There is no citation style {name!r}. `readinglist styles` shows those that there are.")
    return found


def engine(style: CitationStyle) -> "Engine":
    """The style ready to format; styles used of late are kept.

    Raises:
        ExpectedError: the file is gone or is no style any more, or the style that it is written like is missing.
    """
    parent = style
    if style.parent:
        known = {other.name: other for other in styles()}
        if style.parent not in known:
            raise _missing_parent(style)
        parent = known[style.parent]
    return _engine(parent.path, _changed(parent.path), _locale(style) or _locale(parent))


def add_style(path: Path) -> CitationStyle:
    """Check a .csl file and copy it to the reader's styles; one of the same name there is replaced.

    Raises:
        ExpectedError: the file cannot be read, or is no style that can be used; the message says why.
    """
    source = _read(path)
    root = _parsed(source, path.name)
    style = _described(root, path)
    if style.parent:
        if style.parent not in {other.name for other in styles()}:
            raise _missing_parent(style)
    else:
        _check_layout(root, style.title)
        _try(source, style.title)
    folder = styles_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExpectedError(f"{folder} could not be made: {error.strerror}. Nothing was added.") from error
    target = folder / f"{style.name}{SUFFIX}"
    write_then_rename(target, source)
    return CitationStyle(style.name, style.title, target, own=True, parent=style.parent)


def _known(path: Path, *, own: bool) -> CitationStyle | None:
    try:
        title, parent = _title_of(path, _changed(path))
    except ExpectedError:
        return None
    return CitationStyle(path.stem.lower(), title, path, own, parent)


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise _unreadable(path, error) from error


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ExpectedError(f"{path.name} is too large for a citation style, so it was not used.")
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> ExpectedError:
    return ExpectedError(f"The citation style {path.name} could not be read: {error.strerror or error}.")


@lru_cache(maxsize=4096)
def _title_of(path: Path, _changed: int) -> tuple[str, str]:
    """The title of a style, and the name of the style that it is written like."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        with path.open("rb") as stream:
            for _event, element in iterparse(stream, ["end"], forbid_dtd=True):
                if element.tag == f"{_CSL}info":
                    return _title(element, path.stem), _parent(element)
    except (OSError, ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise _no_style(path.name) from error
    raise _no_style(path.name)


@lru_cache(maxsize=4)
def _engine(path: Path, _changed: int, locale: str) -> "Engine":
    from readinglist.library.citation_engine import Engine

    source = _read(path)
    root = _parsed(source, path.name)
    _check_layout(root, path.stem)
    try:
        return Engine(source, locale or None)
    except Exception as error:  # citeproc-py has no error of its own for a style that it cannot load
        raise ExpectedError(f"The citation style {path.stem} could not be loaded: {error}") from error


def _locale(style: CitationStyle) -> str:
    """The language that a style wants, such as "en-GB"; "" is the program's."""
    if not style.own:
        return _LOCALES.get(style.name, "")
    locale = _parsed(_read(style.path), style.path.name).get("default-locale", "")
    return locale if _LOCALE.fullmatch(locale) else ""


def _parsed(source: bytes, name: str) -> Element:
    """The root of a style. No entity is resolved and nothing is fetched.

    Raises:
        ExpectedError: it is no CSL style.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(source, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ExpectedError(f"{name} declares entities, which no citation style needs. It was not used.") from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise _no_style(name) from error
    if root.tag != f"{_CSL}style" or root.find(f"{_CSL}info") is None:
        raise _no_style(name)
    return root


def _no_style(name: str) -> ExpectedError:
    return ExpectedError(f"{name} is no citation style. Styles are .csl files, as on the Zotero style repository.")


def _missing_parent(style: CitationStyle) -> ExpectedError:
    return ExpectedError(
        f"“{style.title}” is written like the style “{style.parent}”, which is not among yours. Add that one first."
    )


def _described(root: Element, path: Path) -> CitationStyle:
    info = root.find(f"{_CSL}info")
    assert info is not None  # noqa: S101 - checked when it was parsed
    name = _last_part(info.findtext(f"{_CSL}id", "")) or _plain_name(path.stem)
    return CitationStyle(name or "style", _title(info, path.stem), path, parent=_parent(info))


def _title(info: Element, otherwise: str) -> str:
    return " ".join((info.findtext(f"{_CSL}title") or otherwise).split())


def _parent(info: Element) -> str:
    links = info.findall(f"{_CSL}link[@rel='independent-parent']")
    return _last_part(links[0].get("href", "")) if links else ""


def _last_part(address: str) -> str:
    """The name at the end of a style's address, such as "apa" of http://www.zotero.org/styles/apa."""
    return _plain_name(PurePosixPath(address.strip()).name.removesuffix(SUFFIX))


def _plain_name(name: str) -> str:
    return _NOT_IN_NAME.sub("-", name.lower()).strip("-")[:100]


def _check_layout(root: Element, title: str) -> None:
    """See that a style has something to write, and that it comes to an end.

    Raises:
        ExpectedError: it has not, or does not.
    """
    layouts = [root.find(f"{_CSL}{part}/{_CSL}layout") for part in ("citation", "bibliography")]
    if layouts[0] is None:
        raise ExpectedError(f"“{title}” says nowhere how to cite, so it is no style that can be used.")
    macros = {macro.get("name", ""): macro for macro in root.iterfind(f"{_CSL}macro")}
    checked: set[str] = set()
    for part in (*layouts, *root.iter(f"{_CSL}sort")):
        if part is not None:
            _check_macros(part, macros, checked, ())


def _check_macros(part: Element, macros: Mapping[str, Element], checked: set[str], within: tuple[str, ...]) -> None:
    """See that the macros of a part are there, and that none uses itself.

    Raises:
        ExpectedError: one is missing, or does.
    """
    for name in [element.get("macro") for element in part.iter()]:
        if name is None or name in checked:
            continue
        if name not in macros or name in within or len(within) > _MOST_MACROS_WITHIN:
            raise ExpectedError(f"The style's macro “{name}” is missing or uses itself, so the style cannot be used.")
        _check_macros(macros[name], macros, checked, (*within, name))
        checked.add(name)


def _try(source: bytes, title: str) -> None:
    """Write an entry in a style.

    Raises:
        ExpectedError: that did not work.
    """
    from readinglist.library.citation_engine import Engine

    item = {
        "id": "1", "type": "article-journal", "title": "A Title", "author": [{"family": "Doe", "given": "Jane"}],
        "issued": {"date-parts": [[2020, 1, 2]]}, "container-title": "A Journal", "volume": "1", "page": "1-20",
    }  # fmt: skip
    try:
        cited = Engine(source).cite([item, {"id": "2", "type": "book"}], lambda _done, _total: None)
    except Exception as error:  # citeproc-py has no error of its own for a style that it cannot use
        raise ExpectedError(f"“{title}” uses something that cannot be formatted here. It was not added.") from error
    if not cited.citation.text and not any(entry.text for entry in cited.entries):
        raise ExpectedError(f"“{title}” writes nothing at all. It was not added.")
