"""What styles ask for beyond plain entries, in small styles of our own and in those that come with the program."""

from typing import Any

import pytest

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.citation_engine import Cited, Engine
from readinglist.library.citation_repairs import last_page
from readinglist.paths import resource

Item = dict[str, Any]

ANNA, BOB, JEAN = ({"family": "Smith", "given": "Anna"}, {"family": "Jones", "given": "Bob C."}, {
    "family": "Ågren", "given": "Jean-Pierre"
})  # fmt: skip


def silent(_done: int, _total: int) -> None:
    """For work that nobody watches."""


def paper(title: str, *authors: Item, year: int | None = 2020, **more: object) -> Item:
    item: Item = {"id": title, "type": "article-journal", "title": title, "author": list(authors)}
    if year is not None:
        item["issued"] = {"date-parts": [[year]]}
    return item | {name.replace("_", "-"): value for name, value in more.items()}


def shipped(style: str, *items: Item) -> Cited:
    return Engine(resource("styles", f"{style}.csl").read_bytes()).cite(items, silent)


def own(layout: str, *items: Item, citation: str = "", macros: str = "", head: str = "", options: str = "") -> Cited:
    style = (
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text" {head}>'
        f"<info><title>Own</title><id>own</id></info>{macros}"
        f'<citation {citation}><layout delimiter="; "><text variable="title"/></layout></citation>'
        f"<bibliography {options}><layout>{layout}</layout></bibliography></style>"
    )
    return Engine(style.encode()).cite(items, silent)


def texts(cited: Cited) -> list[str]:
    return [entry.text for entry in cited.entries]


def test_letters_tell_years_of_the_same_authors_apart() -> None:
    cited = shipped("apa", paper("Wait", ANNA), paper("Again", ANNA), paper("Other", ANNA, year=2021))
    assert texts(cited) == ["Smith, A. (2020a). Again.", "Smith, A. (2020b). Wait.", "Smith, A. (2021). Other."]
    assert cited.citation.text == "(Smith, 2020a, 2020b, 2021)"


def test_more_names_tell_citations_apart_before_letters_do() -> None:
    third, fourth = {"family": "Lee", "given": "C."}, {"family": "Kim", "given": "D."}
    cited = shipped(
        "apa",
        paper("A", ANNA, BOB, third), paper("B", ANNA, JEAN, third), paper("C", ANNA, JEAN, third),
        paper("D", BOB, ANNA, third, fourth), paper("E", BOB, ANNA, fourth, third), paper("F", JEAN, BOB, third),
    )  # fmt: skip
    assert cited.citation.text == (
        "(Ågren et al., 2020; Jones, Smith, Kim, et al., 2020; Jones, Smith, Lee, et al., 2020; "
        "Smith, Ågren, et al., 2020a, 2020b; Smith, Jones, et al., 2020)"
    )


def test_a_letter_stands_once_behind_the_year_where_the_style_has_no_place_for_it() -> None:
    month, year = (
        f'<date variable="issued" prefix=" "><date-part name="{part}"/></date>' for part in ("month", "year")
    )
    same = paper("Same", ANNA, issued={"date-parts": [[2020, 5]]})
    cited = own(month + year * 2, same, same, citation='disambiguate-add-year-suffix="true"')
    assert texts(cited) == ["May 2020a 2020", "May 2020b 2020"]


def test_macros_without_their_variables_are_left_out() -> None:
    macro = '<macro name="in"><text value="in "/><text variable="container-title"/></macro>'
    layout = '<group delimiter=", "><text variable="title"/><text macro="in"/></group>'
    assert texts(own(layout, paper("T"), macros=macro)) == ["T"]
    assert texts(own(layout, paper("T", container_title="J"), macros=macro)) == ["T, in J"]


def test_quotes_and_apostrophes_are_those_of_print() -> None:
    item = paper(
        "The \"inner\" one of 'em: what's $f'(x)$", {"family": "O'Hara", "given": "D'Arcy"}, URL="http://x/'a'"
    )
    assert texts(shipped("ieee", item)) == [
        "[1] D. O’Hara, “The ‘inner’ one of ’em: what’s $f'(x)$,” 2020, [Online]. Available: http://x/'a'"
    ]


def test_letters_go_on_after_z() -> None:
    cited = shipped("apa", *(paper(f"Part {number:02}", ANNA) for number in range(1, 29)))
    assert "(2020z). Part 26." in texts(cited)[25]
    assert "(2020ab). Part 28." in texts(cited)[27]


def test_titles_tell_citations_apart_only_where_they_are_needed() -> None:
    assert shipped("modern-language-association", paper("One", ANNA)).citation.text == "(Smith)"
    cited = shipped("modern-language-association", paper("One", ANNA), paper("Two", ANNA), paper("Three", BOB))
    assert cited.citation.text == "(Jones; Smith, One; Smith, Two)"


