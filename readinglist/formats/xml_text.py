"""XML taken safely: one record after the other, with its line; damage costs one record alone.

The rules of defusedxml that matter here are kept: a document that declares entities or attributes of its own is
refused, and nothing outside the text is ever read. Expat itself is asked, since it alone tells lines and places, and
takes a file of 50 MB piece by piece.
"""

import html.entities
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate, errors

from readinglist.formats.html_text import plain_line, plain_text
from readinglist.formats.latex_text import clean_line
from readinglist.formats.record import Problem

LINE = " line"  # the attribute that holds an element's line; no attribute of XML can be called so

_PIECE = 1 << 17  # bytes given to the parser at once
_DEEPEST = 200  # levels within a record; what is nested deeper follows side by side
_MOST_DAMAGED = 1000  # places; with more of them, the rest of a text is not worth the time

# Frequent attributes that neither have a prefix nor declare one.
_PLAIN_ATTRIBUTES = frozenset(
    {"face", "font", "size", "name", "term", "href", "rel", "type", "UI", "MajorTopicYN", "ValidYN"}
)
# The prefixes of names in this program, whatever prefixes a document uses.
_PREFIXES = MappingProxyType(
    {
        "http://www.w3.org/2005/Atom": "",
        "http://purl.org/atom/ns#": "",
        "http://purl.org/rss/1.0/": "",
        "http://www.w3.org/1999/xhtml": "",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
        "http://purl.org/dc/elements/1.1/": "dc:",
        "http://purl.org/dc/terms/": "dcterms:",
        "http://prismstandard.org/namespaces/basic/2.0/": "prism:",
        "http://prismstandard.org/namespaces/1.2/basic/": "prism:",
        "http://purl.org/rss/1.0/modules/prism/": "prism:",
        "http://purl.org/rss/1.0/modules/content/": "content:",
        "http://purl.org/rss/1.0/modules/link/": "link:",
        "http://a9.com/-/spec/opensearch/1.1/": "opensearch:",
        "http://a9.com/-/spec/opensearchrss/1.0/": "opensearch:",
        "http://arxiv.org/schemas/atom": "arxiv:",
        "http://www.zotero.org/namespaces/export#": "z:",
        "http://purl.org/net/biblio#": "bib:",
        "http://xmlns.com/foaf/0.1/": "foaf:",
        "http://nwalsh.com/rdf/vCard#": "vcard:",
        "http://www.w3.org/2006/vcard/ns#": "vcard:",
    }
)

