"""Tables of papers: any usual columns are understood, others can be mapped; what we write reads back equal."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readinglist.formats import open_text
from readinglist.formats.csv_columns import FIELDS, guessed_fields, plain_name
from readinglist.formats.csv_names import authors_in
from readinglist.formats.csv_table import columns_of, read, sniff, write
from readinglist.formats.record import Problem, Record, Skipped, WriteOptions
from readinglist.papers.paper import Author, Paper, ReadingState
from tests.formats.any_paper import papers
from tests.formats.damage import damaged
from tests.formats.test_ris import RICH

TODAY = date(2026, 3, 14)
SAMPLES = Path(__file__).parents[1] / "samples" / "csv"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "csv"
LISTINGS = Path(__file__).parents[3] / "shared" / "listings"


def entries(text: str, **columns: str) -> list[Record | Skipped | Problem]:
    return list(read(text, TODAY, columns))


def found_in(text: str, **columns: str) -> list[Paper]:
    return [entry.paper for entry in entries(text, **columns) if isinstance(entry, Record)]


def sample(name: str) -> list[Paper]:
    opened = open_text("file.txt", (SAMPLES / name).read_bytes(), TODAY)
    assert opened.format == "csv"
    return [entry.paper for entry in opened.records if isinstance(entry, Record)]


def table(*given_papers: Paper, personal: bool = True) -> str:
    return "".join(write(given_papers, WriteOptions(personal=personal)))


def back(text: str) -> list[Paper]:
    return found_in(text.replace("\r\n", "\n"))


class TestOtherPrograms:
    def test_zotero(self) -> None:
        article, thesis = sample("zotero.csv")
        assert article.authors == (
            Author("Wijngaarden", "Aaltje", "van"),
            Author("Oduya", "Chidi N."),
            Author(literal="Consortium"),
        )
        assert (article.title, article.venue) == ("On the growth of reading lists", "Journal of Reading Habits")
        assert article.abstract == 'We count papers, "all" of them.'
        assert article.tags == ("to discuss", "thesis")
        assert article.keywords == ("Reading", "Lists, long")
        assert (article.state, article.citation_key) == (ReadingState.READ, "wijngaarden2021growth")
        assert article.added == datetime(2021, 4, 1, 8, 15, tzinfo=UTC)
        assert [note.text for note in article.notes] == ["First thought.\n\nSecond thought."]
        assert article.extra["x-csv-key"] == "ABCD2345"
        assert (thesis.entry_type, thesis.venue, thesis.extra["pagetotal"]) == (
            "mastersthesis",
            "University of Kyoto",
            "120",
        )

    def test_scopus(self) -> None:
        article, review = sample("scopus.csv")
        assert article.authors == (Author("Avila", "Tal"), Author("Cherno", "Tatyana"))
        assert article.keywords == ("group", "merger", "risk")
        assert (article.extra["pages"], article.extra["x-csv-cited-by"]) == ("926--934", "36")
        assert (review.entry_type, review.extra["x-csv-type"], review.extra["eid"]) == ("article", "Review", "77")

    def test_a_sheet_of_ones_own(self) -> None:
        first, second = sample("sheet.csv")
        assert first.authors == (Author("Meer", "Jan", "van der"), Author("Smith", "Anna"), Author("Wei", "Li"))
        assert (first.doi, first.url) == ("10.5555/tides.7.12", "")
        assert (first.state, first.rating, first.tags) == (ReadingState.TO_READ, 4, ("sea", "moon"))
        assert [note.text for note in first.notes] == ["Read it; then ask\nAnna."]
        assert (second.state, second.year) == (ReadingState.READ, 1999)

    def test_a_named_delimiter_and_another_language(self) -> None:
        paper = sample("excel_fr.csv")[0]
        assert (paper.title, paper.authors, paper.year) == ("La lecture lente", (Author("Dupont", "Marie"),), 2004)

    def test_text_above_the_table(self) -> None:
        opened = open_text("x.tsv", (SAMPLES / "dimensions.tsv").read_bytes(), TODAY)
        found = list(opened.records)
        assert [entry.code for entry in (*opened.problems, *found) if isinstance(entry, Problem)] == ["skipped_entry"]
        titles = [(entry.paper.title, entry.line) for entry in found if isinstance(entry, Record)]
        assert titles == [("Deep shelves", 3), ('A "quoted" word', 4)]

    def test_web_of_science(self) -> None:
        text = "PT AU AF TI SO DE PY BP EP UT\nJ Smith,_J Smith,_Jan T J._R. a;_b 2018 1 9 WOS:1\n"
        text = text.replace(" ", "\t").replace("_", " ")
        paper = found_in(text)[0]
        assert (paper.authors, paper.venue, paper.keywords) == ((Author("Smith", "Jan"),), "J. R.", ("a", "b"))
        assert (paper.extra["pages"], paper.extra["x-csv-ut"]) == ("1--9", "WOS:1")

    def test_pubmed(self) -> None:
        paper = found_in('PMID,Title,Authors,Journal/Book,Publication Year\n12,T,"Smith JA, van Gogh V.",J,2020\n')[0]
        assert paper.authors == (Author("Smith", "JA"), Author("Gogh", "V.", "van"))
        assert (paper.extra["pmid"], paper.venue) == ("12", "J")

    def test_embase(self) -> None:
        paper = found_in(
            "Title,Author Names,Source\nT,Liu R.,Endoscopic Ultrasound (2014) 3:3 (152-160). Date: 2014\n"
        )[0]
        assert (paper.venue, paper.year, paper.authors) == ("Endoscopic Ultrasound", 2014, (Author("Liu", "R."),))
        assert dict(paper.extra) == {"volume": "3", "number": "3", "pages": "152--160"}


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Smith, John", [Author("Smith", "John")]),
        ("John Smith, Jane Doe", [Author("Smith", "John"), Author("Doe", "Jane")]),
        ("John Smith and Jane Doe", [Author("Smith", "John"), Author("Doe", "Jane")]),
        ("Smith, John and Doe, Jane", [Author("Smith", "John"), Author("Doe", "Jane")]),
        ("John Smith, Jane Doe & Li Wei", [Author("Smith", "John"), Author("Doe", "Jane"), Author("Wei", "Li")]),
        ("Garcia Marquez, Gabriel J.", [Author("Garcia Marquez", "Gabriel J.")]),
        ("A. Smith; B. Doe", [Author("Smith", "A."), Author("Doe", "B.")]),
        ("Smith, J.|Doe, A.", [Author("Smith", "J."), Author("Doe", "A.")]),
        ("Smith J., Doe A.B.", [Author("Smith", "J."), Author("Doe", "A.B.")]),
        ("['Marx, Karl', \"O'Neill, Ann\"]", [Author("Marx", "Karl"), Author("O'Neill", "Ann")]),
        ("{Barnes and Noble}; van Rijn, R.", [Author(literal="Barnes and Noble"), Author("Rijn", "R.", "van")]),
        ("Smith, John et al.", [Author("Smith", "John"), Author(literal="others")]),
        ("", []),
    ],
)
def test_authors_of_a_cell(cell: str, authors: list[Author]) -> None:
    assert list(authors_in(cell)) == authors


class TestColumns:
    def test_names_of_columns(self) -> None:
        headers = [
            "Author(s)",
            "Document Title",
            "Publication Year",
            "Journal/Book",
            "標題",
            "キーワード",
            "저자",
            "#",
            "Año",
        ]
        assert guessed_fields(headers) == ["authors", "title", "year", "venue", "", "keywords", "authors", "", "year"]
        assert plain_name("Résumé (en)") == "resumeen"

    def test_columns_for_a_dialog(self) -> None:
        found = columns_of((SAMPLES / "sheet.csv").read_text(encoding="utf-8"))
        assert found[:2] == [
            ("Name", "title", "Tides of papers"),
            ("Author(s)", "authors", "Jan van der Meer, Anna Smith & Li Wei"),
        ]
        assert ("Cited by", "", "12") in found
        assert {field for _, field, _ in found} - {""} <= set(FIELDS)

    def test_a_mapping_goes_before_the_names(self) -> None:
        text = "Paper;Who;When;Title;URL\nOn lists;Smith, J.;1999;Dr.;x\n"
        paper = found_in(text, Paper="title", who="authors", When="year", URL="")[0]
        assert (paper.title, paper.authors, paper.year) == ("On lists", (Author("Smith", "J."),), 1999)
        assert (dict(paper.extra), paper.url) == ({"x-csv-title": "Dr."}, "")

    def test_a_table_without_titles_tells_its_columns(self) -> None:
        found = entries("A,B\n1,2\n")
        assert [(entry.code, entry.line) for entry in found if isinstance(entry, Problem)] == [("not_recognised", 1)]
        assert isinstance(found[0], Problem)
        assert "“A”, “B”" in found[0].message
        assert '--columns "A=title"' in found[0].message

    def test_a_mapping_that_cannot_be_meant(self) -> None:
        found = entries("title,b\nT,2\n", c="title", b="flavour")
        messages = [entry.message for entry in found if isinstance(entry, Problem)]
        assert "There is no column “c” in this table." in messages[0]
        assert "A column cannot be “flavour”" in messages[1]
        assert [entry.paper.title for entry in found if isinstance(entry, Record)] == ["T"]

    def test_one_column_of_titles(self) -> None:
        opened = open_text("titles.csv", b"Title\nOne\nTwo\n", TODAY)
        assert [entry.paper.title for entry in opened.records if isinstance(entry, Record)] == ["One", "Two"]


class TestRows:
    def test_lines_of_rows(self) -> None:
        found = entries('title,abstract\nA,"two\nlines"\n\nB,\n,\n')
        assert [(entry.line, entry.position) for entry in found if isinstance(entry, Record)] == [(2, 1), (5, 2)]
        assert not any(isinstance(entry, Skipped) for entry in found)

    def test_a_quotation_mark_that_is_not_closed_costs_one_row(self) -> None:
        found = entries('title,year\n"A,2001\nB,2002\n"C",2003\nD,2004\n')
        assert [entry.paper.title for entry in found if isinstance(entry, Record)] == ["A", "B", "C", "D"]
        assert [(entry.code, entry.line) for entry in found if isinstance(entry, Problem)] == [
            ("possibly_truncated", 2)
        ]

    def test_a_quotation_mark_in_a_cell(self) -> None:
        assert [paper.title for paper in found_in('title,year\nA 5" disk,2001\n"A "b" c",2002\n')] == [
            'A 5" disk',
            'A "b" c',
        ]

    def test_more_cells_than_columns(self) -> None:
        found = entries("title,year\nA,2001,more\n")
        assert [entry.code for entry in found if isinstance(entry, Problem)] == ["possibly_truncated"]
        assert found_in("title,year\nA,2001,more\n")[0].extra == {"x-csv-surplus-1": "more"}

    def test_a_year_that_cannot_be(self) -> None:
        found = entries("title,year\nA,20011\n")
        assert [(entry.code, entry.line) for entry in found if isinstance(entry, Problem)] == [("invalid_date", 2)]

    def test_words_that_are_not_understood_are_kept(self) -> None:
        paper = found_in("title,status,rating\nA,borrowed,excellent\n")[0]
        assert paper.extra == {"x-csv-state": "borrowed", "x-csv-rating": "excellent"}
        assert (paper.state, paper.rating) == (ReadingState.INBOX, 0)

    def test_no_text_raises(self) -> None:
        for path in SAMPLES.iterdir():
            for text in damaged(path.read_text(encoding="utf-8")):
                sniff(text)
                columns_of(text)
                entries(text)

    @given(st.text(st.sampled_from("ab,;\t|\"'\n[]{}=1\ud800"), max_size=120))
    def test_no_letters_raise(self, text: str) -> None:
        entries(f"title,authors,year,tags\n{text}")

    @pytest.mark.parametrize(
        "cell",
        [
            "a," * 50_000,
            ";" * 200_000,
            "'" * 100_000,
            '"a\n' * 500,
            "Smith J., " * 20_000,
            "[" * 100_000,
            "['" + "a', '" * 50_000,
        ],
    )
    def test_long_cells_cost_no_more_than_their_length(self, cell: str) -> None:
        assert entries(f"title,authors,keywords,year\n{cell}\nT,{cell},{cell}\n")


class TestSniff:
    @pytest.mark.parametrize(
        "text",
        [
            "Title,Year\nA,2001\n",
            "\ufefftitle;doi;x\na;b;c\n",
            "Title\tAuthors\nA\tB\n",
            "title|abstract\na|b",
            "title,authors\n",
        ],
    )
    def test_tables(self, text: str) -> None:
        assert sniff(text)

    @pytest.mark.parametrize(
        "text",
        [
            "", "Title", "A title, and more\n\nAn abstract, with commas, and more.", "a,b\n1,2\n",
            "Title, abstract and authors are needed,\nsays this sentence.", "title: A, year: 2\n", "Name,Age\nAnn,3\n",
            "Title,Year\nthis is no table\nnor is this\nnor, this, one, here\n",
        ],
    )  # fmt: skip
    def test_others(self, text: str) -> None:
        assert not sniff(text)

    @pytest.mark.skipif(not LISTINGS.is_dir(), reason="the real listings (../shared/listings) are not here")
    def test_listings_are_no_tables(self) -> None:
        for path in LISTINGS.glob("*.txt"):
            assert not sniff(path.read_text(encoding="utf-8"))


class TestWriting:
    def test_a_rich_paper_reads_back_equal(self) -> None:
        assert back(table(RICH)) == [RICH]

    def test_spreadsheets_take_no_cell_for_a_formula(self) -> None:
        dangerous = Paper(
            title="=1+1", venue="＝SUM(A1)", keywords=("+a",), abstract="-2 degrees", tags=("\t=x", "'=y")
        )
        text = table(dangerous)
        for row in list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))[1:]:
            assert all(cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝"} for cell in row if cell)
        paper = back(text)[0]
        assert (paper.title, paper.venue, paper.abstract) == ("=1+1", "＝SUM(A1)", "-2 degrees")

    def test_the_file_is_one_for_excel(self) -> None:
        text = table(replace(RICH, notes=()))
        assert text.startswith("\ufeffTitle,Authors,Year,")
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))
        cells = dict(zip(rows[0], rows[1], strict=True))
        assert cells["State"] == "reading"
        assert (cells["Starred"], cells["Rating"]) == ("yes", "4")
        assert cells["Authors"].startswith("van Beethoven, Jr., Ludwig; {Barnes, Noble & Sons}")
        assert (cells["Pages"], cells["Volume"], cells["DOI"]) == ("201-219", "12", RICH.doi)
        assert all(line.endswith("\r\n") for line in write([Paper(title="A")]))

    def test_nothing_personal(self) -> None:
        text = table(RICH, personal=False)
        for word in ("State", "Starred", "thesis", "reading,yes", "2026-03-14"):
            assert word not in text
        bare = replace(
            RICH, state=ReadingState.INBOX, starred=False, rating=0, tags=(), notes=(), added=None, read_at=None
        )
        assert back(text) == [bare]

    @settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
    @given(st.lists(papers.map(lambda paper: replace(paper, title=paper.title or "T")), max_size=2))
    def test_any_papers_read_back(self, given_papers: list[Paper]) -> None:
        text = table(*given_papers).replace("\r\n", "\n")
        assert [entry for entry in entries(text) if not isinstance(entry, Record)] == []
        assert found_in(text) == given_papers


# --- real files, where they are


def _expected() -> list[Any]:
    return [
        pytest.param(folder / name, expected, id=name)
        for folder in sorted(CORPORA.glob("*"))
        for name, expected in json.loads((folder / "EXPECTED.json").read_text(encoding="utf-8"))["files"].items()
    ]


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")
@pytest.mark.parametrize(("path", "expected"), _expected())
def test_real_files(path: Path, expected: dict[str, Any]) -> None:
    opened = open_text(path.name, path.read_bytes(), TODAY)
    assert opened.format == "csv"
    found = [entry.paper for entry in opened.records if isinstance(entry, Record)]
    assert len(found) == expected["n_entries"]
    for paper, entry in zip(found, expected["entries"], strict=True):
        assert (paper.title, paper.year) == (entry["title_plain"], entry["year"])
        assert paper.abstract.split() == entry["abstract"].split()
        for author in paper.authors:
            assert f"'{author.family}, {author.given}'" in entry["authors_raw"]
        assert len(paper.authors) == entry["authors_raw"].count("'") // 2