def test_a_dash_stands_for_the_authors_of_the_entry_before() -> None:
    cited = shipped("modern-language-association", paper("One", ANNA), paper("Two", ANNA), paper("Three", BOB))
    assert [text[:12] for text in texts(cited)] == ["Jones, Bob C", "Smith, Anna.", "———. Two. 20"]


def test_numbers_in_a_row_become_a_range_where_the_style_says_so() -> None:
    items = [paper(f"Part {number}", ANNA) for number in range(1, 5)]
    assert shipped("nature", *items).citation.html == "<sup>1–4</sup>"
    assert shipped("nature", *items[:2]).citation.text == "1,2"
    assert shipped("ieee", *items).citation.text == "[1], [2], [3], [4]"


def test_entries_stand_in_the_order_of_letters_whatever_their_accents() -> None:
    cited = shipped("chicago-author-date", paper("B", ANNA), paper("C", JEAN), paper("“A”", BOB))
    assert [text.split(",")[0] for text in texts(cited)] == ["Ågren", "Jones", "Smith"]


def test_given_names_stay_whole_where_the_style_says_so() -> None:
    assert texts(shipped("chicago-author-date", paper("T", JEAN, BOB))) == [
        "Ågren, Jean-Pierre, and Bob C. Jones. 2020. T."
    ]
    assert texts(shipped("apa", paper("T", JEAN, BOB))) == ["Ågren, J.-P., & Jones, B. C. (2020). T."]


def test_others_are_what_the_style_has_for_them() -> None:
    others = {"literal": "others"}
    assert texts(shipped("apa", paper("T", ANNA, others))) == ["Smith, A. et al. (2020). T."]
    assert texts(shipped("ieee", paper("T", ANNA, BOB, others))) == ["[1] A. Smith, B. C. Jones, et al., “T,” 2020."]
    many = [{"family": f"F{number}", "given": "G."} for number in range(30)]
    assert "F18, G., et al. (2020)" in texts(shipped("apa", paper("T", *many, others)))[0]
    assert shipped("apa", paper("T", ANNA, others)).citation.text == "(Smith et al., 2020)"


def test_east_asian_names_keep_their_order() -> None:
    entry = texts(shipped("chicago-author-date", paper("T", {"family": "王", "given": "小明"}, BOB)))[0]
    assert entry.startswith("王小明, and Bob C. Jones. 2020.")


def test_labels_have_the_case_that_the_style_asks_for() -> None:
    item = paper("T", ANNA, type="chapter", container_title="Book", editor=[BOB, JEAN], page="1-20")
    assert texts(shipped("apa", item)) == ["Smith, A. (2020). T. In B. C. Jones & J.-P. Ågren (Eds.), Book (pp. 1–20)."]


def test_dates_keep_the_order_and_the_blanks_of_their_language() -> None:
    item = paper("T", ANNA, container_title="J", issued={"date-parts": [[2015, 5, 28]]}, volume="521")
    assert texts(shipped("nlm-citation-sequence", item)) == ["1. Smith A. T. J. 2015 May 28;521."]
    first, second = (
        own('<date variable="issued" form="text"/>', item | {"issued": {"date-parts": [parts]}}).entries[0].text
        for parts in ([2015, 5, 28], [2015])
    )
    assert (first, second) == ("May 28, 2015", "2015")


def test_a_group_goes_with_its_variables_and_a_term_alone_stays() -> None:
    layout = (
        '<group delimiter=", "><group><text value="vol. "/><text variable="volume"/></group>'
        '<group delimiter=" "><text variable="medium"/><group><text value="[Online]"/></group></group></group>'
    )
    assert texts(own(layout, paper("T"))) == ["[Online]"]
    assert texts(own(layout, paper("T", volume=3))) == ["vol. 3, [Online]"]


def test_what_stands_for_missing_authors_is_not_written_twice() -> None:
    macro = '<macro name="title"><text variable="title"/></macro>'
    layout = (
        '<names variable="author"><name/><substitute><names variable="editor"/><text macro="title"/></substitute>'
        '</names><text macro="title" prefix=": "/><names variable="editor" prefix=" (" suffix=")"><name/></names>'
    )
    assert texts(own(layout, paper("T"), macros=macro)) == ["T"]
    assert texts(own(layout, paper("T", editor=[ANNA]), macros=macro)) == ["Anna Smith: T"]
    assert texts(own(layout, paper("T", BOB, editor=[ANNA]), macros=macro)) == ["Bob C. Jones: T (Anna Smith)"]


