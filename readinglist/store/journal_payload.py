"""What an entry of the journal holds, as bytes: its steps, and when it was undone and done again."""

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from readinglist.papers.change import Step
from readinglist.papers.plain import step_from_plain, step_to_plain

_COMPRESS_FROM = 1000  # bytes; smaller payloads gain nothing
_COMPRESSED = b"z"
_WITH_TURNS = b'{"turns":'


def pack(steps: Iterable[Step], turns: Sequence[datetime] = ()) -> bytes:
    """Steps as bytes; `turns` are the moments when the change was undone, done again, undone again and so on."""
    plain: dict[str, Any] = {"turns": [turn.isoformat() for turn in turns]} if turns else {}
    plain["steps"] = [step_to_plain(step) for step in steps]
    data = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return pack_text(data)


def pack_text(text: bytes) -> bytes:
    """The payload of a JSON text, in UTF-8."""
    return text if len(text) < _COMPRESS_FROM else _COMPRESSED + zlib.compress(text, 1)


def unpack(payload: bytes) -> list[Step]:
    """The steps that were packed."""
    return [step_from_plain(plain) for plain in plain_steps(text_of(payload))]


def text_of(payload: bytes) -> bytes:
    """The JSON text of a payload, in UTF-8."""
    return zlib.decompress(payload[1:]) if payload[:1] == _COMPRESSED else payload


def plain_steps(text: bytes) -> list[dict[str, Any]]:
    """The steps in a payload's text, as JSON has them."""
    steps: list[dict[str, Any]] = json.loads(text.decode("utf-8", "surrogatepass"))["steps"]
    return steps


def turns_of(payload: bytes) -> tuple[datetime, ...]:
    """When the change was undone, done again, and so on; none for what an early version of the program undid."""
    head = zlib.decompressobj().decompress(payload[1:], 16) if payload[:1] == _COMPRESSED else payload
    if not head.startswith(_WITH_TURNS):
        return ()
    text = text_of(payload)
    turns: list[str] = json.loads(text[len(_WITH_TURNS) : text.index(b"]") + 1])
    return tuple(datetime.fromisoformat(turn) for turn in turns)
