from dataclasses import replace
from datetime import UTC, date, datetime

from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState, Sighting
from readinglist.papers.query_parser import parse
from readinglist.search.snippets import Hits
from readinglist.ui.paper_row import ABSTRACT_LINES, TITLE_LINES, Measures, Row, lay_out
from readinglist.ui.paper_wording import day, seen_words, spoken, state_words

NOW = datetime(2026, 4, 2, 12, tzinfo=UTC)
THIS_YEAR = date.today().year  # noqa: DTZ011 - days of this year are shown without it


def row(paper: Paper, width: int = 600) -> Row:
    return lay_out(paper, None, width, Measures())


def words(laid_out: Row) -> str:
    return "".join(piece.text for piece in laid_out.pieces if piece.kind == "text")


def tags(laid_out: Row) -> list[str]:
    return [piece.text for piece in laid_out.pieces if piece.kind == "tag"]


def icons(laid_out: Row) -> list[str]:
    return [piece.text for piece in laid_out.pieces if piece.kind == "icon"]


def test_the_last_line_says_where_the_paper_was_seen_and_what_was_done() -> None:
    paper = Paper(
        sightings=(Sighting(1, date(THIS_YEAR, 3, 14), 4), Sighting(2, date(THIS_YEAR, 6, 5), 31)),
        notes=(Note("a", "text", NOW, NOW),),
        links=(Link("https://github.com/a/b", LinkKind.CODE),),
        state=ReadingState.READING,
        rating=4,
    )
    assert words(row(paper, 900)) == "5 Jun · #31 · seen in 2 listings · Reading · 4/5 · 1 note · code"
    assert icons(row(paper, 900)) == ["reading", "star", "note", "code"]


def test_a_paper_from_elsewhere_says_who_wrote_it() -> None:
    authors = (Author("Fu", "Daniel"), Author("Dao", "Tri"), Author("Saab", "Khaled"))
    assert words(row(Paper(authors=authors, year=2022))) == "Fu, Dao et al. 2022"


def test_nothing_is_drawn_beyond_the_edge() -> None:
    paper = Paper(
        sightings=(Sighting(1, date(THIS_YEAR, 3, 14), 4),),
        notes=(Note("a", "text", NOW, NOW),),
        tags=tuple(f"a long tag {number}" for number in range(30)),
    )
    for width in (80, 200, 420, 1200):
        measures = Measures()
        room = max(40, width - measures.text_left - measures.margin)
        pieces = lay_out(paper, None, width, measures).pieces[1:]
        assert all(piece.x + piece.width <= room + 1 for piece in pieces), width


def test_tags_for_which_there_is_no_room_are_counted() -> None:
    laid_out = row(Paper(tags=tuple(f"tag-{number}" for number in range(30))))
    assert 0 < len(tags(laid_out)) < 30
    assert words(laid_out) == f"+{30 - len(tags(laid_out))}"


def test_title_and_abstract_share_the_lines() -> None:
    short = row(Paper(title="Short", abstract="word " * 200))
    long = row(Paper(title="A long title " * 20, abstract="word " * 200))
    assert (long.title.lines, long.abstract.lines) == (TITLE_LINES, ABSTRACT_LINES)
    assert short.title.lines + short.abstract.lines == TITLE_LINES + ABSTRACT_LINES


def test_a_row_is_laid_out_anew_when_the_paper_or_the_width_changes() -> None:
    paper = Paper(title="One")
    laid_out = row(paper)
    assert laid_out.is_for(paper, None, 600)
    assert laid_out.is_for(Paper(title="One"), None, 600)
    assert not laid_out.is_for(Paper(title="Two"), None, 600)
    assert not laid_out.is_for(paper, None, 601)


def test_what_stays_the_same_is_not_laid_out_again() -> None:
    measures = Measures()
    paper = Paper(title="Graph attention", abstract="Attention on graphs. " * 20, tags=("nlp",))
    before = lay_out(paper, Hits.of(parse("graphs", NOW.date()).tree), 600, measures)
    other_words = lay_out(paper, Hits.of(parse("attention", NOW.date()).tree), 600, measures, before)
    assert other_words.pieces is before.pieces
    assert other_words.title is not before.title
    assert other_words.abstract is not before.abstract
    tagged = lay_out(replace(paper, tags=("cv",)), other_words.hits, 600, measures, other_words)
    assert tags(tagged) == ["cv"]
    assert tagged.title is other_words.title
    assert tagged.abstract is other_words.abstract
    wider = lay_out(paper, other_words.hits, 700, measures, other_words)
    assert wider.title is not other_words.title
    assert wider.pieces is not other_words.pieces


def test_days_of_other_years_have_their_year() -> None:
    assert day(date(THIS_YEAR, 3, 14)) == "14 Mar"
    assert day(date(2019, 3, 14)) == "14 Mar 2019"
    assert day(None) == "undated"


def test_the_day_of_reading_is_told() -> None:
    assert state_words(Paper(state=ReadingState.READ, read_at=NOW)).startswith("Read 2 Apr")
    assert state_words(Paper(state=ReadingState.READ)) == "Read"


def test_sightings_are_told_in_the_order_of_days() -> None:
    seen = (Sighting(2, date(THIS_YEAR, 6, 5), 31), Sighting(1, None, 3), Sighting(3, date(THIS_YEAR, 3, 14), 2))
    assert seen_words(Paper(sightings=seen)) == "seen undated (#3), 14 Mar (#2), 5 Jun (#31)"
    assert seen_words(Paper()) == ""


def test_a_screen_reader_hears_what_is_drawn() -> None:
    paper = Paper(title=r"$\alpha$ models", starred=True, looked_at=NOW, tags=("nlp",), state=ReadingState.SKIPPED)
    assert spoken(paper) == "starred, Skipped, α models, nlp"