def test_the_first_field_and_blocks_are_set_apart() -> None:
    layout = '<text variable="citation-number"/><text variable="title"/><text variable="volume" display="block"/>'
    cited = own(layout, paper("T", volume=3), options='second-field-align="flush"')
    assert cited.entries[0].text == "1 T\n3"
    assert cited.entries[0].html == "1 T<br>3"


def test_hanging_lines_are_told() -> None:
    assert shipped("apa", paper("T")).hanging
    assert not shipped("ieee", paper("T")).hanging


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago-author-date", "nature", "nlm-citation-sequence"])
def test_nothing_is_invented_of_what_is_not_known(style: str) -> None:
    written = " ".join(texts(shipped(style, paper("Only a title", year=None))))
    assert "only a title" in written.lower()
    assert not any(letter.isdigit() for letter in written.removeprefix("[1]").removeprefix("1."))


@pytest.mark.parametrize("style", sorted(path.stem for path in resource("styles").glob("*.csl")))
def test_every_style_writes_odd_items(style: str) -> None:
    odd: list[Item] = [
        {"id": "none"},
        {"id": "empty", "type": "book", "title": "", "author": [], "issued": {}, "volume": None},
        paper("Dates", ANNA, issued={"date-parts": [[99999]], "literal": "next spring"}, accessed={"raw": "today"}),
        paper("Range", ANNA, issued={"date-parts": [[2020, 13, 40], ["2021", "2", "30"]]}),
        paper("Names", {"given": "-"}, {"literal": "The Body"}, {"family": "Only"}, {"suffix": "Jr."}),
        paper("Numbers", BOB, volume="IV", issue="1-2", page="e12, 14--16 & 20", edition="second", number="١٢"),
        paper("Marks \ue000\ue001\ue030", ANNA, language="", custom={"x": 1}, editor="no list", accessed="no date"),
    ]
    cited = shipped(style, *odd)
    assert len(cited.entries) == len(odd)
    assert "The Body" in " ".join(texts(cited))


@pytest.mark.parametrize("style", ["ieee", "apa"])
def test_progress_grows_to_its_end(style: str) -> None:
    told: list[tuple[int, int]] = []
    engine = Engine(resource("styles", f"{style}.csl").read_bytes())
    engine.cite([paper(str(number), ANNA) for number in range(5)], lambda *step: told.append(step))
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len({total for _, total in told}) == 1
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize(("style", "step"), [("ieee", 2), ("ieee", 7), ("apa", 2), ("apa", 12), ("apa", 17)])
def test_cancelling_stops_at_any_step_and_leaves_the_style_as_it_was(style: str, step: int) -> None:
    def stop(done: int, _total: int) -> None:
        if done == step:
            raise CancelledError("Stopped.")

    engine = Engine(resource("styles", f"{style}.csl").read_bytes())
    items = [paper(str(number), ANNA) for number in range(5)]
    before = texts(engine.cite(items, silent))
    with pytest.raises(CancelledError):
        engine.cite(items, stop)
    assert texts(engine.cite(items, silent)) == before


def test_a_style_that_goes_on_and_on_is_stopped() -> None:
    call = '<text macro="m{}"/>'
    twice = "".join(f'<macro name="m{n}">{call.format(n - 1) * 2}</macro>' for n in range(1, 30))
    macros = f'<macro name="m0"><text variable="title"/></macro>{twice}'
    with pytest.raises(ExpectedError, match="cannot format “T”"):
        own('<text macro="m29"/>', paper("T"), macros=macros)


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [  # of: as it is, expanded, minimal, minimal-two, chicago-15, chicago-16 (CSL 1.0.2, appendix V; CMOS 17, 9.61)
        ("3", "10", ("10", "10", "10", "10", "10", "10")),
        ("100", "104", ("104", "104", "4", "04", "104", "104")),
        ("101", "108", ("108", "108", "8", "08", "8", "8")),
        ("321", "28", ("28", "328", "8", "28", "28", "28")),
        ("1496", "1504", ("1504", "1504", "504", "504", "1504", "504")),
        ("1", "20", ("20", "20", "20", "20", "20", "20")),
        ("e12", "e14", ("e14", "e14", "e14", "e14", "e14", "e14")),
    ],
)
def test_last_pages(first: str, last: str, wanted: tuple[str, ...]) -> None:
    forms = ("", "expanded", "minimal", "minimal-two", "chicago-15", "chicago-16")
    assert tuple(last_page(first, last, form) for form in forms) == wanted


def test_a_style_does_not_change_with_use() -> None:
    """citeproc-py keeps attributes of one date for the next, and adds elements to a style while it writes."""
    engine = Engine(resource("styles", "apa.csl").read_bytes())
    items = [paper("A", ANNA, accessed={"date-parts": [[2026, 1, 2]]}), paper("B", BOB, editor=[ANNA])]
    first, second = (texts(engine.cite(items, silent)) for _ in range(2))
    assert first == second
