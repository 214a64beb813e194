"""Plain text to LaTeX text that shows, and reads back as, exactly the same characters.

Mathematics between dollars stays as it is, unless it does more than to print (see `latex_acts`); everything else that
TeX would act on is escaped. Letters beyond ASCII stay as they are (UTF-8). Control characters, which no text means, are
dropped; what is no character becomes U+FFFD.
"""

import re
from collections.abc import Callable, Iterable

from readinglist.formats.latex_acts import acts, harmless

# Mathematics as Pandoc tells it from prices: no blank inside the dollars, no digit after them.
_MATH = re.compile(r"(?<![\\$])(\$\$?)(?=[^\s$])((?:\\.|[^$\\])+?)(?<!\s)\1(?![\d$])", re.DOTALL)
# A plain word between blanks means two prices, a bare % or # would break the file's text, as would an empty line.
_NOT_MATH = re.compile(r"\s[A-Za-z]{3,}\s|(?<!\\)[%#]|\n\s*\n|\\$")

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Halves of surrogate pairs, and code points that are no characters: no file in UTF-8 may hold them.
_NO_CHARACTER = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\n]+")
# Readers take an @ at the start of a line for the next entry, even within a field.
_AT_LINE_START = re.compile(r"^([ \t]*)@", re.MULTILINE)

_ESCAPED_BRACE = re.compile(r"\\[{}]")

# Stand-ins for the characters whose escapes hold further special characters; control characters are gone by then.
_FIRST = (("\\", "\x01"), ("{", "\x02"), ("}", "\x03"))
_THEN = (
    ("&", r"\&"), ("%", r"\%"), ("$", r"\$"), ("#", r"\#"), ("_", r"\_"),
    ("~", r"{\textasciitilde}"), ("^", r"{\textasciicircum}"), ("<", r"{\textless}"), (">", r"{\textgreater}"),
    ("\x01", r"{\textbackslash}"),
)  # fmt: skip
# Pairs that fonts join into one character: dashes, quotation marks, upside-down ? and !.
_LIGATURES = ("--", "''", ",,")
_LIGATURES_WITH_BACKTICK = ("``", "?`", "!`")

# What `escape` would change; most names and many texts have nothing of it.
_ACTIVE = re.compile(r"[\\{}&%$#_~^<>]|--|''|,,|``|[?!]`")
_ACTIVE_SIGNS = (*"\\{}&%$#_~^<>", "--", "''", ",,", "``", "?`", "!`")

# A word whose capitals matter: one that has a capital after its first letter (BERT, iPhone), a capital with digits
# (T5), or is a capital alone other than A (C++). Numbers and signs that belong to it come along: GPT-4, C++, LLaVA-1.5.
_PROTECTED = re.compile(
    r"(?<![^\W_])(?:[^\W_]*[^\W_](?=[A-Z])[^\W_]+|[A-Z][^\W_]*\d[^\W_]*|[B-Z](?![^\W_]|['’][a-z]))"
    r"(?:[-.]\d[^\W_]*)*\+*"
)


def clean_line(text: str) -> str:
    """The text on one line with single blanks, without characters that no file should hold."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return _BLANKS.sub(" ", clean_lines(text)).strip(" ")


def clean_lines(text: str) -> str:
    """The text with line feeds as its only line ends, without characters that no file should hold."""
    if text.isprintable():
        return text.strip(" ")
    text = _CONTROL.sub("", _LINE_ENDS.sub("\n", text)).strip(" \t\n")
    return text if text.isascii() else _NO_CHARACTER.sub("\ufffd", text)


def escape(text: str) -> str:
    """LaTeX for a clean text."""
    if not text:
        return ""
    return _by_math(text, lambda math: math, _escaper(text))


def escape_name(name: str) -> str:
    """LaTeX for a clean name, in which no dollar means mathematics."""
    return name if _ACTIVE.search(name) is None else _escaper(name)(name)


def escape_title(text: str) -> str:
    """LaTeX for a clean title, in which bibliography styles cannot take the capitals of a name such as BERT.

    Only such words are put in braces, as JabRef and Zotero users do: the whole title in braces would take away the
    style's say over all the others.
    """
    escape_part = _escaper(text)
    return _by_math(text, lambda math: f"{{{math}}}", lambda part: _protect(escape_part(part)))


def verbatim(text: str) -> str:
    """LaTeX as it stands in another program's field, unchanged if it can be a field's value.

    Else with words for its escaped braces, or a blank behind its last backslash; escaped where that does not help.
    Commands that would have TeX read, write or run something are left out.
    """
    cleaned = harmless(clean_lines(text))
    if _is_value(cleaned):
        return _guard_lines(cleaned)
    mended = cleaned.replace(r"\{", r"{\textbraceleft}").replace(r"\}", r"{\textbraceright}")
    mended = f"{mended} " if mended.endswith("\\") else mended
    return _guard_lines(mended) if _is_value(mended) else escape(cleaned)


def holds_one(text: str, signs: Iterable[str]) -> bool:
    """Whether a text holds one of some signs; in an abstract found ten times as fast as by a regular expression."""
    for sign in signs:  # noqa: SIM110 - `any` takes twice as long
        if sign in text:
            return True
    return False


def is_balanced(text: str) -> bool:
    """Whether BibTeX, which counts escaped braces too, finds a closing brace for each opening one."""
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _is_value(text: str) -> bool:
    """Whether all readers find the end of it: some count escaped braces, others do not."""
    if not is_balanced(text):
        return False
    return "\\" not in text or (is_balanced(_ESCAPED_BRACE.sub("", text)) and not text.endswith("\\"))


def _by_math(text: str, keep: Callable[[str], str], escape_part: Callable[[str], str]) -> str:
    if "$" not in text:
        return _guard_lines(escape_part(text))
    parts = []
    start = searched = 0
    while match := _MATH.search(text, searched):
        if _NOT_MATH.search(match[2]) or not _is_value(match[2]) or acts(match[2]):
            searched = match.start() + 1
            continue
        parts += [escape_part(text[start : match.start()]), keep(match[0])]
        start = searched = match.end()
    parts.append(escape_part(text[start:]))
    return _guard_lines("".join(parts))


def _escaper(text: str) -> Callable[[str], str]:
    """What escapes the parts of a text. A backslash before a brace is known to all programs, but must be balanced."""
    braces = (r"\{", r"\}") if is_balanced(text) else (r"{\textbraceleft}", r"{\textbraceright}")

    def escape_part(part: str) -> str:
        if not holds_one(part, _ACTIVE_SIGNS):
            return part
        for special, stand_in in _FIRST:
            part = part.replace(special, stand_in)
        for pair in _LIGATURES + (_LIGATURES_WITH_BACKTICK if "`" in part else ()):
            if pair in part:
                part = part.replace(pair, f"{pair[0]}{{}}{pair[1]}").replace(pair, f"{pair[0]}{{}}{pair[1]}")
        for special, escaped in _THEN:
            part = part.replace(special, escaped)
        return part.replace("\x02", braces[0]).replace("\x03", braces[1])

    return escape_part


def _protect(title: str) -> str:
    words = title.split(" ")
    return " ".join(word if word[1:].islower() else _PROTECTED.sub(r"{\g<0>}", word) for word in words)


def _guard_lines(text: str) -> str:
    return _AT_LINE_START.sub(r"\1{@}", text) if "@" in text else text
