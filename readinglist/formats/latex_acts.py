r"""What TeX does not print but does: commands that read and write files, run programs, or change what TeX is.

A title such as `$\input{/etc/passwd}$` comes from anybody, and a .bib file is read by TeX as a program.
"""

import re

_NAMES = (
    "input", "include", "includeonly", "includegraphics", "includepdf", "includesvg", "includestandalone", "inputfrom",
    "InputIfFileExists", "IfFileExists", "import", "subimport", "subfile", "subfileinclude", "usepackage",
    "RequirePackage", "documentclass", "LoadClass", "usetikzlibrary", "write", "immediate", "openin", "openout",
    "closein", "closeout", "read", "readline", "special", "ShellEscape", "shellescape", "catcode", "lccode", "uccode",
    "mathcode", "sfcode", "def", "edef", "gdef", "xdef", "let", "futurelet", "newcommand", "renewcommand",
    "providecommand", "DeclareRobustCommand", "newenvironment", "renewenvironment", "csname", "endcsname",
    "expandafter", "scantokens", "loop", "everypar", "everymath", "everydisplay", "everyhbox", "everyvbox", "everyjob",
    "everycr", "output", "verbatiminput", "VerbatimInput", "lstinputlisting", "inputminted", "makeatletter",
    "makeatother", "AtBeginDocument", "AtEndDocument", "ExplSyntaxOn", "chardef", "mathchardef", "countdef", "dimendef",
    "toksdef", "message", "errmessage", "batchmode", "nonstopmode", "scrollmode", "errorstopmode", "bye", "dump",
    "endinput", "primitive", "luafunction", "NewDocumentCommand", "RenewDocumentCommand", "DeclareDocumentCommand",
)  # fmt: skip
# A backslash before a backslash begins no command. TeX takes ^^5c for a backslash, so ^^ means nothing good here.
_ACTS = re.compile(
    r"\\\\"
    rf"|\\@*(?:{'|'.join(_NAMES)}|(?:pdf|lua|directlua|latelua)[A-Za-z]*)(?![A-Za-z])"
    r"|\\(?:begin|end)\s*\{\s*(?:document|filecontents\*?)\s*\}"
    r"|\^\^"
)


def acts(text: str) -> bool:
    """Whether TeX would do something for a text that is no printing."""
    if "\\" not in text and "^^" not in text:
        return False
    return any(match[0] != "\\\\" for match in _ACTS.finditer(text))


def harmless(text: str) -> str:
    """LaTeX without such commands: what they stand before stays, as it does where the text of a field is read."""
    return _ACTS.sub(_without, text) if acts(text) else text


def _without(match: re.Match[str]) -> str:
    found = match[0]
    return {"\\\\": found, "^^": "^{}^"}.get(found, "{}")