# An ampersand that begins no entity that XML knows, or a reference to a character that no XML may hold.
_STRAY = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:([a-zA-Z][a-zA-Z0-9]{1,31};)|#(\d{1,7});|#[xX]([0-9a-fA-F]{1,6});)?"
)
_STRAY_LESS = re.compile(r"<(?![^\W\d]|[/!?:])")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIRST_TAG = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?:\s[^<>]*)?/?>")
_LOOKED_AT = 1 << 16
_DECLARATION = re.compile(rb"<\?xml\s[^<>]*\?>")
_ENDS = frozenset(
    {errors.XML_ERROR_NO_ELEMENTS, errors.XML_ERROR_UNCLOSED_TOKEN, errors.XML_ERROR_PARTIAL_CHAR,
     errors.XML_ERROR_UNCLOSED_CDATA_SECTION}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """An element with all that it holds, the name of the one around it, and its line (from 1).

    Names have the prefixes of this module: "dc:title", "entry"; others keep those of the document. Elements of the
    wanted names within it have their lines in their attribute `LINE`.
    """

    element: Element
    parent: str
    line: int


def elements(text: str, wanted: Collection[str] | None, *, nests: bool = False) -> Iterator[Found | Problem]:
    """The elements of these names that stand in no other of them, one by one; with None those below the root.

    A document that is no good XML gives what can be read, and a Problem for each such place; one that is dangerous
    gives the Problem "not_recognised", and ends. Unless an element may hold others of its name (`nests`), it ends where
    the next one begins. Never raises.
    """
    yield from _Reader(text, None if wanted is None else frozenset(wanted), nests=nests or wanted is None).read()


def root_of(text: str) -> tuple[str, str]:
    """The name of the first element of a text, without its prefix, and its tag; two empty texts where there is none."""
    before, *commented = text[:_LOOKED_AT].split("<!--")
    found = _FIRST_TAG.search(before + "".join(part.partition("-->")[2] for part in commented))
    return (found[1], found[0]) if found else ("", "")


def declares(tag: str, namespace: str) -> bool:
    """Whether a tag declares a namespace, which is not the beginning of another one."""
    return f'"{namespace}"' in tag or f"'{namespace}'" in tag


def text_of(element: Element | None) -> str:
    """The text of an element on one line, markup within it aside; "" for None."""
    if element is None:
        return ""
    text = clean_line("".join(element.itertext()) if len(element) else element.text or "")
    return plain_line(text.replace("&", "&amp;")) if "<" in text else text


def paragraphs_of(element: Element | None) -> str:
    r"""The text of an element with "\n\n" between its paragraphs, which empty lines, returns or markup set apart."""
    if element is None:
        return ""
    text = "".join(element.itertext())
    if "<" in text:
        return plain_text(text.replace("&", "&amp;"))
    paragraphs = re.split(r"\r\s*|\n[ \t]*\n\s*", text) if "\n" in text or "\r" in text else [text]
    return "\n\n".join(filter(None, map(clean_line, paragraphs)))


def below(element: Element, path: str) -> list[Element]:
    """The elements at a path of names below one, such as "channel/dc:date"; the path "" leads to itself."""
    name, _, rest = path.partition("/")
    found = element.findall(name) if name else [element]
    return [place for each in found for place in below(each, rest)] if rest else found


def texts(element: Element, path: str) -> Iterator[str]:
    """The texts, none of them empty, of the elements at a path below one."""
    return filter(None, map(text_of, below(element, path)))


def first_text(element: Element, *paths: str) -> str:
    """The first text that is not empty at one of these paths below an element; "" for none."""
    return next((text for path in paths for text in texts(element, path)), "")


class _RefusedError(Exception):
    """The document declares what could make a small file endless."""


class _UnclosedError(Exception):
    """An element begins within another one of its name, which therefore was not closed."""


class _Names(dict[str, str]):
    """Names with the prefixes of this module by those of a document, which declares its prefixes as it goes."""

    def __init__(self) -> None:
        super().__init__()
        self._prefixes: dict[str, str] = {}

    def __missing__(self, name: str) -> str:
        prefix, colon, local = name.rpartition(":")
        self[name] = f"{self._prefixes.get(prefix, prefix + colon)}{local}"
        return self[name]

    def declare(self, attributes: dict[str, str]) -> None:
        """Note the prefixes that an element declares; of a prefix with two known meanings the first one stands."""
        for name, address in attributes.items():
            prefix = name[6:]
            if name.startswith("xmlns") and address in _PREFIXES and prefix not in self._prefixes:
                self._prefixes[prefix] = _PREFIXES[address]
                self.clear()


class _Reader:
    """Reads a document with one parser after the other: behind damage, a new one begins at the next record."""

    def __init__(self, text: str, wanted: frozenset[str] | None, *, nests: bool) -> None:
        self._data = _repaired(text).encode("utf-8")
        self._wanted = wanted
        self._nests = nests
        self._names = _Names()
        self._begin = _beginning(wanted)
        self._counted = (0, 0)  # a place, and the line ends before it

    def read(self) -> Iterator[Found | Problem]:
        place: int | None = self._root()
        damaged = 0
        parsing: _Parsing | None = None
        while place is not None and damaged < _MOST_DAMAGED:
            parsing = _Parsing(
                self._wanted, self._names, self._lines(place), nests=self._nests, again=parsing is not None
            )
            yield from parsing.read(self._data, place)
            if parsing.ended is None:
                return
            damaged += parsing.damaged
            begin = self._begin.search(self._data, place + parsing.ended)
            place = begin.start() if begin else None
        if place is not None:
            message = "So much of this file is damaged that the rest of it was not read."
            yield Problem("possibly_truncated", self._lines(place) + 1, message)

    def _root(self) -> int:
        """Where the document begins, whatever stands above it: a browser's remarks, an XML declaration."""
        start = max(self._data.find(b"<"), 0)
        declaration = _DECLARATION.match(self._data, start)
        return declaration.end() if declaration else start

    def _lines(self, place: int) -> int:
        """How many lines end before a place; places are asked for in their order."""
        before, count = self._counted
        self._counted = (place, count + self._data.count(b"\n", before, place))
        return self._counted[1]


def _beginning(wanted: frozenset[str] | None) -> re.Pattern[bytes]:
    """What the next record begins with; of those below the root, which are nodes of RDF, the next with an address."""
    if wanted is None:
        return re.compile(rb"<[\w.-]+:[A-Z][\w.-]*(?=\s[^<>]*about\s*=)")
    local_names = sorted({re.escape(name.rpartition(":")[2]).encode() for name in wanted})
    return re.compile(rb"<(?:[\w.-]+:)?(?:" + b"|".join(local_names) + rb")(?=[\s/>])")


class _Parsing:
    """One parser's way through a document, from a place on which `lines` line ends stand before.

    `ended` is how far it came, None where the document is whole; `damaged` says that something is lost there.
    """

    def __init__(self, wanted: frozenset[str] | None, names: _Names, lines: int, *, nests: bool, again: bool) -> None:
        self.ended: int | None = None
        self.damaged = False
        self._wanted = wanted
        self._nests = nests
        self._names = names
        self._lines = lines
        # A parser that begins within the document needs an element around what it finds.
        self._opening = b"<r>" if again else b""
        self._around: list[str] = []
        self._builder: TreeBuilder | None = None
        self._record = Found(Element("none"), "", 0)
        self._depth = 0
        self._found: list[Found] = []
        self._parser = ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._parser.AttlistDeclHandler = _refuse

    def read(self, data: bytes, start: int) -> Iterator[Found | Problem]:
        try:
            self._parser.Parse(self._opening)
            for place in range(start, len(data), _PIECE):
                self._parser.Parse(data[place : place + _PIECE])
                yield from self._taken()
            self._parser.Parse(b"", True)  # noqa: FBT003 - it knows no name for it
        except ExpatError as error:
            self._stop(self._parser.ErrorByteIndex)
            yield from self._broken(self._lines + error.lineno, errors.messages[error.code])
        except _UnclosedError:
            yield from self._broken(self._line(), "")
        except _RefusedError:
            message = (
                "This file declares entities or attributes of its own, as no list of papers does. It was not read."
            )
            yield Problem("not_recognised", self._line(), message)
        yield from self._taken()

    def _line(self) -> int:
        return self._lines + self._parser.CurrentLineNumber

    def _stop(self, index: int) -> None:
        self.ended = max(index - len(self._opening), 0)

    def _taken(self) -> Iterator[Found]:
        yield from self._found
        self._found.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if attributes and not attributes.keys() <= _PLAIN_ATTRIBUTES:
            self._names.declare(attributes)
            attributes = {self._names[key]: value for key, value in attributes.items()}
        tag = self._names[name]
        if self._builder is None:
            self._start_outside(tag, attributes)
            return
        if self._wanted is not None and tag in self._wanted:
            if tag == self._record.element.tag and not self._nests:
                self._stop(self._parser.CurrentByteIndex)
                raise _UnclosedError
            attributes[LINE] = str(self._line())
        self._builder.start(tag, attributes)
        self._depth += 1
        if self._depth > _DEEPEST:
            self._builder.end(tag)

    def _start_outside(self, tag: str, attributes: dict[str, str]) -> None:
        is_record = bool(self._around) if self._wanted is None else tag in self._wanted
        if not is_record:
            self._around.append(tag)
            return
        self._builder = TreeBuilder()
        self._parser.CharacterDataHandler = self._builder.data
        self._record = Found(self._builder.start(tag, attributes), (self._around or [""])[-1], self._line())
        self._depth = 1

    def _end(self, name: str) -> None:
        if self._builder is None:
            self._around.pop()
            return
        if self._depth <= _DEEPEST:
            self._builder.end(self._names[name])
        self._depth -= 1
        if not self._depth:
            self._found.append(self._record)
            self._builder = None
            self._parser.CharacterDataHandler = None

    def _broken(self, line: int, error: str) -> Iterator[Found | Problem]:
        """What was read up to a line that is no good XML, and a word on it, where anything is lost."""
        within = self._builder is not None
        while self._builder is not None:
            self._end("")
        yield from self._taken()
        self.damaged = True
        if error in _ENDS:
            message = "The file ends before it is complete. What there is of it was read."
            yield Problem("possibly_truncated", line, message)
        elif within:
            message = f"The record that begins here is damaged in line {line}. What stands before that was read."
            yield Problem("possibly_truncated", self._record.line, message)
        elif not self._is_border(error):
            yield Problem("possibly_truncated", line, "This is no good XML. What stands here was left out.")
        else:
            self.damaged = False

    def _is_border(self, error: str) -> bool:
        """Whether another document follows in the same text, or this one's last tags, the first of which are gone."""
        if error == errors.XML_ERROR_TAG_MISMATCH:
            return bool(self._opening) and len(self._around) == 1
        return error == errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT


def _refuse(*_declared: object) -> None:
    raise _RefusedError


def _repaired(text: str) -> str:
    """The text with what XML takes offence at, but every reader knows: `&nbsp;`, a bare `&` or `<`, control signs."""
    if _NO_XML.search(text):
        text = _NO_XML.sub("\ufffd", text)
    before, *parts = text.split("<![CDATA[")
    repaired = [_repaired_markup(before)]
    for part in parts:
        verbatim, end, rest = part.partition("]]>")
        repaired += ["<![CDATA[", verbatim, end, _repaired_markup(rest)]
    return "".join(repaired)


def _repaired_markup(text: str) -> str:
    return _STRAY_LESS.sub("&lt;", _STRAY.sub(_meant, text))


def _meant(stray: re.Match[str]) -> str:
    name, decimal, hexadecimal = stray.groups()
    if name:
        return html.escape(html.entities.html5.get(name, f"&{name}"))
    if not decimal and not hexadecimal:
        return "&amp;"
    number = int(decimal or hexadecimal, 10 if decimal else 16)
    known = number <= 0x10FFFF and not _NO_XML.match(chr(number))
    return stray[0] if known else ""
