from collections import Counter
from datetime import date
from statistics import mean

from readinglist.formats import open_text
from readinglist.formats.record import Record
from tests.benchmarks import synthetic
from tests.benchmarks.measuring import Result


def test_the_same_seed_gives_the_same_papers() -> None:
    assert list(synthetic.papers(30)) == list(synthetic.papers(30))
    assert list(synthetic.papers(30, seed=2)) != list(synthetic.papers(30))


def test_papers_are_as_long_and_their_words_as_uneven_as_real_ones() -> None:
    made = list(synthetic.papers(400))
    assert 1_100 < mean(len(paper.abstract) for paper in made) < 1_300
    assert all(3 <= len(paper.authors) <= 6 for paper in made)
    assert len({paper.title for paper in made}) == len(made)
    words = Counter(word for paper in made for word in set(paper.abstract.lower().split()))
    assert 0.5 < words["model"] / len(made) < 0.9
    assert sum(count == 1 for count in words.values()) > len(words) / 4


def test_a_made_listing_is_read_back_whole() -> None:
    made = list(synthetic.papers(120))
    text = synthetic.listing_text(made, date(2025, 3, 14))
    opened = open_text("listing.txt", text.encode(), date(2025, 6, 1))
    records = [entry for entry in opened.records if isinstance(entry, Record)]
    assert [(record.paper.title, record.listed_on) for record in records] == [
        (paper.title, date(2025, 3, 14)) for paper in made
    ]


def test_a_result_tells_its_median_and_its_95th_percentile() -> None:
    result = Result("counting", "ms", tuple(float(number) for number in range(100, 0, -1)))
    assert (result.median, result.p95) == (50.5, 95.0)


def test_texts_of_files_are_as_long_as_asked_and_have_lines() -> None:
    made = list(synthetic.file_texts(3, 5_000))
    assert made == list(synthetic.file_texts(3, 5_000))
    assert len(set(made)) == 3
    assert all(4_000 < len(text) <= 5_000 and text.count("\n") > 10 for text in made)
