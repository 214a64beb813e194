"""The parts of a mail or of a web archive, and their lines with transfer encodings undone (RFC 2045, RFC 2557)."""

import binascii
import re
from collections.abc import Iterator
from email.message import Message

from readinglist.formats.declared_encoding import encoding_named

Line = tuple[int, str]

_SURROGATE = re.compile("[\ud800-\udfff]")


def parts_of(text: str) -> list[Message]:
    """The parts that hold text, those within others too; none where the text is damaged beyond reading."""
    import email

    try:
        return [
            part
            for part in email.message_from_string(_SURROGATE.sub("\ufffd", text)).walk()
            if isinstance(part.get_payload(), str)
        ]
    except (RecursionError, ValueError, LookupError):
        return []


def lines_of_part(part: Message) -> Iterator[Line]:
    """The lines of a part, each with the number (from 0) of the line in it where it begins; in base64 always 0."""
    raw = str(part.get_payload())
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    charset = encoding_named(str(part.get_content_charset("utf-8"))) or "utf-8"
    if encoding == "quoted-printable":
        yield from _unwrapped(raw, charset)
    elif encoding == "base64":
        payload = part.get_payload(decode=True)
        text = _text(payload if isinstance(payload, bytes) else b"", charset)
        yield from ((0, line) for line in text.splitlines())
    else:
        yield from enumerate(raw.split("\n"))


def _unwrapped(raw: str, charset: str) -> Iterator[Line]:
    begin, parts = 0, []
    for number, line in enumerate(raw.split("\n")):
        bare = line.rstrip()
        parts.append(bare.removesuffix("="))
        if not bare.endswith("="):
            yield begin, _unquoted(parts, charset)
            begin, parts = number + 1, []
    if parts:
        yield begin, _unquoted(parts, charset)


def _unquoted(parts: list[str], charset: str) -> str:
    return _text(binascii.a2b_qp("".join(parts).encode()), charset)


def _text(data: bytes, charset: str) -> str:
    for encoding in (charset, "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")
