"""The text of .bib files taken apart: what BibTeX takes, and what it would refuse."""

import itertools
import json
import time
from datetime import date
from pathlib import Path
from random import Random

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats import bibtex, open_text
from readinglist.formats.bibtex_entries import scan, scan_pieces
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.plain import paper_to_plain

TODAY = date(2026, 3, 20)
SAMPLES = Path(__file__).parents[1] / "samples" / "bibtex"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


def fields(text: str) -> list[dict[str, str]]:
    return [dict(entry.fields.values()) for entry in scan(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@misc{a, title = "Quoted {"}big{"} deal", Year = 2001}', {"title": 'Quoted {"}big{"} deal', "Year": "2001"}),
        ("@misc(a, title = {In (round) ones)}, year = 1)", {"title": "In (round) ones)", "year": "1"}),
        ('@string{x = "Foo"} @misc{a, t = X # { and } # x, m = 10 # "~" # jan, n = mar}',
         {"t": "Foo and Foo", "m": "10~January", "n": "mar"}),
        ("@string(x = {A}) @misc{a, t = x # undefined # {B}, u = undefined, j = jacm}",
         {"t": "AB", "u": "undefined", "j": "Journal of the ACM"}),
        ("@misc{a, t = {one \\{ brace}, u = {x}}", {"t": "one \\{ brace", "u": "x"}),
        ('@misc{a, t = "G\\"odel", u = {x}}', {"t": 'G\\"odel', "u": "x"}),
        ("@misc{a, t = {{{{{{deep}}}}}}, u = 1}", {"t": "{{{{{deep}}}}}", "u": "1"}),
        ("@misc{a,\n% year = 2000,\n t = {x} % why\n}", {"t": "x"}),
        ("@misc{a, t = {at @foo{bar}\n@clef{x} end}}", {"t": "at @foo{bar}\n@clef{x} end"}),
        ("@misc{a, t = {x}, T = {y}, t = {x}}", {"t": "x", "T-2": "y"}),
    ],
)  # fmt: skip
def test_fields_are_read_as_bibtex_reads_them(text: str, expected: dict[str, str]) -> None:
    assert fields(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "@misc{a, t = {open,\n u = 1,\n v = {x}\n}\n@misc{b, t = {y}}",
            [{"t": "open", "u": "1", "v": "x"}, {"t": "y"}],
        ),
        ("@misc{a, t = {many}},\n u = {1}\n}\n@misc{b, t = {y}}", [{"t": "many", "u": "1"}, {"t": "y"}]),
        ('@misc{a,\n t = {no}\n u = 1\n v = "comma" }', [{"t": "no", "u": "1", "v": "comma"}]),
        ("@misc{a, t = bare words, \n u = 1}", [{"t": "bare words", "u": "1"}]),
        ("@misc{a\n t = {x}}\n@misc{b\n t = {y}}", [{"t": "x"}, {"t": "y"}]),
        ("@misc{a, t = {cut of", [{"t": "cut of"}]),
        ("@misc{t = {no key}}", [{"t": "no key"}]),
    ],
)
def test_damaged_entries_give_what_can_be_read(text: str, expected: list[dict[str, str]]) -> None:
    assert fields(text) == expected


def test_only_entries_are_entries() -> None:
    text = (
        "Prose, me@mail.org{x}.\n% @misc{commented, t = {x}}\n@comment{@misc{within, t = {x}}}\n"
        '@preamble{"\\def\\x{y}"}\n@misc{a, t = {1}} @misc{b, t = {2}}\n'
        "@comment{\n@misc{c, t = {x}}\n}\n@misc{d, t = {3}}"
    )
    assert [(entry.key, entry.line) for entry in scan(text)] == [("a", 5), ("b", 5), ("d", 9)]


def test_a_damaged_file_is_accounted_for_line_by_line() -> None:
    opened = open_text("damaged.bib", (SAMPLES / "damaged.bib").read_bytes(), TODAY)
    records, told = [], []
    for entry in opened.records:
        if isinstance(entry, Record):
            paper = entry.paper
            records.append((entry.line, entry.position, paper.citation_key, paper.title, paper.year))
        else:
            told.append((entry.line, entry.code if isinstance(entry, Problem) else "skipped"))
    assert records == [
        (3, 1, "open", "A Brace Too Few", 2001),
        (9, 2, "", "No Key", None),
        (13, 3, "round", "In (Round) Brackets", 1999),
        (17, 4, "twice", "First", None),
        (18, 5, "twice", "Second", None),
        (20, 6, "more", "A Brace Too Many", 2002),
        (25, 7, "commas", "No Commas", 2003),
        (36, 8, "cut", "Cut Off", None),
    ]
    assert told == [
        (3, "possibly_truncated"), (17, "duplicate_key"), (18, "duplicate_key"), (20, "possibly_truncated"),
        (25, "possibly_truncated"), (25, "possibly_truncated"), (30, "skipped"), (32, "skipped"),
        (36, "possibly_truncated"),
    ]  # fmt: skip


def test_mutated_files_never_raise_and_lose_no_line() -> None:
    random = Random(5)
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.bib"))]
    for _ in range(400):
        text = random.choice(texts)
        for _ in range(random.randint(1, 4)):
            start, length = random.randrange(len(text)), random.choice((1, 1, 3, 40))
            piece = random.choice(("", "{", "}", '"', ",", "=", "@", "\\", "\ud800", "\x00", "9" * 5000, text[:length]))
            text = text[:start] + piece + text[start + length :]
        entries = list(bibtex.read(text, TODAY))
        lines = [entry.line for entry in entries if isinstance(entry, Record | Skipped)]
        papers = [entry.paper for entry in entries if isinstance(entry, Record)]
        json.dumps([paper_to_plain(paper) for paper in papers], ensure_ascii=False).encode()  # no half surrogates
        assert lines == sorted(lines)
        assert all(1 <= line <= text.count("\n") + 1 for line in lines)


