"""Export on the command line: to standard output and to files, in every format and style."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_exports_to_standard_output_and_to_a_file(filled: Run, tmp_path: Path) -> None:
    everything = filled("export", "--format", "bibtex")
    assert everything.code == 0
    assert everything.out.count("@misc{") == 4
    filled("star", "2")
    target = tmp_path / "starred.bib"
    assert filled("export", "is:starred", "-o", target).out == f"Wrote 1 paper to {target}.\n"
    assert target.read_text(encoding="utf-8").count("@misc{") == 1
    assert target.read_text(encoding="utf-8") == filled("export", "is:starred").out


def test_an_export_that_finds_nothing_leaves_the_file_as_it_is(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "old.bib"
    target.write_text("kept")
    assert filled("export", "zebra", "-o", target).code == 1
    assert target.read_text() == "kept"


def test_an_export_that_cannot_be_written_is_told(filled: Run, tmp_path: Path) -> None:
    answer = filled("export", "-o", tmp_path / "missing" / "all.bib")
    assert answer.code == 1
    assert "all.bib could not be written" in answer.err


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.ris", "TY  - "), ("a.json", "[\n"), ("a.csv", "\ufeffTitle,"), ("a.md", "# Reading list"),
        ("a.html", "<!DOCTYPE html>"), ("a.bib", "% Written by Reading List"), ("a", "% Written by Reading List"),
    ],
)  # fmt: skip
def test_the_name_of_the_file_says_the_format(filled: Run, tmp_path: Path, name: str, begins: str) -> None:
    assert filled("export", "-o", tmp_path / name).code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_bibliographies_in_a_style(filled: Run, tmp_path: Path) -> None:
    text = filled("export", "--style", "ieee", "forking").out
    assert text.startswith("[1]")
    assert "Gardens of Forking Parsers" in text
    page = tmp_path / "list.html"
    filled("export", "--style", "apa", "-o", page)
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    refused = filled("export", "--style", "apa", "--format", "ris")
    assert refused.code == 2
    assert "--style goes with --format bibliography" in refused.err
    assert filled("export", "--style", "no such style").code != 0


def test_a_file_with_other_entries_is_replaced_on_demand_alone(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "thesis.bib"
    target.write_text("@book{knuth1984, title={The TeXbook}, author={Knuth, Donald E.}, year=1984}")
    refused = filled("export", "-o", target)
    assert refused.code == 1
    assert "holds 1 entry that is not among these papers (knuth1984)" in refused.err
    assert "--replace" in refused.err
    assert "TeXbook" in target.read_text()
    done = filled("export", "-o", target, "--replace")
    assert done.out == f"Wrote 4 papers to {target}. What stood there is kept as thesis.bib~.\n"
    assert "TeXbook" in (tmp_path / "thesis.bib~").read_text()


def test_nothing_new_is_not_written_again(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "all.json"
    filled("export", "-o", target)
    when = target.stat().st_mtime_ns
    assert "holds these 4 papers already" in filled("export", "-o", target).out
    assert target.stat().st_mtime_ns == when
    assert len(json.loads(target.read_text(encoding="utf-8"))) == 4
