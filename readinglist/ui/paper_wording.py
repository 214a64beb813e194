"""How papers are put into words in the window: reading states, days, sightings, what a screen reader says of a row."""

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from readinglist.papers.paper import Paper, ReadingState, Sighting
from readinglist.ui.readable_text import readable
from readinglist.ui.wording import marked, number

_STATES = {
    ReadingState.INBOX: marked("PaperWording", "Inbox"),
    ReadingState.TO_READ: marked("PaperWording", "To read"),
    ReadingState.READING: marked("PaperWording", "Reading"),
    ReadingState.READ: marked("PaperWording", "Read"),
    ReadingState.SKIPPED: marked("PaperWording", "Skipped"),
}
STATE_ICONS = {
    ReadingState.INBOX: "inbox",
    ReadingState.TO_READ: "to-read",
    ReadingState.READING: "reading",
    ReadingState.READ: "read",
    ReadingState.SKIPPED: "skipped",
}
# Papers that still ask for something are set in bold.
DONE_STATES = frozenset({ReadingState.READ, ReadingState.SKIPPED})


translate = QCoreApplication.translate


def state_name(state: ReadingState) -> str:
    """The reading state's name as the reader sees it."""
    return translate("PaperWording", _STATES[state])


def counted(count: int, one: str, many: str) -> str:
    """Words for a number, "1 note" or "2 notes": `one` and `many` are translated, with {} for the number."""
    return (one if count == 1 else many).format(number(count))


def day(when: date | None) -> str:
    """A day such as "14 Mar", with its year where that is not the current one; "undated" where there is none."""
    if when is None:
        return translate("PaperWording", "undated")
    pattern = "d MMM" if when.year == date.today().year else "d MMM yyyy"  # noqa: DTZ011 - the reader's own today
    return QLocale().toString(QDate(when.year, when.month, when.day), pattern)


def local_day(moment: datetime) -> str:
    """The day of a moment in the reader's own time zone."""
    return day(moment.astimezone().date())


def latest_sighting(paper: Paper) -> Sighting | None:
    """The sighting of the newest day; of several on that day, the one in the listing that came last."""
    return max(listed(paper), key=lambda seen: (seen.day or date.min, seen.listing_id), default=None)


def listed(paper: Paper) -> list[Sighting]:
    """The sightings in listings: to stand in somebody's bibliography is no news of a paper."""
    return [seen for seen in paper.sightings if not seen.bibliography]


def place(seen: Sighting) -> str:
    """Where in its listing a paper stood: "#4"."""
    return f"#{seen.position}"


def seen_words(paper: Paper) -> str:
    """All sightings in the order of their days, such as "seen 14 Mar (#2), 5 Jun (#31)"; "" where there are none."""
    seen_in = listed(paper)
    if not seen_in:
        return ""
    ordered = sorted(seen_in, key=lambda seen: (seen.day or date.min, seen.listing_id))
    return translate("PaperWording", "seen {}").format(
        ", ".join(f"{day(seen.day)} ({place(seen)})" for seen in ordered)
    )


def files_words(paper: Paper, files: Mapping[int, str]) -> str:
    """The bibliographies that the paper stands in, by name: "in thesis.bib"; "" where there are none."""
    ids = (seen.listing_id for seen in paper.sightings if seen.bibliography)
    names = dict.fromkeys(files[listing_id] for listing_id in ids if listing_id in files)
    return translate("PaperWording", "in {}").format(", ".join(names)) if names else ""


def listings_words(paper: Paper) -> str:
    """In how many listings the paper was seen: "seen in 2 listings"."""
    return counted(
        len(listed(paper)),
        translate("PaperWording", "seen in {} listing"),
        translate("PaperWording", "seen in {} listings"),
    )


def notes_words(paper: Paper) -> str:
    """How many notes the paper has: "1 note"."""
    return counted(len(paper.notes), translate("PaperWording", "{} note"), translate("PaperWording", "{} notes"))


def state_words(paper: Paper) -> str:
    """The reading state, with the day where the paper is read: "Read 2 Apr"."""
    name = state_name(paper.state)
    if paper.state is ReadingState.READ and paper.read_at is not None:
        return f"{name} {local_day(paper.read_at)}"
    return name


def authors_words(paper: Paper, most: int = 3) -> str:
    """The authors' family names, the first `most` of them: "Fu, Dao, Saab et al."."""
    names = [author.family or author.display for author in paper.authors]
    if len(names) > most:
        return translate("PaperWording", "{} et al.").format(", ".join(names[:most]))
    return ", ".join(names)


def spoken(paper: Paper) -> str:
    """What a screen reader says of a row: its marks first, as they are what one goes by."""
    parts = [
        translate("PaperWording", "starred") if paper.starred else "",
        translate("PaperWording", "new") if paper.looked_at is None else "",
        state_name(paper.state),
        readable(paper.title),
        authors_words(paper),
    ]
    seen = latest_sighting(paper)
    if seen is not None:
        parts.append(f"{day(seen.day)} {place(seen)}")
    if paper.notes:
        parts.append(notes_words(paper))
    parts.extend(paper.tags)
    return ", ".join(filter(None, parts))
