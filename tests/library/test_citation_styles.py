from pathlib import Path

import pytest

from readinglist.errors import ExpectedError, UsageError
from readinglist.library import citation_styles
from readinglist.library.citation_engine import Cited
from readinglist.paths import resource, styles_folder

CSL = "http://purl.org/net/xbiblio/csl"
MACRO = '<macro name="a"><text macro="a"/></macro>'
ODD_NAMES = '<names variable="author"><name form="odd"/></names>'
LAYOUT = '<citation><layout><text variable="title"/></layout></citation>'


def style(body: str = LAYOUT, title: str = "House Style", info: str = "", attributes: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<style xmlns="{CSL}" version="1.0" class="in-text" {attributes}>'
        f"<info><title>{title}</title><id>http://www.zotero.org/styles/house-style</id>{info}</info>{body}</style>"
    )


def like(parent: str) -> str:
    return style("", info=f'<link rel="independent-parent" href="http://www.zotero.org/styles/{parent}"/>')


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "downloaded.csl"


def cite(name: str) -> Cited:
    found = citation_styles.style_named(name)
    return citation_styles.engine(found).cite([{"id": "1", "type": "book", "title": "A Title"}], lambda *_: None)


def refusal(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ExpectedError) as refused:
        citation_styles.add_style(file)
    assert not list(styles_folder().glob("*"))
    return str(refused.value)


def test_the_styles_that_come_along_have_their_titles_and_their_short_names() -> None:
    found = citation_styles.styles()
    assert len(found) >= 10
    assert [each.title for each in found] == sorted((each.title for each in found), key=str.casefold)
    assert not any(each.own for each in found)
    assert citation_styles.DEFAULT in {each.name for each in found}
    for short, name in citation_styles.SHORT_NAMES.items():
        assert citation_styles.style_named(short).name == name
    assert citation_styles.style_named(" IEEE.csl ").name == "ieee"


def test_the_licence_of_each_style_stays_with_it() -> None:
    for path in resource("styles").glob("*.csl"):
        assert "creativecommons.org/licenses/by-sa/3.0" in path.read_text(encoding="utf-8")
        assert path.name in (resource("styles") / "README.md").read_text(encoding="utf-8")


def test_an_unknown_style_is_told() -> None:
    with pytest.raises(UsageError, match="no citation style 'apex'"):
        citation_styles.style_named("apex")


def test_british_styles_are_written_in_british_english() -> None:
    entry = cite("harvard").entries[0]
    assert entry.html == "<i>A Title</i> (no date)."
    engine = citation_styles.engine(citation_styles.style_named("harvard"))
    article = {"id": "1", "type": "article-journal", "title": "A Title", "author": [{"literal": "The Body"}]}
    entry = engine.cite([article | {"container-title": "J", "volume": "1"}], lambda *_: None).entries[0]
    assert entry.text == "The Body (no date) ‘A Title’, J, 1."


def test_a_style_is_added_under_its_own_name_and_used(file: Path) -> None:
    file.write_text(style(), encoding="utf-8")
    added = citation_styles.add_style(file)
    assert (added.name, added.title, added.own) == ("house-style", "House Style", True)
    assert added.path.parent == styles_folder()
    assert added in citation_styles.styles()
    assert cite("house-style").citation.text == "A Title"
    assert cite("house-style").entries == ()


def test_a_style_that_is_added_again_replaces_the_first(file: Path) -> None:
    file.write_text(style(), encoding="utf-8")
    citation_styles.add_style(file)
    file.write_text(style(LAYOUT.replace("<layout>", '<layout prefix="[" suffix="]">'), title="New"), encoding="utf-8")
    citation_styles.add_style(file)
    assert [each.title for each in citation_styles.styles() if each.own] == ["New"]
    assert cite("house-style").citation.text == "[A Title]"


def test_the_readers_own_style_goes_before_one_that_came_along(file: Path) -> None:
    file.write_text(style().replace("house-style", "apa"), encoding="utf-8")
    citation_styles.add_style(file)
    assert citation_styles.style_named("apa").title == "House Style"


def test_a_dependent_style_is_written_like_its_parent(file: Path) -> None:
    file.write_text(like("ieee"), encoding="utf-8")
    added = citation_styles.add_style(file)
    assert (added.name, added.parent) == ("house-style", "ieee")
    assert cite("house-style").entries == cite("ieee").entries


def test_a_dependent_style_has_its_own_language(file: Path) -> None:
    file.write_text(like("apa").replace('class="in-text"', 'default-locale="de-DE"'), encoding="utf-8")
    citation_styles.add_style(file)
    assert cite("house-style").entries[0].text == "A Title. (o.\N{NO-BREAK SPACE}J.)."


def test_a_dependent_style_without_its_parent_is_refused(file: Path) -> None:
    assert "like the style “nature-physics”, which is not among yours" in refusal(file, like("nature-physics"))


def test_a_parent_that_went_later_is_told(file: Path) -> None:
    file.write_text(style().replace("house-style", "parent"), encoding="utf-8")
    parent = citation_styles.add_style(file)
    file.write_text(like("parent"), encoding="utf-8")
    citation_styles.add_style(file)
    assert cite("house-style").citation.text == "A Title"
    parent.path.unlink()
    with pytest.raises(ExpectedError, match="“parent”, which is not among yours"):
        cite("house-style")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no citation style"),
        ("<html/>", "is no citation style"),
        ("<style/>", "is no citation style"),
        (style()[:150], "is no citation style"),
        (f"<!DOCTYPE a><style xmlns='{CSL}'/>", "declares entities"),
        ("<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><a>&a;</a>", "declares entities"),
        (style("<" * 50_000), "is no citation style"),
        (style("<group>" * 50_000 + "</group>" * 50_000), "says nowhere how to cite"),
        (style(""), "says nowhere how to cite"),
        (style(MACRO + LAYOUT.replace('variable="title"', 'macro="a"')), "uses itself"),
        (style(LAYOUT.replace("variable", "macro")), "missing or uses itself"),
        (style(LAYOUT.replace('variable="title"', 'term="no such term"')), "writes nothing at all"),
        (style(LAYOUT.replace("<text", f"{ODD_NAMES}<text")), "cannot be formatted"),
        (style(LAYOUT.replace("</layout>", f"{'<group>' * 3000}{'</group>' * 3000}</layout>")), "cannot be formatted"),
        (style(title="x" * 2_000_001), "too large"),
    ],
    ids=lambda value: value if len(value) < 30 else "",
)  # fmt: skip
def test_what_is_no_usable_style_is_refused_and_not_kept(file: Path, text: str, why: str) -> None:
    assert why in refusal(file, text)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError, match="could not be read"):
        citation_styles.add_style(tmp_path / "gone.csl")
    with pytest.raises(ExpectedError, match="could not be read"):
        citation_styles.add_style(tmp_path)


def test_files_beside_the_readers_styles_that_are_none_are_left_out() -> None:
    styles_folder().mkdir(parents=True)
    (styles_folder() / "broken.csl").write_bytes(b"\xff\x00<")
    (styles_folder() / "folder.csl").mkdir()
    assert not any(each.own for each in citation_styles.styles())


def test_a_name_cannot_lead_out_of_the_folder(file: Path) -> None:
    file.write_text(style().replace("http://www.zotero.org/styles/house-style", "x/../../../.bashrc"), encoding="utf-8")
    added = citation_styles.add_style(file)
    assert added.path == styles_folder() / "bashrc.csl"
