"""XML taken safely: lines, names, damage, and what must neither raise, nor read another file, nor take for ever."""

import pytest

from readinglist.formats.record import Problem
from readinglist.formats.xml_text import LINE, Found, elements, first_text, paragraphs_of, text_of
from tests.formats.damage import damaged


def _read(text: str, *names: str, nests: bool = False) -> list[tuple[int, str]]:
    """Lines and texts of elements; of problems, their lines and codes."""
    found = elements(text, names or ("record",), nests=nests)
    return [(e.line or 0, e.code) if isinstance(e, Problem) else (e.line, text_of(e.element)) for e in found]


def _one(text: str) -> Found:
    (found,) = elements(text, ("record",))
    assert isinstance(found, Found)
    return found


def test_records_come_with_their_lines_and_what_stands_around_them() -> None:
    prolog = "<?xml version='1.0' encoding='latin-1'?>"
    text = f"{prolog}\n<xml><records>\n<record>é</record>\n\n<record>b</record></records></xml>"
    assert _read(text) == [(3, "é"), (5, "b")]
    assert [found.parent for found in elements(text, ("record",)) if isinstance(found, Found)] == ["records"] * 2


def test_nested_records_have_their_lines_in_an_attribute() -> None:
    text = "<o>\n<record a='1'>\n<record a='2'/></record></o>"
    (found,) = elements(text, ("record",), nests=True)
    assert isinstance(found, Found)
    assert [(each.get("a"), each.get(LINE)) for each in found.element.iter("record")] == [("1", None), ("2", "3")]


def test_names_have_the_same_prefixes_whatever_those_of_the_document() -> None:
    text = (
        "<x:RDF xmlns:x='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
        " xmlns:d='http://purl.org/dc/elements/1.1/'><item x:about='u'><d:title>T</d:title></item></x:RDF>"
    )
    (found,) = elements(text, ("item",))
    assert isinstance(found, Found)
    assert (found.parent, found.element.get("rdf:about")) == ("rdf:RDF", "u")
    assert first_text(found.element, "title", "dc:title") == "T"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a&nbsp;&amp;&eacute;", "a\xa0&é"),
        ("AT&T &unknown; x", "AT&T &unknown; x"),
        ("5 < 6 <= 7", "5 < 6 <= 7"),
        ("a&#1;b&#xFFFF;c&#99999999;", "abc&#99999999;"),
        ("<![CDATA[a & b < c &nbsp;]]>", "a & b < c &nbsp;"),
        ("H<sub>2</sub>O &lt;i&gt;and&lt;/i&gt; &lt;EOS&gt;", "H2O and <EOS>"),
        ("AT&amp;amp;T", "AT&amp;T"),
        ("\ud800x\x00", "\ufffdx\ufffd"),
    ],
)
def test_texts_are_read_as_they_are_meant(written: str, text: str) -> None:
    assert text_of(_one(f"<r><record>{written}</record></r>").element) == text


def test_paragraphs_are_kept() -> None:
    def paragraphs(written: str) -> str:
        return paragraphs_of(_one(f"<record>{written}</record>").element)

    assert paragraphs("One\n  line.&#xD;&#xD;Two.\n\n Three.") == "One line.\n\nTwo.\n\nThree."
    assert paragraphs("&lt;p>One&lt;/p>&lt;p>Two&lt;/p>") == "One\n\nTwo"


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("<record><a>2</b></record>", [(3, "2"), (3, "possibly_truncated")]),
        ("<record><a>2</record>", [(3, "2"), (3, "possibly_truncated")]),
        ("<record><a>2</a>", [(3, "2"), (3, "possibly_truncated")]),
        ("<b></c>", [(3, "possibly_truncated")]),
    ],
)
def test_damage_costs_one_record_alone(second: str, expected: list[tuple[int, str]]) -> None:
    text = f"<xml><records>\n<record>1</record>\n{second}\n<record>3</record>\n</records></xml>"
    assert _read(text) == [(2, "1"), *expected, (4, "3")]


def test_a_file_cut_off_gives_what_there_is() -> None:
    whole = "<xml>\n<record>1</record>\n<record><a>2</a></record>\n</xml>"
    assert _read(whole[:40]) == [(2, "1"), (3, "2"), (3, "possibly_truncated")]
    assert _read(whole[:-5]) == [(2, "1"), (3, "2"), (4, "possibly_truncated")]


def test_several_documents_and_a_browsers_remarks_are_read() -> None:
    one = "<?xml version='1.0'?>\n<xml><record>1</record></xml>\n"
    assert _read("This XML file has no style.\n\n" + one + one) == [(4, "1"), (6, "1")]


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;">',
        '<!ENTITY x SYSTEM "file:///etc/hostname">',
        '<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;',
        '<!ATTLIST record a CDATA "x">',
    ],
)
def test_documents_with_declarations_of_their_own_are_refused(declared: str) -> None:
    assert _read(f"<!DOCTYPE xml [{declared}]>\n<xml><record>&b;&x;</record></xml>") == [(1, "not_recognised")]


def test_a_document_type_alone_is_no_danger() -> None:
    assert _read('<!DOCTYPE xml PUBLIC "x" "http://localhost/x.dtd"><xml><record>1</record></xml>') == [(1, "1")]


@pytest.mark.parametrize("nests", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "<record>" + "<a>" * 100_000 + "deep" + "</a>" * 100_000 + "</record>",
        "<a>" * 100_000,
        "<record>" * 100_000,
        "<record>" + "x" * 5_000_000 + "</record>",
        "&" * 500_000,
        "<" * 500_000,
        "<![CDATA[" * 100_000,
        "&#x" * 100_000 + "<!--" * 100_000,
        f"<record>&#{'9' * 5000};</record>",
        "<record></b></record>" * 3000,
    ],
    ids=lambda text: str(text)[:12],
)
def test_hostile_texts_end_soon(text: str, nests: bool) -> None:
    for found in elements(text, ("record",), nests=nests):
        if isinstance(found, Found):
            text_of(found.element)
            paragraphs_of(found.element)


def test_deep_nesting_loses_no_text() -> None:
    assert text_of(_one("<record>" + "<a>" * 1000 + "deep" + "</a>" * 1000 + " end</record>").element) == "deep end"


def test_no_damage_raises() -> None:
    text = (
        "<?xml version='1.0'?>\n<!DOCTYPE xml>\n<xml a='b'>\n<record>1 &amp; <![CDATA[2]]></record>\n<!-- c --></xml>"
    )
    for broken in damaged(text * 3, 300):
        _read(broken)
