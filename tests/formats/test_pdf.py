"""PDF documents: what they say of themselves, what their first page shows, and what cannot be read."""

import json
import random
from datetime import date
from pathlib import Path

import pytest

from readinglist.formats import open_text
from readinglist.formats.pdf import read
from readinglist.formats.record import AttachedFile, Problem, Record, Skipped
from tests.formats.pdf_making import Line, pdf_of

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "pdf" / "jabref"
TODAY = date(2026, 4, 2)
PAGE: tuple[Line, ...] = (
    (90, 760, 18, "Forgetting on Purpose: Small Caches"),
    (90, 738, 18, "for Long Conversations"),
    (150, 700, 11, "Ada Byron1*, Ludwig van Beethoven2 and María José García"),
    (150, 686, 10, "1 University of Examples, 2 Institute of Sound"),
    (90, 650, 10, "Abstract. We drop what a conversation will not need"),
    (90, 638, 10, "again, and keep the rest."),
    (90, 610, 12, "1 Introduction"),
    (90, 590, 10, "Models forget, see doi:10.1145/3292500.3330701."),
)
XMP = """<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about=''
 xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'>
<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Of Caches &amp; Kings</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Ada Byron</rdf:li><rdf:li>Li Wei</rdf:li></rdf:Seq></dc:creator>
<prism:doi>10.1038/s41586-020-2649-2</prism:doi><prism:publicationName>Nature</prism:publicationName>
<prism:coverDate>2020-09-17</prism:coverDate></rdf:Description></rdf:RDF></x:xmpmeta>"""


def entries(data: bytes, name: str = "paper.pdf") -> list[Record | Skipped | Problem]:
    return list(read(data, TODAY, name))


def record(data: bytes, name: str = "paper.pdf") -> Record:
    (found,) = (entry for entry in entries(data, name) if isinstance(entry, Record))
    return found


def test_title_authors_and_abstract_are_told_by_how_the_page_is_set() -> None:
    paper = record(pdf_of(PAGE)).paper
    assert paper.title == "Forgetting on Purpose: Small Caches for Long Conversations"
    assert [author.display for author in paper.authors] == ["Ada Byron", "Ludwig van Beethoven", "María José García"]
    assert paper.abstract == "We drop what a conversation will not need again, and keep the rest."
    assert paper.doi == "10.1145/3292500.3330701"
    assert (paper.year, paper.arxiv_id) == (None, "")


def test_the_stamp_of_arxiv_gives_the_id_and_is_no_title() -> None:
    data = pdf_of(PAGE, turned="arXiv:2603.01234v2 [cs.CL] 14 Mar 2026")
    paper = record(data).paper
    assert paper.arxiv_id == "2603.01234v2"
    assert paper.extra == {"primaryclass": "cs.CL"}
    assert paper.title.startswith("Forgetting on Purpose")


def test_what_a_document_says_of_itself_goes_first_where_it_says_something() -> None:
    told = {"Title": "Forgetting on purpose: small caches", "Author": "A. Byron; L. van Beethoven"}
    paper = record(pdf_of(PAGE, told)).paper
    assert paper.title == told["Title"]
    assert [author.family for author in paper.authors] == ["Byron", "Beethoven"]
    paper = record(pdf_of(PAGE, {"Title": "Microsoft Word - final3.docx", "Author": "admin"})).paper
    assert paper.title.startswith("Forgetting on Purpose")
    assert len(paper.authors) == 3


def test_an_xmp_packet_is_read() -> None:
    paper = record(pdf_of([(90, 700, 10, "Of Caches & Kings")], xmp=XMP)).paper
    assert (paper.title, paper.doi, paper.venue, paper.year) == (
        "Of Caches & Kings", "10.1038/s41586-020-2649-2", "Nature", 2020,
    )  # fmt: skip
    assert [author.family for author in paper.authors] == ["Byron", "Wei"]


def test_an_xmp_packet_with_entities_is_left_alone() -> None:
    bomb = XMP.replace("<x:xmpmeta", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><x:xmpmeta').replace(
        "Of Caches", "&x;"
    )
    assert record(pdf_of(PAGE, xmp=bomb)).paper.title.startswith("Forgetting on Purpose")


def test_the_file_and_its_text_come_along() -> None:
    data = pdf_of(PAGE)
    attached = record(data, "../../etc/paper.pdf").attached
    assert isinstance(attached, AttachedFile)
    assert (attached.name, attached.data) == ("paper.pdf", data)
    assert "keep the rest" in attached.text


def test_a_document_without_a_title_is_called_by_its_name() -> None:
    found = entries(pdf_of([]), "scan_of_the_thesis.pdf")
    assert [entry.code for entry in found if isinstance(entry, Problem)] == ["not_text", "possibly_truncated"]
    assert record(pdf_of([]), "scan_of_the_thesis.pdf").paper.title == "scan of the thesis"


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"%PDF-", b"%PDF-1.4\n<html><title>Sign in</title></html>"])
def test_a_damaged_document_is_told_in_a_sentence(data: bytes) -> None:
    opened = open_text("paper.pdf", data, TODAY)
    assert opened.error is not None
    assert (opened.format, opened.error.code) == ("pdf", "not_text")
    assert "damaged" in opened.error.message


def test_no_damage_raises() -> None:
    chance = random.Random(4)
    whole = pdf_of(PAGE, {"Title": "T"}, XMP, "arXiv:2603.01234v2 [cs.CL]")
    for _ in range(150):
        data = bytearray(whole)
        start = chance.randrange(5, len(data))
        data[start : start + chance.randrange(40)] = chance.randbytes(chance.randrange(40))
        entries(bytes(data))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real files stand beside the project only")
def test_real_documents() -> None:
    expected = json.loads((CORPUS / "EXPECTED.json").read_text())["files"]
    for name, file in expected.items():
        paper = record((CORPUS / name).read_bytes(), name).paper
        if "entries" in file:
            assert paper.title == file["entries"][0]["title"], name
