"""The text of a .bib file taken apart into entries with raw fields, as BibTeX does it (btxdoc) or, else, as people do.

One pass, one regular expression a value; an entry that breaks the rules is read a second time, field by field.
"""

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field

from readinglist.formats.bibtex_strings import MONTH_NAMES, MONTHS, STRINGS

_LONGEST_STRING = 100_000  # characters of one @string; they are names of journals
_MOST_PUT_IN = 50_000_000  # characters of all strings that a file uses: a million names of journals

# A value in braces or quotes with up to three levels of braces within; deeper ones are counted brace by brace.
_INNER = r"[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+"
_BRACED = re.compile(rf"\{{({_INNER})\}}")
_QUOTED = re.compile(rf'"([^"{{}}]*+(?:\{{{_INNER}\}}[^"{{}}]*+)*+)"')
_BARE = re.compile(r'[^\s,{}()"#=@%]+')
_BRACE = re.compile(r"[{}]")
_BRACE_NOT_ESCAPED = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTE = re.compile(r'["{}]')

_START = re.compile(r"@[ \t]*([A-Za-z][\w:.+/-]*)\s*([{(])")
# The beginning of an entry such that, at the start of a line, it is one even where the entry before is not closed.
_SURE_START = re.compile(
    r"""^[ \t]*+(@[ \t]*(?:
        (?:string|comment|preamble)\s*[{(]
      | [A-Za-z]\w*\s*[{(]\s*[^\s,={}()"]*\s*(?:[,=]|[A-Za-z][\w-]*\s*=)
    ))""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_KEY = re.compile(r'\s*([^,={}"\n]{0,1000})\s*([,})])')
_NO_KEY = re.compile(r'\s*[A-Za-z][\w-]*\s*=\s*["{\w]')
_KEY_WITHOUT_COMMA = re.compile(r'\s*([^\s,={}"]{1,1000})[ \t]*\n')
_GAP = r"(?:[\s,]|%[^\n]*+)*+"
_FIELD = re.compile(_GAP + r'([^\s=,{}()"#%@]+)\s*=\s*')
# A whole field as nearly all are: in braces, with a comma or the entry's end behind it.
_USUAL_FIELD = re.compile(_GAP + rf'([^\s=,{{}}()"#%@]+)\s*=\s*\{{({_INNER})\}}\s*([,}})])')
_NO_MORE = re.compile(_GAP + r"([})])")
_AFTER = re.compile(r"\s*(?:%[^\n]*\n\s*)*+([,})])")
_NEXT_FIELD = re.compile(r'\s+[A-Za-z][\w-]*\s*=\s*["{\w]')
_HASH = re.compile(r"\s*#\s*")
# What follows an entry that a brace too many has closed before its end.
_GOES_ON = re.compile(r"[\s})]*,\s*[A-Za-z][\w-]*\s*=\s*[\"{]")
_FIELD_START = re.compile(
    r"""(?:(?<=[,\n{("}])|(?<=\d))[ \t]*([A-Za-z][\w:.+-]{0,100})[ \t]*=\s*
        (?=["{]|\w{1,100}\s*[,})]|\w[^\n{}=]{0,200}$)""",
    re.MULTILINE | re.VERBOSE,
)

_LONG_ENTRY = 1 << 16  # characters; longer ones are looked for where there is more text


@dataclass(slots=True)
class RawEntry:
    """One entry: its type in lower case, its key, its fields, its first line.

    `fields` holds by name in lower case the name as it is spelled and the raw BibTeX without its delimiters, @strings
    put in; a month's bare name stays. `damage` holds the code and the sentence of what was wrong with the entry.
    """

    entry_type: str
    key: str
    fields: dict[str, tuple[str, str]]
    line: int
    damage: list[tuple[str, str]] = field(default_factory=list)


def scan(text: str) -> Iterator[RawEntry]:
    """The entries of a .bib file, in order; what stands between them is comment. Never raises, in linear time."""
    return scan_pieces((text,))


def scan_pieces(pieces: Iterable[str]) -> Iterator[RawEntry]:
    """The same of a text that is given in pieces of whole lines, of which a few are held at a time."""
    scanner = _Scanner()
    text, wanted = "", 0
    for piece in pieces:
        text += piece
        cut = _last_start(text) if len(text) >= wanted else 0
        if cut:
            unread = yield from scanner.entries(text[:cut])
            text = text[unread:]
            wanted = 2 * len(text) if unread < cut else 0  # more and more, so that the work stays linear
    yield from scanner.entries(text, is_last=True)


def _last_start(text: str) -> int:
    """Where the last entry surely begins; 0 where none does near the end."""
    last = 0
    for start in _SURE_START.finditer(text, max(0, len(text) - _LONG_ENTRY)):
        last = start.start(1)
    return last


class _Scanner:
    def __init__(self) -> None:
        self._strings: dict[str, str] = dict(STRINGS)
        self._put_in = 0  # characters that came in the place of names
        self._line = 1

    def _begin(self, text: str, *, is_last: bool) -> None:
        self._text = text
        self._is_last = is_last
        self._counted = 0  # up to where lines are counted
        self._commented = 0  # up to where a line is known as a comment
        self._checked = 0  # up to where line starts are known
        self._sure = -1  # where the next entry surely begins, as far as that is known
        self._open_comment = False  # whether a @comment without an end was found

    def entries(self, text: str, *, is_last: bool = False) -> Generator[RawEntry, None, int]:
        """The entries of the next part of the text, which ends where an entry begins; gives how far it was read.

        It is read up to a @comment that does not end in it, unless it is the last part.
        """
        self._begin(text, is_last=is_last)
        position = 0
        while (start := self._next_start(position)) is not None:
            position = start.end()
            kind = start[1].lower()
            limit = self._limit(position)
            if kind == "comment":
                after = self._after_comment(start, limit)
                if not after:
                    self._line_of(start.start())
                    return start.start()
                position = after
            elif kind == "preamble":
                found = self._value(position, limit)
                position = found[1] if found else position
            elif kind == "string":
                position = self._read_string(position, limit)
            else:
                entry, position = self._entry(start, limit)
                yield entry
        self._line_of(len(text))
        return len(text)

    def _next_start(self, position: int) -> re.Match[str] | None:
        text = self._text
        while (at := text.find("@", position)) >= 0:
            position = at + 1
            if (at and (text[at - 1].isalnum() or text[at - 1] in "._-\\")) or self._is_comment(at):
                continue
            if (start := _START.match(text, at)) is not None:
                return start
        return None

    def _is_comment(self, at: int) -> bool:
        """Whether a place is in a line that begins with a percent sign, which is no part of any entry."""
        if at < self._commented:
            return True
        checked, self._checked = self._checked, at
        begin = self._text.rfind("\n", checked, at) + 1
        if not begin and checked:
            return False
        if self._text[begin : begin + 200].lstrip()[:1] != "%":
            return False
        end = self._text.find("\n", at)
        self._commented = end if end >= 0 else len(self._text)
        return True

    def _limit(self, position: int) -> int:
        """Where the next entry surely begins, at the start of a line; the end of the text where there is none."""
        text = self._text
        while self._sure < position and (start := _SURE_START.search(text, max(position, self._sure + 1))):
            self._sure = start.start(1)
        if self._sure < position:
            self._sure = len(text)
        return self._sure

    def _line_of(self, position: int) -> int:
        self._line += self._text.count("\n", self._counted, position)
        self._counted = position
        return self._line

    def _after_comment(self, start: re.Match[str], limit: int) -> int:
        """The place behind a comment; 0 where that may be in the next part of the text."""
        if start[2] == "(":
            return limit
        end = self._closing(start.end() - 1, limit, _BRACE)
        if not end and not self._open_comment:
            # Whole entries can stand in a comment; once that led to the end of the file, it is not tried again.
            end = self._closing(start.end() - 1, len(self._text), _BRACE)
            if not end and not self._is_last:
                return 0
            self._open_comment = not end
        return end or limit

    def _read_string(self, position: int, limit: int) -> int:
        name = _FIELD.match(self._text, position, limit)
        found = self._value(name.end(), limit) if name else None
        if name is None or found is None:
            return position
        self._strings[name[1].lower()] = found[0][:_LONGEST_STRING]
        return found[1]

    def _entry(self, start: re.Match[str], limit: int) -> tuple[RawEntry, int]:
        text = self._text
        entry = RawEntry(start[1].lower(), "", {}, self._line_of(start.start()))
        closer = "}" if start[2] == "{" else ")"
        position = start.end()
        key = None if _NO_KEY.match(text, position, limit) else _KEY.match(text, position, limit)
        if key is not None:
            entry.key = key[1].strip()
            position = key.end()
            if key[2] != ",":
                return entry, position
        elif (word := _KEY_WITHOUT_COMMA.match(text, position, limit)) is not None and "=" not in word[0]:
            entry.key = word[1]
            position = word.end()
            entry.damage.append(("possibly_truncated", "there is no comma after its key."))
        end = self._fields(entry, position, limit, closer)
        if end is None:
            entry.fields.clear()
            entry.damage = [told for told in entry.damage if told[0] != "duplicate_key"]
            end = self._damaged_fields(entry, position - 1, limit)
        return entry, end

    def _fields(self, entry: RawEntry, position: int, limit: int, closer: str) -> int | None:
        """Read the fields by the rules; the place behind the entry, or None where the rules are broken."""
        text = self._text
        while (usual := _USUAL_FIELD.match(text, position, limit)) is not None and usual[3] == ",":
            _add(entry, usual[1], usual[2])
            position = usual.end()
        while (name := _FIELD.match(text, position, limit)) is not None:
            found = self._value(name.end(), limit)
            after = _AFTER.match(text, found[1], limit) if found else None
            if found is None or after is None:
                return None
            _add(entry, name[1], found[0])
            position = after.end()
            if after[1] != ",":
                break
        else:
            after = _NO_MORE.match(text, position, limit)
            if after is None:
                return None
            position = after.end()
        return None if after[1] != closer or _GOES_ON.match(text, position, limit) else position

    def _value(self, position: int, limit: int) -> tuple[str, int] | None:
        """The value that begins at a place, its parts put together, and the place behind it; None where none ends."""
        part = self._part(position, limit)
        hash_sign = _HASH.match(self._text, part[1], limit) if part else None
        if part is None or hash_sign is None:
            return part
        parts = [self._spelled_out(position, part[0])]
        while hash_sign is not None:
            position = hash_sign.end()
            part = self._part(position, limit)
            if part is None:
                return None
            parts.append(self._spelled_out(position, part[0]))
            hash_sign = _HASH.match(self._text, part[1], limit)
        return "".join(parts), part[1]

    def _spelled_out(self, position: int, part: str) -> str:
        """A part of a value that is put together of several: months are words there, and what is undefined nothing."""
        if self._text[position] in '{"' or part.isdecimal():
            return part
        name = _BARE.match(self._text, position)
        if name is not None and name[0].lower() in self._strings:
            return part
        return MONTH_NAMES[MONTHS.index(part.lower())] if part.lower() in MONTHS else ""

    def _part(self, position: int, limit: int) -> tuple[str, int] | None:
        text = self._text
        begin = text[position : position + 1]
        if begin == "{":
            found = _BRACED.match(text, position, limit)
            if found is not None and _ends_here(text, found.end(), limit):
                return found[1], found.end()
            return self._odd_braces(position, limit)
        if begin == '"':
            found = _QUOTED.match(text, position, limit)
            if found is not None and _ends_here(text, found.end(), limit):
                return found[1], found.end()
            return self._odd_quotes(position, limit)
        found = _BARE.match(text, position, limit)
        if found is None:
            return None
        return self._string(found[0]), found.end()

    def _string(self, name: str) -> str:
        """What a name stands for, else the name; strings made of strings could grow beyond any memory."""
        value = self._strings.get(name.lower())
        if value is None or self._put_in > _MOST_PUT_IN:
            return name
        self._put_in += len(value)
        return value

    def _odd_braces(self, position: int, limit: int) -> tuple[str, int] | None:
        """A value nested deeply, or with escaped braces that BibTeX would count and most programs do not."""
        for brace in (_BRACE, _BRACE_NOT_ESCAPED):
            end = self._closing(position, limit, brace)
            if end and _ends_here(self._text, end, limit):
                return self._text[position + 1 : end - 1], end
        return None

    def _odd_quotes(self, position: int, limit: int) -> tuple[str, int] | None:
        r"""A value nested deeply, or with quotes such as \" that would end it."""
        depth = 0
        for mark in _QUOTE.finditer(self._text, position + 1, limit):
            depth += (mark[0] == "{") - (mark[0] == "}")
            if mark[0] == '"' and depth <= 0 and _ends_here(self._text, mark.end(), limit):
                return self._text[position + 1 : mark.start()], mark.end()
        return None

    def _closing(self, position: int, limit: int, brace: re.Pattern[str]) -> int:
        """The place behind the brace that closes the one at a place; 0 where there is none."""
        depth = 0
        for mark in brace.finditer(self._text, position, limit):
            depth += (mark[0] == "{") - (mark[0] == "}")
            if not depth:
                return mark.end()
        return 0

    def _damaged_fields(self, entry: RawEntry, position: int, limit: int) -> int:
        """Read what can be told as a field by its beginning, up to the next entry; the place behind the last field."""
        text = self._text
        is_open = False
        name = _FIELD_START.search(text, position, limit)
        while name is not None:
            found = None if is_open else self._value(name.end(), limit)
            if found is not None and not _ends_here(text, found[1], limit):
                found = None
            following = _FIELD_START.search(text, found[1] if found else name.end(), limit)
            if found is None:
                is_open = is_open or text[name.end()] in '{"'
                end = following.start() if following else limit
                found = self._open_value(name.end(), end), end
            _add(entry, name[1], found[0])
            position, name = found[1], following
        what = "a brace or quote in it is not closed" if is_open else "its commas or braces are not as they should be"
        entry.damage.append(("possibly_truncated", f"{what}; what can be read of it was read."))
        return position

    def _open_value(self, position: int, end: int) -> str:
        """The value in a piece of text that holds no more than it, and maybe not its end."""
        found = self._value(position, end)
        if found is not None and _ends_here(self._text, found[1], end):
            return found[0]
        value = self._text[position:end].strip().rstrip(",").rstrip()
        in_braces, in_quotes = value.startswith("{"), value.startswith('"')
        value = value[in_braces or in_quotes :]
        surplus = value.count("}") - value.count("{")
        while surplus > 0 and value.endswith("}"):
            value, surplus = value[:-1].rstrip().removesuffix(",").rstrip(), surplus - 1
        return value.removesuffix('"') if in_quotes else value


def _ends_here(text: str, position: int, limit: int) -> bool:
    """Whether what follows a value shows that it has ended."""
    return (_AFTER.match(text, position, limit) or _HASH.match(text, position, limit)) is not None or (
        _NEXT_FIELD.match(text, position, limit) is not None
    )


def _add(entry: RawEntry, name: str, value: str) -> None:
    """Add a field; one that has another of its name already gets a number, since BibTeX would drop it."""
    value, fields, key = value.strip(" \t\n"), entry.fields, name.lower()
    if key not in fields:
        fields[key] = name, value
        return
    if not value or fields[key][1] == value:
        return
    number = 2
    while f"{key}-{number}" in fields:
        number += 1
    fields[f"{key}-{number}"] = f"{name}-{number}", value
    message = f'it has the field "{name}" more than once; this one is kept as "{name}-{number}".'
    entry.damage.append(("duplicate_key", message))
