"""The encoding that a file says it is in: an XML declaration, a page's <meta>, a mail's header, a line of BibTeX."""

import codecs
import re

_LOOKED_AT = 1 << 14  # bytes at the beginning in which a declaration stands
_NAME = rb"([A-Za-z][\w.:-]{1,39})"

# What a file begins with, and how files that begin so declare their encoding.
_DECLARATIONS = (
    (re.compile(rb"\s*<\?xml\b"), re.compile(rb"<\?xml\b[^<>]{0,200}?\bencoding\s*=\s*[\"']" + _NAME)),
    (re.compile(rb"\s*<"), re.compile(rb"<meta\b[^<>]{0,300}?\bcharset\s*=\s*[\"']?" + _NAME, re.IGNORECASE)),
    (
        re.compile(rb"(?:From [^\n]*\r?\n)?[A-Za-z][\w-]*: "),
        re.compile(rb"^content-type:[^\n]*(?:\r?\n[ \t][^\n]*)*?\bcharset=\"?" + _NAME, re.IGNORECASE | re.MULTILINE),
    ),
    (re.compile(rb"\s*[%@]"), re.compile(rb"^%+ *encoding: *" + _NAME, re.IGNORECASE | re.MULTILINE)),  # JabRef
    (re.compile(rb"\s*%"), re.compile(rb"^%.*-\*-.*\bcoding: *" + _NAME, re.IGNORECASE | re.MULTILINE)),  # Emacs
    (
        re.compile(rb"\s*%"),
        re.compile(rb"^%%? ?!TEX +encoding *= *" + _NAME, re.IGNORECASE | re.MULTILINE),
    ),
    (
        re.compile(rb"\s*%"),
        re.compile(rb"^%% Saved with string encoding ([\w ()-]{3,40}?) *$", re.MULTILINE),
    ),  # BibDesk
)
# Names that Python does not know, and names that are used for more than they mean (WHATWG Encoding Standard, 4.2).
_MEANT = {
    "utf-8-sig": "utf-8",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_OTHER_NAMES = {
    "unicode (utf-8)": "utf-8",
    "western (iso latin 1)": "iso8859-1",
    "western (windows latin 1)": "cp1252",
    "western (mac os roman)": "mac_roman",
    "western (ascii)": "ascii",
    "isolatin": "iso8859-1",
    "windows-31j": "cp932",
    "x-mac-roman": "mac_roman",
    "macosroman": "mac_roman",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
}
# What Python can decode but no file means: UTF-7 hides markup, others are no encodings of texts.
_TRUSTED = re.compile(
    r"utf-8(?:-sig)?|ascii|iso8859-\d+|cp\d+|mac-\w+|koi8-\w|gb\w+|hz|big5\w*|shift_jis\w*|euc_\w+|iso2022_\w+"
    r"|johab|tis-620|kz1048|ptcp154"
)


def declared_encoding(data: bytes) -> str:
    """The encoding that a file declares, by its Python name; "" where it declares none that is trusted."""
    head = data[:_LOOKED_AT]
    for begins, declares in _DECLARATIONS:
        found = declares.search(head) if begins.match(head) else None
        if found is not None:
            return encoding_named(found[1].decode("ascii"))
    return ""


def encoding_named(name: str) -> str:
    """The encoding that is meant by a name, by its Python name; "" for one that is not known or not trusted."""
    name = _OTHER_NAMES.get(name.lower(), name)
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(known, known) if _TRUSTED.fullmatch(known) else ""


def is_seven_bit(encoding: str) -> bool:
    """Whether an encoding writes all letters with the bytes of ASCII, so that its texts pass for UTF-8."""
    return encoding == "hz" or encoding.startswith("iso2022_")
