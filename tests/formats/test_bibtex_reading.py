"""BibTeX in: what the entries of JabRef, Zotero, Mendeley, BibDesk, KBibTeX, DBLP, ADS and people mean."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from readinglist.formats import bibtex, open_text, recognise
from readinglist.formats.record import Problem, Record, Skipped, WriteOptions
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState

TODAY = date(2026, 3, 20)
MIDNIGHT = datetime(2026, 3, 20, tzinfo=UTC)
SAMPLES = Path(__file__).parents[1] / "samples" / "bibtex"


def sample(name: str) -> list[Paper]:
    opened = open_text(name, (SAMPLES / name).read_bytes(), TODAY)
    assert (opened.format, opened.error) == ("bibtex", None)
    return [entry.paper for entry in opened.records if isinstance(entry, Record)]


def read(text: str) -> Paper:
    (paper,) = (entry.paper for entry in bibtex.read(text, TODAY) if isinstance(entry, Record))
    return paper


def entry(fields: str, kind: str = "article") -> Paper:
    return read(f"@{kind}{{k, {fields}}}")


def written(paper: Paper, *, personal: bool = True) -> str:
    return "".join(bibtex.write([paper], WriteOptions(personal=personal)))


def test_jabref() -> None:
    moreau, okafor, proceedings = sample("jabref.bib")
    assert moreau == Paper(
        title="Reading PDFs with BERT: 50% faster",
        abstract="We read papers. They are long.\n\nA second paragraph with $O(n \\log n)$.",
        authors=(
            Author("Moreau", "Élise"),
            Author("Berg", "Jan", "van den"),
            Author(literal="Open Reading Initiative"),
        ),
        year=2021,
        entry_type="article",
        citation_key="Moreau2021",
        doi="10.1000/jrw.2021.17",
        venue="Journal of Reading & Writing",
        keywords=("parsing", "pdf"),
        extra={
            "date": "2021-03", "issn": "1234-5678", "number": "2", "pages": "17--42", "volume": "9",
            "file": ":papers/Moreau2021.pdf:PDF", "modificationdate": "2021-04-02T10:00:00", "owner": "elise",
            "priority": "prio2", "readstatus": "skimmed",
        },
        state=ReadingState.READ,
        starred=True,
        rating=4,
        tags=("thesis", "methods > reading"),
        notes=(Note("", "Ask Jan about the *appendix*.\nSee also section 4.", MIDNIGHT, MIDNIGHT),),
        added=datetime(2021, 4, 1, 9, 30, tzinfo=UTC),
    )  # fmt: skip
    assert okafor.authors == (Author("Okafor", "Chinwe"), Author(literal="others"))
    assert (okafor.venue, okafor.year, okafor.doi) == ("Advances in Neural Information Processing Systems 33", 2020, "")
    assert okafor.extra == {
        "crossref": "neurips2020", "month": "dec", "editor": "Larochelle, H. and Ranzato, M.", "publisher": "Curran",
    }  # fmt: skip
    assert (proceedings.title, proceedings.venue, proceedings.doi) == (
        "NeurIPS 2020 Proceedings", "Curran", "10.1000/neurips.2020",
    )  # fmt: skip


def test_biblatex_of_zotero() -> None:
    survey, online, thesis = sample("zotero_biblatex.bib")
    assert survey.title == "Sparse Attention for Long Documents: A Survey"
    assert survey.authors == (Author("Lindqvist", "Åsa"), Author("Nguyễn", "Thị Hà"))
    assert (survey.arxiv_id, survey.url) == ("2203.01234", "http://arxiv.org/abs/2203.01234")
    assert (survey.year, survey.extra["date"], survey.extra["eprintclass"]) == (2022, "2022-05-22", "cs.CL")
    assert survey.keywords == ("attention", "long documents", "sparse")
    assert online.title == "What Is Attention? An Introduction"
    assert online.authors == (Author("García", "Luis", "de la"),)
    assert (online.year, "date" in online.extra, online.entry_type) == (2023, False, "online")
    assert thesis.authors == (Author("Meyer", "Karl", "", "Jr."),)
    assert (thesis.year, thesis.venue, thesis.extra["date"]) == (
        2019, "Universität Beispielstadt", "2019-11-02/2019-11-05",
    )  # fmt: skip


def test_google_scholar_dblp_and_ads() -> None:
    scholar, dblp, ads = sample("scholar_dblp_ads.bib")
    assert (scholar.arxiv_id, scholar.venue) == ("1905.00001", "arXiv preprint arXiv:1905.00001")
    assert scholar.title == "Learning to skim: a study of über-fast readers"
    assert dblp.authors == (Author("Zhang", "Wei"), Author("González-López", "María"))
    assert (dblp.arxiv_id, dblp.venue, dblp.extra["volume"]) == ("1905.00002", "CoRR", "abs/1905.00002")
    assert ads.title == "A Survey of Surveys: α and H II Regions"
    assert ads.authors == (
        Author("Reader", "R. A."),
        Author("de Vries", "B."),
        Author(literal="The Survey Collaboration"),
    )
    assert (ads.venue, ads.arxiv_id, ads.extra["month"]) == ("The Astrophysical Journal", "1905.00003", "jul")


def test_what_readers_did_in_other_programs() -> None:
    bibdesk, kbibtex, mendeley = sample("other_programs.bib")
    assert (bibdesk.rating, bibdesk.state, bibdesk.doi) == (5, ReadingState.READ, "10.1000/notes.5")
    assert bibdesk.added == datetime(2018, 2, 3, 13, 5, 6, tzinfo=UTC)
    assert bibdesk.notes == (Note("", "Good on naming.", MIDNIGHT, MIDNIGHT),)
    assert kbibtex.rating == 3
    assert (mendeley.tags, mendeley.keywords) == (("Reading/Later", "alpha"), ("alpha", "beta, gamma"))
    assert mendeley.url == "https://www.nature.com/articles/silva_17"
    assert mendeley.doi == "10.1000/SILVA.17"


def test_unknown_fields_come_back_unchanged_in_their_order_and_case() -> None:
    bibdesk, kbibtex, _ = sample("other_programs.bib")
    text = written(bibdesk)
    for field in (
        "Date-Added = {2018-02-03 14:05:06 +0100}",
        "Rating = {5}",
        "Read = {1}",
        "Annote = {Good on naming.}",
    ):
        assert f"  {field},\n" in text
    assert "comment" not in text
    assert text.index("Date-Added") < text.index("Rating") < text.index("Bdsk-Url-1")
    assert "  x-stars = {60},\n  x-color = {#cc3300},\n" in written(kbibtex)


def test_fields_that_mirror_what_the_reader_did_follow_it() -> None:
    bibdesk, kbibtex, _ = sample("other_programs.bib")
    changed = written(replace(bibdesk, rating=2, state=ReadingState.TO_READ, notes=()))
    assert "  Rating = {2},\n" in changed
    assert "  Read = {0},\n" in changed
    assert "Annote" not in changed
    assert "  x-stars = {100},\n" in written(replace(kbibtex, rating=5))
    assert "x-stars" not in written(replace(kbibtex, rating=0))
    private = written(bibdesk, personal=False)
    assert not any(name in private for name in ("Rating", "Read =", "Annote", "creationdate"))


def test_a_title_keeps_the_braces_of_its_file_until_it_is_changed() -> None:
    paper = entry("title = {{Bayesian} methods for {G}aussian noise}, subtitle = {A {Review}}")
    assert paper.title == "Bayesian methods for Gaussian noise: A Review"
    text = written(paper)
    assert "  title = {{Bayesian} methods for {G}aussian noise},\n" in text
    assert "  subtitle = {A {Review}},\n" in text
    changed = written(replace(paper, title="Other methods: A Review"))
    assert "  title = {Other methods},\n" in changed
    assert "  subtitle = {A {Review}},\n" in changed
    assert "  x-subtitle = {A {Review}},\n" in written(replace(paper, title="All new"))


@pytest.mark.parametrize(
    ("fields", "doi", "arxiv_id", "url"),
    [
        ("doi = {https://doi.org/10.1000/X}", "10.1000/X", "", ""),
        ("url = {https://doi.org/10.1000/X}", "10.1000/X", "", ""),
        ("url = {http://dx.doi.org/10.1000/X}, doi = {10.1000/x}", "10.1000/x", "", "http://dx.doi.org/10.1000/X"),
        ("url = {https://arxiv.org/abs/1706.03762v5}", "", "1706.03762v5", ""),
        ("url = {https://arxiv.org/pdf/1706.03762.pdf}", "", "1706.03762", "https://arxiv.org/pdf/1706.03762.pdf"),
        ("doi = {10.48550/arXiv.1706.03762}", "10.48550/arXiv.1706.03762", "1706.03762", ""),
        ("eprint = {arXiv:hep-th/9901001}", "", "hep-th/9901001", ""),
        ("eprint = {9901001}, archivePrefix = {arXiv}, primaryClass = {hep-th}", "", "hep-th/9901001", ""),
        ("eprint = {12345}, eprinttype = {pubmed}", "", "", ""),
        ("arxivId = {1706.03762}", "", "1706.03762", ""),
        ("note = {arXiv:1706.03762 [cs]}", "", "1706.03762", ""),
        ("journal = {arXiv e-prints}, eid = {arXiv:1706.03762}", "", "1706.03762", ""),
        ("journal = {CoRR}, volume = {abs/1706.03762}", "", "1706.03762", ""),
        ("number = {arXiv:1706.03762}, publisher = {arXiv}", "", "1706.03762", ""),
        ("howpublished = {\\url{http://a.org/~b_c}}", "", "", "http://a.org/~b_c"),
        ("url = {http://a.org/b\\_c\\%20d}", "", "", "http://a.org/b_c%20d"),
        ("doi = {not one}", "", "", ""),
    ],
)
def test_ids_are_found_wherever_programs_put_them(fields: str, doi: str, arxiv_id: str, url: str) -> None:
    paper = entry(f"title = {{T}}, {fields}", "misc")
    assert (paper.doi, paper.arxiv_id, paper.url) == (doi, arxiv_id, url)


@pytest.mark.parametrize(
    ("fields", "year", "extra"),
    [
        ("year = 2019", 2019, {}),
        ("year = {2019a}", 2019, {"year": "2019a"}),
        ("year = {in press}", None, {"year": "in press"}),
        ("date = {2019}", 2019, {}),
        ("date = {2019-05}, month = may", 2019, {"date": "2019-05"}),
        ("date = {2019-05}, month = {5}", 2019, {"date": "2019-05", "month": "5"}),
        ("date = {1998/2001}", 1998, {"date": "1998/2001"}),
        ("date = {1723~}", 1723, {"date": "1723~"}),
        ("date = {2019-13-01}", 2019, {"x-date": "2019-13-01"}),
        ("year = 2018, date = {2019-05-01}", 2019, {"date": "2019-05-01", "year": "2018"}),
    ],
)
def test_the_year_is_the_papers_own(fields: str, year: int | None, extra: dict[str, str]) -> None:
    paper = entry(f"title = {{T}}, {fields}")
    assert (paper.year, dict(paper.extra)) == (year, extra)
    again = read(written(paper))
    assert (again.year, dict(again.extra)) == (year, extra)


def test_an_impossible_day_is_told() -> None:
    told = [e for e in bibtex.read("@misc{k, title = {T}, date = {2019-02-30}}", TODAY) if isinstance(e, Problem)]
    assert [(problem.code, problem.line) for problem in told] == [("invalid_date", 1)]


@pytest.mark.parametrize(
    ("kind", "fields", "entry_type", "venue"),
    [
        ("article", "journaltitle = {J}", "article", "J"),
        ("inproceedings", "booktitle = {B}", "inproceedings", "B"),
        ("conference", "booktitle = {B}", "inproceedings", "B"),
        ("book", "publisher = {P}", "book", "P"),
        ("thesis", "institution = {I}", "thesis", "I"),
        ("techreport", "institution = {I}", "techreport", "I"),
        ("manual", "organization = {O}", "manual", "O"),
        ("misc", "howpublished = {H}", "misc", "H"),
        ("misc", "journal = {J}", "misc", "J"),
        ("www", "title = {T}", "online", ""),
    ],
)
def test_the_venue_is_where_its_type_has_it(kind: str, fields: str, entry_type: str, venue: str) -> None:
    paper = entry(fields, kind)
    assert (paper.entry_type, paper.venue) == (entry_type, venue)
    again = read(written(paper))
    assert (again.entry_type, again.venue, again.extra) == (entry_type, venue, paper.extra)


def test_types_that_bibtex_does_not_know_are_written_as_ones_that_it_knows() -> None:
    report = entry("title = {T}, institution = {I}", "report")
    text = written(report)
    assert text.count("@techreport{k,") == 1
    assert read(text).entry_type == "report"
    assert read(text.replace("@techreport", "@book")).entry_type == "book"


def test_what_is_inherited() -> None:
    papers = [
        e.paper
        for e in bibtex.read(
            "@xdata{press, publisher = {Press}, location = {Here}}\n"
            "@inbook{part, title = {Part}, crossref = {whole}, pages = {1--9}}\n"
            "@incollection{ring, title = {Ring}, crossref = {ring}, xdata = {none}}\n"
            "@book{whole, title = {Whole}, subtitle = {All}, author = {Ng, A.}, date = 1999, xdata = {press},"
            " crossref = {series}, doi = {10.1000/w}, abstract = {Of the whole.}}\n"
            "@mvbook{series, title = {Series}, volumes = 3}\n",
            TODAY,
        )
        if isinstance(e, Record)
    ]
    part, ring, whole, _ = papers
    assert (part.venue, part.year, part.authors, part.doi, part.abstract) == (
        "Whole",
        1999,
        (Author("Ng", "A."),),
        "",
        "",
    )
    assert part.extra["publisher"] == whole.venue == "Press"
    assert part.extra["maintitle"] == whole.extra["maintitle"] == "Series"
    assert part.extra["booksubtitle"] == "All"
    assert ring.title == "Ring"
    assert "xdata" not in whole.extra


def test_entries_that_are_no_papers_are_named() -> None:
    text = "@set{s, entryset = {a,b}}\n@misc{e}\n@IEEEtranBSTCTL{c, x = {y}}\n@misc{k, title = {T}}"
    skipped = [e for e in bibtex.read(text, TODAY) if isinstance(e, Skipped)]
    assert [(e.line, e.reason) for e in skipped] == [
        (1, 'The entry "s" is a set of other entries.'),
        (2, 'The entry "e" has no fields.'),
        (3, 'The entry "c" holds settings of a bibliography style.'),
    ]


def test_links_are_found_in_abstracts() -> None:
    paper = entry("title = {T}, abstract = {Code at https://github.com/a/b.}, code = {https://github.com/a/b}")
    assert paper.links == (Link("https://github.com/a/b", LinkKind.CODE),)
    assert entry("title = {T}, code = {C++}").extra == {"code": "C++"}


def test_encodings_are_those_that_files_declare() -> None:
    text = "% Encoding: windows-1252\n@misc{k, title = {Köln}}".encode("cp1252")
    opened = open_text("a.bib", text, TODAY)
    assert [e.paper.title for e in opened.records if isinstance(e, Record)] == ["Köln"]


@pytest.mark.parametrize(
    "text",
    [
        "@misc{k, title = {T}}",
        "  @Article(k,\n title = {T})",
        "@string{x = {y}}\n",
        "@comment{jabref-meta: x;}",
        "% a comment\n\n@article{title = {no key}}",
        "Notes on this file\n\n@article{k,\n title={T}}",
    ],
)
def test_a_bib_file_is_known_by_its_content(text: str) -> None:
    found = recognise("notes.txt", text)
    assert found is not None
    assert found.name == "bibtex"


@pytest.mark.parametrize(
    "text",
    [
        "Mail me @ {home}.",
        "@decorator\ndef f(x): pass",
        "@pytest.fixture()\ndef f(): pass",
        "TY  - JOUR\nTI  - @misc in a title\nER  - ",
        '[{"title": "@misc{k, title = {T}}"}]',
        "word " * 2000 + "\n@misc{k, title = {T}}\n" + "word " * 3000,
    ],
)
def test_other_texts_are_not_taken_for_one(text: str) -> None:
    assert not bibtex.sniff(text)
