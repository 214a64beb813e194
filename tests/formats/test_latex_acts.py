r"""A .bib file is a program to TeX: nothing of a paper may make it read, write or run anything."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import ModuleType

import pytest

from readinglist.formats import biblatex, bibtex
from readinglist.formats.latex_acts import acts, harmless
from readinglist.formats.latex_text import escape, escape_title, verbatim
from readinglist.formats.record import Record, WriteOptions
from readinglist.papers.paper import Author, Note, Paper

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOSTILE = (
    r"\input{/etc/passwd}", r"\input /etc/passwd", r"\@@input{x}", r"\immediate\write18{id}", r"\openout5=x",
    r"\csname input\endcsname{x}", r"^^5cinput{x}", r"\catcode`\@=0 @input{x}", r"\def\a{b}", r"\directlua{os.exit()}",
    r"\pdfximage{x}", r"\begin{filecontents}{x}", r"\end{document}", r"\expandafter\input", r"\x\\\input{y}",
    r"\lstinputlisting{x}", r"\includegraphics{x}", r"\usepackage{x}", r"\ShellEscape{id}",
)  # fmt: skip
PRINTED = (
    r"\mathcal{O}(n^2)", r"\exp_x", r"\operatorname{def}", r"\leftarrow\bullet", r"\begin{aligned}a&b\end{aligned}",
    r"a\\input{x}", r"\evaluate", r"\readings", r"\frac{1}{2}", r"x^2",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_acts_is_no_mathematics_and_no_field_as_it_stands(text: str) -> None:
    assert acts(text)
    assert not acts(harmless(text))
    assert not acts(escape(f"a ${text}$ b"))
    assert not acts(escape_title(f"A $${text}$$ b"))
    assert not acts(verbatim(text))
    assert verbatim(verbatim(text)) == verbatim(text)


@pytest.mark.parametrize("text", PRINTED)
def test_what_is_printed_stays(text: str) -> None:
    assert not acts(text)
    assert verbatim(text) == text
    assert escape(f"${text}$") == f"${text}$"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("written", [bibtex, biblatex])
def test_no_field_of_an_entry_acts(written: ModuleType, text: str) -> None:
    paper = Paper(
        id=1,
        title=f"On ${text}$",
        abstract=f"$${text}$$ {text}",
        authors=(Author(text, text), Author(literal=f"${text}$")),
        venue=f"${text}$",
        url=f"https://example.org/{text}",
        keywords=(f"${text}$",),
        citation_key="a",
        entry_type="article",
        extra={"howpublished": text, "annote": f"${text}$", "x-bibtex-title": text, "foo": text},
        tags=(text,),
        notes=(Note("n", f"${text}$", NOW, NOW),),
    )
    out = "".join(written.write([paper], WriteOptions(personal=True)))
    assert not acts(out)
    (record,) = (each for each in bibtex.read(out, date(2026, 3, 1)) if isinstance(each, Record))
    again = "".join(written.write([replace(record.paper, id=1)], WriteOptions(personal=True)))
    assert not acts(again)
