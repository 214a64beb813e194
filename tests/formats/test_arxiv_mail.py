"""arXiv's listing mails and files, as they are sent, sent on, quoted, copied and kept."""

import base64
import html
import json
import quopri
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from readinglist.formats import open_text
from readinglist.formats.arxiv_mail import read, sniff
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.paper import Author, LinkKind
from tests.formats.damage import damaged

TODAY = date(2026, 6, 30)
SAMPLES = Path(__file__).parents[1] / "samples" / "arxiv_mail"
DAILY = (SAMPLES / "daily.txt").read_text(encoding="utf-8")
MONTH = (SAMPLES / "month_and_week.txt").read_text(encoding="utf-8")
BODY = DAILY.split("\n\n", 1)[1]
CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "arxiv_listing_mail"
IDS = ["2603.04501", "2603.04517", "2603.03333", "2111.09999", "cs/0503011"]


def records(text: str, name: str = "mail.eml") -> list[Record]:
    opened = open_text(name, text.encode("utf-8", "replace"), TODAY)
    assert (opened.format, opened.error) == ("arxiv-mail", None)
    entries = list(opened.records)
    assert not [entry for entry in entries if not isinstance(entry, Record)]
    return [entry for entry in entries if isinstance(entry, Record)]


def problems(text: str) -> list[str]:
    return [entry.code for entry in read(text, TODAY) if isinstance(entry, Problem)]


class TestDailyMail:
    def test_all_its_papers_are_read_with_the_day_of_the_mail(self) -> None:
        found = records(DAILY)
        assert [record.paper.arxiv_id for record in found] == IDS
        assert [record.position for record in found] == [1, 2, 3, 4, 5]
        assert {record.listed_on for record in found} == {date(2026, 3, 13)}
        assert [DAILY.split("\n")[record.line] for record in found] == [  # the line below the separator
            "arXiv:2603.04501", "arXiv:2603.04517", "arXiv:2603.03333 (*cross-listing*)", "arXiv:2111.09999",
            "arXiv:cs/0503011",
        ]  # fmt: skip

    def test_a_paper_with_everything(self) -> None:
        paper = records(DAILY)[0].paper
        assert paper.title == "How Small Networks Learn to Count: A Study of $O(\\log n)$ Registers in Recurrent Models"
        assert paper.authors == (
            Author("Ruiz-Ibarra", "Marta"), Author("Meer", "Ludwig", "van der"), Author("Lefèvre", "Jérôme"),
        )  # fmt: skip
        assert paper.abstract == (
            "We study how small networks learn to count. They do so in two steps, and 0.5% of them forget it again.\n\n"
            "Our second paragraph says that $n^2 < 2^n$ for $n > 4$."
        )
        assert (paper.year, paper.entry_type, paper.keywords) == (2026, "misc", ("cs.CL", "cs.LG"))
        assert [(link.url, link.kind) for link in paper.links] == [
            ("https://github.com/example/counting", LinkKind.CODE)
        ]
        assert paper.extra == {
            "primaryclass": "cs.CL", "note": "12 pages, 3 figures; code at https://github.com/example/counting",
            "reportnumber": "IOC-2026-07", "date": "2026-03-11", "x-arxiv-acm-class": "I.2.7",
            "x-arxiv-license": "http://creativecommons.org/licenses/by/4.0/",
        }  # fmt: skip

    def test_a_published_paper_is_an_article(self) -> None:
        paper = records(DAILY)[1].paper
        assert (paper.entry_type, paper.venue) == ("article", "J. Slow Storage 12 (2026) 34-56")
        assert paper.doi == "10.1234/jss.2026.034"
        assert paper.authors == (
            Author(literal="The SORT Collaboration"), Author("Wei", "Chen"), Author("Sousa", "Ana", suffix="Jr."),
        )  # fmt: skip

    def test_a_replaced_paper_has_no_abstract_and_the_year_of_its_id(self) -> None:
        old = [record.paper for record in records(DAILY)[3:]]
        assert [(paper.abstract, paper.year) for paper in old] == [("", 2021), ("", 2005)]
        assert old[1].authors == (Author("Rückert", "P. Q."),)

    def test_a_mail_sent_on_much_later_keeps_the_day_of_the_listing(self) -> None:
        assert records(DAILY.replace("Fri, 13 Mar 26", "Tue, 5 May 26"))[0].listed_on == date(2026, 3, 12)
        assert records(DAILY.replace("Date: Fri, 13 Mar 26 00:41:07 GMT\n", ""))[0].listed_on == date(2026, 3, 12)
        zoned = DAILY.replace("Fri, 13 Mar 26 00:41:07 GMT", "Thu, 12 Mar 2026 20:41:07 -0400")
        assert records(zoned)[0].listed_on == date(2026, 3, 13)


