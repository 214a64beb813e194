"""Characters that no text means: terminals obey them, or no file can hold them."""

import re

_LINE_ENDS = re.compile(r"\r\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Control characters but tab and line feed (U+009B begins commands of terminals too), byte order marks, halves of
# surrogate pairs.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")


def without_controls(text: str) -> str:
    """A text that was typed or pasted, with line feeds as its only line ends, and without what is no text."""
    return text if text.isprintable() else _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text))


def name_text(name: str) -> str:
    """A file's name as text on one line; what of it is no UTF-8 is shown as U+FFFD."""
    return name if name.isprintable() else " ".join(without_controls(_SURROGATE.sub("\ufffd", name)).split())
