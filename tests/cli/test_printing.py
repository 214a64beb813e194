from readinglist.cli.printing import cells, fit, pad


def test_counts_cells_not_characters() -> None:
    assert cells("papers") == 6
    assert cells("東京") == 4
    assert cells("e\u0301") == 1


def test_cuts_to_the_width() -> None:
    assert fit("An Atlas of Benchmarks", 100) == "An Atlas of Benchmarks"
    assert fit("An Atlas of Benchmarks", 9) == "An Atlas…"
    assert fit("東京東京", 6) == "東京…"
    assert cells(fit("東京東京", 5)) <= 5
    assert fit("two\nlines", None) == "two lines"


def test_pads_by_cells() -> None:
    assert pad("東京", 6) == "東京  "
    assert pad("papers", 3) == "papers"
