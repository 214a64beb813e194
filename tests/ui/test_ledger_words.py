"""The account of an import in words."""

from datetime import date

import pytest

from readinglist.library.ledger import FileLedger, KnownPaper, Ledger, Notice
from readinglist.ui.ledger_words import (
    days,
    explanation,
    file_counts,
    file_origin,
    heading,
    known_place,
    ledger_text,
    notice_place,
    sum_line,
)

FRESH = FileLedger("000.txt", "hf-listing", (date(2025, 3, 14),), records=115, new=115)
MIXED = FileLedger("001.txt", "hf-listing", (date(2025, 3, 14),), records=69, new=58, known=9, changed=1, skipped=1)
AGAIN = FileLedger("000.txt", "hf-listing", (date(2025, 3, 14),), 115, 0, 115, imported_before="2 Apr 2025 as old.txt")
ERROR = Notice("photo.txt", None, "not_text", "This looks like a picture.")


@pytest.mark.parametrize(
    ("ledger", "words"),
    [
        (Ledger((FRESH, MIXED)), "173 new papers"),
        (Ledger((FileLedger("a", "", (), 1, 1),)), "1 new paper"),
        (Ledger((AGAIN,)), "Nothing new"),
        (Ledger((FileLedger("a", "", (), 2, 0, 1, 1),)), "No new papers"),
        (Ledger(errors=(ERROR,)), "Nothing could be imported"),
        (Ledger(), "There was nothing to import"),
    ],
)
def test_heading_says_what_the_import_brought(ledger: Ledger, words: str) -> None:
    assert heading(ledger) == words


def test_importing_the_same_files_again_adds_nothing_and_says_so() -> None:
    assert "Importing it again adds nothing." in explanation(Ledger((AGAIN,)))
    assert "Importing them again adds nothing." in explanation(Ledger((AGAIN, AGAIN)))


def test_a_new_file_of_known_papers_adds_only_sightings_and_says_so() -> None:
    known = FileLedger("b.txt", "hf-listing", (), records=3, known=3)
    completed = FileLedger("b.txt", "hf-listing", (), records=3, known=2, changed=1)
    assert "adds nothing but where they were seen" in explanation(Ledger((known,)))
    assert "some of them were completed" in explanation(Ledger((completed,)))


def test_explanation_counts_the_files_that_could_not_be_read() -> None:
    assert explanation(Ledger((FRESH,), errors=(ERROR,), seconds=0.34)) == (
        "From one file, in 0.3 seconds. One file could not be read."
    )
    other = Notice("empty.txt", None, "empty_file", "The file is empty.")
    assert explanation(Ledger(errors=(ERROR, other))) == "2 files could not be read."


def test_the_sum_is_whole() -> None:
    assert sum_line(Ledger((FRESH, MIXED))) == "184 records = 173 new + 9 known + 1 changed + 1 skipped"


def test_a_file_is_told_without_zeros() -> None:
    assert file_counts(FRESH) == "115 records: 115 new"
    assert file_counts(MIXED) == "69 records: 58 new, 9 known, 1 changed, 1 skipped"
    assert file_counts(FileLedger("a", "", (), 1, 1)) == "1 record: 1 new"


def test_where_a_file_comes_from() -> None:
    assert file_origin(FRESH) == "14 Mar 2025"
    assert file_origin(AGAIN) == "14 Mar 2025 · imported before on 2 Apr 2025 as old.txt"
    assert file_origin(FileLedger("a", "")) == ""


def test_many_days_are_told_by_the_first_and_the_last() -> None:
    listed = [date(2025, 3, day) for day in (14, 11, 12, 13)]
    assert days(listed) == "11 Mar 2025 to 14 Mar 2025 (4 days)"
    assert days(listed[:2]) == "14 Mar 2025, 11 Mar 2025"


def test_places() -> None:
    assert known_place(KnownPaper(7, "T", 31, ("14 Mar #9",))) == "seen before in 14 Mar #9 · now #31"
    assert known_place(KnownPaper(7, "T", 31, ())) == "now #31"
    assert notice_place(Notice("a.txt", 12, "c", "m")) == "a.txt:12"
    assert notice_place(ERROR) == "photo.txt"


def test_the_text_holds_everything() -> None:
    known = FileLedger(
        "001.txt",
        "hf-listing",
        (),
        records=2,
        known=1,
        changed=1,
        known_papers=(KnownPaper(1, "A <b>bold</b> title", 4, ("14 Mar #2",)),),
        changes=("“Primer”: abstract added",),
    )
    warning = Notice("001.txt", 12, "missing_abstract", "It has no abstract.")
    text = ledger_text(Ledger((FRESH, known), (warning,), (ERROR,)))
    assert "117 records = 115 new + 1 known + 1 changed + 0 skipped" in text
    assert "known: A <b>bold</b> title (seen before in 14 Mar #2 · now #4)" in text
    assert "changed: “Primer”: abstract added" in text
    assert "001.txt:12: It has no abstract." in text
    assert "photo.txt: This looks like a picture." in text
