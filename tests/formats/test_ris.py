"""RIS: what programs, publishers and databases write is read; what we write others read, and reads back equal."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readinglist.formats import open_text
from readinglist.formats.record import Problem, Record, Skipped, WriteOptions
from readinglist.formats.ris import read, sniff, write
from readinglist.formats.ris_types import ENTRY_TYPES, RIS_TYPES
from readinglist.papers.duplicates import title_key
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState
from tests.formats.any_paper import papers
from tests.formats.damage import damaged

TODAY = date(2026, 3, 14)
MIDNIGHT = datetime(2026, 3, 14, tzinfo=UTC)
NOON = datetime(2026, 3, 14, 12, 0, 5, tzinfo=UTC)
SAMPLES = Path(__file__).parents[1] / "samples" / "ris"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"

RICH = Paper(
    title="On $O(n^2)$ reading: ünïcode & 100% <b>bold</b>",
    abstract="A first paragraph.\n\nTY  - JOUR\nis no tag here.",
    authors=(
        Author("Beethoven", "Ludwig", "van", "Jr."),
        Author(literal="Barnes, Noble & Sons"),
        Author("Plato"),
        Author("Berg", "Jan", "Van der"),
        Author(literal="others"),
    ),
    year=2019, entry_type="inproceedings", citation_key="beethoven2019", doi="10.5555/3292500",
    arxiv_id="1706.03762v2", url="https://example.org/a_b?c=%20&d#e", venue="Proceedings of the 4th Workshop",
    keywords=("lists, long", "reading"), links=(Link("https://github.com/a/b", LinkKind.CODE),), upvotes=12,
    extra={
        "volume": "12", "number": "3", "pages": "201--219", "editor": "van Rijn, R. and {IBM}", "date": "2019-05-03",
        "eventtitle": "4th Workshop", "series": "Notes \\& Lists", "publisher": "{Slow Press}", "note": "A remark",
        "primaryclass": "cs.CL", "x-zotero-thing": "{\\'e}", "Unknown": "kept", "isbn": "978-3-16-148410-0",
        "pmid": "31452104", "x-ris-an": "7",
    },
    state=ReadingState.READING, starred=True, rating=4, tags=("thesis", "reading", "to discuss; soon"),
    notes=(Note("", "A *note*:\n\n- one\n  - two", NOON, NOON), Note("", "ER  - not the end", NOON, MIDNIGHT)),
    added=NOON, read_at=NOON,
)  # fmt: skip


def entries(text: str) -> list[Record | Skipped | Problem]:
    return list(read(text, TODAY))


def records(text: str) -> list[Record]:
    return [entry for entry in entries(text) if isinstance(entry, Record)]


def one(*lines: str) -> Paper:
    found = records("\n".join(("TY  - JOUR", "TI  - Title", *lines, "ER  - ")))
    assert len(found) == 1
    return found[0].paper


def sample(name: str) -> list[Paper]:
    text = (SAMPLES / name).read_text(encoding="utf-8")
    assert sniff(text)
    return [record.paper for record in records(text)]


def ris(*given_papers: Paper, personal: bool = True) -> str:
    return "".join(write(given_papers, WriteOptions(personal=personal)))


class TestWhatZoteroExports:
    def test_an_article(self) -> None:
        paper = sample("zotero.ris")[0]
        assert paper.title == "On the in vivo growth of reading lists"
        assert paper.authors == (
            Author("Wijngaarden", "Aaltje", "van"),
            Author("Oduya", "Chidi N."),
            Author(literal="Consortium for Slow Reading"),
        )
        assert paper.abstract.endswith("3.5 papers a day.\n\nNobody reads the second paragraph.")
        assert (paper.year, paper.venue, paper.entry_type) == (2021, "Journal of Reading Habits", "article")
        assert (paper.doi, paper.url) == (
            "10.5555/jrh.2021.0042",
            "https://reading.example.org/articles/42?from=list&page=2",
        )
        assert paper.keywords == ("reading", "Lists, long")
        assert paper.citation_key == "wijngaarden2021growth"
        assert paper.state is ReadingState.READING
        assert paper.notes == (Note("", "Compare with chapter 2.\n\nAsk Chidi about the data.", MIDNIGHT, MIDNIGHT),)
        assert dict(paper.extra) == {
            "shorttitle": "On the growth", "shortjournal": "J. Read. Habits", "date": "2021-03-09",
            "urldate": "2021-04-01", "volume": "12", "number": "3", "language": "en", "pages": "201--219",
            "file": "files/17/Growth of lists.pdf", "issn": "2049-3630", "x-ris-dp": "DOI.org (Crossref)",
        }  # fmt: skip

    def test_other_types(self) -> None:
        talk, thesis, blog, book = sample("zotero.ris")[1:]
        assert (talk.entry_type, talk.venue) == ("inproceedings", "Proceedings of the 4th Workshop on Reading")
        assert (talk.arxiv_id, talk.url) == ("1905.01234v2", "")
        assert {name: talk.extra[name] for name in ("eventtitle", "series", "editor", "x-ris-a3")} == {
            "eventtitle": "4th Workshop on Reading", "series": "Slow Notes in Computing", "editor": "Berg, Per-Olov",
            "x-ris-a3": "Series, Edith",
        }  # fmt: skip
        assert (thesis.entry_type, thesis.venue, thesis.extra["pagetotal"]) == (
            "mastersthesis",
            "University of Kyoto",
            "120",
        )
        assert thesis.authors == (Author("Nakamura", "Hiroshi", suffix="Jr."),)
        assert (blog.entry_type, blog.venue, blog.year) == ("online", "Quill's notes", 2020)
        assert (book.entry_type, book.venue, book.extra["series"]) == ("book", "Harbour House", "Small books")
        assert (book.extra["editor"], book.extra["x-ris-a2"], book.extra["translator"]) == (
            "Ferrari, Lucia",
            "Oduya, Chidi",
            "Roth, Jonas",
        )


class TestWhatDatabasesExport:
    def test_embase(self) -> None:
        paper = sample("databases.ris")[0]
        assert paper.title == "Shelves and their contents: a cohort study"
        assert [author.display for author in paper.authors] == [
            "N.M. Noor",
            "B. de Vries-Smit",
            "Reading Group of the North",
        ]
        assert paper.keywords == ("adult", "cohort analysis", "shelf, wooden")
        assert (paper.doi, paper.venue) == ("10.5555/alm.2020.0080", "Annals of Library Medicine")
        assert paper.notes == ()
        assert paper.citation_key == ""

    def test_scopus(self) -> None:
        paper = sample("databases.ris")[1]
        assert paper.keywords == ("Group", "merger", "risk")
        assert paper.extra["issn"] == "03772217"
        assert paper.extra["note"] == "Export Date: 4 January 2021; CODEN: EJREA; Cited By :36"
        assert paper.notes == ()

    def test_web_of_science(self) -> None:
        paper = sample("databases.ris")[2]
        assert (paper.venue, paper.extra["date"], paper.year) == ("12TH CONFERENCE ON READING", "2018-06-01", 2018)

    def test_their_headers_are_no_records_and_no_warnings(self) -> None:
        found = entries((SAMPLES / "databases.ris").read_text(encoding="utf-8"))
        assert [type(entry) for entry in found] == [Record] * 3


class TestWhatPublishersExport:
    def test_ieee(self) -> None:
        paper = sample("publishers.ris")[0]
        assert paper.authors == (Author("Okafor", "J. R."), Author("Berg", "B.", "van den"))
        assert paper.keywords == ("Shelves", "Books", "Training")
        assert (paper.year, paper.extra["date"]) == (2018, "2018-06")

    def test_springer(self) -> None:
        paper = sample("publishers.ris")[1]
        assert (paper.doi, paper.url, paper.citation_key) == ("10.5555/s2046-4053-6-1", "", "Moran2009")

    def test_a_doi_in_other_places(self) -> None:
        paper = sample("publishers.ris")[2]
        assert paper.doi == "10.5555/12345.678"
        assert "note" not in paper.extra
        assert paper.authors == (Author(literal="Barnes, Noble and Sons"), Author(literal="Slow Reading Society"))


def test_what_endnote_exports() -> None:
    paper = sample("endnote.ris")[0]
    assert paper.abstract == "Wrapped by a mail program, this abstract goes on over three lines."
    assert paper.keywords == ("Animals", "Genome, Books", "*Reading/methods")
    assert (paper.extra["pages"], paper.extra["issn"], paper.extra["date"]) == (
        "341--347",
        "1755-0998, 1755-098X",
        "2009-06-01",
    )
    assert [note.text for note in paper.notes] == [
        "Castell, Todd A\nReread before the exam.",
        "My own thoughts about it.",
    ]
    assert (paper.extra["pmid"], paper.citation_key) == ("21564735", "")
    assert "edition" not in paper.extra


class TestDamage:
    def test_every_record_is_accounted_for(self) -> None:
        opened = open_text("x.ris", (SAMPLES / "damaged.ris").read_bytes(), TODAY)
        found = list(read(opened.text, TODAY)) if opened.format == "ris" else entries(opened.text)
        titles = [entry.paper.title for entry in found if isinstance(entry, Record)]
        assert titles == [
            "A record in small letters it - self goes on here",
            "One blank before the dash",
            "Three blanks, and the end is missing",
            "No blank line before this one",
            "No type, but a title",
            "Cut off in the mid",
        ]
        assert [entry.line for entry in found if isinstance(entry, Record)] == [3, 9, 14, 18, 23, 27]
        assert [(entry.code, entry.line) for entry in found if isinstance(entry, Problem)] == [
            ("skipped_entry", 1), ("possibly_truncated", 3), ("possibly_truncated", 14), ("invalid_date", 14),
            ("skipped_entry", 22), ("possibly_truncated", 27),
        ]  # fmt: skip
        assert [entry for entry in found if isinstance(entry, Skipped)] == [Skipped(25, "The record is empty.")]

    def test_positions_count_the_papers(self) -> None:
        found = records("TY  - JOUR\nER  - \nTY  - JOUR\nTI  - A\nER  - \n\nTY  - BOOK\nTI  - B\nER  - ")
        assert [(record.position, record.line) for record in found] == [(1, 3), (2, 7)]

    def test_a_byte_order_mark_and_control_characters(self) -> None:
        assert records("\ufeffTY  - JOUR\nTI  - A\ud800B\x00\nER  - ")[0].paper.title == "A\ufffdB"

    def test_no_text_raises(self) -> None:
        for path in SAMPLES.glob("*.ris"):
            for text in damaged(path.read_text(encoding="utf-8")):
                sniff(text)
                entries(text)

    @given(st.text(st.sampled_from("TYERAUKW19 -\n\t;,./'{}<>é\ud800"), max_size=200))
    def test_no_letters_raise(self, text: str) -> None:
        entries(f"TY  - JOUR\n{text}")

    @pytest.mark.parametrize(
        "value",
        [
            "{" * 100_000, "9" * 5000, "a, " * 100_000, "1-" * 100_000, ";" * 100_000, "http://x " * 50_000,
            " " * 500_000 + "x", "</p" * 100_000,
        ],
    )  # fmt: skip
    def test_long_values_cost_no_more_than_their_length(self, value: str) -> None:
        tags = ("TI", "AU", "KW", "N1", "PY", "SP", "SN", "UR", "M2", "AB", "M3")
        assert len(records("TY  - JOUR\n" + "".join(f"{tag}  - {value}\n" for tag in tags) + "ER  - ")) == 1


class TestTags:
    def test_titles_on_several_lines_are_one(self) -> None:
        assert records("TY  - JOUR\nT1  - Main\nT1  - Sub\nTI  - Main: Sub\nER  - ")[0].paper.title == "Main: Sub"
        assert records("TY  - JOUR\nTI  - What?\nTI  - Why\nER  - ")[0].paper.title == "What? Why"
        assert records("TY  - JOUR\nST  - Short\nER  - ")[0].paper.title == "Short"

    def test_abstracts_under_both_tags(self) -> None:
        assert one("AB  - Same.", "N2  - Same.").abstract == "Same."
        assert one("N2  - One.", "AB  - Two.").abstract == "One.\n\nTwo."

    def test_an_impossible_year_is_told(self) -> None:
        found = entries("TY  - JOUR\nTI  - T\nPY  - 0000\nER  - ")
        assert [(entry.code, entry.line) for entry in found if isinstance(entry, Problem)] == [("invalid_date", 1)]
        assert [
            entry for entry in entries("TY  - JOUR\nTI  - T\nPY  - ///\nER  - ") if isinstance(entry, Problem)
        ] == []

    def test_one_line_of_keywords(self) -> None:
        assert one("KW  - a, b, c").keywords == ("a", "b", "c")
        assert one("KW  - a, b", "KW  - c").keywords == ("a, b", "c")
        assert one("KW  - a; b,c").keywords == ("a", "b,c")

    def test_editors_of_an_edited_book(self) -> None:
        paper = records("TY  - EDBOOK\nTI  - T\nAU  - Roth, J.\nER  - ")[0].paper
        assert (paper.authors, dict(paper.extra)) == ((), {"editor": "Roth, J."})

    def test_the_newer_tag_of_a_date_goes_first(self) -> None:
        paper = one("Y1  - 1900/01/01", "DA  - 1950/01/02")
        assert (paper.year, paper.extra["date"]) == (1950, "1950-01-02")

    def test_names_in_reading_order(self) -> None:
        paper = one("AU  - Catarina Barata", "AU  - Jorge van den Marques")
        assert paper.authors == (Author("Barata", "Catarina"), Author("Marques", "Jorge", "van den"))
        assert one("AU  - Catarina Barata", "AU  - Slow Reading Group").authors[0] == Author(literal="Catarina Barata")
        assert one("AU  - Catarina Barata").authors == (Author(literal="Catarina Barata"),)

    def test_a_tag_behind_the_end(self) -> None:
        found = entries(
            "TY  - JOUR\nTI  - A\nSP  - No\nEP  - Specified\nER  - \nNL  - J. A.\n\n2.\nTY  - JOUR\nTI  - B\nER  -"
        )
        assert [dict(entry.paper.extra) for entry in found if isinstance(entry, Record)] == [
            {"x-ris-nl": "J. A. 2."},
            {},
        ]
        assert len(found) == 2

    def test_two_persons_of_one_name(self) -> None:
        assert len(one("AU  - Wang, Y.", "AU  - Wang, Y.").authors) == 2
        assert one("AU  - Wang, Y.", "A1  - Wang, Y.").authors == (Author("Wang", "Y."),)

    def test_further_addresses_are_kept(self) -> None:
        paper = one("UR  - https://a.org/1; https://b.org/2", "UR  - https://doi.org/10.5555/x")
        assert (paper.url, paper.doi, paper.extra["x-ris-ur"]) == ("https://a.org/1", "10.5555/x", "https://b.org/2")

    def test_unknown_tags_are_kept(self) -> None:
        assert one("C1  - one & two", "ZZ  - three").extra == {"x-ris-c1": "one \\& two", "x-ris-zz": "three"}

    def test_pubmed_numbers(self) -> None:
        extra = one("U1  - 26957754[pmid]", "U2  - PMC4756000[pmcid]").extra
        assert extra == {"pmid": "26957754", "pmcid": "PMC4756000"}
        assert one("AN  - 123", "DB  - PubMed").extra["pmid"] == "123"

    def test_a_number_of_a_report(self) -> None:
        report = records("TY  - RPRT\nTI  - T\nSN  - TR-12\nPB  - Institute\nER  - ")[0].paper
        assert (report.entry_type, report.venue, report.extra["number"]) == ("techreport", "Institute", "TR-12")

    def test_each_type_comes_back(self) -> None:
        for kind in ENTRY_TYPES:
            found = records(f"TY  - {kind}\nTI  - T\nER  - ")[0].paper
            assert ris(found).startswith(f"TY  - {kind}\r\n")
        assert {ENTRY_TYPES[kind] for kind in RIS_TYPES.values()} <= set(RIS_TYPES)


class TestSniff:
    @pytest.mark.parametrize(
        "text", ["TY - JOUR\nTI - T", "\n\nty  - book\nau  - x", "\ufeff  TY  - CONF\nER  -", "1.\nTY  - JOUR\nER  - "]
    )
    def test_ris(self, text: str) -> None:
        assert sniff(text)

    @pytest.mark.parametrize(
        "text",
        [
            "", "TY  - a sentence about tags\nand more", "A title\n\nAn abstract about TY  - JOUR.", "TY - JOUR",
            "PMID- 1\nTI  - T", "%0 Book\n%T T", "@article{a, title={TY  - JOUR}}", "title,authors\nTY  - x,y",
        ],
    )  # fmt: skip
    def test_others(self, text: str) -> None:
        assert not sniff(text)


class TestWriting:
    def test_a_rich_paper_reads_back_equal(self) -> None:
        assert records(ris(RICH).replace("\r\n", "\n"))[0].paper == RICH

    def test_what_others_see(self) -> None:
        lines = ris(replace(RICH, notes=(), abstract="")).split("\r\n")
        for line in (
            "TY  - CONF", "ID  - beethoven2019", "AU  - van Beethoven, Ludwig, Jr.", "AU  - Barnes,, Noble & Sons",
            "C3  - Proceedings of the 4th Workshop", "T2  - 4th Workshop", "PY  - 2019", "DA  - 2019/05/03/",
            "SP  - 201", "EP  - 219", "A2  - van Rijn, R.", "A2  - IBM", "KW  - thesis", "M2  - arXiv: 1706.03762v2",
            "M2  - Read_Status: In Progress", "M2  - Rating: 4", "M2  - tex.primaryclass= cs.CL",
            "T3  - Notes & Lists", "SN  - 978-3-16-148410-0",
        ):  # fmt: skip
            assert line in lines
        assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in lines)

    def test_nothing_personal(self) -> None:
        text = ris(RICH, personal=False)
        for word in ("Read_Status", "Rating", "starred", "thesis", "note*", "2026-03-14"):
            assert word not in text
        bare = replace(
            RICH, state=ReadingState.INBOX, starred=False, rating=0, tags=(), notes=(), added=None, read_at=None
        )
        assert records(text.replace("\r\n", "\n"))[0].paper == bare

    def test_rispy_reads_it(self) -> None:
        found = rispy.loads(ris(RICH, Paper(title="Another")))
        assert len(found) == 2
        assert found[0]["title"] == RICH.title
        assert found[0]["authors"][0] == "van Beethoven, Ludwig, Jr."
        assert found[0]["doi"] == RICH.doi
        assert found[0]["year"] == "2019"
        assert set(found[0]["unknown_tag"]) == {"M2"}

    def test_what_zotero_wrote_needs_few_remarks(self) -> None:
        remarks = [line for paper in sample("zotero.ris") for line in ris(paper).split("\r\n") if line[:2] == "M2"]
        times = json.dumps([[MIDNIGHT.isoformat()] * 2])
        assert remarks == [
            "M2  - Read_Status: In Progress",
            f"M2  - readinglist.note_times: {times}",
            "M2  - arXiv: 1905.01234v2",
        ]

    def test_same_papers_same_text(self) -> None:
        assert ris(RICH) == ris(RICH)

    @settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
    @given(st.lists(papers.map(lambda paper: replace(paper, title=paper.title or "T")), max_size=2))
    def test_any_papers_read_back(self, given_papers: list[Paper]) -> None:
        assert [
            entry for entry in entries(ris(*given_papers).replace("\r\n", "\n")) if not isinstance(entry, Record)
        ] == []
        assert [record.paper for record in records(ris(*given_papers).replace("\r\n", "\n"))] == given_papers


# --- real files, where they are

# What the expected values owe to another program's habits: by file, the fields that are not compared, and why.
_HABITS = {
    "RisImporterTest1.ris": ({"authors"}, "JabRef takes second authors (A2) for authors; they are editors"),
    "RisImporterTest7.ris": ({"authors"}, "JabRef takes second authors (A2) for authors; they are editors"),
}


def _expected() -> list[Any]:
    folders = [*sorted((CORPORA / "ris").glob("*")), CORPORA / "zotero_library_2_formats"]
    return [
        pytest.param(folder / name, expected, id=name)
        for folder in folders
        if (folder / "EXPECTED.json").is_file()
        for name, expected in json.loads((folder / "EXPECTED.json").read_text(encoding="utf-8"))["files"].items()
        if name.endswith(".ris")
    ]


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")
@pytest.mark.parametrize(("path", "expected"), _expected())
def test_real_files(path: Path, expected: dict[str, Any]) -> None:
    opened = open_text(path.name, path.read_bytes(), TODAY)
    read_entries = entries(opened.text)
    found = [entry.paper for entry in read_entries if isinstance(entry, Record)]
    skipped = [entry for entry in read_entries if isinstance(entry, Skipped)]
    wanted = [entry for entry in expected["entries"] if _says_something(entry)]
    empty = expected["n_entries"] - len(wanted)  # a record with nothing but its type is left out, and told
    assert (len(found), len(skipped)) == (len(wanted), empty)
    ignored, _ = _HABITS.get(path.name, (set[str](), ""))
    for paper, entry in zip(found, wanted, strict=True):
        assert title_key(paper.title) == title_key(entry.get("title_plain") or "")
        assert paper.year == entry.get("year")
        if "doi" in entry:
            assert paper.doi == entry["doi"]
        if "abstract" in entry:
            assert paper.abstract.split()[:40] == entry["abstract"].split()[:40]
        if "authors" not in ignored:
            families = [author.get("family") or author.get("literal") for author in entry["authors"]]
            assert [_family(author) for author in paper.authors] == families
        if "keywords" in entry:
            assert set(paper.keywords) == set(entry["keywords"])


def _family(author: Author) -> str:
    return author.literal or f"{author.particle} {author.family}".strip()


def _says_something(entry: dict[str, Any]) -> bool:
    return any(value for name, value in entry.items() if name not in {"type", "type_system"})
