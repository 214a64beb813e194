"""The commands that look and change nothing: find, show, listings, tags."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from readinglist.cli.as_json import found_paper_json, listing_json, related_json, whole_paper_json
from readinglist.cli.no_hits import no_hits_words
from readinglist.cli.printing import aligned, complain, faint, say_json, wrapped
from readinglist.cli.session import QUERY_WORDS, Session, Verb, WordsVerb, as_text, named_papers, pass_session
from readinglist.library.days import day_words, listing_words, sighting_words
from readinglist.papers.edits import STATE_NAMES, count_papers
from readinglist.papers.paper import Paper, Sighting
from readinglist.papers.query_values import SORT_WORDS
from readinglist.papers.smart_list import narrowed

if TYPE_CHECKING:
    from readinglist.library.answers import Found
    from readinglist.library.library import Library

SHOWN_ON_TERMINAL = 50


@click.command(cls=WordsVerb, epilog=QUERY_WORDS)
@click.argument("query", nargs=-1, type=as_text)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=0), help="How many to show; else all, and 50 on a terminal."
)
@click.option(
    "--sort", type=click.Choice(SORT_WORDS), help="The order; else the best match first, or the newest listing."
)
@click.option("--list", "list_name", metavar="NAME", type=as_text, help="Only what this smart list finds.")
@pass_session
def find(
    session: Session, query: tuple[str, ...], as_json: bool, limit: int | None, sort: str | None, list_name: str | None
) -> int:
    """Show the papers that a query finds, or all of them.

    All words must match, in title, abstract, authors, notes or attached PDFs.
    """
    with session.library() as library:
        words = " ".join(query)
        if list_name is not None:
            words = narrowed(library.smart_list(list_name).query, words)
        found = library.find(words, sort=sort or "")
        for problem in found.problems:
            complain(problem.message)
        if limit is None and not as_json and sys.stdout.isatty():
            limit = SHOWN_ON_TERMINAL
        papers = library.papers(found.ids[:limit])
        if as_json:
            _find_json(found, papers, listing_names(library, papers))
        else:
            _find_words(found, papers)
            if not found.ids and query:
                for line in no_hits_words(library.diagnose(found.query)):
                    click.echo(line, err=True)
    return 0


@click.command(cls=Verb)
@click.argument("name", metavar="ID", type=as_text)
@click.option("--json", "as_json", is_flag=True, help="Print the paper as JSON.")
@pass_session
def show(session: Session, name: str, as_json: bool) -> int:
    """Show all that is known of a paper."""
    with session.library() as library:
        (paper,) = named_papers(library, [name])
        names = listing_names(library, [paper])
    if as_json:
        say_json(whole_paper_json(paper, names))
    else:
        _show_words(paper, names)
    return 0


@click.command(cls=Verb)
@click.argument("name", metavar="ID", type=as_text)
@click.option("--json", "as_json", is_flag=True, help="Print the papers as JSON.")
@click.option("--limit", metavar="N", type=click.IntRange(min=0), default=10, help="How many to show; else 10.")
@pass_session
def related(session: Session, name: str, as_json: bool, limit: int) -> int:
    """Show the papers that are about the same, and the words that they share with it."""
    with session.library() as library:
        (paper,) = named_papers(library, [name])
        found = library.related(paper.id, limit)
        papers = library.papers([near.paper_id for near in found])
    pairs = list(zip(found, papers, strict=True))
    if as_json:
        say_json({"paper": paper.id, "related": [related_json(near, other) for near, other in pairs]})
        return 0
    digits = max((len(str(other.id)) for other in papers), default=0)
    for line in aligned(
        [(f"{other.id:>{digits}}", ", ".join(near.words), other.title or "(no title)") for near, other in pairs]
    ):
        click.echo(line)
    return 0


@click.command(cls=Verb)
@click.option("--json", "as_json", is_flag=True, help="Print the listings as JSON.")
@pass_session
def listings(session: Session, as_json: bool) -> int:
    """Show the listings that were imported, newest day first."""
    with session.library() as library:
        known = library.counts().listings
    if as_json:
        say_json({"listings": [listing_json(listing) for listing in known]})
        return 0
    for line in aligned([(listing_words(item), count_papers(item.papers), item.name) for item in known]):
        click.echo(line)
    return 0


@click.command(cls=Verb)
@click.option("--json", "as_json", is_flag=True, help="Print the tags as JSON.")
@pass_session
def tags(session: Session, as_json: bool) -> int:
    """Show the tags, and how many papers carry each or one below it."""
    with session.library() as library:
        known = library.counts().tags
    if as_json:
        say_json({"tags": [{"tag": tag.name, "color": tag.color, "papers": tag.papers} for tag in known]})
        return 0
    for line in aligned([(f"{tag.papers:>6,}", tag.name) for tag in known]):
        click.echo(line)
    return 0


def listing_names(library: "Library", papers: Sequence[Paper]) -> Mapping[int, str]:
    """The names of all listings by id; the library is asked only where one of the papers was seen in one."""
    if not any(paper.sightings for paper in papers):
        return {}
    return {listing.id: listing.name for listing in library.listings()}


def _find_json(found: "Found", papers: Sequence[Paper], names: Mapping[int, str]) -> None:
    rows = [found_paper_json(paper, names, found.scores.get(paper.id)) for paper in papers]
    say_json({"total": len(found.ids), "ms": round(found.ms, 2), "papers": rows})


def _find_words(found: "Found", papers: Sequence[Paper]) -> None:
    digits = max((len(str(paper.id)) for paper in papers), default=0)
    rows = [
        (
            f"{paper.id:>{digits}}",
            "★" if paper.starred else " ",
            STATE_NAMES[paper.state],
            day_words(_last_day(paper)) if paper.sightings else "",
            " ".join([paper.title or "(no title)", *(f"#{tag}" for tag in paper.tags)]),
        )
        for paper in papers
    ]
    for line in aligned(rows):
        click.echo(line)
    total = count_papers(len(found.ids))
    told = f"{total} in {found.ms:.0f} ms"
    if len(papers) < len(found.ids):
        told += f"; the first {len(papers):,} are shown (--limit N shows more)"
    click.echo(faint(told), err=True)


def _last_day(paper: Paper) -> date | None:
    return max((sighting.day for sighting in paper.sightings if sighting.day), default=None)


def _show_words(paper: Paper, names: Mapping[int, str]) -> None:
    click.echo(click.style(wrapped(paper.title or "(no title)"), bold=True))
    byline = [", ".join(author.display for author in paper.authors), str(paper.year or ""), paper.venue]
    if any(byline):
        click.echo(wrapped(" · ".join(filter(None, byline))))
    click.echo()
    for line in aligned(_facts(paper, names)):
        click.echo(line)
    if paper.abstract:
        click.echo("\n" + wrapped(paper.abstract))
    for note in paper.notes:
        click.echo(
            "\n" + faint(f"Note of {day_words(note.changed.astimezone().date())}") + "\n" + wrapped(note.text, "  ")
        )


def _facts(paper: Paper, names: Mapping[int, str]) -> list[tuple[str, str]]:
    state = STATE_NAMES[paper.state] + (" ★" if paper.starred else "")
    facts = [
        ("Id", str(paper.id)),
        ("Key", paper.citation_key),
        ("State", state + (", in the trash" if paper.trashed else "")),
        ("Rating", f"{paper.rating} of 5" if paper.rating else ""),
        ("Tags", ", ".join(paper.tags)),
        *(("Seen", _sighting_words(sighting, names)) for sighting in paper.sightings),
        ("arXiv", paper.arxiv_id),
        ("DOI", paper.doi),
        ("Link", paper.url),
        *((link.kind.value.capitalize(), link.url) for link in paper.links),
        *(("File", attachment.name) for attachment in paper.attachments),
    ]
    return [(word, value) for word, value in facts if value]


def _sighting_words(sighting: Sighting, names: Mapping[int, str]) -> str:
    name = names.get(sighting.listing_id)
    return sighting_words(sighting) + (f" in {name}" if name else "")
