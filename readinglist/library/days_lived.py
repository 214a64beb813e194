"""How many days a library has lived: what goes by its age must not go because a clock was wrong.

The library counts the days itself, each time that it is looked after on another day than before: as many as the clock
went on, but a week at the most, and none where it went back. So a clock that stands years ahead makes everything a week
older at the most, and one that stood in the past nothing; what is due goes later where the library is seldom opened.
"""

from datetime import date

from readinglist.store.paper_store import PaperStore

MOST_AT_ONCE = 7
_KEY = "days_lived"


def days_lived(store: PaperStore, today: date) -> int:
    """Count today; gives the days since this was first asked."""
    kept = store.setting(_KEY).split()
    last, days = (date.fromisoformat(kept[0]), int(kept[1])) if len(kept) == 2 else (today, 0)
    if today != last or not kept:
        days += min(max((today - last).days, 0), MOST_AT_ONCE)
        store.set_setting(_KEY, f"{today.isoformat()} {days}")
    return days
