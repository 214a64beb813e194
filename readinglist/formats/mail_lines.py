"""The lines of a mail as one reads them, each with its place in the file: transfer encodings and quoting undone."""

import re
from collections.abc import Iterator
from email.message import Message
from itertools import chain, islice

from readinglist.formats.mime_parts import Line, lines_of_part, parts_of

_NEXT_MAIL = re.compile(r"^From \S+ .*\b(?:19|20)\d\d\n(?=[\w-]+:)", re.MULTILINE)  # of several in one file (mbox)
_ENCODED = re.compile(r"^(?:mime-version|content-type|content-transfer-encoding):", re.IGNORECASE | re.MULTILINE)
_HEADERS = re.compile(r"(?:>?From .*\n)?(?:[!-9;-~]+:.*\n(?:[ \t].*\n)*)+")
_QUOTED = re.compile(r"[>|](?:[ \t]?[>|])*[ \t]?")
_TYPED = re.compile(r"<pre\b[^<>]*>(?:(?!<pre\b).)*?</pre", re.IGNORECASE | re.DOTALL)
_SAMPLE = 400  # lines


def mail_lines(text: str) -> Iterator[Line]:
    """The lines of the mails in a text, headers first, with their numbers from 1. Never raises.

    The lines of a part in base64 all have the number of its first line.
    """
    starts = [0, *(found.start() for found in _NEXT_MAIL.finditer(text) if found.start())]
    line = 1
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        mail = text[start:end]
        for number, content in _lines_of(mail):
            yield line + number, content
        line += mail.count("\n")


def unquoted(lines: Iterator[Line], mark: re.Pattern[str]) -> Iterator[Line]:
    r"""The lines without what mail programs put before or between them.

    That is "> " before each line, blanks before each, or an empty line behind each. `mark` matches a line without them,
    such as the separator of records, by which they are told.
    """
    sample = list(islice(lines, _SAMPLE))
    texts = [text.replace("\xa0", " ") for _, text in sample]
    quoted = any(mark.match(_QUOTED.sub("", text.lstrip(), count=1)) and not mark.match(text.strip()) for text in texts)
    indents = [len(text) - len(text.lstrip()) for text in texts if mark.match(text.lstrip())]
    indent = min(indents, default=0)
    spaced = sum(not text.strip() for text in texts) * 20 > len(texts) * 9
    for number, text in chain(sample, lines):
        bare = text.replace("\xa0", " ").rstrip()
        if quoted:
            bare = _QUOTED.sub("", bare.lstrip(), count=1) if bare.lstrip()[:1] in {">", "|"} else bare
        elif indent:
            bare = bare[min(indent, len(bare) - len(bare.lstrip())) :]
        if bare or not spaced:
            yield number, bare


def _lines_of(mail: str) -> Iterator[Line]:
    """The lines of one mail, numbered from 0."""
    headers = _HEADERS.match(mail)
    if headers is None or _ENCODED.search(mail, 0, headers.end()) is None:
        yield from enumerate(mail.split("\n"))
        return
    yield from enumerate(headers[0].split("\n"))
    searched = headers.end()
    for part in _text_parts(mail):
        raw = str(part.get_payload())
        place = mail.find(raw, searched)
        searched = place + len(raw) if place >= 0 else searched
        first = mail.count("\n", 0, max(place, 0))
        for number, content in _shown(part):
            yield first + number, content


def _text_parts(mail: str) -> list[Message]:
    """The parts of a mail in plain text; where there are none, those in HTML."""
    parts = parts_of(mail)
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    return plain or [part for part in parts if part.get_content_type() == "text/html"]


def _shown(part: Message) -> Iterator[Line]:
    """The lines of a part as they are shown."""
    lines = lines_of_part(part)
    if part.get_content_type() != "text/html":
        yield from lines
        return
    from readinglist.formats.html_text import plain_text

    markup = "\n".join(line for _, line in lines)
    markup = _TYPED.sub(lambda typed: typed[0].replace("\n", "<br>"), markup)
    yield from ((0, line) for line in plain_text(markup, of_page=True).split("\n"))