class TestMonthAndWeek:
    def test_no_abstract_is_missed_and_the_week_tells_its_days(self) -> None:
        found = records(MONTH, "9703.txt")
        assert [(record.paper.arxiv_id, record.listed_on) for record in found] == [
            ("quant-ph/9703001", None), ("math.AP/9703214", None), ("2603.01234", date(2026, 3, 9)),
        ]  # fmt: skip
        assert [record.position for record in found] == [1, 2, 1]
        first = found[0].paper
        assert first.title == "On the Counting of Quanta with Applications to a Field that is Wide and Long"
        assert first.authors == (Author("Sender", "A."), Author("Østergård", "B."))
        assert (first.year, first.extra["date"]) == (1997, "1997-03-01")


class TestWaysOfAMail:
    """However a mail comes, its papers are the same."""

    @staticmethod
    def same(text: str) -> list[Record]:
        found = records(text)
        wanted = records(DAILY)
        assert [record.paper.arxiv_id for record in found] == IDS
        for got, right in zip(found, wanted, strict=True):
            assert got.paper.title == right.paper.title
            assert got.paper.authors == right.paper.authors
            assert " ".join(got.paper.abstract.split()) == " ".join(right.paper.abstract.split())
            assert got.listed_on == right.listed_on
        return found

    def test_quoted(self) -> None:
        self.same("\n".join(f"> {line}".rstrip() for line in DAILY.split("\n")))
        self.same("On Friday, Somebody wrote:\n\n" + "\n".join(f">> {line}" for line in DAILY.split("\n")))

    def test_indented(self) -> None:
        self.same("\n".join(f"    {line}".rstrip() for line in DAILY.split("\n")))

    def test_copied_with_an_empty_line_behind_each_and_hard_blanks(self) -> None:
        self.same(DAILY.replace("\n", "\n\n").replace("  ", "\xa0 "))

    def test_copied_without_the_blanks_before_lines(self) -> None:
        self.same("\n".join(line.strip() for line in DAILY.split("\n")))

    def test_windows_line_ends(self) -> None:
        self.same(DAILY.replace("\n", "\r\n"))

    def test_sent_on(self) -> None:
        heading = "From: me@example.com\nDate: Mon, 1 Jun 2026 10:00:00 +0200\nSubject: Fwd: cs daily\n\nSee below.\n\n"
        self.same(f"{heading}-------- Forwarded Message --------\nFrom: no-reply@arxiv.org\n{DAILY}")
        outlook = DAILY.replace("Date: Fri, 13 Mar 26 00:41:07 GMT", "Sent: Friday, March 13, 2026 1:41 AM")
        self.same(f"{heading}-----Original Message-----\n{outlook}")

    @pytest.mark.parametrize("encoding", ["7bit", "quoted-printable", "base64"])
    @pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
    def test_as_a_file_of_a_mail_program(self, encoding: str, charset: str) -> None:
        data = BODY.encode(charset)
        coded = {
            "7bit": data, "quoted-printable": quopri.encodestring(data), "base64": base64.encodebytes(data),
        }[encoding].decode("ascii")  # fmt: skip
        headers = (
            "Return-Path: <no-reply@arxiv.org>\nReceived: from a.example (a.example [192.0.2.1])\n\tby b.example\n"
            "Date: Fri, 13 Mar 2026 00:41:07 +0000\nFrom: no-reply@arxiv.org\nSubject: cs daily\nMIME-Version: 1.0\n"
        )
        content = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n{coded}"
        found = self.same(headers + content)
        if encoding != "base64":
            lines = (headers + content).split("\n")
            assert lines[found[0].line] == "arXiv:2603.04501"
        self.same(
            f'{headers}Content-Type: multipart/alternative; boundary="b1"\n\n--b1\n{content}\n'
            "--b1\nContent-Type: text/html\n\n<p>Read this <b>in HTML</b></p>\n--b1--\n"
        )

    @pytest.mark.parametrize("typed", [True, False])
    def test_in_html_alone(self, typed: bool) -> None:
        lines = [html.escape(line) for line in BODY.split("\n")]
        paragraphs = "".join(f"<p class=MsoPlainText>{line or '&nbsp;'}<o:p></o:p></p>\n" for line in lines)
        shown = "<pre>" + "\n".join(lines) + "</pre>" if typed else paragraphs
        headers = "Date: Fri, 13 Mar 2026 00:41:07 +0000\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
        self.same(f"{headers}<html><body>{shown}</body></html>\n")

    def test_several_mails_in_one_file(self) -> None:
        mail = "From no-reply@arxiv.org Fri Mar 13 00:41:07 2026\n" + DAILY
        other = mail.replace("13 Mar 26", "14 Mar 26").replace("2603.0", "2603.1")
        found = records(f"{mail}\n{other}")
        assert [record.listed_on for record in found[::5]] == [date(2026, 3, 13), date(2026, 3, 14)]
        assert [record.position for record in found] == [1, 2, 3, 4, 5] * 2
        assert found[5].paper.arxiv_id == "2603.14501"