ODD = [
    ("", "@"), ("", "@a{b,c={x}}"), ("", "@a{b}"), ("", "@string{a={b}}"), ("", "@comment{"), ("", "@a{b,c={x"),
    ("", "\n@a{b,"), ("", '@a{b,c="'), ("@a{b,", "c={"), ("@a{b,\n", "c={,\n"), ("@a{b,c=", "{"), ("@a{b, ", "c=d, "),
    ("@a{b, ", "c={x}, "), ("@a{b,c={x}\n", "d = 1"), ("@a{b", " "), ('@a{b,c="', '" '), ("%", "@a{b,"),
    ("@a{b,c=", "d#"), ("@a{b,c={x} y,", "\nd={x"), ("@a{b,", "\nc=d e"), ("@a{b,c={x}", "\n "),
    ("@a{b,author={", "{a and "), ("@a{b,author={", " and"), ("@a{b,title={", "$x"), ("@a{b,keywords={", "{,"),
    ("@a{b,crossref={b},c={", "x}, c={"),
]  # fmt: skip


@pytest.mark.parametrize(("begin", "part"), ODD)
def test_no_text_takes_more_than_its_length(begin: str, part: str) -> None:
    start = time.process_time()
    for _ in bibtex.read(begin + part * 40_000, TODAY):
        pass
    assert time.process_time() - start < 20  # forty times what the slowest takes; a quadratic way would take minutes


@pytest.mark.expects_log
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")
def test_well_formed_files_are_read_as_another_program_reads_them() -> None:
    compared = 0
    for path in sorted(CORPORA.glob("bib*/*/*.bib")):
        text = open_text(path.name, path.read_bytes(), TODAY).text
        library = parse_string(text, parse_stack=[])
        if library.failed_blocks:
            continue
        ours = [(entry.key, entry.line, sorted(entry.fields)) for entry in scan(text)]
        theirs = [(e.key, (e.start_line or 0) + 1, sorted(f.key.lower() for f in e.fields)) for e in library.entries]
        assert ours == theirs, path
        compared += len(ours)
    assert compared > 500


class TestPieces:
    """Large files are read piece by piece: that gives just the entries that the whole text gives."""

    @given(st.data())
    def test_samples_however_they_are_parted(self, data: st.DataObject) -> None:
        text = data.draw(st.sampled_from([path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.bib"))]))
        lines = text.splitlines(keepends=True)
        borders = sorted(data.draw(st.sets(st.integers(0, len(lines)), max_size=12)))
        pieces = [lines[start:end] for start, end in itertools.pairwise([0, *borders, len(lines)])]
        assert list(scan_pieces(map("".join, pieces))) == list(scan(text))

    @pytest.mark.parametrize(
        "text",
        [
            "@comment{\n@misc{a, t = {x}}\n@misc{b, t = {y}}\n}\n@misc{c, t = {z}}\n",
            "@comment{ never closed\n@misc{a, t = {x}}\n@misc{b, t = {y}}\n",
            "@comment(no braces\n@misc{a, t = {x}}\n@comment{\n@misc{b, t = {y}}\n}\n@misc{c, t = {z}}\n",
            "@string{x = {Foo}}\n@misc{a, t = x}\n@string{x = {Bar}}\n@misc{b, t = x}\n",
            "@misc{a, t = {open\n@misc{b, t = {y}}\n% @misc{c, t = {no}}\n@misc{d, t = {w}}\n",
        ],
    )
    def test_what_spans_pieces(self, text: str) -> None:
        lines = text.splitlines(keepends=True)
        assert list(scan_pieces(lines)) == list(scan_pieces([text]))
        assert [entry.line for entry in scan_pieces(lines)] == [
            lines.index(line) + 1 for line in lines if any(f"{{{entry.key}," in line for entry in scan(text))
        ]

    def test_parents_in_another_piece(self) -> None:
        child, parent = "@inproceedings{a, title = {A}, crossref = {b}}\n", "@proceedings{b, title = {Book}}\n"
        records = [each for each in bibtex.read_pieces(lambda: (child, parent), TODAY) if isinstance(each, Record)]
        assert records[0].paper.venue == "Book"

    def test_an_endless_comment_takes_linear_time(self) -> None:
        lines = ["@comment{ never closed\n", *("@misc{a, t = {x}}\n" for _ in range(20_000))]
        started = time.process_time()
        assert len(list(scan_pieces(lines))) == 20_000
        assert time.process_time() - started < 10


def test_strings_made_of_strings_stay_within_bounds() -> None:
    laughs = "".join(f"@string{{a{place} = {' # '.join([f'a{place - 1}'] * 10)}}}\n" for place in range(1, 30))
    many = ", ".join(f"f{place} = a29" for place in range(2000))
    text = f'@string{{a0 = "lol"}}\n{laughs}@misc{{x, title = a29, {many}}}'
    (entry,) = scan(text)
    lengths = [len(value) for _, value in entry.fields.values()]
    assert lengths[0] == 100_000
    assert sum(lengths) < 51_000_000
    assert fields('@string{j = "Journal of Sheep"} @misc{x, journal = j # ", B"}') == [
        {"journal": "Journal of Sheep, B"}
    ]
