"""How days and places in listings are put into words."""

from datetime import date, datetime, timedelta

from readinglist.papers.paper import Listing, Sighting

# strftime's names follow the system's language, and its day has a leading nought on Windows
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


TRASH_DAYS = 30  # that papers stay in the trash


def goes_on(trashed: datetime) -> date:
    """The first day on which a paper may go that was moved to the trash then; later where the program is not used."""
    return trashed.astimezone().date() + timedelta(days=TRASH_DAYS)


def day_words(day: date | None) -> str:
    """A day as "14 Mar 2026"; "no day" for None."""
    return "no day" if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def listing_words(listing: Listing) -> str:
    """A listing as "14 Mar 2026", the second of that day as "14 Mar 2026 (2)", one without a day by its name."""
    words = listing.name if listing.day is None else day_words(listing.day)
    return words if listing.number == 1 else f"{words} ({listing.number})"


def sighting_words(sighting: Sighting) -> str:
    """Where a paper was seen, as "14 Mar 2026, no. 3"."""
    return f"{day_words(sighting.day)}, no. {sighting.position}"


def listing_filter(listing: Listing) -> str:
    """The part of a query that finds a listing's papers: in:2026-03-14#2, or in:"colleague.txt"."""
    if listing.day is not None:
        return f"in:{listing.day.isoformat()}#{listing.number}"
    name = listing.name.replace('"', "")
    return f'in:"{name}"'
