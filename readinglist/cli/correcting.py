"""The command that corrects the details of a paper: edit."""

import sys

import click

from readinglist.cli.session import Session, Verb, as_text, named_papers, pass_session
from readinglist.errors import UsageError
from readinglist.papers.details import NAMES

STDIN = "-"


@click.command(cls=Verb)
@click.argument("name", metavar="ID", type=as_text)
@click.option("--title", type=as_text, metavar="TEXT")
@click.option("--author", "authors", multiple=True, type=as_text, metavar="NAME", help='"Family, Given"; repeatable.')
@click.option("--year", type=as_text, metavar="YYYY")
@click.option("--type", "entry_type", type=as_text, metavar="TYPE", help="BibTeX's, such as article or inproceedings.")
@click.option("--venue", type=as_text, metavar="TEXT", help="The journal, the conference or the publisher.")
@click.option("--doi", type=as_text, metavar="DOI", help="The DOI, or a link that holds it.")
@click.option("--arxiv", "arxiv_id", type=as_text, metavar="ID", help="The arXiv id, or a link to its page.")
@click.option("--url", type=as_text, metavar="URL", help="The address of its page.")
@click.option("--keywords", type=as_text, metavar="WORDS", help="With commas between them.")
@click.option("--key", "citation_key", type=as_text, metavar="KEY", help='The citation key; "" makes a new one.')
@click.option("--abstract", type=as_text, metavar="TEXT", help="- reads it from standard input.")
@pass_session
def edit(session: Session, /, name: str, authors: tuple[str, ...], **details: str | None) -> int:
    """Correct the details of a paper.

    All that is given is one step for undo. "" empties a detail; the names given replace all authors.
    """
    texts = {field: text for field, text in details.items() if text is not None}
    if authors:
        texts["authors"] = "\n".join(authors)
    if not texts:
        raise UsageError('Say what is to be changed, as in `readinglist edit 3 --year 2024 --author "Dao, Tri"`.')
    if texts.get("abstract") == STDIN:
        texts["abstract"] = sys.stdin.buffer.read().decode("utf-8", "replace")
    with session.library() as library:
        (paper,) = named_papers(library, [name])
        change = library.edit_fields(paper.id, texts)
        (paper,) = library.papers([paper.id])
    if not change:
        click.echo("Nothing to do: it was so already.")
        return 0
    changed = [NAMES[field] for field in NAMES if field in texts]
    click.echo(f"Edited {' and '.join(filter(None, (', '.join(changed[:-1]), changed[-1])))} of “{paper.title}”.")
    if "citation_key" in texts:
        click.echo(f"Its citation key is {paper.citation_key}.")
    return 0
