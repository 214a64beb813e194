r"""LaTeX text to the plain text that it shows; mathematics stays between its dollars.

The inverse of `latex_text`: whatever that writes is read back exactly. Beyond it, what .bib files hold: accents,
letters and signs by name (those of pylatexenc's table, and ours), typeset ligatures such as `--`. What a command does
to its argument's looks is dropped, the argument stays.
"""

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType

from readinglist.formats.latex_text import holds_one

# Whatever a text must hold for `to_text` to change it, and to do more than to drop braces.
_MORE_THAN_BRACES = ("\\", "$", "~", "--", "``", "''", ",,", "?`", "!`", "{}")
_ACTIVE = (*_MORE_THAN_BRACES, "{", "}")

# Escapes that most texts with any have no more of: a backslash before a sign.
_ESCAPED_SIGN = re.compile(r"\\([&%#_])")

_LIGATURES = MappingProxyType(
    {"---": "—", "--": "–", "``": "“", "''": "”", ",,": "„", "?`": "¿", "!`": "¡", "~": " ", "{": "", "}": ""}
)

_ACCENTS = MappingProxyType(
    {
        "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
        '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
        "b": "\u0331", "t": "\u0361", "textcommabelow": "\u0326", "f": "\u0311", "U": "\u030e",
    }
)  # fmt: skip

# Signs by name that pylatexenc's table has not, or has otherwise than in running text.
_WORDS = MappingProxyType(
    {
        "BibTeX": "BibTeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "TeX": "TeX", "SS": "SS", "copyright": "©",
        "degree": "°", "euro": "€", "glq": "‚", "glqq": "„", "grq": "‘", "grqq": "“", "flqq": "«", "frqq": "»",
        "guillemetleft": "«", "guillemetright": "»", "lbrack": "[", "rbrack": "]", "lq": "‘", "rq": "’", "newline": " ",
        "nobreakspace": " ", "par": "\n\n", "qquad": " ", "quad": " ", "slash": "/", "space": " ", "textbar": "|",
        "textbraceleft": "{", "textbraceright": "}", "textsterling": "£", "textunderscore": "_", "texttilde": "~",
        "textdollar": "$", "textless": "<", "textgreater": ">", "textbackslash": "\\", "textasciitilde": "~",
        "textasciicircum": "^", "lbrace": "{", "rbrace": "}", "today": "", "vspace": "", "cite": "",
    }
)  # fmt: skip
_SIGNS = MappingProxyType({"\\": " ", ",": " ", ";": " ", ":": " ", "-": "", "/": "", "@": "", "!": "", "\n": " "})

_TOKEN = re.compile(
    r"""(?=[\\${}~`'\-,?!h])(?:  # what tokens begin with, so that the others are passed quickly
    (?P<dollars>\$\$?)(?:\\.|[^$\\])+?(?P=dollars)  # mathematics
  | \\(?P<opening>[(\[])(?P<formula>(?:\\[^()\[\]]|[^\\])+?)\\[)\]]  # mathematics in LaTeX's own brackets
  | \\(?P<accent>["'`^~=.]|[uHvcdrbktfU](?![A-Za-z])|textcommabelow(?![A-Za-z]))
      [ ]*(?P<braced>\{)?[ ]*(?:\\(?P<second>["'`^~=.])[ ]*\{?)?
      (?:\{?\\(?P<dotless>[ij])(?![A-Za-z])[ ]*\}?|(?P<letter>[^\W_]))?
      (?(braced)(?P<closed>\})?)
  | \\(?:url|path|nolinkurl)[ ]*\{(?P<url>[^{}]*)\}
  | (?P<bare>https?://[^\s{}\\$'`]+)  # an address, in which ~ and -- are themselves
  | \\(?:enquote|mkbibquote)\*?\s*\{(?P<quoted>(?:[^{}]|\{[^{}]*\})*)\}
  | \\(?:href|textcolor|begin|end|color|vspace|hspace|label|selectlanguage|foreignlanguage|fontsize)\*?[ ]*
      \{[^{}]*\}
  | \\(?P<word>[A-Za-z]+)\*?[ \t]*\n?[ \t]*
  | \\(?P<sign>.)
  | (?P<ligature>---?|``|''|,,|[?!]`|[~{}])
    )""",
    re.VERBOSE | re.DOTALL,
)


def to_text(raw: str) -> str:
    r"""The plain text that LaTeX shows, in NFC where an accent joins its letter; blanks and line ends as they are.

    Never raises: braces without a partner go, an unknown command leaves its argument (`\foo{bar}` shows "bar"), a `%`
    is a percent sign, since BibTeX knows no comments within a field.
    """
    if not holds_one(raw, _ACTIVE):
        return raw
    signs = _ESCAPED_SIGN.sub(r"\1", raw)
    if not holds_one(signs, _MORE_THAN_BRACES):
        return signs.replace("{", "").replace("}", "")
    return _TOKEN.sub(_shown, raw)


def _shown(token: re.Match[str]) -> str:
    ligature = token["ligature"]
    if ligature is not None:
        return _LIGATURES[ligature]
    if token["dollars"]:
        return token[0]
    if token["opening"]:
        return f"${token['formula'].strip()}$"
    if token["accent"]:
        return _accented(token)
    if token["word"]:
        return _word(token["word"])
    if token["sign"]:
        return _SIGNS.get(token["sign"], token["sign"])
    if token["quoted"]:
        return f"“{_TOKEN.sub(_shown, token['quoted'])}”"
    return token["url"] or token["bare"] or ""


def _accented(token: re.Match[str]) -> str:
    r"""A letter under its accent; of `\'{ab}` the accent stands on the first letter, of `\'{}` alone nothing shows."""
    letter = token["letter"] or token["dotless"] or ""
    if not letter:
        # What is no letter keeps its sign where that is one in itself, such as \~{} in an address.
        return token["accent"] if token["closed"] and token["accent"] in "~^`" else ""
    second = _ACCENTS[token["second"]] if token["second"] else ""
    return unicodedata.normalize("NFC", letter + second + _ACCENTS[token["accent"]])


@lru_cache(maxsize=2048)
def _word(name: str) -> str:
    known = _WORDS.get(name)
    if known is not None:
        return known
    from pylatexenc.latex2text import get_default_latex_context_db

    meant = get_default_latex_context_db().get_macro_spec(name)
    shown = meant.simplify_repl if meant is not None else ""
    return shown if isinstance(shown, str) and shown.isprintable() and not set(shown) & set("%<\\ ") else ""
