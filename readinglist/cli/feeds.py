"""The command for the feeds that the library keeps."""

import click

from readinglist.cli.printing import aligned, say_json
from readinglist.cli.session import Session, Verb, pass_session
from readinglist.errors import ExpectedError


@click.command(cls=Verb)
@click.argument("urls", metavar="[URL...]", nargs=-1)
@click.option("--remove", is_flag=True, help="Remove the feeds with these addresses.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@pass_session
def feeds(session: Session, urls: tuple[str, ...], remove: bool, as_json: bool) -> int:
    """List the feeds that came from lists of feeds (OPML). None of them is asked for anything."""
    with session.library() as library:
        if remove:
            known = {feed.url for feed in library.feeds()}
            missing = [url for url in urls if url not in known]
            if missing or not urls:
                raise ExpectedError(f"No feed has the address “{', '.join(missing)}”. Nothing was done.")
            library.forget_feeds(urls)
            click.echo(f"Removed {len(set(urls))} feed{'s' * (len(set(urls)) != 1)}.")
            return 0
        kept = [feed for feed in library.feeds() if not urls or feed.url in urls]
    if as_json:
        say_json({"feeds": [{"title": feed.title, "url": feed.url} for feed in kept]})
        return 0
    for line in aligned([(feed.title, feed.url) for feed in kept]):
        click.echo(line)
    if not kept:
        click.echo("The library keeps no feeds. Import a list of feeds (OPML) to have some.")
    return 0