class TestDamage:
    def test_cut_off(self) -> None:
        assert problems(DAILY[: DAILY.index("Our second")]) == ["possibly_truncated"]
        assert problems(DAILY[: DAILY.index("Categories")]) == ["possibly_truncated"]

    def test_an_abstract_that_is_missing_is_told(self) -> None:
        assert problems(DAILY.replace("  Two lines cross.\n", "")) == ["missing_abstract"]

    def test_a_lost_separator_loses_no_paper(self) -> None:
        found = read(DAILY.replace("\\\\\narXiv:2603.04517", "arXiv:2603.04517"), TODAY)
        assert [entry.paper.arxiv_id for entry in found if isinstance(entry, Record)] == IDS

    def test_an_id_at_the_start_of_a_line_of_an_abstract_begins_no_record(self) -> None:
        text = DAILY.replace("This paper sorts on disk.", "As shown in\narXiv:2103.00001; arXiv:2103.00002) it is.")
        assert records(text)[1].paper.abstract.endswith("As shown in arXiv:2103.00001; arXiv:2103.00002) it is.")

    def test_a_record_without_id_and_title_is_told(self) -> None:
        text = DAILY.replace("arXiv:2603.03333 (*cross-listing*)\n", "").replace("Title: A Crossing\n", "")
        skipped = [entry for entry in read(text, TODAY) if isinstance(entry, Skipped)]
        assert [text.split("\n")[entry.line - 1] for entry in skipped] == ["\\\\"]

    def test_a_line_of_two_backslashes_within_an_abstract_ends_nothing(self) -> None:
        text = DAILY.replace("0.5\\% of them forget it again.", "\\\\\n0.5\\% of them forget it again.")
        assert records(text)[0].paper.abstract == records(DAILY)[0].paper.abstract

    def test_a_day_to_come_is_told(self) -> None:
        entries = list(read(DAILY, date(2026, 3, 1)))
        assert [entry.code for entry in entries if isinstance(entry, Problem)] == ["future_date"]

    def test_nothing_raises(self) -> None:
        headers = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-7\nContent-Transfer-Encoding: base64\n\n"
        coded = headers + base64.encodebytes(BODY.encode()).decode()
        for text in (DAILY, MONTH, coded, coded.replace("base64", "quoted-printable")):
            for broken in damaged(text):
                sniff(broken)
                for entry in read(broken, TODAY):
                    assert not isinstance(entry, Record) or entry.line >= 1

    @pytest.mark.parametrize(
        "text",
        ["\\\\\n" * 200_000, "\\\\\narXiv:2603.00001\nTitle: " + "x " * 2_000_000, "> " * 1_000_000,
         "Content-Type: message/rfc822\n\n" * 5_000,
         "MIME-Version: 1.0\nContent-Type: text/html\n\n" + "<pre>" * 200_000,
         "MIME-Version: 1.0\n" + "Content-Type: multipart/x;\n b=\n\n" * 20_000,
         "\\\\\narXiv:2603.00001\nAuthors: " + "(" * 500_000],
    )  # fmt: skip
    def test_odd_texts_take_no_long_time(self, text: str) -> None:
        started = perf_counter()
        sniff(text)
        list(read(text, TODAY))
        assert perf_counter() - started < 5


def test_other_texts_are_not_taken_for_it() -> None:
    assert not sniff("\\documentclass{article}\n\\begin{document}\na \\\\\nb\n\\\\\n")
    assert not sniff("A title\n\nAn abstract that mentions arXiv:2603.00001 and a line\n\\\\\nof its own.\n")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpora (../shared/corpora) are not here")
def test_real_listings() -> None:
    r"""All fields agree, but for TeX such as `{\em x}` and `\$`, which a reader sees as text."""
    for name, wanted in json.loads((CORPUS / "EXPECTED.json").read_text(encoding="utf-8"))["files"].items():
        found = records((CORPUS / name).read_text(encoding="utf-8"), name)
        assert len(found) == wanted["n_entries"]
        for record, right in zip(found, wanted["entries"], strict=True):
            paper = record.paper
            assert paper.arxiv_id == right["arxiv"]
            assert paper.title == right["title"]
            expected = right.get("abstract", "").replace("{\\em i)}", "i)").replace("{\\em ii)}", "ii)")
            expected = expected.replace("{\\em iii)}", "iii)").replace("\\$", "$").replace("\\%", "%")
            assert paper.abstract == expected
            assert list(paper.keywords) == right["categories"]
            assert paper.venue == right.get("journal_ref", "")
            assert paper.doi == right.get("doi", "")
            for author in paper.authors:  # initials such as "H.C." are written apart
                assert "".join(author.display.replace("á", "\\'a").split()) in "".join(right["authors_raw"].split())
