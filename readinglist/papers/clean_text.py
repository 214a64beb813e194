r"""Repairs of text copied from a web page: LaTeX leftovers such as `\%`, doubled links, invisible characters.

Only what is plainly damage is touched: `$...$` and links stay as they are, `<obj>` and `<EOS>` are text.
"""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<=[\0-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\0-\u024f])"  # joiners mean something in other scripts
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_DOUBLED_LINK = re.compile(r"(https?://[^\s{}()\[\]]{1,2000})\{\1[.,;]?\}")
_MARKDOWN_LINK = re.compile(r"\[(https?://[^\s\[\]()]{1,2000})\]\(\1\)")
_KEPT = re.compile(r"(\$[^$]{1,2000}\$|https?://[^\s{}\\]+)")

_MATH = re.compile(r"\\\(\s*([^$]{1,1000}?)\s*\\\)")
_STYLED = re.compile(
    r"\\?\b(?:text(?:bf|it|tt|sc|sf|rm|sl|up|normal|subscript|superscript)|emph|underline|uline|mbox|url)\{([^{}]*)\}"
)
_SWITCH = re.compile(r"\{\\(?:em|bf|it|tt|sc|sf|rm|sl)\s+([^{}]*)\}")
_ACCENT = re.compile(r"""\\(["'`^~=.])\s?(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))""")
_LETTER_ACCENT = re.compile(r"\\([uvHcdkr])\{([A-Za-z])\}")
_COMBINING = {
    '"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_ESCAPED = re.compile(r"\\([%&$#_{}])")
_SPACE = re.compile(r"\\(?:[,;: ]|\\|quad\b|qquad\b)|\\!")
_SHORTHAND = re.compile(r"\\(eg|ie|etc|etal|cf|vs|wrt|aka)(?![A-Za-z])\.?")
_SHORTHANDS = {
    "eg": "e.g.", "ie": "i.e.", "etc": "etc.", "etal": "et al.", "cf": "cf.", "vs": "vs.", "wrt": "w.r.t.",
    "aka": "a.k.a.",
}  # fmt: skip
_COMMAND = re.compile(r"(?<![\w:\\])\\([A-Za-z]+)(?:\{\})?")
_COMMANDS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "ı", "xspace": "", "ldots": "…", "dots": "…", "times": "×", "sim": "~", "approx": "≈", "pm": "±", "leq": "≤",
    "geq": "≥", "le": "≤", "ge": "≥", "ll": "≪", "gg": "≫", "neq": "≠", "to": "→", "rightarrow": "→", "infty": "∞",
    "cdot": "·", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "textbackslash": "\\", "textasciitilde": "~", "textendash": "–", "textemdash": "—",
}  # fmt: skip
_QUOTED = re.compile(r"``([^`]{1,300}?)(?:''|\")")
_SINGLE_QUOTED = re.compile(r"(?<![\w`])`([^`']{1,100})'(?![\w'])")
# A blank that must not break: "wav2vec~2.0". Between two numbers it means "to", and stays: "1M~60M".
_TIE = re.compile(r"(?<![\s/~])~(?=[^\s/~])")
_NUMBER_AT_END = re.compile(r"(?:^|[\s(])[$€£]?\d[\d.,]*[A-Za-z%]{0,3}$")
_SIGNS_OF_DAMAGE = ("\\", "~", "`", "{", "&", "](")


def clean(text: str) -> str:
    """One paragraph or title for reading: repaired, in NFC, with single blanks."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if any(sign in text for sign in _SIGNS_OF_DAMAGE):
        text = _repair(text)
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(text.split())


def _repair(text: str) -> str:
    if "&" in text and _ENTITY.search(text):
        text = _ENTITY.sub(_entity, text)
    text = _MARKDOWN_LINK.sub(r"\1", _DOUBLED_LINK.sub(r"\1", text))
    if "\\" in text:
        text = _MATH.sub(r"$\1$", text)
    parts = _KEPT.split(text)
    parts[::2] = [_repair_plain(part) for part in parts[::2]]
    return unicodedata.normalize("NFC", "".join(parts))


def _entity(match: re.Match[str]) -> str:
    import html

    return html.unescape(match[0])


def _repair_plain(text: str) -> str:
    """Text without mathematics and links, repaired."""
    if "{" in text:
        text = _unstyled(text)
    if "\\" in text:
        text = _without_commands(text)
    if "`" in text:
        text = _SINGLE_QUOTED.sub("‘\\1’", _QUOTED.sub("“\\1”", text))
    if "~" in text:
        text = _TIE.sub(_tie, text)
    return text


def _unstyled(text: str) -> str:
    for _ in range(4):  # commands stand in one another
        text, count = _STYLED.subn(r"\1", _SWITCH.sub(r"\1", text))
        if not count:
            break
    return text


def _without_commands(text: str) -> str:
    text = _ACCENT.sub(lambda match: (match[2] or match[3]) + _COMBINING[match[1]], text)
    text = _LETTER_ACCENT.sub(lambda match: match[2] + _COMBINING[match[1]], text)
    text = _SHORTHAND.sub(lambda match: _SHORTHANDS[match[1]], text)
    text = _COMMAND.sub(lambda match: _COMMANDS.get(match[1], match[1]), text)  # \model was the author's own command
    text = _SPACE.sub(" ", text)
    return _ESCAPED.sub(r"\1", text)


def _tie(match: re.Match[str]) -> str:
    text, place = match.string, match.start()
    between_numbers = text[place + 1].isdigit() and _NUMBER_AT_END.search(text, max(0, place - 20), place)
    return "~" if between_numbers else " "
