"""The commands that cite: cite and styles."""

from pathlib import Path

import click

from readinglist.cli.printing import aligned, say_json
from readinglist.cli.progress import progress
from readinglist.cli.session import Session, Verb, as_text, named_papers, pass_session

FORMS = ("text", "html", "citation", "key", "latex", "pandoc", "typst")


@click.command(cls=Verb)
@click.argument("names", metavar="ID...", nargs=-1, required=True, type=as_text)
@click.option("--style", metavar="STYLE", default="apa", show_default=True, type=as_text, help="The style to write in.")
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(FORMS),
    help="A bibliography as text or HTML, a citation within a text, or keys for another program.",
)
@pass_session
def cite(session: Session, names: tuple[str, ...], style: str, form: str) -> int:
    """Cite papers in a style, or by their keys.

    `readinglist styles` shows the styles.
    """
    from readinglist.library import citing

    with session.library() as library, progress("Citing", "Stopped. Nothing was written.") as tell:
        ids = [paper.id for paper in named_papers(library, names)]
        if form in citing.KEY_FORMS:
            click.echo(library.cite_keys(ids, form))
            return 0
        cited = library.cite(ids, style, tell)
    if form == "citation" or not cited.entries:
        click.echo(cited.citation.html if form == "html" else cited.citation.text)
    else:
        click.echo(citing.as_html(cited) if form == "html" else citing.as_text(cited), nl=False)
    return 0


@click.command(cls=Verb)
@click.option("--add", metavar="FILE", type=click.Path(path_type=Path), help="Add a style from a .csl file.")
@click.option("--json", "as_json", is_flag=True, help="Print the styles as JSON.")
def styles(add: Path | None, as_json: bool) -> int:
    """Show the citation styles, or add one."""
    from readinglist.library import citation_styles

    added = citation_styles.add_style(add) if add else None
    known = [added] if added else citation_styles.styles()
    if as_json:
        say_json({"styles": [{"name": style.name, "title": style.title, "own": style.own} for style in known]})
        return 0
    short = {name: short for short, name in citation_styles.SHORT_NAMES.items()}
    for line in aligned([(style.name, short.get(style.name, ""), style.title) for style in known]):
        click.echo(line)
    return 0
