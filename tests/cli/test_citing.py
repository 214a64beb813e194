from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.library.cited_papers import fill

STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>House Style</title>'
    '<id>house</id></info><citation><layout prefix="«" suffix="»"><text variable="title"/></layout></citation></style>'
)
APA_ENTRY = "Bishop, C. M. (2006). Pattern Recognition and Machine Learning (2nd ed.). Springer.\n"


@pytest.fixture
def cited(run: Run, folder: Path) -> Run:
    fill(folder)
    return run


def test_papers_are_cited_by_id_or_key_in_the_style_asked_for(cited: Run) -> None:
    answer = cited("cite", "Bishop2006")
    assert (answer.code, answer.out, answer.err) == (0, APA_ENTRY, "")
    answer = cited("cite", "4", "1", "--style", "ieee")
    assert [line[:13] for line in answer.out.splitlines()] == ["[1] C. M. Bis", "[2] Y. LeCun,"]


@pytest.mark.parametrize(
    ("form", "out"),
    [
        ("citation", "(Bishop, 2006; LeCun et al., 2015)\n"),
        ("key", "Bishop2006,LeCun2015\n"),
        ("latex", "\\cite{Bishop2006,LeCun2015}\n"),
        ("pandoc", "[@Bishop2006; @LeCun2015]\n"),
        ("typst", "@Bishop2006 @LeCun2015\n"),
    ],
)
def test_other_forms(cited: Run, form: str, out: str) -> None:
    assert cited("cite", "4", "1", "--format", form).out == out


def test_html_has_a_paragraph_for_each_paper(cited: Run) -> None:
    out = cited("cite", "4", "9", "--format", "html").out
    assert out.count("<p") == out.count("</p>") == 2
    assert "<i>Pattern Recognition and Machine Learning</i>" in out
    assert "&lt;i&gt;vision" in out


def test_what_is_not_there_is_told(cited: Run) -> None:
    answer = cited("cite", "1", "nobody1999")
    assert (answer.code, answer.out) == (1, "")
    assert "nobody1999" in answer.err
    answer = cited("cite", "1", "--style", "no-such-style")
    assert (answer.code, answer.out) == (2, "")
    assert "`readinglist styles`" in answer.err
    assert cited("cite").code == 2


def test_the_styles_are_shown_with_their_short_names(run: Run) -> None:
    answer = run("styles")
    assert answer.code == 0
    beginnings = [line.split()[:2] for line in answer.out.splitlines()]
    assert ["ieee", "IEEE"] in beginnings
    assert ["modern-language-association", "mla"] in beginnings
    assert {"name": "nature", "title": "Nature", "own": False} in run("styles", "--json").json["styles"]


def test_a_style_of_ones_own_is_added_and_used(cited: Run, tmp_path: Path) -> None:
    file = tmp_path / "downloaded.csl"
    file.write_text(STYLE, encoding="utf-8")
    assert cited("styles", "--add", file).out.split() == ["house", "House", "Style"]
    assert cited("cite", "4", "--style", "house").out == "«Pattern Recognition and Machine Learning»\n"


def test_a_file_that_is_no_style_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.csl"
    file.write_text("<html></html>", encoding="utf-8")
    answer = run("styles", "--add", file)
    assert (answer.code, answer.out) == (1, "")
    assert "page.csl is no citation style" in answer.err
