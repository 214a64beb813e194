"""What a text that is no listing looks like, in the words a person would use."""

import re

# What a file begins with, which leaves no doubt.
_BEGINNINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (r"\{\\rtf", "a rich-text (RTF) document"),
        (r"<\?xml", "an XML file"),
        (r"<(?:!doctype|html|head|body|div|p|ul|table|script)\b", "a web page saved as HTML"),
        (r"<[a-z!][^<>]{0,500}>", "an XML or HTML file"),
        (r"[\[{]\s*(?:[\[{]\s*){0,9}(?:\"[^\"\n]{0,200}\"\s*[:,\]]|\]|\})", "a JSON file"),
        (r"@\s*[a-z]+\s*[{(]", "a BibTeX file"),
        (r"TY  - ", "an RIS file"),
        (r"PMID- ?\d", "a PubMed file"),
        (r"%0 [A-Z]", "an EndNote file"),
        (r"%!PS", "a PostScript document"),
        (r"From: <Saved by [^>\n]{0,80}>", "a web page saved as one file (MHTML)"),
        (r"\\(?:documentclass|begin\{document\}|usepackage)\b", "a LaTeX document"),
        (r"(?:From|Return-Path|Delivered-To|Received|Message-ID): \S.*\n(?:[\w-]+: |[ \t])", "an e-mail"),
        (r"diff --git |--- a/", "a patch"),
        (r"#!\s?/", "a script"),
    )
)
# What stands somewhere in a file, and how often it must, to make it likely.
_SIGNS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.MULTILINE), least, what)
    for pattern, least, what in (
        (r"^[ \t]{0,9}@[a-z]+[{(]\s*[^\s,{}]{0,80},", 1, "a BibTeX file"),
        (r"^TY  - ", 1, "an RIS file"),
        (r"^\\(?:documentclass|begin\{document\}|usepackage)\b", 1, "a LaTeX document"),
        (r"^[ \t]{0,40}(?:#include\s*[<\"]|(?:public|private|static)\s.{0,200}[({][ \t]*$)", 1, "source code"),
        (r"^[ \t]{0,40}(?:def|class)[ \t]+\w+.{0,200}:[ \t]*$", 1, "source code"),
        (r"^(?:import|from)[ \t]+[\w.]+(?:[ \t]+(?:import|as)[ \t].{1,100})?[ \t]*$", 3, "source code"),
        (r"^.{0,200}[;{}][ \t]*$", 8, "source code"),
        (
            r"^[ \t]{0,40}(?:function\s+\w*\(|(?:const|let|var)\s+\w+\s*=|export\s+(?:default|const)\b)",
            1,
            "source code",
        ),
        (r"\A(?:dear|hello|hi|hey|to whom)\b[^.\n]{0,60}\n", 1, "a letter"),
        (r"^(?:(?:with )?(?:best|kind|warm) )?(?:regards|wishes),?[ \t]*$|^yours \w+,?[ \t]*$", 1, "a letter"),
    )
)
_LOOKED_AT = 1 << 15


def what_is_read() -> str:
    """A sentence that names the formats that are read, by what files in them hold."""
    from readinglist.formats import FORMATS, Holds

    kinds = []
    for holds, words in ((Holds.LISTING, "listings"), (Holds.BIBLIOGRAPHY, "bibliographies"), (Holds.PAPER, "papers")):
        names = dict.fromkeys(known.short for known in FORMATS if known.reads and known.holds is holds)
        if names:
            kinds.append(f"{words} ({', '.join(names)})")
    return f"Reading List reads {' and '.join(filter(None, (', '.join(kinds[:-1]), kinds[-1])))}."


def look_of_beginning(text: str) -> str:
    """The kind of file that begins like this text, such as "a JSON file"; "" where many do."""
    head = text[:_LOOKED_AT].lstrip("\ufeff \t\n")
    return next((what for pattern, what in _BEGINNINGS if pattern.match(head)), "")


def look_of_signs(text: str) -> str:
    """The kind of file that holds lines like those of this text, such as "source code"; "" where many do."""
    head = text[:_LOOKED_AT]
    return next((what for sign, least, what in _SIGNS if len(sign.findall(head)) >= least), "")


def look_of(text: str) -> str:
    """What a text looks like; of whatever text, there is something to say."""
    if look := look_of_beginning(text) or look_of_signs(text):
        return look
    lines = [line for line in text[:_LOOKED_AT].split("\n") if line.strip()]
    if len(lines) == 1:
        return "a single line of text"
    for sign in (",", "\t", ";"):
        counts = {line.count(sign) for line in lines[:20]}
        if len(counts) == 1 and counts.pop() > 0:
            return "a table (CSV)"
    return "plain text in which titles and abstracts do not take turns"
